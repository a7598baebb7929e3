"""How well the reading agrees with a human examiner."""

import pytest

from tests.benchmarks import labelled


@pytest.fixture(scope="module")
def answers(agreement):
    return agreement.corpus()


def test_the_corpus_is_large_and_split_evenly(answers):
    """Are there enough answers of every question in both halves, with labels that exist?"""
    assert len(answers) >= 150
    for question in {answer.question.id for answer in answers}:
        mine = [answer for answer in answers if answer.question.id == question]
        assert abs(sum(answer.half == "tune" for answer in mine) * 2 - len(mine)) <= 1
    for answer in answers:
        assert answer.concepts <= {concept.id for concept in answer.question.concepts}
        assert answer.misconceptions <= {wrong.id for wrong in answer.question.misconceptions}


@pytest.mark.parametrize(
    ("half", "precision", "recall", "kappa"), [("tune", 0.97, 0.98, 0.97), ("evaluate", 0.92, 0.9, 0.94)]
)
def test_agreement_on_concepts(agreement, answers, half, precision, recall, kappa):
    """Do precision, recall and kappa stay where they were measured, above all on the half that was not for tuning?"""
    figures = agreement.agreement(answer for answer in answers if answer.half == half)
    assert figures.precision >= precision
    assert figures.recall >= recall
    assert figures.kappa >= kappa


def test_agreement_with_others(agreement):
    """Do the figures on answers by others, who had not seen the matcher, stay at least where they were measured?"""
    others = agreement.corpus(agreement.OTHERS)
    assert len(others) == 120
    for answer in others:
        assert answer.concepts <= {concept.id for concept in answer.question.concepts}
        assert answer.misconceptions <= {wrong.id for wrong in answer.question.misconceptions}
    figures = agreement.agreement(answer for answer in others if answer.half == "evaluate")
    assert figures.precision >= 0.93
    assert figures.recall >= 0.92
    assert figures.kappa >= 0.86


@pytest.mark.parametrize(("half", "precision", "recall"), [("tune", 0.99, 0.85), ("heldout", 0.97, 0.6)])
def test_accusations_are_right(half, precision, recall):
    """Of what the sets of an examiner are accused of, is nearly all there, on the half that nobody has read too?"""
    texts = [text for name in labelled.SETS for text in labelled.labelled(name, half)]
    accused = labelled.figures(texts).accusations
    assert accused.precision >= precision
    assert accused.recall >= recall


@pytest.mark.parametrize(("half", "recall"), [("tune", 0.93), ("heldout", 0.8)])
def test_single_statements_are_found(half, recall):
    """Are sentences that state one concept each, in words of many kinds, taken for it?"""
    assert labelled.figures(labelled.labelled("statements", half)).statements.recall >= recall


@pytest.mark.parametrize(
    ("name", "half", "precision", "kappa"),
    [
        ("explanations", "tune", 0.9, 0.85),
        ("explanations", "heldout", 0.93, 0.85),
        ("shared_prose", "tune", 0.95, 0.9),
        ("shared_prose", "heldout", 0.94, 0.9),
        ("later_explanations", "heldout", 0.9, 0.82),
    ],
)
def test_agreement_with_an_examiner(agreement, name, half, precision, kappa):
    """Do statements and points agree at least as well as was measured?"""
    figures = labelled.figures(labelled.labelled(name, half))
    assert figures.statements.precision >= precision
    assert agreement.quadratic_weighted_kappa(figures.points) >= kappa


@pytest.mark.parametrize("half", ["tune", "evaluate"])
def test_agreement_on_misconceptions(agreement, answers, half):
    """Is no right answer accused, and are nearly all wrong statements seen?"""
    figures = agreement.misconception_agreement(answer for answer in answers if answer.half == half)
    assert figures.false == 0
    assert figures.recall >= 0.85


def test_answers_about_something_else_earn_nothing(answers):
    """Do answers about something else, or copied from the question, earn nothing at all?"""
    strays = [answer for answer in answers if answer.kind in {"off topic", "copied"}]
    assert len(strays) == 20
    assert [answer.text for answer in strays if answer.read().points] == []


def test_lists_of_keywords_earn_at_most_half(answers):
    """Do the lists of keywords in the corpus earn at most half of the concepts?"""
    for answer in answers:
        if answer.kind == "keywords":
            assert 2 * answer.read().points <= len(answer.question.concepts)


def test_kappa(agreement):
    """Is kappa one for agreement, about zero for chance and negative for contradiction?"""
    assert agreement.quadratic_weighted_kappa([(0, 0), (4, 4), (2, 2)]) == 1
    assert agreement.quadratic_weighted_kappa([(0, 0), (0, 4), (4, 0), (4, 4)]) == 0
    assert agreement.quadratic_weighted_kappa([(0, 4), (4, 0)]) == -1
