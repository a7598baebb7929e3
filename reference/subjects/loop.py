"""A loop of the student's own where there is no layer, cell or function to be asked: told by what was seen of it.

It was proved when it was found: each of its hidden states was computed by the student's code, from weights and data of
the student's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.answer.answer import Answer
from grader.pack.pictures import Diagram, Parameters
from grader.pack.verdict import Outcome, failed, passed
from reference.checks import drawing
from reference.checks.cell_diagram import SeenGates, cell_diagram
from reference.checks.comparing import correct
from reference.loops.biases import bias_size
from reference.loops.search import Recurrence
from reference.recurrent.cells import PeepholeWeights
from reference.subjects import training_of_loops
from reference.subjects.subject import OverTime

GATES = ("input", "forget", "output")


@dataclass(frozen=True, eq=False)
class Loop(OverTime):
    """A recurrence in what the code of an answer computes."""

    answer: Answer
    loop: Recurrence

    @property
    def label(self) -> str:
        """As of the recurrence."""
        return self.loop.label

    def found(self) -> Outcome:
        """It is the student's own."""
        return passed(f"Found: a {self.label}, written by yourself.", observed=self.label)

    def in_a_model(self) -> Outcome:
        """There is no model: the loop itself goes through time."""
        return self.found()

    def parameters(self) -> Outcome:
        """It has all the weights of its kind; a bias that is zero at first must at least be there."""
        w = self.loop.weights
        found, wanted = sum(self._roles().values()), self.loop.kind.count(w.units, w.inputs)
        if found >= wanted.value:
            return passed(f"Your {self.label} has its {found:,} weights.", expected=wanted.worked, observed=found)
        return failed(
            f"Your {self.label} has {found:,} weights, {wanted.value:,} were expected: has it no bias?",
            expected=wanted.worked,
            observed=found,
        )

    def _roles(self) -> dict[str, int]:
        """How many of its numbers have which role."""
        w = self.loop.weights
        peepholes = 3 * w.input_peephole.size if isinstance(w, PeepholeWeights) else 0
        return {
            "kernel": w.kernel.size,
            "recurrent kernel": w.recurrent_kernel.size,
            "bias": bias_size(self.answer, self.loop),
            "peepholes": peepholes,
        }

    def peephole_weights(self) -> Outcome:
        """They are among its weights."""
        return self.parameters()

    def computes(self) -> Outcome:
        """Its hidden states are those of the reference, and not of a mistake that we know."""
        kind, slip, states = self.loop.kind, self.loop.slip, self.loop.states
        if slip is not None and not slip.accepted:
            return failed(
                f"Your {self.label} does not compute what {kind.name} computes. {slip.message}",
                todo=correct(slip.message),
                expected="the hidden states of the reference",
                observed="others",
            )
        return passed(
            f"Each step of your loop computes what {kind.name} computes, with your weights and your data."
            + (f" {slip.message}" if slip else ""),
            expected="the hidden states of the reference",
            observed=f"{states.shape[1]} of them found",
        )

    def sees_its_cell_state(self) -> Outcome:
        """The hidden states of the reference are those of gates that do."""
        return self.computes()

    def states(self) -> Outcome:
        """There is a hidden state for each time step, and what is remembered goes from one to the next."""
        slip, states = self.loop.slip, self.loop.states
        if slip is not None and slip.id == "no_recurrence":
            return failed(
                slip.message,
                expected="the state of the step before",
                observed="states without a past",
                todo=correct(slip.message),
            )
        return passed(
            f"The hidden states of all {states.shape[1]} time steps were found, each made from the one before.",
            expected="a hidden state for each time step",
            observed="(" + ", ".join(map(str, states.shape)) + ")",
        )

    def depends(self) -> Outcome:
        """Each state is made from the one before."""
        return self.states()

    def answers(self) -> Outcome:
        """What it gives are its states."""
        return self.states()

    def trains(self) -> Outcome:
        """By backpropagation that the student wrote, or by a tape."""
        return training_of_loops.loss_falls(self.answer, self.loop)

    def error_goes_back(self) -> Outcome:
        """As it was seen in the student's own backward pass, or by a tape."""
        return training_of_loops.error_goes_back(self.answer, self.loop)

    def blocks(self) -> Iterator[Parameters]:
        """Those that were seen."""
        kind, w = self.loop.kind, self.loop.weights
        wanted = w.kernel.size + w.recurrent_kernel.size + (kind.gates + kind.peepholes) * w.units
        yield drawing.side_by_side(self._roles(), kind, w.units, w.inputs, wanted)

    def gates(self) -> Iterator[Diagram]:
        """Proved by its weights."""
        w = self.loop.weights
        if isinstance(w, PeepholeWeights):
            seen = {gate: bool(getattr(w, f"{gate}_peephole").any()) for gate in GATES}
            yield cell_diagram(SeenGates(input=seen["input"], forget=seen["forget"], output=seen["output"]))
