"""How far back a verdict reaches: "Ben: No, that is not so." is said of all that Ann said.

"Not checked." is said of the draft above it. Without another speaker, and without a draft, a verdict is said of the
sentence before it alone. Labels such as "Gates:" and "LSTM:" are no speakers: those have names, or a part to play.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language.lexicon import is_word, words_of

_NAME = re.compile(r"\W{0,4}([A-Z][a-z]{1,14}|[A-Z]|[a-z]{1,10})(?: [A-Z0-9][a-z]{0,14})?\W{0,3}:")
_PARTS = words_of(
    """
    student students teacher tutor professor prof lecturer instructor examiner reviewer critic friend colleague
    classmate partner me you myself someone bot chatgpt gpt copilot assistant user q a b answer reply response
    """
)
_CHECKING = words_of("checked unchecked verified unverified proofread tested untested sure certain reviewed")
_DRAFTS = words_of("draft drafts sketch sketches scribble scribbles rough wip")
_LABEL, _HEADING = 3, 4


def after_speaker(text: str, words: Sequence[str]) -> Sequence[str]:
    """What somebody says whose name stands before it: "Ben: no"; all of the words where nobody is named."""
    end = _end_of_label(words) if _is_spoken(text) else 0
    return words[end + 1 :] if end else words


def first_of_what_is_judged(
    verdict: int, begin: int, written: Sequence[str], sentences: Sequence[Sequence[str]]
) -> int:
    """The place of the first sentence of which a verdict is said; its text begins with the sentence at `begin`."""
    if _is_spoken(written[verdict]) and _end_of_label(sentences[verdict]):
        return next((at for at in range(verdict - 1, begin - 1, -1) if _is_spoken(written[at])), verdict - 1)
    if _CHECKING.isdisjoint(sentences[verdict]):
        return verdict - 1
    return next((at for at in range(begin, verdict) if _is_draft(sentences[at])), verdict - 1)


def _is_spoken(text: str) -> bool:
    """Whether a sentence begins with the name of a person, or with the part that somebody plays."""
    found = _NAME.match(text)
    if found is None:
        return False
    return found[1].lower() in _PARTS or (found[1].istitle() and not is_word(found[1].lower()))


def _end_of_label(words: Sequence[str]) -> int:
    """The place of the colon behind a name of one or two words, 0 without one."""
    end = next((at for at, word in enumerate(words[:_LABEL]) if word == ":"), 0)
    return end if end + 1 < len(words) else 0


def _is_draft(words: Sequence[str]) -> bool:
    """Whether a sentence, or the label before it, says that what follows is a draft."""
    label = words[: _end_of_label(words) or (len(words) if len(words) <= _HEADING else 0)]
    return not _DRAFTS.isdisjoint(label)
