"""Writes src-main/engine/style/testing/optimiser-trajectories.safetensors: the way that PyTorch's L-BFGS and Adam go, in
float64, through a quadratic valley.

usage: optimiser_trajectories.py     (pip install -r requirements.txt)

For each: `values` [steps + 1, dimensions], where it was, and `gradients` [steps, dimensions], what it was told there;
the settings stand in the metadata as JSON.

PyTorch's L-BFGS without a line search takes the step rule of ours: whole steps, pairs of s . y > 1e-10 only, the scale
of the newest pair. Its first step alone is another, 1 / sum |g| of the gradient against ours of a mean change c, which
is c n / sum |g|: so the learning rate is c n for the first step and 1 from then on. Its stopping rules are turned off.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import save_file

GOLDEN = Path(__file__).resolve().parents[2] / 'src-main/engine/style/testing/optimiser-trajectories.safetensors'
DIMENSIONS, STEPS = 40, 15
#: Fewer pairs than steps, so that old ones are dropped.
HISTORY, FIRST_MEAN_CHANGE = 5, 2.0
LEARNING_RATE, BETAS, EPSILON = 0.5, (0.9, 0.99), 1e-8
#: Of the curvatures, the largest by the smallest.
CONDITION = 10
#: Steps after which the gradient has changed the other way round, as if a crest had been passed.
CRESTS = (6, 11)

torch.manual_seed(1)
curvature = CONDITION ** torch.linspace(0, 1, DIMENSIONS, dtype=torch.float64)
target = 10 * torch.randn(DIMENSIONS, dtype=torch.float64)


def valley(x):
    return (curvature * (x - target) ** 2 / 2).sum()


def descend(optimiser_of, before_step=lambda optimiser, step: None):
    x = torch.zeros(DIMENSIONS, dtype=torch.float64, requires_grad=True)
    optimiser = optimiser_of([x])
    values, gradients = [x.detach().clone()], []

    def closure():
        optimiser.zero_grad()
        loss = valley(x)
        loss.backward()
        if len(gradients) in CRESTS:
            x.grad.copy_(gradients[-1] - (x.grad - gradients[-1]) / 2)
        gradients.append(x.grad.clone())
        return loss

    for step in range(STEPS):
        before_step(optimiser, step)
        optimiser.step(closure)
        values.append(x.detach().clone())
    return torch.stack(values), torch.stack(gradients)


def lbfgs(parameters):
    return torch.optim.LBFGS(parameters, max_iter=1, history_size=HISTORY, tolerance_grad=0, tolerance_change=0)


def first_step_by_mean_change(optimiser, step):
    optimiser.param_groups[0]['lr'] = FIRST_MEAN_CHANGE * DIMENSIONS if step == 0 else 1


def adam(parameters):
    return torch.optim.Adam(parameters, lr=LEARNING_RATE, betas=BETAS, eps=EPSILON)


def check_which_pairs_are_skipped(values, gradients):
    """Those over the crests. Without any pair, PyTorch would take the whole gradient for a step."""
    curvatures = [torch.dot(step, change).item() for step, change in zip(values.diff(dim=0), gradients.diff(dim=0))]
    skipped = [index + 1 for index, curvature in enumerate(curvatures) if curvature <= 1e-10]
    assert skipped == list(CRESTS), curvatures


lbfgs_values, lbfgs_gradients = descend(lbfgs, first_step_by_mean_change)
check_which_pairs_are_skipped(lbfgs_values, lbfgs_gradients)
adam_values, adam_gradients = descend(adam)
tensors = {
    'lbfgs/values': lbfgs_values,
    'lbfgs/gradients': lbfgs_gradients,
    'adam/values': adam_values,
    'adam/gradients': adam_gradients,
}
settings = {
    'lbfgs': json.dumps({'history': HISTORY, 'firstMeanChange': FIRST_MEAN_CHANGE}),
    'adam': json.dumps({'learningRate': LEARNING_RATE}),
}
save_file({name: tensor.float() for name, tensor in tensors.items()}, GOLDEN, settings)
