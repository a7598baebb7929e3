"""Backpropagation through time for the simple RNN: the chain rule, from the last time step to the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reference.recurrent.cells import Array, Weights, simple_rnn, zeros


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """What a loss L gains per change of ...; each has the shape of that by which it differentiates."""

    inputs: Array  # dL/dx_t (batch, timesteps, inputs)
    hidden_states: Array  # dL/dh_t over all paths to the loss (batch, timesteps, units)
    kernel: Array  # dL/dW
    recurrent_kernel: Array  # dL/dU
    bias: Array  # dL/db


def bptt(w: Weights, x: Array, upstream: Array) -> Gradients:
    """The gradients of a loss that sees the hidden states h_t = tanh(W x_t + U h_{t-1} + b), with h_0 = 0.

    `upstream` is the loss's own gradient by the hidden states (batch, timesteps, units), or by the last hidden state
    alone (batch, units). P. J. Werbos, Backpropagation through time: what it does and how to do it, Proc. IEEE 78
    (1990).
    """
    h = simple_rnn(w, x)
    if upstream.ndim == 2:
        upstream = np.concatenate([np.zeros_like(h[:, 1:]), upstream[:, np.newaxis]], axis=1)
    before = np.concatenate([zeros(w, x)[:, np.newaxis], h[:, :-1]], axis=1)  # h_{t-1}

    dx, dh = np.zeros_like(x, dtype=np.float64), np.zeros_like(h)
    dW, dU, db = np.zeros_like(w.kernel), np.zeros_like(w.recurrent_kernel), np.zeros_like(w.bias)
    from_later = zeros(w, x)
    for t in reversed(range(x.shape[1])):
        dh[:, t] = upstream[:, t] + from_later  # the loss sees h_t itself, and through h_{t+1}
        dz = dh[:, t] * (1 - h[:, t] ** 2)  # tanh' = 1 - tanh²
        dW += x[:, t].T @ dz  # the same weights at every step: their gradients add up
        dU += before[:, t].T @ dz
        db += dz.sum(axis=0)
        dx[:, t] = dz @ w.kernel.T
        from_later = dz @ w.recurrent_kernel.T  # this factor, once per step, makes gradients vanish or explode
    return Gradients(dx, dh, dW, dU, db)
