"""Which of the notebooks that a student has handed in is graded: the one that answers most, and of those the newest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.files.notebook_names import is_notebook
from grader.intake.ownership import Claim
from grader.notebook.reading.notebook_errors import printable

Count = Callable[[Path], int | None]
"""How many questions a notebook answers; None where it cannot be read."""

MOST_NAMED = 5
_COPY = re.compile(
    r"(?:copy of|kopie von|copie de|copia de|cópia de|kopia) .+|.+(?:-copy[0-9]{0,3}| copy(?: [0-9]{1,3})?)"
)
_FEEDBACK = re.compile(r"feedback(?:[ _-]?\(?[0-9]{1,3}\)?)?")
_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is graded of a student: a notebook, or nothing, with the reason.

    `others` were handed in and are not graded. `told` says which was taken and why, to the student; `flags` what a
    person should look at. With a `problem` it is not graded: that is the reason, in one line.
    """

    claim: Claim | None
    others: tuple[str, ...] = ()
    told: str | None = None
    flags: tuple[str, ...] = ()
    problem: str | None = None
    absent: str | None = None


def chosen(claims: Sequence[Claim], count: Count) -> Chosen:
    """The notebook that is graded of all that a student has handed in."""
    notebooks = [claim for claim in claims if is_candidate(claim)]
    refused = [claim for claim in claims if claim.file.problem is not None]
    complaints = tuple(f"{shown(claim)} {claim.file.problem}" for claim in refused)
    if not notebooks:
        names = _names(claims)
        if refused:
            return Chosen(refused[0], names[1:], problem=_first_of(complaints))
        return Chosen(None, names, absent=why_absent(claims))
    counts = [count(claim.file.path) if claim.file.path and len(notebooks) > 1 else 0 for claim in notebooks]
    best = max(range(len(notebooks)), key=lambda place: _rank(notebooks[place], counts[place]))
    taken = notebooks[best]
    others = _names(claims, taken)
    told = _told(notebooks, counts, best) if len(notebooks) > 1 else None
    flags = [f"please look: {told}"] if told is not None else []
    flags += [f"please look: {each}" for each in complaints[:MOST_NAMED]]
    if is_aside(taken):
        flags.append(f"please look: {shown(taken)} is a copy, or an earlier report of this grader, by its name")
    return Chosen(taken, others, told and f"{told[0].upper()}{told[1:]}.", tuple(flags))


def is_candidate(claim: Claim) -> bool:
    """Whether a file is a notebook that can be graded."""
    return claim.file.is_notebook and claim.file.path is not None


def is_aside(claim: Claim) -> bool:
    """Whether a notebook is one that counts only where there is no other: a copy, or a report of ours, by its name."""
    name = claim.name[-1].casefold()
    bare = name.partition(".ipynb")[0]
    return _COPY.fullmatch(bare) is not None or _FEEDBACK.fullmatch(bare) is not None


def why_absent(claims: Sequence[Claim]) -> str:
    """Why there is nothing to grade, in one sentence."""
    if not claims:
        return "handed in nothing"
    files = [claim for claim in claims if not claim.file.is_empty_folder]
    if not files:
        return "handed in an empty folder"
    own = [claim for claim in files if not claim.whose.typed]
    if not own:
        return "typed a text, and handed in no file"
    names = list(dict.fromkeys(map(shown, own)))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"handed in no notebook, but {', '.join(names[:MOST_NAMED])}{more}"


def shown(claim: Claim) -> str:
    """What a file is called, as its student called it."""
    return printable("/".join(claim.name))


def _rank(claim: Claim, count: int | None) -> tuple[object, ...]:
    answered, aside = count or 0, is_aside(claim)
    newest = (claim.whose.order, (claim.file.modified or _LONG_AGO).timestamp())
    return (bool(answered) and not aside, answered, not aside, count is not None, newest, shown(claim))


def _told(notebooks: Sequence[Claim], counts: Sequence[int | None], best: int) -> str:
    """Which was taken, and which not, each with how much it answers."""
    taken = f"of {len(notebooks)} notebooks that were handed in, {_said(notebooks[best], counts[best])} was graded"
    rest = [_said(claim, counts[place]) for place, claim in enumerate(notebooks) if place != best]
    more = f" and {len(rest) - MOST_NAMED} more" if len(rest) > MOST_NAMED else ""
    return f"{taken}, and not {', '.join(rest[:MOST_NAMED])}{more}"


def _said(claim: Claim, count: int | None) -> str:
    if count is None:
        return f"{shown(claim)} (cannot be read)"
    return f"{shown(claim)} (answers {count} question{'s' * (count != 1)})"


def _names(claims: Sequence[Claim], taken: Claim | None = None) -> tuple[str, ...]:
    """What was handed in and is not graded, as a list for a person: data beside the notebook is part of it."""
    kept = [
        claim for claim in claims if claim is not taken and not claim.file.is_empty_folder and not claim.whose.typed
    ]
    if taken is not None:
        kept = [claim for claim in kept if claim.file.problem is not None or is_notebook(Path(claim.name[-1]))]
    names = dict.fromkeys(map(shown, kept))
    if taken is not None:
        names.pop(shown(taken), None)
    return tuple(names)


def _first_of(complaints: Sequence[str]) -> str:
    more = f"; and {len(complaints) - 1} more of this kind" if len(complaints) > 1 else ""
    return f"{complaints[0]}{more}"
