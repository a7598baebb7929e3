"""How far back a verdict reaches: "Ben: No, that is not so." is said of all that Ann said.

"Not checked." is said of the draft above it. Without another speaker, and without a draft, a verdict is said of the
sentence before it alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.language.lexicon import words_of

_DRAFTS = words_of("draft drafts sketch sketches scribble scribbles rough wip")
_LABEL, _HEADING = 3, 4


def after_speaker(words: Sequence[str]) -> Sequence[str]:
    """What somebody says whose name stands before it: "Ben: no"; all of the words where nobody is named."""
    end = _end_of_label(words)
    return words[end + 1 :] if end else words


def first_of_what_is_judged(verdict: int, begin: int, sentences: Sequence[Sequence[str]]) -> int:
    """The place of the first sentence of which a verdict is said; its text begins with the sentence at `begin`."""
    if _end_of_label(sentences[verdict]):
        return next((at for at in range(verdict - 1, begin - 1, -1) if _end_of_label(sentences[at])), verdict - 1)
    return next((at for at in range(begin, verdict) if _is_draft(sentences[at])), verdict - 1)


def _end_of_label(words: Sequence[str]) -> int:
    """The place of the colon behind a name of one or two words, 0 without one."""
    end = next((at for at, word in enumerate(words[:_LABEL]) if word == ":"), 0)
    return end if end + 1 < len(words) else 0


def _is_draft(words: Sequence[str]) -> bool:
    """Whether a sentence, or the label before it, says that what follows is a draft."""
    label = words[: _end_of_label(words) or (len(words) if len(words) <= _HEADING else 0)]
    return not _DRAFTS.isdisjoint(label)
