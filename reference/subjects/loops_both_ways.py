"""Two loops of the student's own that read a sequence in opposite directions: told by what was seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answer.answer import Answer
from grader.pack.verdict import Outcome, Todo, failed, passed
from reference.checks.comparing import correct
from reference.loops.two_loops import TwoLoops
from reference.recurrent.kinds import Kind
from reference.subjects import training_of_loops
from reference.subjects.two_ways import TwoWays

SIDE_BY_SIDE = "both states of each time step, side by side"


@dataclass(frozen=True, eq=False)
class LoopBothWays(TwoWays):
    """Two recurrences of one kind, each with weights of its own."""

    answer: Answer
    loops: TwoLoops
    asked: Kind | None = None

    @property
    def label(self) -> str:
        """As of the two."""
        return self.loops.label

    @property
    def names(self) -> Sequence[str]:
        """Both are of one kind."""
        return [self.loops.kind.keras]

    def parameters(self) -> Outcome:
        """Each direction has weights of its own: what was found rests on two sets of arrays."""
        self.require_kind()
        w = self.loops.ahead.weights
        return passed(
            f"Two loops read the sequence in opposite directions, each with weights of its own: the states of "
            f"{self.loops.kind.name} were found for both.",
            expected="two sets of weights",
            observed=f"two kernels and recurrent kernels of shapes {w.kernel.shape} and {w.recurrent_kernel.shape}",
        )

    def depends(self) -> Outcome:
        """What is given for the first time step comes from both loops."""
        self.require_kind()
        if self.loops.joined(in_step=True) or self.loops.joined(in_step=False) or self.loops.last_joined():
            return passed("The output of the first time step depends on the last input: it sees the future.")
        return _apart()

    def numbers(self) -> Outcome:
        """The states of both loops for the same time step are joined."""
        loops = self.loops
        # Whether the directions have a bias is free.
        wrong = (one.slip for one in (loops.ahead, loops.back) if one.slip and one.slip.id != "no_bias")
        slip = next((slip for slip in wrong if not slip.accepted), None)
        if slip is not None:
            return failed(
                f"The steps of your {self.label} are not those of {loops.kind.name}. {slip.message}",
                todo=correct(slip.message),
                expected="the hidden states of the reference",
                observed="others",
            )
        if loops.joined(in_step=True) or (loops.last_joined() and not loops.joined(in_step=False)):
            return passed("The states of both loops are joined in step.", expected=SIDE_BY_SIDE, observed="joined")
        if not loops.joined(in_step=False):
            return _apart()
        return failed(
            "The states of both loops are joined in the order in which each of them reads: the first state of the one "
            "that reads backwards belongs to the last time step. Turn its states round before you join them.",
            expected=SIDE_BY_SIDE,
            observed="joined out of step",
        )

    def states(self) -> Outcome:
        """Those of both, joined in step."""
        return self.computes()

    def trains(self) -> Outcome:
        """The loop that reads from the beginning was."""
        return training_of_loops.loss_falls(self.answer, self.loops.ahead)


def _apart() -> Outcome:
    return failed(
        "Two loops read in opposite directions, but their states are never joined.",
        todo=Todo("Join the states of both loops at each time step."),
        expected=SIDE_BY_SIDE,
        observed="two outputs apart",
    )
