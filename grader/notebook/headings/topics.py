"""How strongly a text or a piece of code is about each question, whatever number it carries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import log1p

from grader.language.hyphens import unhyphenated
from grader.language.lexicon import is_word
from grader.notebook.headings.needed import folded, needed
from grader.pack.questions import Question
from grader.pack.vocabulary import PLAIN, Vocabulary

MAX_TEXT = 20_000
"""So much of a block is read: what an answer is about is said before."""

SUBJECT, DEFINITION, FIRST, NEAR, LATER, REPEATED = 4.5, 1.5, 3.0, 1.0, 0.6, 0.5
MOST = 7.5
OPENING, FIRST_SENTENCES = 45, 220
CODE, CODE_PER_NAME = 2.6, 0.6

_SIGNS = re.compile(r"\*{1,3}|__|`+|\$+|</?\w{1,8}>")
_AT_LINE_START = re.compile(r"^[^\S\n]*(?:#{1,6}\s|>+)", re.MULTILINE)
_DASHES = re.compile(r"[‐‑‒–—−]")
_DEFINES = (
    r"\W{0,3}(?:\([^)]{1,60}\)\W{0,3})?(?:(?:neural )?(?:networks?|cells?|layers?|models?|units?|architectures?|"
    r"problems?|algorithms?|wrappers?)\W{1,2}){0,2}(?:\([^)]{1,60}\)\W{0,3})?"
    r"(?:(?:is|are|was|were|refers?|stands?|means?|consists?|process(?:es)?|extends?|combines?|occurs?|has|have|"
    r"uses?|introduces?|employs?|happens?|adds?|address(?:es)?|allows?|arises?|trains?|computes?|reads?|runs?|lets?|"
    r"takes?|works?|learns?|solves?|merges?|shrinks?|grows?|contains?|includes?|applies|apply|carry|carries|"
    r"helps?|improves?|can|tries|try{verbs})\b|[:=])"
)
_QUESTION_WORDS = re.compile(
    r"(?:explain|describe|what (?:is|are)|define|discuss|write(?: about| on)?|about|the|an?|topic|concept of)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    question: str


class Topics:
    """The topics of an assignment's questions, ready to be looked for."""

    def __init__(self, questions: Sequence[Question], terms: Vocabulary = PLAIN) -> None:
        self._terms = terms
        self._defines = re.compile(_DEFINES.replace("{verbs}", _alternatives(terms.defining)), re.IGNORECASE)
        self._phrases = [
            (question.id, re.compile(phrase, re.IGNORECASE), needed(phrase))
            for question in questions
            for phrase in question.topic.phrases
        ]
        self._pieces = sorted({piece for _, _, sets in self._phrases for pieces in sets for piece in pieces})
        self._needs = all(sets for _, _, sets in self._phrases)
        self._code = [(question.id, frozenset(names)) for question in questions for names in question.topic.code]

    def in_prose(self, text: str) -> dict[str, float]:
        """The evidence for each question that is mentioned, from 0 to `MOST`.

        The subject of the opening counts most, more so where it is being defined ("BiGRU is ..."); a mention further
        on counts little. Of overlapping mentions only the longest counts: "bidirectional LSTM" is not about "LSTM".
        """
        text = readable(text[:MAX_TEXT], self._terms)
        matches = self._mentions(text)
        if not matches:
            return {}
        evidence = self._subject(text, matches[0])
        for match in matches[1:]:
            share = NEAR if match.start < FIRST_SENTENCES else LATER
            evidence[match.question] = max(evidence.get(match.question, 0.0), share)
        for question, count in Counter(match.question for match in matches).items():
            evidence[question] = min(MOST, evidence[question] + REPEATED * log1p(count - 1))
        crowd = len(evidence)
        # A text that names most of the topics is a list of them, or an introduction.
        return {question: value * min(1.0, 3 / crowd) for question, value in evidence.items()}

    def covering(self, title: str) -> dict[str, float]:
        """For each question, the share (0 to 1) of the letters of a title that name its subject."""
        text = readable(title, self._terms)
        size = max(1, sum(map(str.isalnum, text)))
        shares: dict[str, float] = {}
        for match in self._mentions(text):
            said = sum(map(str.isalnum, text[match.start : match.end])) / size
            shares[match.question] = shares.get(match.question, 0.0) + said
        return shares

    def in_code(self, used: Collection[str]) -> dict[str, float]:
        """The evidence of the API names that a piece of code uses: of the complete combinations with most names."""
        complete = [(question, names) for question, names in self._code if names <= set(used)]
        if not complete:
            return {}
        most = max(len(names) for _, names in complete)
        return {question: CODE + CODE_PER_NAME * (most - 1) for question, names in complete if len(names) == most}

    def _mentions(self, text: str) -> list[_Match]:
        letters = folded(text)
        absent = {piece for piece in self._pieces if piece not in letters}
        if self._needs and len(absent) == len(self._pieces):
            return []
        found = {
            _Match(match.start(), match.end(), question)
            for question, pattern, sets in self._phrases
            if not any(pieces <= absent for pieces in sets)
            for match in pattern.finditer(text)
            if match.end() > match.start()
        }
        kept: list[_Match] = []
        taken = bytearray(len(text))
        for match in sorted(found, key=lambda match: (match.start - match.end, match.start, match.question)):
            same = any((match.start, match.end) == (other.start, other.end) for other in kept[-3:])
            if same or not any(taken[match.start : match.end]):
                kept.append(match)
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
        return sorted(kept, key=lambda match: (match.start, match.question))

    def _subject(self, text: str, first: _Match) -> dict[str, float]:
        asked = _QUESTION_WORDS.match(text)
        if first.start - (asked.end() if asked else 0) > OPENING:
            return {first.question: FIRST if first.start < FIRST_SENTENCES else NEAR}
        defines = self._defines.match(text, first.end) is not None or not text[first.end :].strip(" .:-)?s")
        return {first.question: SUBJECT + (DEFINITION if defines else 0.0)}


def _alternatives(words: Iterable[str]) -> str:
    """More alternatives for a pattern."""
    return "".join(f"|{re.escape(word)}" for word in sorted(words))


def readable(text: str, terms: Vocabulary = PLAIN) -> str:
    """The text on one line without Markdown's signs, so that phrases are found across line breaks."""
    text = unhyphenated(text, partial(is_word, terms=terms))
    if "#" in text or ">" in text:
        text = _AT_LINE_START.sub(" ", text)
    text = _SIGNS.sub(" ", text)
    return " ".join((text if text.isascii() else _DASHES.sub("-", text)).split())


def strongest(evidence: Iterable[tuple[str, float]]) -> tuple[str, float] | None:
    """The question with the most evidence; None if there is none, or two have the same."""
    ranked = sorted(evidence, key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0]
