"""What the author of a text does not assert: words that are reported, doubted, asked, supposed, or called wrong.

"Nobody claims that ...", "Some people think that ...", "I doubt that ...", "If it had ..., it would ...", "Is it right
that ...?", "Myth: ...", "... This is wrong." A frame reaches from its place to the next turn of the sentence ("; they",
"but in fact"), a verdict back over its sentence or the one before it, a heading over what stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from grader.language.lexicon import words_of
from grader.language.prose import retractions, stance_frames
from grader.language.prose.announcing import announced
from grader.language.prose.disowning_labels import is_of_falsehoods, is_of_truths
from grader.language.prose.foreign_lead import denies_in_another_tongue
from grader.language.prose.matrix import hanging
from grader.language.prose.turns import after_speaker, first_of_what_is_judged
from grader.language.prose.wholly import is_held_whole, supposed_until

_WHOLE_TEXT = words_of("everything all what nothing text sentences statements claims each whatever")
_BELOW = words_of("below following follows next")
_ABOVE = words_of("above before")
_UNTRUE_PREDICATE = re.compile(rf"{stance_frames.UNTRUE_ANYWHERE.pattern}(?! (?:is|was|would be|are|in) )")
""" "Everything below is a mistake", and not "a common mistake is to leave out the bias"."""
_LONGEST_LABEL = 8
_LONGEST_VERDICT = 16
_SOON = 8


def unasserted(texts: Sequence[Sequence[str]], words: Sequence[Sequence[Sequence[str]]]) -> list[frozenset[int]]:
    """For each sentence of some texts, one after the other, the places of the words that its author does not assert.

    `texts` are the sentences of each text as written, `words` their words. The texts follow one another: "All that
    stands below is wrong", at the end of one, is said of the next.
    """
    written = [sentence for text in texts for sentence in text]
    sentences = [sentence for text in words for sentence in text]
    begins = set(accumulate(map(len, texts)))
    lines = [" ".join(sentence) for sentence in sentences]
    held = [set(_within(*each)) for each in zip(written, lines, sentences, strict=True)]
    for at in announced(written, sentences):
        held[at].update(range(len(sentences[at])))
    under, heading, begin = False, -1, 0
    for at, (line, sentence) in enumerate(zip(lines, sentences, strict=True)):
        begin = at if at in begins else begin
        under = under and (at not in begins or heading in (-1, at - 1))
        if _is_heading(written[at], sentence):
            under, heading = is_of_falsehoods(sentence) or denies_in_another_tongue(written[at]), at
        elif under and not is_of_truths(sentence):
            held[at].update(range(len(sentence)))
        if at and (_is_verdict(written[at], line, sentence) or denies_in_another_tongue(written[at])):
            for place in range(first_of_what_is_judged(at, begin, written, sentences), at):
                held[place].update(range(len(sentences[place])))
        if at + 1 < len(lines) and stance_frames.ABOUT_NEXT.search(line):
            held[at + 1].update(range(len(sentences[at + 1])))
        below, above = _of_all(line, sentence)
        under, heading = under or below, -1 if below else heading
        if above:
            for places, words_before in zip(held[:at], sentences, strict=False):
                places.update(range(len(words_before)))
    return [frozenset(places) for places in held]


def _of_all(line: str, words: Sequence[str]) -> tuple[bool, bool]:
    """Whether a sentence takes back all that stands below it, and all that stands above."""
    short = len(words) < 2 * _LONGEST_VERDICT and not _WHOLE_TEXT.isdisjoint(words)
    wrong = [set(part.split()) for part in line.split(" ; ") if short and _UNTRUE_PREDICATE.search(part)]
    whole = [part for part in wrong if not _WHOLE_TEXT.isdisjoint(part)]
    return (
        any(not _BELOW.isdisjoint(part) for part in whole) or retractions.of_all_below(line, words),
        any(not _ABOVE.isdisjoint(part) for part in whole) or retractions.of_all_above(line, words),
    )


def _within(text: str, line: str, words: Sequence[str]) -> Iterator[int]:
    """The places of one sentence that are not asserted, for what stands in the sentence itself."""
    if is_held_whole(text, line, words):
        yield from range(len(words))
        return
    starts = _starts(words)
    until = supposed_until(line)
    yield from (place for place, start in enumerate(starts) if start < until)
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


def _is_verdict(text: str, line: str, words: Sequence[str]) -> bool:
    """ "That is not true." says nothing but that what stands before it is wrong."""
    if words[-1:] == [":"] or len(words) >= _LONGEST_VERDICT:
        return False
    spoken = after_speaker(text, words)
    if len(spoken) < len(words) and _is_verdict("", " ".join(spoken), spoken):
        return True
    return bool(stance_frames.SHORT_VERDICT.fullmatch(line) or retractions.ALONE.fullmatch(line))
