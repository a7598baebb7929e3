"""What the author of a text does not assert: words that are reported, doubted, asked, supposed, or called wrong.

"Nobody claims that ...", "Some people think that ...", "I doubt that ...", "If it had ..., it would ...", "Is it right
that ...?", "Myth: ...", "... This is wrong." A frame reaches from its place to the next turn of the sentence ("; they",
"but in fact"), a verdict back over its sentence or the one before it, a heading over what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.language.prose import retractions, stance_frames
from grader.language.prose.disowning_labels import is_of_falsehoods, is_of_truths
from grader.language.prose.foreign_lead import denies_in_another_tongue
from grader.language.prose.matrix import hanging
from grader.language.prose.wholly import is_held_whole


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WHOLE_TEXT = _words("everything all what nothing text sentences statements claims each whatever")
_BELOW = _words("below following follows next")
_ABOVE = _words("above before")
_LONGEST_LABEL = 8
_LONGEST_VERDICT = 16
_SOON = 8


def unasserted(texts: Sequence[str], sentences: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """For each sentence of one text, the places of the words that its author does not assert.

    `texts` are the sentences as written, `sentences` their words.
    """
    lines = [" ".join(words) for words in sentences]
    held = [set(_within(text, line, words)) for text, line, words in zip(texts, lines, sentences, strict=True)]
    under = False
    for at, (line, words) in enumerate(zip(lines, sentences, strict=True)):
        if _is_heading(texts[at], words):
            under = is_of_falsehoods(words)
        elif under and not is_of_truths(words):
            held[at].update(range(len(words)))
        if at and (_is_verdict(line, words) or denies_in_another_tongue(texts[at])):
            held[at - 1].update(range(len(sentences[at - 1])))
        if at + 1 < len(lines) and stance_frames.ABOUT_NEXT.search(line):
            held[at + 1].update(range(len(sentences[at + 1])))
        elif len(words) < 2 * _LONGEST_VERDICT and _WHOLE_TEXT.intersection(words):
            called_wrong = stance_frames.UNTRUE_ANYWHERE.search(line) is not None
            under |= called_wrong and not _BELOW.isdisjoint(words)
            _hold(held[:at], sentences, called_wrong and not _ABOVE.isdisjoint(words))
        under |= retractions.of_all_below(line, words)
        _hold(held[:at], sentences, retractions.of_all_above(line, words))
    return [frozenset(places) for places in held]


def _hold(held: Sequence[set[int]], sentences: Sequence[Sequence[str]], taken_back: bool) -> None:
    """Nothing of what stands before is asserted, where it is taken back."""
    for places, words in zip(held, sentences, strict=False) if taken_back else ():
        places.update(range(len(words)))


def _within(text: str, line: str, words: Sequence[str]) -> Iterator[int]:
    """The places of one sentence that are not asserted, for what stands in the sentence itself."""
    if is_held_whole(text, line, words):
        yield from range(len(words))
        return
    starts = _starts(words)
    for frame in stance_frames.FRAME.finditer(line):
        if stance_frames.AFFIRMED.search(line, max(0, frame.start() - 24), frame.end()):
            continue
        turns = stance_frames.TURN_OF_DENIAL if stance_frames.DENIAL.match(frame[0]) else stance_frames.TURN
        end = _turn(turns, line, frame.end())
        yield from (place for place, start in enumerate(starts) if frame.start() <= start < end)
    for first in hanging(words):
        end = _turn(stance_frames.TURN, line, starts[first])
        yield from (place for place, start in enumerate(starts) if place >= first and start < end)
    for verdict in stance_frames.VERDICT.finditer(line):
        yield from (place for place, start in enumerate(starts) if start <= verdict.start())


def _turn(turns: re.Pattern[str], line: str, begin: int) -> int:
    """Where the author speaks again; where the line ends, if he does not."""
    turn = turns.search(line, min(begin + _SOON, len(line)))
    return turn.start() if turn else len(line)


def _starts(words: Sequence[str]) -> list[int]:
    """Where each word begins in the line that they make."""
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return starts


def _is_heading(text: str, words: Sequence[str]) -> bool:
    """A line that ends with a colon, or a short one with a capital and without a stop."""
    if not words or len(words) > _LONGEST_LABEL or text.rstrip()[-1:] in ".!?;,":
        return False
    return words[-1] == ":" or (text[:1].isupper() and "=" not in words and "|" not in words and ":" not in words)


def _is_verdict(line: str, words: Sequence[str]) -> bool:
    """ "That is not true." says nothing but that what stands before it is wrong."""
    if words[-1:] == [":"] or len(words) >= _LONGEST_VERDICT:
        return False
    return bool(stance_frames.SHORT_VERDICT.fullmatch(line) or retractions.ALONE.fullmatch(line))
