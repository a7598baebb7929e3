"""Whether headings of one kind stand over the answers, rather than within them, and what speaks against that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grader.notebook.headings.openings import BOLD, ITEM
from grader.notebook.headings.topics import SUBJECT
from grader.notebook.outline.aligned import Alignment, Placed
from grader.notebook.outline.heading_kinds import NAMES, begins_anew, is_row, kind_of
from grader.notebook.outline.numbering import Numbering

A_ROW = 4
"""So many texts that are headed by nothing but higher and higher numbers are answers, whatever they speak of."""

MANY_TOPICS = 4
"""So many items of a list about as many questions are the answers; fewer may be variants of one thing."""

MOST_LIKELY, SUPPORTED = 0.7, 1.5
"""This share of headings must stand over answers, with so much that speaks for each on the average."""

A_SCHEME, WITHIN, WITHIN_NUMBERED = 0.6, 7.5, 3.0
"""So many of the questions have headings alike with their numbers: then what is within is hardly another answer."""

MOST_PARTS = 2
"""More headings with the number 1, over and over, are parts of answers."""


def is_sound(alignment: Alignment, needed: int, numbering: Numbering, questions: int) -> bool:
    """Whether headings of this kind stand over answers, rather than within them."""
    owners = [each for each in alignment.placed if each.is_own and each.question]
    if len(alignment.questions) < needed or not owners:
        return False
    ones = [each for each in owners if each.node.label and each.node.label.number == 1]
    if len(ones) > MOST_PARTS and begins_anew([each.node for each in alignment.placed]):
        return False
    strong = [each for each in owners if each.node.named.get(each.question or "", 0.0) >= NAMES]
    worded = [each for each in owners if each.node.label and each.node.label.style in ("word", "ordinal")]
    if len(strong) + len([each for each in worded if each not in strong]) >= max(1, len(owners) / 2):
        return True
    if len(owners) >= 0.8 * questions and len(alignment.placed) <= 1.2 * questions:
        return True
    if len(owners) == len(alignment.placed) >= A_ROW and is_row([each.node for each in owners]):
        return True
    told = [each for each in owners if each.node.topics.get(each.question or "", 0.0) >= SUBJECT]
    enough = 2 if all(each.node.level < ITEM or each.node.opens_cell for each in told) else MANY_TOPICS
    if all(each.node.label for each in owners) and len(told) >= max(enough, 0.8 * len(owners)):
        return True
    said = numbering.question
    numbered = [each for each in owners if each.node.label and said(each.node.label.number) == each.question]
    supported = [each for each in numbered if (each.question or "") in each.node.topics]
    return len(numbered) >= 3 and len(supported) >= len(numbered) / 2


def is_likely(alignment: Alignment) -> bool:
    """Whether headings that begin cells stand over most of the text, and most of them over what speaks of their
    question, each over another one.
    """
    owners = [each for each in alignment.placed if each.question and each.is_own]
    asked = [each.question for each in owners]
    opening = [each for each in alignment.placed if each.node.opens_cell and each.node.heading.is_alone]
    return (
        len(opening) == len(alignment.placed) >= A_ROW
        and len(asked) == len(set(asked)) >= MOST_LIKELY * len(alignment.placed)
        and alignment.worth >= SUPPORTED * len(owners)
        and not begins_anew([each.node for each in alignment.placed])
    )


def unlike(placed: Sequence[Placed], numbering: Numbering) -> float:
    """What speaks against headings within the answers, where most of the questions have headings of one kind with
    their numbers: without a number they are worth less than that they name another question.
    """
    said = numbering.question
    numbered = [each for each in placed if each.is_own and each.node.label and each.question]
    agreeing = [each for each in numbered if each.node.label and said(each.node.label.number) == each.question]
    scheme = Counter(kind_of(each.node) for each in agreeing).most_common(1)
    if not scheme or scheme[0][1] < max(A_ROW, A_SCHEME * len({each.question for each in placed})):
        return 0.0
    kind = scheme[0][0]
    within = [each.node for each in placed if each.is_own and each.question and kind_of(each.node) != kind]
    within = [node for node in within if node.level > kind[0] or kind[0] > BOLD]
    return sum(WITHIN_NUMBERED if node.label else WITHIN for node in within)


def torn(one: Alignment | None, mixture: Alignment) -> int:
    """How many headings over answers of one kind a mixture leaves out, though it has most of them."""
    owners = {each.node.unit for each in one.placed if each.is_own and each.question} if one else set()
    left_out = owners - {each.node.unit for each in mixture.placed}
    return len(left_out) if 2 * len(left_out) < len(owners) else 0


def lost(one: Alignment | None, part: Alignment) -> int:
    """How many headings that name their questions are left out by a part of the headings of one kind."""
    units = {each.node.unit for each in part.placed}
    if one is None or not units < {each.node.unit for each in one.placed}:
        return 0
    left = [each for each in one.placed if each.is_own and each.node.unit not in units]
    return sum(each.node.named.get(each.question or "", 0.0) >= NAMES for each in left)
