"""The queue: items of different students that are one decision, the most valuable decision first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from grader.language.prose.wordings import Form, form_of
from grader.review.items import IN_QUEUE, Item, short_id
from grader.review.written_forms import Leaders, of_code, of_equation


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are decided at once; the first leads."""

    id: str
    members: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The one that is shown."""
        return self.members[0]

    @property
    def value(self) -> float:
        """What deciding it is worth: how likely each is wrong, times the points that would change."""
        return sum(each.doubt * each.stake for each in self.members)


def grouped(items: Iterable[Item], code_of: Callable[[Item], str]) -> list[Group]:
    """Items as groups, the most valuable first; what is worth the same stays in the order of checks and forms.

    `code_of` gives the program that a verdict about code rests on. What a student objects to is decided alone.
    """
    leaders, found = Leaders(), dict[tuple[object, ...], list[Item]]()
    for item in items:
        about = (item.check.id, item.subject, item.verdict, item.check.earned, item.check.points)
        form = _form(item, code_of)
        if item.check.kind == "explanation" and item.sentence:
            form = leaders.leader(about, form)
        found.setdefault((*about, form), []).append(item)
    groups = [
        Group(short_id(*map(str, key)), tuple(sorted(members, key=lambda item: (-item.doubt, item.id))))
        for key, members in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.value, group.first.check.id, group.id))


def queue(items: Sequence[Item], code_of: Callable[[Item], str]) -> list[Group]:
    """The groups in which somebody should look."""
    return grouped((item for item in items if item.doubt >= IN_QUEUE), code_of)


def _form(item: Item, code_of: Callable[[Item], str]) -> Form:
    """What is the same in items that are decided at once."""
    if item.requests or (item.check.kind in ("explanation", "equations") and not item.sentence):
        return ("alone", item.row.key)
    if item.check.kind == "explanation":
        return form_of(item.sentence or "")
    if item.check.kind == "equations":
        lines = (item.sentence or "").split("; ")
        return tuple(chain.from_iterable(of_equation(line) for line in lines))
    return of_code(code_of(item)) or ("alone", item.row.key)
