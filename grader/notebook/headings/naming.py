"""How far a heading names a question, in the question's own words or in those of its subject."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from grader.notebook.headings.prompts import Prompts, core
from grader.notebook.headings.topics import Topics
from grader.pack.questions import Question
from grader.pack.vocabulary import Vocabulary

PROMPT, NAME, MOSTLY, PARTLY, HARDLY = 8.0, 7.0, 5.5, 3.5, 1.5
"""What it is worth that a heading is the question's text, its name, or has this much of its subject in it."""

ALIKE = 86.0
SLIP, LONG_WORD = 84.0, 4
TWO_WORDS, ONE_WORD, PART_OF_NAME = 5.0, 2.5, 3.0
MOST_OF_NAME = 0.6
SHORT = 4
MUCH, HALF, SOME = 0.75, 0.4, 0.25
COMPARED = 0.3
_COMPARES = re.compile(
    r"\b(?:vs|versus|compar\w{1,8}|differen\w{1,5}|between|than|unlike|over|against|contrast|similar\w{0,6})\b", re.I
)
_AGAIN = re.compile(
    r"\b(?:corrected|correction|revised|updated|continued|again|my|final|second|attempt|answer|solution|version)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{0,200}\)?")
_GENERAL = re.compile(
    r"\b(?:neural|networks?|nets?|layers?|models?|problems?|issues?|algorithms?|methods?|concepts?|overview|basics?|"
    r"introduction|intro|working|theory|understanding|topic|in|to|of|the|and|an?|is|are|what|does|"
    r"implement(?:ation|ing)|code|program|examples?|demo|practice|practical|using|with|keras|tensorflow|python)\b"
)
"""Words that say of anything what kind of thing it is, or that it is spoken of."""

_WORDS = re.compile(r"[^\W\d_]{2,40}")


class Names:
    """The names of an assignment's questions."""

    def __init__(self, questions: Sequence[Question], topics: Topics, prompts: Prompts, terms: Vocabulary) -> None:
        self._questions = questions
        self._topics = topics
        self._prompts = prompts
        self._terms = terms
        # Of several names, or words, that are equally alike, the first is found.
        self._cores = sorted(((question.id, core(question.title, terms)) for question in questions), reverse=True)
        own = [
            (question.id, set(_words(f"{core(question.title, terms)} {core(question.prompt, terms)}")))
            for question in questions
        ]
        counts = Counter(word for _, words in own for word in words)
        self._own = [(question, words, {word for word in words if counts[word] == 1}) for question, words in own]
        subjects = {question: set(_words(_GENERAL.sub(" ", name))) for question, name in self._cores}
        self._subjects = [(subjects[question.id], _letters(subjects[question.id])) for question in questions]
        self._telling = frozenset(counts) | frozenset(word for words, _ in self._subjects for word in words)
        self._vocabulary = sorted((word for word in counts if len(word) >= LONG_WORD), reverse=True)
        self._known: dict[str, dict[str, float]] = {}
        self._meant: dict[str, str] = {}

    def named(self, title: str) -> dict[str, float]:
        """How strongly a title speaks for each question that it names at all, from 0 to `PROMPT`."""
        if title not in self._known:
            self._known[title] = self._without_aside(title, self._named(title))
        return self._known[title]

    def _without_aside(self, title: str, named: dict[str, float]) -> dict[str, float]:
        """What a title names outside of its brackets, or else in them, where it hardly names anything as a whole."""
        if "(" not in title or max(named.values(), default=0.0) >= MOSTLY:
            return named
        outside = self._named(_ASIDE.sub(" ", title))
        if max(outside.values(), default=0.0) >= MOSTLY:
            return outside
        inside = self._named(" ".join(_ASIDE.findall(title)))
        if max(inside.values(), default=0.0) < NAME:
            return named
        return {question: min(score, MOSTLY) for question, score in inside.items()}

    def is_name(self, title: str) -> bool:
        """Whether a line says nothing but the name of a question."""
        needed = TWO_WORDS if len(title.split()) <= SHORT else NAME
        return max(self.named(title).values(), default=0.0) >= needed

    def _named(self, title: str) -> dict[str, float]:
        if not any(map(str.isalpha, title)):
            return {}
        title = _WORDS.sub(self._spelt, _AGAIN.sub(" ", title))
        quoted = self._prompts.whole(title)
        if quoted:
            return {quoted: PROMPT}
        said = core(title, self._terms)
        said = " ".join(_GENERAL.sub(" ", said).split()) or said
        covered = self._topics.covering(said)
        if misspelt := self._misspelt(said, covered):
            return {misspelt: NAME}
        if len(covered) > 1 and max(covered.values()) < HALF:
            covered = {question: COMPARED * share for question, share in covered.items()}  # it lists them
        clear = {question for question, share in covered.items() if share >= MUCH}
        scores = {
            question: score * (COMPARED if clear and question not in clear else 1.0)
            for question, score in self._by_own_words(said).items()
        }
        for question, share in covered.items():
            worth = NAME if share >= MUCH else MOSTLY if share >= HALF else PARTLY if share >= SOME else HARDLY
            scores[question] = max(worth, scores.get(question, 0.0))
        share = COMPARED if compares(title) else 1.0
        return {question: share * score for question, score in scores.items()}

    def _spelt(self, match: re.Match[str]) -> str:
        """A word, or the word of a question that it is but for a slip of the pen."""
        word = match[0].lower()
        if len(word) < LONG_WORD or word.rstrip("s") in self._vocabulary:
            return match[0]
        if word not in self._meant:
            self._meant[word] = self._nearest(word)
        return self._meant[word] or match[0]

    def _nearest(self, word: str) -> str:
        """The word of a question that this one is but for a slip of the pen, or nothing."""
        found = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=SLIP)
        return found[0] if found and word[0] == found[0][0] else ""

    def _misspelt(self, said: str, covered: Mapping[str, float]) -> str | None:
        """The question whose name this is, or nearly; not where it is the subject of another, a letter apart."""
        found = process.extractOne(said, [name for _, name in self._cores], scorer=fuzz.ratio, score_cutoff=ALIKE)
        if not found:
            return None
        question = self._cores[found[2]][0]
        others = [share for other, share in covered.items() if other != question]
        return question if found[1] == 100 or max(others, default=0.0) < MUCH else None

    def _by_own_words(self, said: str) -> dict[str, float]:
        """Two of a question's words, one of which no other has, or most of its subject are as good as its name."""
        words = _words(said)
        scores: dict[str, float] = {}
        if self._telling.isdisjoint(words):
            return scores
        for (question, all_words, own), (subject, letters) in zip(self._own, self._subjects, strict=True):
            met = sum(word in own for word in words)
            named = [word for word in words if word in subject]
            told = _letters(named) / max(1, letters)
            are_two = sum(word in all_words for word in words) >= max(2, len(words) / 2)
            is_most = told >= MOST_OF_NAME and 2 * _letters(named) >= _letters(words)
            if met and (are_two or is_most):
                scores[question] = TWO_WORDS
            elif met or named:
                scores[question] = max(ONE_WORD * met / len(words), PART_OF_NAME * told * len(named) / len(words))
        return scores


def compares(title: str) -> bool:
    """Whether a title sets one thing against another."""
    return _COMPARES.search(title) is not None


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))


def _words(text: str) -> list[str]:
    return [word.rstrip("s") for word in _WORDS.findall(text.lower())]
