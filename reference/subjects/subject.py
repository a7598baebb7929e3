"""What every subject of a question answers, in whatever style a student wrote it.

Each answer is an outcome for the student, or ends the check (`Missed`) with the reason. Experiments are made once and
shared; where there is nothing to be drawn, a picture is left out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from grader.pack.pictures import Dependence, Diagram, Losses, Parameters
from grader.pack.verdict import Outcome, passed


class Subject(ABC):
    """A recurrent network of the student's."""

    @property
    @abstractmethod
    def label(self) -> str:
        """What to call it in a message: "LSTM with 64 units"."""

    def found(self) -> Outcome:
        """There is one."""
        return passed(f"Found: {self.label}.", observed=self.label)

    @abstractmethod
    def parameters(self) -> Outcome:
        """It has as many weights as its kind, for the student's own sizes, and all of them are in use."""

    @abstractmethod
    def computes(self) -> Outcome:
        """It gives the numbers of the reference."""

    @abstractmethod
    def depends(self) -> Outcome:
        """What it gives depends on the steps before; where it reads both ways, at the first step on the last one."""

    @abstractmethod
    def states(self) -> Outcome:
        """It gives its states: of each time step, or of the sequence."""

    @abstractmethod
    def trains(self) -> Outcome:
        """Some training of it brought the loss down, and changed its weights."""

    def blocks(self) -> Iterator[Parameters]:
        """Where its parameters are."""
        return iter(())

    def losses(self) -> Iterator[Losses]:
        """The losses of its training."""
        return iter(())

    def sight(self) -> Iterator[Dependence]:
        """Which output time step depends on which input time step."""
        return iter(())


class OneWay(Subject):
    """A network that reads in one direction."""

    @abstractmethod
    def answers(self) -> Outcome:
        """The model around it answers a batch that it has never seen; without a model, it gives its states."""

    @abstractmethod
    def peephole_weights(self) -> Outcome:
        """It has the weights of peepholes, and uses them."""

    @abstractmethod
    def sees_its_cell_state(self) -> Outcome:
        """Its gates look at the cell state."""

    def gates(self) -> Iterator[Diagram]:
        """Which of its gates look at the cell state."""
        return iter(())


class OverTime(OneWay):
    """A network that reads whole sequences by itself, as a bare cell does not."""

    @abstractmethod
    def in_a_model(self) -> Outcome:
        """It is there, connected from step to step, and it is said whether a model is around it."""

    @abstractmethod
    def error_goes_back(self) -> Outcome:
        """The gradient of what it gives in the end reaches the first time step."""
