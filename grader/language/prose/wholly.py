"""Sentences of which no word is asserted: questions, tasks, boxes that are not ticked, what is crossed out, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.language.lexicon import words_of
from grader.language.prose import retractions, stance_frames
from grader.language.prose.disowning_labels import disowns
from grader.language.prose.foreign_lead import hangs_on_another_tongue

_CROSSES = ("❌", "✗", "✘", "👎", "🚫", "⛔", "❎")
_EMPTY_BOX = ("[ ]", "☐", "⬜")
_TAIL = 60
_SHORTEST_QUESTION = 4
_IN_FRONT = 12


_INVERTED = words_of("were had")
_TURNS_OUT = (["should", "it", "turn"], ["should", "it", "prove"], ["should", "it", "happen"], ["should", "it", "be"])
_DOUBTING = words_of("unverified unchecked untested wrong false untrue joke sarcasm satire irony guess guessing unsure")
_WHAT = words_of("what something")
_AGAINST = words_of("not never no warned wrong avoid avoided laugh laughed beware nobody fools doubt stop")
_SUPPOSING = words_of("assume suppose supposing assuming todo fixme xxx tbd")
_DENIED_AT_ONCE = re.compile(
    r"(?:by no means|in no way|at no time|under no circumstances|on no account|no :|not :|never :)"
)
_OPEN = re.compile(
    r"\b(?:open|unknown|unclear|debated|disputed|doubtful|questionable|not known|not clear|cannot (?:say|tell)|"
    r"can't (?:say|tell)|don't know|do not know|nobody knows|who knows)\b"
)
_EITHER = re.compile(
    r"(?:\b(?:perhaps|maybe|or) not|\b(?:or|perhaps|maybe) the (?:opposite|reverse|contrary|other way (?:a?round)))"
    r"(?:(?: ,)? (?:i|we|nobody|who|one) [a-z' ]{1,30})?(?: [.!?])?\Z"
)
_WITHIN = 140
_GOES_ON = re.compile(
    r"[:;=→>(–—]|[ ]-[ ]|[a-z)*] (?:The|An?|It|Its|In|They|When|If|This|These|There|During|While|Because) "
)
"""Where what is written about a topic begins behind it."""
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„\n]{20,600})[\"“”«»„]")
_BY_OTHERS = re.compile(
    r"\b(?:said|says|wrote|writes|claims?|claimed|quote|quoted|quotation|chatgpt|gpt|copilot|gemini|claude|wikipedia|"
    r"friends?|internet|somebody|someone|no idea|do not understand|don't understand)\b",
    re.IGNORECASE,
)


def is_held_whole(text: str, line: str, words: Sequence[str]) -> bool:
    """Whether its author asserts nothing of a sentence, for what stands in it.

    `text` is the sentence as written, `words` its words, and `line` those with a blank between them.
    """
    return (
        text.startswith((*_CROSSES, *_EMPTY_BOX))
        or text.rstrip(" .!").endswith(_CROSSES)
        or hangs_on_another_tongue(text)
        or _is_of_others(text)
        or _is_taken_back(text, line, words)
        or _is_asked(words)
        or _is_supposed(text, line, words)
        or _is_labelled(words)
        or _is_remarked(words)
        or _is_what_nobody_should(line)
    )


def is_labelled_question(words: Sequence[str]) -> bool:
    """ "f: which parts do we drop?", "| f | What is dropped? |" say what f does."""
    mark = next((place for place, word in enumerate(words[:6]) if word in {":", "|"}), None)
    return mark is not None and any(stance_frames.WHICH.match(word) for word in words[mark + 1 : mark + 3])


def _is_of_others(text: str) -> bool:
    """Whether nearly all is quoted, and the rest says whose it is."""
    found = _QUOTED.search(text)
    if found is None or 2 * len(found[1]) < len(text):
        return False
    return _BY_OTHERS.search(text[: found.start()] + text[found.end() :]) is not None


def _is_taken_back(text: str, line: str, words: Sequence[str]) -> bool:
    if retractions.TAIL.search(text, max(0, len(text) - _TAIL)) or stance_frames.TRAILED.search(line):
        return True
    if _DENIED_AT_ONCE.match(line) or (words[:1] == ["whether"] and _OPEN.search(line)):
        return True
    return "whether" not in words and _EITHER.search(line, max(0, len(line) - 2 * _TAIL)) is not None


def _is_asked(words: Sequence[str]) -> bool:
    return len(words) > _SHORTEST_QUESTION and words[-1] == "?" and not is_labelled_question(words)


def _is_supposed(text: str, line: str, words: Sequence[str]) -> bool:
    if list(words[:3]) in _TURNS_OUT:
        return True
    if stance_frames.TOPIC.match(line) and not _GOES_ON.search(text, 0, _WITHIN):
        return True
    return bool(words and (words[0] in _INVERTED or words[0] in _SUPPOSING or stance_frames.TASK.match(line)))


def supposed_until(line: str) -> int:
    """Where a condition and what would follow from it end: "you would not ask if you knew: it has two gates"."""
    would = stance_frames.WOULD.search(line)
    if would is None or stance_frames.CONDITION.search(line) is None:
        return 0
    colon = line.find(" : ", would.end())
    supposed = stance_frames.CONDITION.search(line, 0, colon) if colon >= 0 else None
    return len(line) if supposed is None else colon


def _is_labelled(words: Sequence[str]) -> bool:
    """ "Common myth: ...", "Hypothesis: ..." """
    if ":" not in words:
        return False
    return disowns(words[: list(words).index(":")])


def _is_remarked(words: Sequence[str]) -> bool:
    """ "(unverified, probably wrong) The gates ..." """
    end = next((at for at, word in enumerate(words[:_IN_FRONT]) if word == ")"), 0)
    inside = words[1:end]
    return words[:1] == ["("] and bool(inside) and (disowns(inside) or not _DOUBTING.isdisjoint(inside))


def _is_what_nobody_should(line: str) -> bool:
    """ "That the gates are shared is exactly what we were told not to believe." """
    at = max(line.rfind(" is "), line.rfind(" was "))
    said = line[at:].split()[1:]
    return line.startswith("that ") and at > 0 and not _WHAT.isdisjoint(said[:3]) and not _AGAINST.isdisjoint(said)
