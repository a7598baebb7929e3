"""Recurrent cells in NumPy, written as in the papers, with the names and the gate orders of Keras.

Shapes: x_t (batch, inputs), h and c (batch, units), a sequence x (batch, timesteps, inputs). The kernel W is
(inputs, gates·units), the recurrent kernel U (units, gates·units), the bias b (gates·units,). The gates lie side by
side in the columns: LSTM i, f, c, o; GRU z, r, h. In equations `@` is the matrix product and `*` goes element by
element. A step returns the new hidden state, which is also the output, or (hidden state, cell state) for an LSTM.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Activation = Callable[[Array], Array]
State = Array | tuple[Array, Array]
Step = Callable[..., State]
MergeMode = Literal["concat", "sum", "mul", "ave"]


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)), by way of tanh, which does not overflow."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def gates_of(z: Array, number: int) -> list[Array]:
    """The columns of so many gates, which lie side by side in the last axis.

    (`np.split` gives the same and takes longer than the rest of a step of a small cell.)
    """
    units = z.shape[-1] // number
    return [z[..., gate * units : (gate + 1) * units] for gate in range(number)]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights of one recurrent layer: W (inputs, gates·units), U (units, gates·units), b (gates·units,).

    The bias of a GRU with `reset_after` is (2, 3·units): one for the input, one for the hidden state.
    """

    kernel: Array
    recurrent_kernel: Array
    bias: Array

    def __post_init__(self) -> None:
        """Raise `ValueError` if the three shapes do not fit one another."""
        shapes = [array.shape for array in (self.kernel, self.recurrent_kernel, self.bias)]
        if [len(shape) for shape in shapes[:2]] != [2, 2] or len({shape[-1] for shape in shapes}) != 1:
            raise ValueError(f"not the kernel, recurrent kernel and bias of one layer: {shapes}")

    @property
    def units(self) -> int:
        """The size of the hidden state."""
        return len(self.recurrent_kernel)

    @property
    def inputs(self) -> int:
        """The number of input features."""
        return len(self.kernel)

    @classmethod
    def from_keras(cls, arrays: Sequence[ArrayLike]) -> Self:
        """The weights in the order of `layer.get_weights()`; a layer without a bias gets one of zeros."""
        given = [np.asarray(array, dtype=np.float64) for array in arrays]
        if len(given) == 2:
            given.append(np.zeros(given[0].shape[-1]))
        return cls(*given)


@dataclass(frozen=True, slots=True, eq=False)
class PeepholeWeights(Weights):
    """An LSTM's weights, and for three gates what they let through of each cell state.

    A peephole is a vector (units,): each gate sees its own cell only, as in the paper. A matrix (units, units), by
    which each gate sees all cells, is the reading of some tutorials and is understood as well.
    """

    input_peephole: Array
    forget_peephole: Array
    output_peephole: Array


def peek(cell_state: Array, peephole: Array) -> Array:
    """What a gate sees of the cell state through its peephole."""
    return cell_state * peephole if peephole.ndim == 1 else cell_state @ peephole


# One step ------------------------------------------------------------------------------------------------------------


def simple_rnn_step(w: Weights, x: Array, h: Array, *, activation: Activation = np.tanh) -> Array:
    """h_t = tanh(W x_t + U h_{t-1} + b).

    J. L. Elman, Finding structure in time, Cognitive Science 14 (1990); with tanh as in Keras.
    """
    return activation(x @ w.kernel + h @ w.recurrent_kernel + w.bias)


def lstm_step(
    w: Weights,
    x: Array,
    h: Array,
    c: Array,
    *,
    activation: Activation = np.tanh,
    recurrent_activation: Activation = sigmoid,
) -> tuple[Array, Array]:
    """One step of an LSTM with a forget gate: (h_t, c_t).

    S. Hochreiter and J. Schmidhuber, Long short-term memory, Neural Computation 9 (1997); the forget gate is by
    F. Gers, J. Schmidhuber and F. Cummins, Learning to forget, Neural Computation 12 (2000).
    """
    z_i, z_f, z_c, z_o = gates_of(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4)
    i = recurrent_activation(z_i)  # how much of the candidate is written
    f = recurrent_activation(z_f)  # how much of the old cell state is kept
    candidate = activation(z_c)
    c = f * c + i * candidate
    o = recurrent_activation(z_o)  # how much of the cell state is shown
    return o * activation(c), c


def gru_step(
    w: Weights,
    x: Array,
    h: Array,
    *,
    reset_after: bool = True,
    activation: Activation = np.tanh,
    recurrent_activation: Activation = sigmoid,
) -> Array:
    """One step of a GRU: h_t = z * h_{t-1} + (1 - z) * candidate.

    K. Cho et al., Learning phrase representations using RNN encoder-decoder, EMNLP 2014. The reset gate is applied to
    h_{t-1} before the matrix product there; `reset_after` applies it to the product, as cuDNN and Keras do.
    """
    b_x, b_h = w.bias if w.bias.ndim == 2 else (w.bias, np.zeros_like(w.bias))
    x_z, x_r, x_h = gates_of(x @ w.kernel + b_x, 3)
    h_z, h_r, h_h = gates_of(h @ w.recurrent_kernel + b_h, 3)
    z = recurrent_activation(x_z + h_z)  # how much of the old hidden state is kept
    r = recurrent_activation(x_r + h_r)  # how much of it the candidate sees
    u_h = w.recurrent_kernel[:, 2 * w.units :]
    candidate = activation(x_h + (r * h_h if reset_after else (r * h) @ u_h))
    return z * h + (1 - z) * candidate


def peephole_lstm_step(
    w: PeepholeWeights,
    x: Array,
    h: Array,
    c: Array,
    *,
    activation: Activation = np.tanh,
    recurrent_activation: Activation = sigmoid,
) -> tuple[Array, Array]:
    """One step of an LSTM whose gates see the cell state: (h_t, c_t).

    F. Gers and J. Schmidhuber, Recurrent nets that time and count, IJCNN 2000. The input and forget gates see the old
    cell state c_{t-1}; the output gate comes after the cell and sees the new one, c_t.
    """
    z_i, z_f, z_c, z_o = gates_of(x @ w.kernel + h @ w.recurrent_kernel + w.bias, 4)
    i = recurrent_activation(z_i + peek(c, w.input_peephole))
    f = recurrent_activation(z_f + peek(c, w.forget_peephole))
    candidate = activation(z_c)
    c = f * c + i * candidate
    o = recurrent_activation(z_o + peek(c, w.output_peephole))
    return o * activation(c), c


# Whole sequences -----------------------------------------------------------------------------------------------------


def unroll(step: Step, w: Weights, x: Array, *state: Array) -> Array:
    """Apply `step` to x[:, 0], x[:, 1], ... from an initial state; all hidden states (batch, timesteps, units)."""
    hidden_states = []
    for t in range(x.shape[1]):
        new = step(w, x[:, t], *state)
        state = new if isinstance(new, tuple) else (new,)
        hidden_states.append(state[0])
    return np.stack(hidden_states, axis=1)


def zeros(w: Weights, x: Array) -> Array:
    """The state before the first time step (batch, units)."""
    return np.zeros((x.shape[0], w.units))


def simple_rnn(w: Weights, x: Array, **options: Any) -> Array:
    """All hidden states of a simple RNN; `options` are those of the step, here and below."""
    return unroll(partial(simple_rnn_step, **options), w, x, zeros(w, x))


def lstm(w: Weights, x: Array, **options: Any) -> Array:
    """All hidden states of an LSTM."""
    return unroll(partial(lstm_step, **options), w, x, zeros(w, x), zeros(w, x))


def gru(w: Weights, x: Array, **options: Any) -> Array:
    """All hidden states of a GRU."""
    return unroll(partial(gru_step, **options), w, x, zeros(w, x))


def peephole_lstm(w: PeepholeWeights, x: Array, **options: Any) -> Array:
    """All hidden states of a peephole LSTM."""
    return unroll(partial(peephole_lstm_step, **options), w, x, zeros(w, x), zeros(w, x))


Layer = Callable[[Any, Array], Array]


def merge(forward: Array, backward: Array, mode: MergeMode = "concat") -> Array:
    """Two outputs of the same shape made into one, as `Bidirectional(merge_mode=...)` does."""
    if mode == "concat":
        return np.concatenate([forward, backward], axis=-1)
    if mode == "mul":
        return forward * backward
    return (forward + backward) / (2 if mode == "ave" else 1)


def bidirectional(
    layer: Layer,
    forward: Weights,
    backward: Weights,
    x: Array,
    *,
    merge_mode: MergeMode = "concat",
    return_sequences: bool = True,
) -> Array:
    """Two layers with weights of their own: one reads from the first step to the last, one from the last to the first.

    M. Schuster and K. Paliwal, Bidirectional recurrent neural networks, IEEE Trans. Signal Processing 45 (1997).
    The result is (batch, timesteps, 2·units) in the order of time with "concat". Without `return_sequences`, each
    direction gives its own last state, which for the backward one is that of the *first* time step.
    """
    ahead, back = layer(forward, x), layer(backward, x[:, ::-1])
    if return_sequences:
        return merge(ahead, back[:, ::-1], merge_mode)
    return merge(ahead[:, -1], back[:, -1], merge_mode)
