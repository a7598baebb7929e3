"""What Keras 2 once had and its last release has not: notebooks of those years import it from `keras.experimental`."""

from __future__ import annotations

import contextlib
import importlib
from typing import Any

NAME = "PeepholeLSTMCell"
PLACES = ("tf_keras.experimental", "tf_keras.api._v2.keras.experimental", "tf_keras.api._v1.keras.experimental")


def offer() -> None:
    """Put `PeepholeLSTMCell` in its places, as it was until TensorFlow 2.12. Does nothing where there is one."""
    made = None
    for place in PLACES:
        with contextlib.suppress(ImportError):
            module = importlib.import_module(place)
            if not hasattr(module, NAME):
                made = made or _peephole_lstm_cell()
                setattr(module, NAME, made)


def _peephole_lstm_cell() -> type:
    base: Any = importlib.import_module("tf_keras").layers.LSTMCell
    backend: Any = importlib.import_module("tf_keras").backend

    class PeepholeLSTMCell(base):  # type: ignore[misc]
        """An LSTM cell whose gates see the cell state: Keras's own, with three vectors behind its weights."""

        def build(self, input_shape: Any) -> None:
            super().build(input_shape)
            for gate in ("input", "forget", "output"):
                name = f"{gate}_gate_peephole_weights"
                vector = self.add_weight(shape=(self.units,), name=name, initializer=self.kernel_initializer)
                setattr(self, name, vector)

        def _compute_carry_and_output(self, x: Any, h_tm1: Any, c_tm1: Any) -> tuple[Any, Any]:
            kernels = [self.recurrent_kernel[:, at * self.units : (at + 1) * self.units] for at in range(4)]
            pairs = zip(x, h_tm1, kernels, strict=True)
            return self._gated([one + backend.dot(other, kernel) for one, other, kernel in pairs], c_tm1)

        def _compute_carry_and_output_fused(self, z: Any, c_tm1: Any) -> tuple[Any, Any]:
            return self._gated(z, c_tm1)

        def _gated(self, z: Any, before: Any) -> tuple[Any, Any]:
            z_i, z_f, z_c, z_o = z
            i = self.recurrent_activation(z_i + self.input_gate_peephole_weights * before)
            f = self.recurrent_activation(z_f + self.forget_gate_peephole_weights * before)
            c = f * before + i * self.activation(z_c)
            return c, self.recurrent_activation(z_o + self.output_gate_peephole_weights * c)

    PeepholeLSTMCell.__module__ = PLACES[0]
    PeepholeLSTMCell.__qualname__ = NAME
    return PeepholeLSTMCell
