"""Two layers in opposite directions: what a Bidirectional and two layers that a student joined have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Dependence, Losses, Parameters
from grader.pack.verdict import Outcome, Todo, expect, failed, miss, passed
from reference.checks import drawing
from reference.checks.comparing import verdict
from reference.checks.seeing import recurrent_parts, what_outputs_see
from reference.checks.training import loss_falls
from reference.recurrent import expected
from reference.recurrent.kinds import Kind, kind_of
from reference.subjects.inner_cell import cell_of
from reference.subjects.part_kinds import compared_cells, part_count, part_kind
from reference.subjects.two_ways import TwoWays


@dataclass(frozen=True, eq=False)
class TwoLayers(TwoWays):
    """A layer or model in which two recurrent layers are."""

    answer: Answer
    layer: Layer
    asked: Kind | None = None
    used: bool = True
    """Whether the answer itself built or ran it: what stands here may be a copy that was built to be asked."""

    @property
    def label(self) -> str:
        """As of the layer."""
        return self.layer.label

    @property
    def parts(self) -> list[Layer]:
        """The two recurrent layers, and others that are inside."""
        return recurrent_parts(self.layer)

    @property
    def names(self) -> Sequence[str]:
        """Of each layer inside, its family where it is of no kind that we know."""
        found = [(part.family, part_kind(self.answer, part)) for part in self.parts]
        return [family if kind is None else kind.keras for family, kind in found]

    # ----- others answer otherwise -----

    @abstractmethod
    def held(self) -> int | None:
        """How many parameters both directions have."""

    @abstractmethod
    def matches(self, kind: Kind) -> Outcome:
        """On random weights and inputs, the numbers are those of the two-way reference."""

    # ----- answers -----

    def parameters(self) -> Outcome:
        """Both directions have weights of their own: twice the parameters of one direction."""
        self.require_kind()
        parts = self.parts
        kind = part_kind(self.answer, parts[0]) if parts else None
        if kind is None:
            miss(f"The directions of your {self.label} are not layers that we know.", expected="SimpleRNN, LSTM or GRU")
        one = parts[0].built(self.layer.inputs)
        wanted = expected.bidirectional(part_count(self.answer, one, kind))
        found = self.held()
        half = found is not None and 2 * found == wanted.value
        return expect(found, "Parameters of both directions").equals(
            wanted.value, wanted.worked, otherwise="That is one direction only." if half else ""
        )

    def depends(self) -> Outcome:
        """Measured: the output of the first time step changes when the last time step of the input does."""
        self.require_kind()
        self._require_use()
        sees = what_outputs_see(self.answer, self.layer)
        if sees.shape[0] == 1:  # what a single output sees is shown by comparing it with the reference
            return self.numbers()
        if sees[0, -1]:
            return passed("The output of the first time step depends on the last input: it sees the future.")
        return failed(
            "The output of the first time step does not change when the last input does: nothing reads the sequence "
            "from its end. One of the two layers must go backwards.",
            todo=Todo("Let one of the two layers read the input from its end."),
            expected="depends",
            observed="does not depend",
        )

    def numbers(self) -> Outcome:
        """As the two-way reference where both directions are of a kind that we know; else by what outputs see."""
        self._require_use()
        kind = kind_of(self.parts[0])
        return self._several_cells() if kind is None else self.matches(kind)

    def _require_use(self) -> None:
        if not self.used:
            miss(
                f"Your {self.label} was made, and never built or run: nothing is seen of what it computes. Put it into "
                "a model with an input, or call it on data.",
                expected="a layer that is run",
                observed="a layer that is only made",
            )

    def _several_cells(self) -> Outcome:
        """Of several cells in one layer each is compared by itself."""
        for part in self.parts:
            kind = part_kind(self.answer, part)
            compared = () if kind is None else compared_cells(self.answer, part, kind)
            for cell, found in compared:
                if kind is not None and not found.accepted:
                    return verdict(found, f"One step of your {cell.label}", kind.name)
        return self._sees_the_past()

    def _sees_the_past(self) -> Outcome:
        if what_outputs_see(self.answer, self.layer)[-1, 0]:
            return passed("The output of the last time step depends on the first input: it sees the past.")
        return failed(
            "The output of the last time step does not change when the first input does: nothing reads the sequence "
            "from its beginning.",
            todo=Todo("Let one of the two layers read the input from its beginning."),
            expected="depends",
            observed="does not depend",
        )

    def trains(self) -> Outcome:
        """A model with both was trained, and the loss fell."""
        return loss_falls(self.answer, self.layer)

    # ----- pictures -----

    def blocks(self) -> Iterator[Parameters]:
        """Those of one direction, as often as there are directions."""
        parts = self.parts
        kind = self.asked or (kind_of(parts[0]) if parts else None)
        if parts and kind is not None:
            one = parts[0].built(self.layer.inputs)
            yield from drawing.parameters(cell_of(self.answer, one), one, kind, directions=len(parts))

    def losses(self) -> Iterator[Losses]:
        """Of the model that both are in."""
        return drawing.losses(self.answer, self.layer)

    def sight(self) -> Iterator[Dependence]:
        """Measured on random inputs."""
        return drawing.dependence(what_outputs_see(self.answer, self.layer.built()))
