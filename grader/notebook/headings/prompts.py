"""Recognising the text of the questions themselves, so that it is not taken for an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from grader.notebook.headings.topics import readable
from grader.pack.questions import Question
from grader.pack.vocabulary import PLAIN, Vocabulary

SAME = 87.0
"""How alike two normalised texts are, from 0 to 100 (rapidfuzz's `ratio`), to be the same question."""

SAME_START = 92.0
MAX_WORDS = 30
MAX_TITLE = 120
_GOES_ON = re.compile(r"s?[ ]{0,2}(?:\([^()\n]{1,30}\)[ ]{0,2})?(?:[:=]|[-–—](?!\w)|-[a-z])")

_ASKING = (
    r"(?:please )?(?:briefly )?(?:explain|describe|discuss|define|what (?:is|are|do|does)|give|illustrate|elaborate"
    r"|write(?: short notes?| a note)?(?: on| about)?|how (?:do|does|is|are)|why (?:do|does|is|are)|compare|derive"
    r"|implement)"
)
_ASKS = re.compile(rf"^\W*{_ASKING}\b", re.IGNORECASE)
_SMALL_WORDS = re.compile(rf"\b(?:{_ASKING}|the|an?|of|with|in|about|detail|briefly|you mean by|mean by)\b")
_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)]\s*")
_REST_OF_WORD = re.compile(r"\w*[\s)]?[)\].?:\"'*]*")


class Prompts:
    """The questions' own words."""

    def __init__(self, questions: Sequence[Question], terms: Vocabulary = PLAIN) -> None:
        self._terms = terms
        self._titles = tuple(question.title.lower() for question in questions)
        # Of several that are equally alike, the first is found.
        known = sorted(((question.id, core(question.prompt, terms)) for question in questions), reverse=True)
        self._ids, self._cores = [question for question, _ in known], [said for _, said in known]
        self._asking = [
            (question.id, len(question.prompt.rstrip(" .?:")), _plain(question.prompt, terms))
            for question in questions
            if _ASKS.match(question.prompt)
        ]
        self._quoted: dict[str, str | None] = {}

    def whole(self, text: str) -> str | None:
        """The question whose text this is, and nothing more; spelling, case and "Explain" may differ."""
        if len(text) > 600 or len(text.split()) > MAX_WORDS:
            return None
        if text not in self._quoted:
            self._quoted[text] = self._whole(text)
        return self._quoted[text]

    def _whole(self, text: str) -> str | None:
        said = core(text, self._terms)
        if not said:
            return None
        found = process.extractOne(said, self._cores, scorer=fuzz.ratio, score_cutoff=SAME)
        return self._ids[found[2]] if found else None

    def begins_with_title(self, text: str) -> bool:
        """Whether a text begins with the title of a question and goes on to speak of it: "LSTM: ..."."""
        beginning = text[:MAX_TITLE].lower()
        return any(
            beginning.startswith(title) and _GOES_ON.match(beginning, len(title)) is not None for title in self._titles
        )

    def start(self, text: str) -> tuple[str, int] | None:
        """The question with whose text this begins, and where that text ends.

        Only questions that ask ("Explain ...") are looked for: a mere subject may also begin an answer.
        """
        if not _ASKS.match(text):
            return None
        best: tuple[float, str, int] | None = None
        for question, length, prompt in self._asking:
            end = _end_of_word(text, length)
            score = fuzz.ratio(_plain(text[:end], self._terms), prompt)
            if score >= SAME_START and (best is None or score > best[0]):
                best = (score, question, end)
        return None if best is None else (best[1], best[2])


def asks(text: str) -> bool:
    """Whether this is a question or a task in one sentence, in whatever words ("What is an LSTM?")."""
    line = readable(text)
    one_sentence = not re.search(r"[.?!:]\s+\w", line)
    return len(line.split()) <= 15 and one_sentence and (line.endswith("?") or _ASKS.match(line) is not None)


def _plain(text: str, terms: Vocabulary) -> str:
    return " ".join(re.findall(r"\w+", readable(text, terms).lower()))


def core(text: str, terms: Vocabulary) -> str:
    """What a question is about: its text in small letters, without its number and the words that ask."""
    return " ".join(_SMALL_WORDS.sub(" ", _plain(_NUMBER.sub("", text, count=1), terms)).split())


def _end_of_word(text: str, position: int) -> int:
    """The end of the word at `position`, with the punctuation that closes it."""
    match = _REST_OF_WORD.match(text, min(position, len(text)))
    return match.end() if match else position
