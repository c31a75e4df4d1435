"""Writes src-main/engine/graph/testing/operations-golden.json: what PyTorch computes, in float64, for the operations of
the graph, and what their gradients are.

usage: operations_golden.py [--check]     (pip install -r requirements.txt)

`--check` writes nothing and fails unless what is computed now, twice, has the bytes of the file. They are those of one
kind of processor: another may round the last of the nine digits otherwise.

A case names an operation, its attributes as the graph has them, and its inputs: a shape and a kind (see `values`). The
numbers come from counter_random.py, keyed by the case's name, so the file holds none of them. It holds results whole,
and of each gradient of sum(result * upstream), with respect to the inputs that are no integers, its norm and its sums
weighted by PROJECTIONS random vectors. Layouts are the graph's: images [batch, height, width, channels], filters [height,
width, channels, output channels].

To add an operation: a function in OPERATIONS, at least one case in CASES, and a builder in golden.test.ts.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from counter_random import random_uniform, stream_key

GOLDEN = Path(__file__).resolve().parents[2] / 'src-main/engine/graph/testing/operations-golden.json'
PROJECTIONS, UPSTREAM = 3, 9


def values(kind, shape, seed, stream):
    """`signed` in (-1, 1), `positive` in (0.5, 1.5), `rows` of probabilities, or integers `below 5`."""
    numbers = random_uniform(seed, stream, int(np.prod(shape))).reshape(shape)
    if kind.startswith('below'):
        return torch.from_numpy(np.floor(numbers * int(kind.split()[1]))).long()
    if kind == 'rows':
        numbers = numbers / numbers.sum(-1, keepdims=True)
    narrowed = {'signed': 2 * numbers - 1, 'positive': numbers + 0.5, 'rows': numbers}[kind].astype(np.float32)
    return torch.tensor(narrowed.astype(np.float64))


def channels_first(image):
    return image.permute(0, 3, 1, 2)


def channels_last(image):
    return image.permute(0, 2, 3, 1)


def margins(image, window, strides, padding):
    """What is added to [batch, channels, height, width], as TensorFlow defines `same` and `valid`."""
    if padding == 'valid':
        return [[0, 0], [0, 0]]
    if padding != 'same':
        return padding
    sizes = image.shape[2:]
    totals = [max((-(-size // step) - 1) * step + length - size, 0) for size, length, step in zip(sizes, window, strides)]
    return [[total // 2, total - total // 2] for total in totals]


def surrounded(image, found, value=0.0):
    (top, bottom), (left, right) = found
    return F.pad(image, (left, right, top, bottom), value=value)


def symmetric(found):
    """The margins as PyTorch takes them, or None where the two of an axis differ."""
    return tuple(before for before, _ in found) if all(before == after for before, after in found) else None


def conv2d(image, weights, strides=(1, 1), padding='same', groups=1):
    image, weights = channels_first(image), weights.permute(3, 2, 0, 1)
    found = margins(image, weights.shape[2:], strides, padding)
    if symmetric(found) is None:
        image, found = surrounded(image, found), [[0, 0], [0, 0]]
    return channels_last(F.conv2d(image, weights, stride=strides, padding=symmetric(found), groups=groups))


def max_pool(image, window, strides, padding):
    image = channels_first(image)
    found = margins(image, window, strides, padding)
    if symmetric(found) is None:
        image, found = surrounded(image, found, -torch.inf), [[0, 0], [0, 0]]
    return channels_last(F.max_pool2d(image, window, strides, padding=symmetric(found)))


def average_pool(image, window, strides, padding, countMargins=False):
    image = channels_first(image)
    found = margins(image, window, strides, padding)
    if symmetric(found) is not None:
        pooled = F.avg_pool2d(image, window, strides, padding=symmetric(found), count_include_pad=countMargins)
        return channels_last(pooled)
    assert not countMargins
    sums, counts = (F.avg_pool2d(surrounded(pixels, found), window, strides) for pixels in (image, torch.ones_like(image)))
    return channels_last(sums / counts)


def batch_normalisation(image, scale, shift, mean, variance, epsilon, momentum):
    """The statistics follow as PyTorch has it: by the share of the batch, and unbiased."""
    mean, variance = mean.detach().clone(), variance.detach().clone()
    result = F.batch_norm(channels_first(image), mean, variance, scale, shift, True, momentum, epsilon)
    return {'result': channels_last(result), 'mean': mean, 'variance': variance}


def normalisation(image, scale, shift, mean, variance, epsilon):
    """PyTorch differentiates nothing with respect to the statistics."""
    given = mean.detach(), variance.detach()
    return channels_last(F.batch_norm(channels_first(image), *given, scale, shift, False, 0.0, epsilon))


def local_response(image, depthRadius, bias, alpha, beta, alphaOf):
    size = 2 * depthRadius + 1
    alpha = alpha if alphaOf == 'mean' else alpha * size
    return channels_last(F.local_response_norm(channels_first(image), size, alpha, beta, bias))


def mat_mul(a, b, transposeA, transposeB):
    return (a.T if transposeA else a) @ (b.T if transposeB else b)


def crop(x, margins):
    return x[tuple(slice(before, size - after) for size, (before, after) in zip(x.shape, margins))]


def pad(x, margins, value):
    return F.pad(x, [entries for pair in reversed(margins) for entries in pair], value=value)


def bytes_of(x):
    return x.int().view(torch.uint8).reshape(*x.shape, 4)


OPERATIONS = {
    'conv2d': conv2d,
    'biasAdd': lambda x, bias: x + bias,
    'relu': F.relu,
    'tanh': torch.tanh,
    'sigmoid': torch.sigmoid,
    'maxPool': max_pool,
    'averagePool': average_pool,
    'globalAverage': lambda image: F.adaptive_avg_pool2d(channels_first(image), 1).flatten(1),
    'batchNormalisation': batch_normalisation,
    'normalisation': normalisation,
    'localResponseNormalisation': local_response,
    'add': torch.add,
    'subtract': torch.subtract,
    'multiply': torch.multiply,
    'divide': torch.divide,
    'square': torch.square,
    'sqrt': torch.sqrt,
    'abs': torch.abs,
    'sign': lambda x: x * torch.sign(x),
    'exponential': torch.exp,
    'logarithm': torch.log,
    'maximum': torch.maximum,
    'equal': lambda a, b: torch.where(a == b, 1.0, 0.0),
    'greater': lambda a, b: torch.where(a > b, a, b * b),
    'greaterOrEqual': lambda a, b: torch.where(a >= b, 1.0, 0.0),
    'select': lambda a, b, c: torch.where(a > 0, b, c),
    'matMul': mat_mul,
    'transpose': lambda x: x.T,
    'sum': lambda x, axes: x.sum(axes),
    'mean': lambda x, axes: x.mean(axes),
    'broadcastTo': lambda x, model: x.expand_as(model) * model,
    'gather': lambda table, indices: table[indices],
    'argMax': lambda x, axis: x.argmax(axis).double(),
    'oneHot': lambda indices, depth: F.one_hot(indices, depth).double(),
    'softmax': lambda x: F.softmax(x, -1),
    'softmaxCrossEntropy': lambda logits, labels: F.cross_entropy(logits, labels.detach(), reduction='none'),
    'reshape': lambda x, shape: x.reshape(shape),
    'pad': pad,
    'crop': crop,
    'concatenate': lambda *x, axis: torch.cat(x, axis),
    'cast': lambda x: (x * 100).int().double() * x,
    'bytesOf': lambda x: bytes_of(x).double(),
}

WINDOW3 = {'window': [3, 3], 'strides': [2, 2]}
AROUND, UNEVEN = [[1, 1], [1, 1]], [[1, 0], [0, 2]]
OPEN_SPACE = [1, 2]

#: name of the case: operation, attributes, inputs (shape, kind), and axes of the first that a graph may leave open
CASES = {
    'conv2d, the size kept': ('conv2d', {}, [([2, 5, 6, 3], 'signed'), ([3, 3, 3, 4], 'signed')], OPEN_SPACE),
    'conv2d, even window, steps of 2 by 3, padded': ('conv2d', {'strides': [2, 3]}, [([2, 7, 9, 2], 'signed'), ([4, 2, 2, 3], 'signed')], OPEN_SPACE),
    'conv2d, steps of 2, same': ('conv2d', {'strides': [2, 2]}, [([1, 6, 8, 3], 'signed'), ([3, 3, 3, 2], 'signed')], OPEN_SPACE),
    'conv2d, steps of 2, one zero around': ('conv2d', {'strides': [2, 2], 'padding': AROUND}, [([1, 6, 8, 3], 'signed'), ([3, 3, 3, 2], 'signed')], OPEN_SPACE),
    'conv2d, uneven margins': ('conv2d', {'padding': UNEVEN}, [([1, 5, 4, 2], 'signed'), ([3, 3, 2, 2], 'signed')], OPEN_SPACE),
    'conv2d, steps of 2, unpadded, a row and a column unread': ('conv2d', {'strides': [2, 2], 'padding': 'valid'}, [([1, 8, 6, 2], 'signed'), ([3, 3, 2, 3], 'signed')], OPEN_SPACE),
    'conv2d, flat window, unpadded': ('conv2d', {'padding': 'valid'}, [([1, 5, 7, 2], 'signed'), ([1, 4, 2, 2], 'signed')], OPEN_SPACE),
    'conv2d, two groups': ('conv2d', {'groups': 2, 'strides': [2, 1], 'padding': AROUND}, [([2, 5, 6, 4], 'signed'), ([3, 3, 2, 6], 'signed')], OPEN_SPACE),
    'conv2d, a group for each channel': ('conv2d', {'groups': 3}, [([1, 5, 6, 3], 'signed'), ([3, 3, 1, 3], 'signed')], OPEN_SPACE),
    'biasAdd': ('biasAdd', {}, [([2, 3, 2, 4], 'signed'), ([4], 'signed')], OPEN_SPACE),
    'relu': ('relu', {}, [([4, 6], 'signed')], [0]),
    'tanh': ('tanh', {}, [([4, 6], 'signed')], [0]),
    'sigmoid': ('sigmoid', {}, [([4, 6], 'signed')], [0]),
    'maxPool, halving': ('maxPool', {'window': [2, 2], 'strides': [2, 2], 'padding': 'valid'}, [([1, 5, 6, 2], 'signed')], OPEN_SPACE),
    'maxPool, overlapping windows, padded': ('maxPool', {**WINDOW3, 'padding': 'same'}, [([1, 5, 8, 2], 'signed')], OPEN_SPACE),
    'maxPool, overlapping windows, unpadded': ('maxPool', {**WINDOW3, 'padding': 'valid'}, [([2, 7, 6, 2], 'signed')], OPEN_SPACE),
    'maxPool, overlapping windows, one around': ('maxPool', {**WINDOW3, 'padding': AROUND}, [([1, 6, 8, 2], 'signed')], OPEN_SPACE),
    'maxPool, overlapping windows, uneven margins': ('maxPool', {**WINDOW3, 'padding': UNEVEN}, [([1, 6, 8, 2], 'signed')], OPEN_SPACE),
    'averagePool, halving': ('averagePool', {'window': [2, 2], 'strides': [2, 2], 'padding': 'valid'}, [([1, 5, 6, 2], 'signed')], OPEN_SPACE),
    'averagePool, overlapping windows, padded': ('averagePool', {'window': [3, 2], 'strides': [2, 1], 'padding': 'same'}, [([1, 5, 8, 2], 'signed')], OPEN_SPACE),
    'averagePool, overlapping windows, unpadded': ('averagePool', {**WINDOW3, 'padding': 'valid'}, [([2, 7, 6, 2], 'signed')], OPEN_SPACE),
    'averagePool, one around that counts': ('averagePool', {**WINDOW3, 'padding': AROUND, 'countMargins': True}, [([1, 6, 8, 2], 'signed')], OPEN_SPACE),
    'averagePool, one around that does not count': ('averagePool', {**WINDOW3, 'padding': AROUND, 'countMargins': False}, [([1, 6, 8, 2], 'signed')], OPEN_SPACE),
    'averagePool, uneven margins that do not count': ('averagePool', {**WINDOW3, 'padding': UNEVEN, 'countMargins': False}, [([1, 6, 8, 2], 'signed')], OPEN_SPACE),
    'globalAverage': ('globalAverage', {}, [([2, 3, 4, 3], 'signed')], OPEN_SPACE),
    'batchNormalisation': ('batchNormalisation', {'epsilon': 1e-3, 'momentum': 0.1}, [([2, 4, 3, 3], 'signed'), ([3], 'signed'), ([3], 'signed'), ([3], 'signed'), ([3], 'positive')], [0, 1, 2]),
    'normalisation': ('normalisation', {'epsilon': 1e-3}, [([2, 4, 3, 3], 'signed'), ([3], 'signed'), ([3], 'signed'), ([3], 'signed'), ([3], 'positive')], [0, 1, 2]),
    'localResponseNormalisation, alpha of the sum': ('localResponseNormalisation', {'depthRadius': 2, 'bias': 2, 'alpha': 0.3, 'beta': 0.75, 'alphaOf': 'sum'}, [([1, 2, 3, 7], 'signed')], OPEN_SPACE),
    'localResponseNormalisation, alpha of the mean': ('localResponseNormalisation', {'depthRadius': 1, 'bias': 1, 'alpha': 0.7, 'beta': 0.5, 'alphaOf': 'mean'}, [([1, 2, 3, 7], 'signed')], OPEN_SPACE),
    'add, a row': ('add', {}, [([4, 5], 'signed'), ([5], 'signed')], [0]),
    'subtract, a column': ('subtract', {}, [([4, 5], 'signed'), ([4, 1], 'signed')], [1]),
    'multiply, a scalar': ('multiply', {}, [([4, 5], 'signed'), ([], 'signed')], [0, 1]),
    'divide': ('divide', {}, [([4, 5], 'signed'), ([4, 5], 'positive')], [0]),
    'square': ('square', {}, [([4, 6], 'signed')], [0]),
    'sqrt': ('sqrt', {}, [([4, 6], 'positive')], [0]),
    'abs': ('abs', {}, [([4, 6], 'signed')], [0]),
    'sign': ('sign', {}, [([4, 6], 'signed')], [0]),
    'exponential': ('exponential', {}, [([4, 6], 'signed')], [0]),
    'logarithm': ('logarithm', {}, [([4, 6], 'positive')], [0]),
    'maximum': ('maximum', {}, [([4, 6], 'signed'), ([6], 'signed')], [0]),
    'equal': ('equal', {}, [([4, 6], 'below 3'), ([6], 'below 3')], [0]),
    'greater': ('greater', {}, [([4, 6], 'signed'), ([6], 'signed')], [0]),
    'greaterOrEqual': ('greaterOrEqual', {}, [([4, 6], 'below 3'), ([6], 'below 3')], [0]),
    'select': ('select', {}, [([4, 6], 'signed'), ([6], 'signed'), ([4, 1], 'signed')], [0]),
    **{
        f'matMul{", first transposed" if a else ""}{", second transposed" if b else ""}': (
            'matMul', {'transposeA': a, 'transposeB': b}, [([5, 3] if a else [3, 5], 'signed'), ([4, 5] if b else [5, 4], 'signed')], [])
        for a in (False, True) for b in (False, True)
    },
    'transpose': ('transpose', {}, [([3, 5], 'signed')], [1]),
    'sum': ('sum', {'axes': [0, 2]}, [([2, 3, 5], 'signed')], [1]),
    'mean': ('mean', {'axes': [0, 2]}, [([2, 3, 5], 'signed')], [0]),
    'broadcastTo': ('broadcastTo', {}, [([3, 1], 'signed'), ([2, 3, 5], 'signed')], []),
    'gather': ('gather', {}, [([4, 3], 'signed'), ([2, 3], 'below 4')], [0]),
    'argMax': ('argMax', {'axis': 1}, [([3, 5, 2], 'signed')], [0]),
    'oneHot': ('oneHot', {'depth': 4}, [([2, 3], 'below 4')], [0]),
    'softmax': ('softmax', {}, [([3, 5], 'signed')], [0]),
    'softmaxCrossEntropy': ('softmaxCrossEntropy', {}, [([3, 5], 'signed'), ([3, 5], 'rows')], [0]),
    'reshape': ('reshape', {'shape': [6, 5]}, [([2, 3, 5], 'signed')], []),
    'pad': ('pad', {'margins': [[1, 0], [2, 1]], 'value': -2.5}, [([2, 3], 'signed')], [0]),
    'crop': ('crop', {'margins': [[1, 0], [0, 2]]}, [([3, 5], 'signed')], [0]),
    'concatenate': ('concatenate', {'axis': 1}, [([2, 3], 'signed'), ([2, 1], 'signed')], [0]),
    'cast': ('cast', {}, [([4, 6], 'signed')], [0]),
    'bytesOf': ('bytesOf', {}, [([2, 3], 'below 1000000')], [0]),
}


def digits(tensor):
    """Nine significant ones, enough to tell a float32 from its neighbours."""
    return [float(f'{value:.9g}') for value in tensor.detach().flatten().tolist()]


def digest(gradient, seed, position):
    weights = [
        torch.from_numpy(2 * random_uniform(seed, 10 * (position + 1) + index, gradient.numel()) - 1)
        for index in range(PROJECTIONS)
    ]
    return {
        'norm': digits(gradient.norm())[0],
        'projections': digits(torch.stack([torch.dot(gradient.flatten(), weight) for weight in weights])),
    }


def golden(name, operation, attributes, inputs, open_axes):
    seed = stream_key(name)
    tensors = [values(kind, shape, seed, stream) for stream, (shape, kind) in enumerate(inputs)]
    for tensor in tensors:
        if tensor.is_floating_point():
            tensor.requires_grad_()
    found = OPERATIONS[operation](*tensors, **attributes)
    results = found if isinstance(found, dict) else {'result': found}
    gradients = {}
    if results['result'].requires_grad:
        (results['result'] * values('signed', results['result'].shape, seed, UPSTREAM)).sum().backward()
        gradients = {
            str(position): digest(tensor.grad, seed, position)
            for position, tensor in enumerate(tensors)
            if tensor.grad is not None
        }
    return {
        'name': name,
        'operation': operation,
        'attributes': attributes,
        'inputs': [{'shape': shape, 'kind': kind} for shape, kind in inputs],
        'openAxes': open_axes,
        'results': {key: {'shape': list(value.shape), 'values': digits(value)} for key, value in results.items()},
        'gradients': gradients,
    }


def written():
    """One case a line."""
    cases = ',\n'.join(json.dumps(golden(name, *case)) for name, case in CASES.items())
    return f'[\n{cases}\n]\n'.encode()


def main():
    torch.set_num_threads(1)
    text = written()
    assert text == written(), 'the same program wrote other bytes'
    if '--check' in sys.argv:
        assert text == GOLDEN.read_bytes(), f'{GOLDEN} holds other bytes'
    else:
        GOLDEN.write_bytes(text)


main()
