"""Asking the kernel in the name of an answer, and which of the things that happened in a notebook are that answer's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from grader.answer import evidence
from grader.answer.evidence import LayerFacts, Survey
from grader.answer.layer import Ask, Raised
from grader.kernel.errors import KernelError, KernelLost, ProbeError
from grader.kernel.interface import LiveNotebook
from grader.notebook.segment import AnswerBlocks, Segmentation
from grader.notebook.source.syntax import parsed
from grader.notebook.source.used import acted_on, read, thrown_away
from grader.pack.verdict import Unanswerable
from grader.probe.scopes import global_names
from grader.protocol import operations as ops

ASK_SECONDS = 20.0
LEADING = re.compile(r"(?:[^\S\n]*\n)*")


def asking(session: LiveNotebook) -> Ask:
    """Ask the kernel of a session, telling errors of the student's object from those of the asking itself."""

    def ask(request: ops.Request, /) -> Any:
        try:
            return session.ask(request, timeout=ASK_SECONDS)
        except ProbeError as error:
            raise Raised(f"{error.type}: {error.message}" if error.message else error.type) from error
        except KernelLost as error:
            raise Unanswerable("the kernel is dead") from error
        except KernelError as error:
            raise Unanswerable(str(error)) from error

    return ask


class Surveys:
    """What the code of each answer in a notebook built and did."""

    def __init__(self, segmentation: Segmentation, sources: Mapping[int, str]) -> None:
        self._segmentation = segmentation
        self._above = {cell: LEADING.match(source)[0].count("\n") for cell, source in sources.items()}  # type: ignore[index]
        """How many empty lines are on top of each cell: a kernel does not count them."""

    def of(self, question: str, blocks: AnswerBlocks, session: LiveNotebook) -> Survey:
        """Ask for it, once the last of its cells has run. Raises `KernelError` and `Nonsense`."""
        cells = sorted({block.cell for block in blocks.code})
        names = sorted(names_used(block.text for block in blocks.code) & _acted_on(blocks))
        asked = ops.Survey(tuple(cells), tuple(names))
        found = self._in_cells(evidence.read(Survey, session.ask(asked, timeout=ASK_SECONDS)))
        survey = self._only_this_answer(_own_before_named(found, cells), question, cells)
        return survey.model_copy(update={"thrown": _thrown(survey, blocks)})

    def _in_cells(self, survey: Survey) -> Survey:
        """The same with lines as the cells have them."""
        if not any(self._above.values()):
            return survey

        def moved(item: Any) -> Any:
            above, line = self._above.get(item.place.cell, 0), item.place.line
            return item.model_copy(update={"place": item.place.model_copy(update={"line": line and line + above})})

        kinds = ("objects", "trainings", "tapes", "functions")
        return survey.model_copy(update={kind: tuple(map(moved, getattr(survey, kind))) for kind in kinds})

    def _only_this_answer(self, survey: Survey, question: str, cells: Sequence[int]) -> Survey:
        """Where several answers share a cell, what was made in lines of the others is left out."""
        shared = {cell for cell in cells if len(self._questions_in(cell)) > 1}
        if not shared:
            return survey

        def ours(place: evidence.Place) -> bool:
            return place.cell not in shared or question in self._owners(place)

        kept = tuple(item for item in survey.objects if ours(item.place) or item.ref in survey.referenced)
        return survey.model_copy(
            update={
                "objects": _with_inner(kept, survey.objects),
                "trainings": tuple(item for item in survey.trainings if ours(item.place)),
                "tapes": tuple(item for item in survey.tapes if ours(item.place)),
                "functions": tuple(item for item in survey.functions if ours(item.place)),
            }
        )

    def _questions_in(self, cell: int) -> set[str]:
        return {name for block in self._segmentation.blocks if block.cell == cell for name in block.questions}

    def _owners(self, place: evidence.Place) -> frozenset[str]:
        """The questions of the block in which a line stands, or of the block before it."""
        blocks = [block for block in self._segmentation.blocks if block.cell == place.cell]
        before = [block for block in blocks if block.first_line <= (place.line or 1)]
        return (before or blocks)[-1].questions if blocks else frozenset()


def _own_before_named(survey: Survey, cells: Sequence[int]) -> Survey:
    """Objects of other cells that the code merely names count only where it makes and calls none itself."""
    own = [
        item
        for item in survey.objects
        if item.place.cell in cells or any(call.cell in cells and call.by_student for call in item.calls)
    ]
    if own:
        return survey.model_copy(update={"objects": _with_inner(own, survey.objects)})
    # What is named is what stands for the answer, and not what is inside of a wrapper.
    halves = {ref for item in survey.objects for ref in (item.forward, item.backward) if ref is not None}
    inside = _with_inner([item for item in survey.objects if item.ref in halves], survey.objects)
    parts = {item.ref for item in inside} - set(survey.referenced)
    objects = [item.model_copy(update={"hidden": True}) if item.ref in parts else item for item in survey.objects]
    return survey.model_copy(update={"objects": tuple(objects)})


def _acted_on(blocks: AnswerBlocks) -> frozenset[str]:
    return frozenset[str]().union(*(acted_on(block.text) for block in blocks.code))


def _thrown(survey: Survey, blocks: AnswerBlocks) -> frozenset[int]:
    """The layers that nothing holds, by the place and the name of the call that made them."""
    elsewhere = frozenset[str]().union(*(read(block.text) for block in blocks.code))
    places = {
        (block.cell, block.first_line + line - 1, name)
        for block in blocks.code
        for line, name in thrown_away(block.text, elsewhere=elsewhere)
    }
    used = {ref for item in survey.objects for ref in item.inner}
    thrown = [
        item
        for item in survey.objects
        if item.ref not in used and (item.place.cell, item.place.line, item.class_name) in places
    ]
    return frozenset(item.ref for item in _with_inner(thrown, survey.objects))


def _with_inner(kept: Sequence[LayerFacts], known: Sequence[LayerFacts]) -> tuple[LayerFacts, ...]:
    """These objects and all that is inside them, in order of creation."""
    by_ref = {item.ref: item for item in known}
    wanted: set[int] = set()
    queue = [item.ref for item in kept]
    while queue:
        ref = queue.pop()
        if ref in by_ref and ref not in wanted:
            wanted.add(ref)
            queue += by_ref[ref].inner
    return tuple(by_ref[ref] for ref in sorted(wanted))


def names_used(sources: Iterable[str]) -> set[str]:
    """The names of the namespace that pieces of code read; nothing for a piece that does not parse."""
    names: set[str] = set()
    for source in sources:
        if parsed(source) is not None:
            with suppress(SyntaxError):  # such as nonlocal outside a function, which the parser alone lets pass
                names |= global_names(source)
    return names
