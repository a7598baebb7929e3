"""Canvas: `lovelaceada_123_456_hw3-2.ipynb`, with `_LATE_` after the name for what came late.

`lib/content_zipper.rb` of canvas-lms joins the sortable name in small letters, `LATE`, and the number of the user (or
`anon_` and five characters), leaves out all that is no letter, digit or underscore, and appends the number of the
attachment, which grows, and its name. What was typed is `..._123_text.html`, a link `..._123_link.html`. In group work
the name is that of the group. The zip's own times are those of the download.
"""

from __future__ import annotations

import re

from grader.intake.ownership import Whose
from grader.roll.roll import Person

MOST_CHARACTERS = 400
LATE = "LATE"
_NAME = re.compile(
    r"(?:(?P<user>[^\s_.,;:()'-]+)_)?(?:(?P<late>LATE)_)?(?P<id>[0-9]+|anon_[0-9A-Za-z]+)_"
    r"(?:(?P<number>[0-9]+)_(?P<rest>.+)|(?P<typed>text\.html|link\.html))",
    re.DOTALL,
)


def read(name: str) -> Whose | None:
    """Whose a file is."""
    found = _NAME.fullmatch(name) if len(name) <= MOST_CHARACTERS else None
    if found is None:
        return None
    user = found["user"] if found["user"] != LATE else None
    if user != (user and user.lower()) or (user is None and not found["id"].startswith("anon_")):
        return None
    return Whose(
        found["id"],
        Person(name=user, lms_id=found["id"]),
        found["rest"],
        late=LATE in (found["late"], found["user"]),
        order=int(found["number"] or 0),
        typed=found["typed"] is not None,
    )
