"""What the numbers of a pack are learnt from: labelled texts of the halves for tuning, as their words and signs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from grader.language.prose import Coverage, cover
from grader.language.prose.doubt import Decision
from grader.language.prose.heard import can_be_heard, features
from grader.language.prose.learnt import classes_in
from grader.language.prose.passages import Passage
from grader.language.prose.patterns import compounds, vocabulary
from grader.language.prose.reading import Reading, read
from grader.language.prose.spelling import Spelling
from grader.language.prose.words import stem, tokens
from grader.pack.vocabulary import Vocabulary
from reference.pack import assignment
from tests.benchmarks import labelled, prose_agreement
from tests.benchmarks.labelled import Labelled

UNTUNED = ("first_readings", "later_explanations")
"""Whole answers from which no pattern was learnt: what patterns are worth shows here."""
ANSWERS = ("explanations", "shared_prose", *UNTUNED)
SENTENCES = ("statements", "fresh_statements")
PATTERNS_ALONE = replace(assignment.vocabulary, learnt=None)
DIRECTIONS = ("q7", "q9", "q10")
ALIKE = dict.fromkeys(("rnn", "lstm", "gru"), "network*") | dict.fromkeys(("brnn", "bilstm", "bigru"), "both*")
"""Three questions ask the same of different networks: they are learnt together."""


@dataclass(frozen=True)
class Example:
    """A labelled text, its set, and what reads it: its words are those of each passage that can be heard."""

    answer: Labelled
    source: str

    @property
    def question(self) -> str:
        """The id of the question."""
        return self.answer.question.id

    def label(self, concept: str) -> bool | None:
        """Whether an examiner finds the concept in it; None where it is doubtful."""
        return None if concept in self.answer.doubt else concept in self.answer.concepts

    def fold(self, folds: int) -> int:
        """Which part of all examples it is in, by its text alone: the same text is never in two."""
        return int(hashlib.sha256(self.answer.text.encode()).hexdigest(), 16) % folds

    @cached_property
    def coverage(self) -> Coverage:
        """What patterns alone make of it."""
        answer = self.answer
        return cover(
            [answer.text],
            answer.question.concepts,
            answer.question.misconceptions,
            copied_from=_PROMPTS,
            subject=answer.question.subject,
            terms=PATTERNS_ALONE,
        )

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that can be heard."""
        shown = (*self.coverage.misconceptions, *self.coverage.asked)
        wrong = {sentence for each in shown for sentence in each.sentences}
        reading = reading_of(self.answer)
        return tuple(each for each in (*reading.sentences, *reading.pairs) if can_be_heard(each, wrong))

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """Those of each passage."""
        alike = ALIKE if self.question in DIRECTIONS else {}
        return tuple(features(each, _CLASSES, alike, ASKED) for each in self.passages)

    def decision(self, id_: str) -> Decision:
        """What patterns decide about a statement."""
        return next(each for each in self.coverage.decisions if each.id == id_)


def reading_of(answer: Labelled, terms: Vocabulary = PATTERNS_ALONE) -> Reading:
    """A labelled text, read as the answer to its question."""
    question = answer.question
    ways = tuple(way for group in (question.concepts, question.misconceptions) for each in group for way in each.ways)
    return read([answer.text], _PROMPTS, Spelling(vocabulary(ways), terms), compounds(ways), terms)


def examples() -> list[Example]:
    """All of them."""
    found = [Example(each, name) for name in (*ANSWERS, *SENTENCES) for each in labelled.labelled(name, "tune")]
    for each in (*prose_agreement.corpus(), *prose_agreement.corpus(prose_agreement.OTHERS)):
        if each.half == "tune":
            text = Labelled(each.question, each.text, each.concepts, each.misconceptions, frozenset())
            found.append(Example(text, "corpus"))
    found += [Example(each, "says") for each in _of_the_pack()]
    return [*found, *(Example(each, "general talk") for each in general_talk("tune"))]


def general_talk(half: str) -> list[Labelled]:
    """Sentences that state nothing, as answers to each question."""
    texts = json.loads((prose_agreement.CORPUS / "general_talk.json").read_text(encoding="utf-8"))[half]
    none: frozenset[str] = frozenset()
    return [Labelled(question, text, none, none, none) for question in assignment.questions for text in texts]


def _of_the_pack() -> Iterator[Labelled]:
    """The sentences by which a pack explains its concepts; what they say of other concepts is not told."""
    for question in assignment.questions:
        for concept in question.concepts:
            others = frozenset(each.id for each in question.concepts) - {concept.id}
            for sentence in concept.says:
                yield Labelled(question, sentence, frozenset({concept.id}), frozenset(), others)
            for sentence in concept.says_not:
                yield Labelled(question, sentence, frozenset(), frozenset(), others)


_PROMPTS = tuple(question.prompt for question in assignment.questions)
_CLASSES = classes_in(assignment.vocabulary.learnt) if assignment.vocabulary.learnt else {}
ASKED = frozenset(stem(word) for text in _PROMPTS for word in tokens(text))
