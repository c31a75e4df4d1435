"""Writes src-main/engine/graph/testing/sliding-windows-golden.safetensors: convolutions and poolings with strides,
with and without padding, as PyTorch computes them, and their gradients.

usage: sliding_windows_golden.py     (pip install -r requirements.txt)

All values are small integers, whose sums are exact in every arithmetic, and the values of a pool are all different, so
that each window has one largest; a mean divides multiples of every number of pixels that a window can hold. What is
compared has therefore to be equal, not close.

For each case, whose attributes stand in the metadata as JSON: `image`, `filter` of a convolution, `upstream` (the
gradient of a loss with respect to the result), `result`, `image_gradient`, `filter_gradient`; images laid out batch,
height, width, channels.
"""
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

GOLDEN = Path(__file__).resolve().parents[2] / 'src-main/engine/graph/testing/sliding-windows-golden.safetensors'

#: name: kind, image [batch, height, width, channels], window, strides, padding, output channels of a convolution
CASES = {
    'even window, steps of 2 by 3, padded': ('conv2d', (2, 7, 9, 2), (4, 2), (2, 3), 'same', 3),
    'odd window, steps of 2, padded on one side': ('conv2d', (1, 6, 8, 3), (3, 3), (2, 2), 'same', 2),
    'odd window, steps of 2, unpadded, a row and a column unread': ('conv2d', (1, 8, 6, 2), (3, 3), (2, 2), 'valid', 3),
    'flat window, unpadded': ('conv2d', (1, 5, 7, 2), (1, 4), (1, 1), 'valid', 2),
    'largest of overlapping windows, padded': ('maxPool', (1, 5, 8, 2), (3, 3), (2, 2), 'same', None),
    'largest of overlapping windows, unpadded': ('maxPool', (2, 7, 6, 2), (3, 2), (2, 1), 'valid', None),
    'mean of overlapping windows, padded': ('averagePool', (1, 5, 8, 2), (3, 2), (2, 1), 'same', None),
    'mean of overlapping windows, unpadded': ('averagePool', (2, 7, 6, 2), (3, 3), (2, 2), 'valid', None),
}
#: Divisible by the number of pixels of every window above, whole or cut off by the border.
DIVISIBLE = 36


def margins(size, window, stride, padding):
    """Zeros before and after, as TensorFlow defines `same`: as few as give ceil(size / stride), the odd one after."""
    total = max((-(-size // stride) - 1) * stride + window - size, 0) if padding == 'same' else 0
    return total // 2, total - total // 2


def padded(image, window, strides, padding, value):
    vertical, horizontal = (margins(image.shape[axis + 2], window[axis], strides[axis], padding) for axis in (0, 1))
    return F.pad(image, (*horizontal, *vertical), value=value)


def slide(kind, image, weights, window, strides, padding):
    if kind == 'conv2d':
        return F.conv2d(padded(image, window, strides, padding, 0), weights, stride=strides)
    if kind == 'maxPool':
        return F.max_pool2d(padded(image, window, strides, padding, -torch.inf), window, strides)
    # The mean over the part of a window that lies inside of the image.
    sums = F.avg_pool2d(padded(image, window, strides, padding, 0), window, strides, divisor_override=1)
    inside = F.avg_pool2d(padded(torch.ones_like(image), window, strides, padding, 0), window, strides, divisor_override=1)
    return sums / inside


def tensors_of(kind, size, window, strides, padding, output_channels):
    batch, height, width, channels = size
    shape = (batch, channels, height, width)
    count = batch * channels * height * width
    small = lambda *sizes: torch.randint(-9, 10, sizes).double()
    image = small(*shape) if kind == 'conv2d' else (DIVISIBLE * (torch.randperm(count) - count // 2)).double().view(shape)
    weights = small(output_channels, channels, *window) if kind == 'conv2d' else None
    for leaf in (image, weights):
        if leaf is not None:
            leaf.requires_grad_()
    result = slide(kind, image, weights, window, strides, padding)
    upstream = small(*result.shape) * (DIVISIBLE if kind == 'averagePool' else 1)
    result.backward(upstream)
    found = {'image': image, 'upstream': upstream, 'result': result, 'image_gradient': image.grad}
    tensors = {name: tensor.detach().permute(0, 2, 3, 1) for name, tensor in found.items()}
    if weights is not None:
        filters = {'filter': weights, 'filter_gradient': weights.grad}
        tensors |= {name: tensor.detach().permute(2, 3, 1, 0) for name, tensor in filters.items()}
    return {name: tensor.float().contiguous() for name, tensor in tensors.items()}


torch.manual_seed(0)
tensors, attributes = {}, {}
for name, (kind, size, window, strides, padding, output_channels) in CASES.items():
    attributes[name] = json.dumps({'kind': kind, 'window': window, 'strides': strides, 'padding': padding})
    for part, tensor in tensors_of(kind, size, window, strides, padding, output_channels).items():
        tensors[f'{name}/{part}'] = tensor
save_file(tensors, GOLDEN, attributes)
