"""The sentences that stand beside each concept and each misconception of the pack, read as an answer is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.language.prose import Coverage
from grader.pack.questions import Concept, Misconception, Question
from reference.pack import assignment

Reader = Callable[..., Coverage]

CONCEPTS = [
    pytest.param(question, concept, id=concept.id) for question in assignment.questions for concept in question.concepts
]
MISCONCEPTIONS = [
    pytest.param(question, wrong, id=wrong.id) for question in assignment.questions for wrong in question.misconceptions
]


def covered(coverage: Coverage) -> set[str]:
    return {finding.concept.id for finding in coverage.concepts if finding.covered}


def earned(coverage: Coverage) -> set[str]:
    return {finding.concept.id for finding in coverage.concepts if finding.earned}


def wrong_in(coverage: Coverage) -> set[str]:
    return {finding.misconception.id for finding in coverage.misconceptions}


@pytest.mark.parametrize(("question", "concept"), CONCEPTS)
def test_what_says_a_concept(read: Reader, question: Question, concept: Concept) -> None:
    """Does each sentence earn the point of its concept, alone in an answer, and show no misconception?"""
    for sentence in concept.says:
        coverage = read(question.id, sentence)
        assert concept.id in earned(coverage), sentence
        assert wrong_in(coverage) == set(), sentence


@pytest.mark.parametrize(("question", "concept"), CONCEPTS)
def test_what_does_not_say_a_concept(read: Reader, question: Question, concept: Concept) -> None:
    """Is no near miss taken for the statement?"""
    assert [sentence for sentence in concept.says_not if concept.id in covered(read(question.id, sentence))] == []


@pytest.mark.parametrize(("question", "wrong"), MISCONCEPTIONS)
def test_what_shows_a_misconception(read: Reader, question: Question, wrong: Misconception) -> None:
    """Is each wrong sentence known for what it is?"""
    assert [sentence for sentence in wrong.says if wrong.id not in wrong_in(read(question.id, sentence))] == []


@pytest.mark.parametrize(("question", "wrong"), MISCONCEPTIONS)
def test_what_only_sounds_like_a_misconception(read: Reader, question: Question, wrong: Misconception) -> None:
    """Is a true sentence accused of nothing, neither of this misconception nor of another?"""
    assert [sentence for sentence in wrong.says_not if wrong_in(read(question.id, sentence))] == []


@pytest.mark.parametrize(("question", "statement"), CONCEPTS + MISCONCEPTIONS)
def test_examples_are_examples(question: Question, statement: Concept | Misconception) -> None:
    """Is each one sentence of its own, in words that are not those of the report?"""
    sentences = (*statement.says, *statement.says_not)
    assert len(set(sentences)) == len(sentences)
    ours = statement.statement if isinstance(statement, Concept) else statement.message
    assert not any(sentence in ours for sentence in sentences)
