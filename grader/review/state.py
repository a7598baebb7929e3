"""How the review of a class stands at one moment: what is in the queue, what was decided, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from grader.gradebook import reviewing
from grader.gradebook.book import Gradebook
from grader.gradebook.course import read_course
from grader.gradebook.decided import Override
from grader.gradebook.deciding import decisions
from grader.gradebook.reviewing import Review, Ruling
from grader.gradebook.store import gradebook
from grader.gradebook.whole_class import Where
from grader.result.names import BadRequest
from grader.review.groups import Group, queue
from grader.review.items import Item
from grader.review.material import Material


class Overtaken(Exception):
    """Somebody else has decided in the meantime what was to be decided now; nothing was entered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A moment: the open groups, every item by its name, what stands about each, and by which it is told from later."""

    open: list[Group]
    items: dict[str, Item]
    reviews: dict[str, Review]
    overrides: dict[tuple[str, str], Override]
    seen: tuple[int, int]
    acts: list[tuple[str, Review]]

    def group(self, name: str) -> Group | None:
        """An open group by its name, or an item of any kind as a group of its own."""
        found = next((each for each in self.open if each.id == name), None)
        if found is None and name in self.items:
            return Group(name, (self.items[name],))
        return found


@dataclass(slots=True)
class Sitting:
    """A review that is going on in one process; the gradebook is asked anew each time, as others may decide too."""

    where: Where
    by: str
    material: Material = field(init=False)
    _lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.material = Material(self.where.folder)

    def standing(self) -> Standing:
        """How the review stands now. Raises `BadRequest`."""
        with self._lock, self._book() as book:
            return self._of(book)

    def decide(self, names: Sequence[str], seen: tuple[int, int], ruling: Ruling) -> list[str]:
        """Enter a decision about these items; the students it is about.

        Raises `Overtaken` where one of them was decided after what was `seen`, and `BadRequest`.
        """
        with self._lock, self._book() as book:
            now = self._of(book)
            chosen = [now.items[name] for name in names if name in now.items]
            if not chosen or len(chosen) < len(names):
                raise BadRequest("What was to be decided is not there any more: the work was graded anew.")
            keys = {(item.row.key, item.check.id) for item in chosen}
            later = [each for name, each in now.reviews.items() if name in names and each.number > seen[0]]
            others = [each for each in reviewing.overridden_since(book, seen[1]) if each[:2] in keys]
            if later or others:
                raise Overtaken
            reviewing.review(book, [(item.row, item.about) for item in chosen], ruling)
            return [item.row.key for item in chosen]

    def undo(self, act: str) -> list[str]:
        """Take back a decision; the students it was about."""
        with self._lock, self._book() as book:
            return reviewing.undo(book, act, by=self.by)

    def folders(self, keys: Sequence[str]) -> set[str]:
        """Where the reports of these students are."""
        found = (self.material.works.get(key) for key in keys)
        return {each.row.folder for each in found if each is not None and each.row.folder is not None}

    @contextmanager
    def _book(self) -> Iterator[Gradebook]:
        course = read_course(self.where.folder, self.where.course)
        with gradebook(self.where.folder, self.where.url or course.gradebook, course.name) as book:
            yield book

    def _of(self, book: Gradebook) -> Standing:
        self.material.look(book.rows())
        stand = reviewing.reviews(book)
        overrides = self._in_force(book)
        done = {each.about.key: each for each in stand}
        said: dict[tuple[str, str], list[str]] = {}
        for asked in reviewing.requests(book):
            answered = any(
                each.at > asked.at and (each.about.student, each.about.check) == (asked.student, asked.check)
                for each in stand
            )
            given = overrides.get((asked.student, asked.check))
            if not answered and (given is None or given.at < asked.at):
                said.setdefault((asked.student, asked.check), []).append(asked.said)
        every = self.material.items(said)
        open_ = [
            item
            for item in every
            if item.requests or (item.about.key not in done and (item.row.key, item.check.id) not in overrides)
        ]
        reviews = {item.id: done[item.about.key] for item in every if item.about.key in done}
        acts = list({each.act: (each.act, each) for each in stand}.values())
        groups = queue(open_, self.material.code_of)
        return Standing(groups, {item.id: item for item in every}, reviews, overrides, reviewing.latest(book), acts)

    def _in_force(self, book: Gradebook) -> dict[tuple[str, str], Override]:
        """The override that counts for each check, as the work is now."""
        found: dict[tuple[str, str], Override] = {}
        for key, each in decisions(book).items():
            work = self.material.works.get(key)
            digest = None if work is None else work.result.submission.sha256
            found |= {(key, given.check): given for given in each.overrides if given.is_for(digest)}
        return found

    def saved(self, standing: Standing) -> tuple[int, int]:
        """How many verdicts are open, and how many decisions settle them."""
        return sum(len(group.members) for group in standing.open), len(standing.open)
