"""A bare cell, which computes one time step: of Keras, or a class of the student's own in whatever way it is called."""

from __future__ import annotations

from collections.abc import Iterable

from grader.answer.layer import Layer
from grader.pack.verdict import Missed, Outcome, Todo, failed, miss, passed
from reference.checks.running import one_step_alone
from reference.loops.recurrences import forgets
from reference.recurrent.measure import step_depends_on_state
from reference.subjects.live import Live


class Cell(Live):
    """Asked for single steps; the loop that is around it is the student's own."""

    def require_unrolling(self, core: Layer) -> None:
        """A step is no sequence."""

    def output_of(self, built: Layer) -> Outcome:
        """Of one step."""
        return one_step_alone(self.answer, built)

    def states(self) -> Outcome:
        """The loop around it hands them on."""
        self.require_memory()
        return super().states()

    def answers(self) -> Outcome:
        """The model around it, if there is one; else its step depends on the state that it is given."""
        if self.model is not None:
            return super().answers()
        self.require_memory()
        if not step_depends_on_state(self.core_of(self.layer), self.answer.rng):
            message = "What your cell gives for a step does not depend on the state that it is given."
            return failed(message, todo=Todo("Use the state that a step is given in what it computes."))
        return super().states()

    def depends(self) -> Outcome:
        """It is run step by step, and its output depends on the state that it is given."""
        self.require_steps()
        self.require_memory()
        if step_depends_on_state(self.layer, self.answer.rng):
            return passed("The output of a step depends on the hidden state that it is given.")
        message = "The output of a step does not depend on the hidden state that it is given: nothing recurs."
        return failed(message, todo=Todo("Use the state that a step is given in what it computes."))

    def require_memory(self) -> None:
        """End the check where the student's loop over a right cell does not give it the state of the step before.

        What a wrong cell computes on its way may look like steps without a past.
        """
        try:
            found = self.recognised(self.core_of(self.layer))
        except Missed:
            return
        if not found.accepted:
            return
        step = self.kind.family.step if found.slip is None else found.slip.compute
        what = ("forgets", self.kind.name, None if found.slip is None else found.slip.id)
        if self.answer.once(what, lambda: forgets(self.answer, self.kind, step)):
            miss(
                "Your loop over the time steps gives a state of zeros to each of them: what a step gives is not handed "
                "to the next one, so nothing is remembered. Take the state that a step gives, and use it in the next.",
                expected="the state of the step before",
                observed="zeros at each step",
            )

    def require_steps(self) -> None:
        """End the check where the cell is given a whole sequence at once, or is never run."""
        whole = [shape for shape in self.layer.input_shapes if len(shape) == 3]
        if whole:
            self._refuse_whole_sequence(whole[0])
        if not self.layer.facts.calls:
            miss(
                f"Your {self.label} is never run. Put it into keras.layers.RNN(cell, return_sequences=True), or call "
                "it step by step with the state that it gave back.",
                expected="a cell that is run",
                observed="a cell that is only created",
            )

    def _refuse_whole_sequence(self, shape: tuple[int | None, ...]) -> None:
        steps = shape[1]
        model = next((model for model in self.answer.models if model.input_shape == (None, *shape[1:])), None)
        sizes = sorted({1, 2, 3, steps or 3, (steps or 3) + 1})
        fits = [] if model is None else [size for size in sizes if self._runs(model, (size, *shape[1:]))]
        measured = f" Measured: it runs on batches of {_list(fits)}, and fails on {_list(set(sizes) - set(fits))}."
        fate = f" The model fails on a real batch of any size but 1 and {steps}." if fits == [1, steps] else ""
        miss(
            f"Your cell is applied to a whole (batch, time, features) tensor of shape {shape}. A cell computes one "
            "time step: given all of them at once it has no recurrence, no time step sees the one before."
            f"{fate}{measured if model is not None else ''} "
            "Put the cell into keras.layers.RNN(cell, return_sequences=True), or loop over the time steps.",
            expected=f"inputs of shape (batch, {shape[-1]}), one time step at a time",
            observed=f"inputs of shape {shape}",
        )

    def _runs(self, model: Layer, shape: tuple[int | None, ...]) -> bool:
        inputs = self.answer.rng.normal(size=[size or 1 for size in shape])
        return isinstance(model.try_forward(inputs), list)


def _list(sizes: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(sizes))) or "no size"
