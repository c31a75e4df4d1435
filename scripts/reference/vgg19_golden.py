"""Writes src-main/engine/networks/testing/vgg19-golden.safetensors: what PyTorch computes, in float64, from the weights.

usage: vgg19_golden.py [--compare]     (pip install -r requirements.txt)

The three small pictures are those of the file that is there: they are its input, and stay. `--compare` writes nothing
and tells how far the file is from what is computed now.

For pooling `max` and `avg`: activations after ReLU, the top left 16 x 16 of the painting's Gram matrices F F^T / (H W),
and for L = 0.01 * content MSE + sum over the layers of 10 / C^2 * Gram MSE the terms, L, and its gradient with respect
to the RGB image of 0 to 255. Tensors are rounded to float32; the scalars stand in the metadata, all their digits.
"""
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from safetensors import safe_open

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / 'weights/vgg19-codebook.safetensors'
GOLDEN = ROOT / 'src-main/engine/networks/testing/vgg19-golden.safetensors'

LAYERS = [f'block{block}_conv{layer}' for block, count in enumerate((2, 2, 4, 4, 4), 1) for layer in range(1, count + 1)]
STYLE_LAYERS = [f'block{block}_conv1' for block in range(1, 6)]
CONTENT_LAYER = 'block4_conv2'
KEPT_ACTIVATIONS = ['block1_conv2', 'block3_conv4', 'block4_conv2', 'block5_conv4']
CORNER = 16
CONTENT_WEIGHT, STYLE_WEIGHT = 0.01, 10
BGR_MEAN = torch.tensor([103.939, 116.779, 123.68], dtype=torch.float64)
POOLING = {'max': F.max_pool2d, 'avg': F.avg_pool2d}


def load_weights():
    file = load_file(WEIGHTS)

    def kernel(name):
        """Of [height, width, input, output channels] in the file, and [output, input, height, width] in PyTorch."""
        indices = file[f'{name}/kernel_index'].long()
        return file[f'{name}/codebook'].double()[indices].permute(3, 2, 0, 1).contiguous()

    return {name: (kernel(name), file[f'{name}/bias'].double()) for name in LAYERS}


def activations(rgb, weights, pool):
    """After ReLU, by layer, of an RGB image [height, width, 3] of 0 to 255."""
    features = (rgb.flip(-1) - BGR_MEAN).permute(2, 0, 1)[None]
    found = {}
    for name in LAYERS:
        if name.endswith('conv1') and name != LAYERS[0]:
            features = pool(features, 2)
        features = F.relu(F.conv2d(features, *weights[name], padding=1))
        found[name] = features
    return found


def gram(features):
    flat = features[0].flatten(1)
    return flat @ flat.T / flat.shape[1]


def golden(pictures):
    weights = load_weights()
    tensors, scalars = dict(pictures), {}
    for prefix, pool in POOLING.items():
        with torch.no_grad():
            content = activations(pictures['content_rgb_u8'].double(), weights, pool)[CONTENT_LAYER]
            style = activations(pictures['style_rgb_u8'].double(), weights, pool)
            targets = {name: gram(style[name]) for name in STYLE_LAYERS}
        image = pictures['image_rgb_u8'].double().requires_grad_()
        found = activations(image, weights, pool)
        content_mse = (found[CONTENT_LAYER] - content).square().mean()
        gram_mse = {name: (gram(found[name]) - targets[name]).square().mean() for name in STYLE_LAYERS}
        style_loss = sum(error / targets[name].shape[0] ** 2 for name, error in gram_mse.items())
        loss = CONTENT_WEIGHT * content_mse + STYLE_WEIGHT * style_loss
        loss.backward()
        for name in KEPT_ACTIVATIONS:
            tensors[f'{prefix}/activation/{name}'] = found[name][0].detach().permute(1, 2, 0)
        for name in STYLE_LAYERS:
            tensors[f'{prefix}/style_gram/{name}'] = targets[name][:CORNER, :CORNER]
            scalars[f'{prefix}/gram_mse/{name}'] = gram_mse[name].item()
        tensors[f'{prefix}/gradient_rgb'] = image.grad
        scalars[f'{prefix}/content_mse'] = content_mse.item()
        scalars[f'{prefix}/loss'] = loss.item()
    rounded = {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in tensors.items()}
    return {name: tensor.contiguous() for name, tensor in rounded.items()}, scalars


def compare(tensors, scalars, metadata, committed):
    assert tensors.keys() == committed.keys() and scalars.keys() == metadata.keys(), 'the names differ'
    for name, value in scalars.items():
        print(f'{name}: {abs(value / float(metadata[name]) - 1):.1e} relative')
    for name, tensor in tensors.items():
        other = committed[name]
        different = (tensor != other).sum().item()
        error = (tensor.double() - other.double()).norm() / other.double().norm()
        print(f'{name}: {different} of {tensor.numel()} differ, {error:.1e} in norm')


def main():
    torch.set_num_threads(1)
    committed = load_file(GOLDEN)
    tensors, scalars = golden({name: tensor for name, tensor in committed.items() if name.endswith('_u8')})
    if '--compare' in sys.argv:
        with safe_open(GOLDEN, 'pt') as file:
            compare(tensors, scalars, file.metadata(), committed)
    else:
        save_file(tensors, GOLDEN, {name: repr(value) for name, value in scalars.items()})


main()
