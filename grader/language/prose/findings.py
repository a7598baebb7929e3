"""What reading a text found: the concepts that it explains, the misconceptions that it shows, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.language.prose.doubt import Decision
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import PLAIN, Vocabulary


@dataclass(frozen=True, slots=True)
class ConceptFinding:
    """Whether a text makes the statement of a concept.

    `sentence` is the one that makes it, as the student wrote it; for a concept that is not covered, the one that came
    close, if any. `near` says that it was a close call, either way: a human should look. A concept that is `spoiled`
    earns nothing: a misconception costs its point. `contrary` is the sentence that takes it back. One that is `named`
    is found in a list alone, after half of the concepts were.
    """

    concept: Concept
    covered: bool
    sentence: str | None
    near: bool
    spoiled: MisconceptionFinding | None = None
    contrary: str | None = None
    named: bool = False

    @property
    def earned(self) -> bool:
        """Whether it is worth its point."""
        return self.covered and self.spoiled is None


@dataclass(frozen=True, slots=True)
class MisconceptionFinding:
    """A wrong statement, and the sentence that makes it; `sentences` are all that make it or a part of it, whole.

    One that is not `plain` may mean something else: the student is asked, and loses nothing.
    """

    misconception: Misconception
    sentence: str
    sentences: tuple[str, ...]
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a text says. `concepts` are in the order of the question; `truncated` if the text was too long to read.

    `misconceptions` are those that it states, `asked` those that it may state. A `foreign` text is in another language
    than English: it could not be read. `decisions` are all that was decided, about each statement one. A text is
    `listed` that only names things, and earns less for it.
    """

    concepts: tuple[ConceptFinding, ...]
    misconceptions: tuple[MisconceptionFinding, ...]
    truncated: bool
    asked: tuple[MisconceptionFinding, ...] = ()
    foreign: bool = False
    decisions: tuple[Decision, ...] = ()
    listed: bool = False

    @property
    def points(self) -> int:
        """One for each concept that is covered, less one for each misconception."""
        return sum(finding.earned for finding in self.concepts)

    @property
    def free(self) -> tuple[MisconceptionFinding, ...]:
        """The misconceptions that cost nothing, because no point was left."""
        spoiling = [finding.spoiled for finding in self.concepts]
        return tuple(wrong for wrong in self.misconceptions if wrong not in spoiling)


class Cover(Protocol):
    """Finds the statements that texts make: `cover`, or another reader in its place."""

    def __call__(
        self,
        prose: Sequence[str],
        concepts: Sequence[Concept],
        misconceptions: Sequence[Misconception],
        *,
        copied_from: Sequence[str] = (),
        subject: str = "",
        terms: Vocabulary = PLAIN,
    ) -> Coverage:
        """See `cover`."""
        ...
