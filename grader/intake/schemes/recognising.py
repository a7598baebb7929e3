"""Which naming scheme files follow: the one that tells of most of them whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from grader.intake.handed import GIT, HandedIn
from grader.intake.ownership import Claim, by_names
from grader.intake.schemes import (
    clones,
    google_drive,
    gradescope_export,
    names_of_blackboard,
    names_of_brightspace,
    names_of_canvas,
    names_of_moodle,
    nbgrader_tree,
    plain_files,
)
from grader.roll.roll import Lms

MOST_OF_THEM = 0.5
EXTRAS = frozenset({"index.html", gradescope_export.METADATA, nbgrader_tree.TIMESTAMP})
"""What an LMS lays beside the folders of students."""

Scheme = Callable[[str, Sequence[HandedIn]], list[Claim]]

SCHEMES: dict[Lms, Scheme] = {
    # Those with a mark of their own come first.
    "gradescope": lambda top, items: gradescope_export.claims(items),
    "moodle": lambda top, items: by_names(items, names_of_moodle.read),
    "blackboard": lambda top, items: names_of_blackboard.with_receipts(by_names(items, names_of_blackboard.read)),
    "brightspace": lambda top, items: by_names(items, names_of_brightspace.read),
    "canvas": lambda top, items: by_names(items, names_of_canvas.read),
    "nbgrader": nbgrader_tree.claims,
    "github-classroom": clones.claims,
    "google-classroom": lambda top, items: google_drive.claims(items),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whose each file is, by the LMS that named them; the `loose` ones are called after their students."""

    claims: tuple[Claim, ...]
    loose: tuple[Claim, ...]
    lms: Lms | None = None


def recognise(top: str, items: Sequence[HandedIn], *, zipped: bool = False) -> Recognised:
    """Whose the files are that lie in a folder, or an archive, of the name `top`.

    What a scheme leaves is not lost: it is somebody's, whose name is that of the folder or file.
    """
    kept = [item for item in items if item.name != GIT and item.name not in EXTRAS]
    # Data that a student has laid into folders may look like anything, and there may be much of it.
    looked_at = {item.place for item in kept if item.is_notebook} or {item.place for item in kept}
    for lms, scheme in SCHEMES.items():
        found = scheme(top, items)
        claimed = {claim.file.place for claim in found}
        if claimed and len(claimed & looked_at) >= MOST_OF_THEM * len(looked_at):
            around = _around(found)
            left = [_below(item, around) for item in items if item.place not in claimed and item.name not in EXTRAS]
            mine = (claim for claim in found if claim.file.name != GIT)
            return Recognised(tuple(mine), tuple(plain_files.claims(left)), lms)
    return Recognised((), tuple(plain_files.claims(kept, zipped=zipped)))


def _around(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The folders that lie around all that an LMS has named."""
    found = set[tuple[str, ...]]()
    for claim in claims:
        own = len(claim.name) + (claim.whose.rest is None)
        found.add(claim.file.place[: max(0, len(claim.file.place) - own)])
    return found.pop() if len(found) == 1 else ()


def _below(item: HandedIn, around: tuple[str, ...]) -> HandedIn:
    """A file without the folders around it."""
    within = item.place[len(around) :]
    return replace(item, place=within) if within and item.place[: len(around)] == around else item
