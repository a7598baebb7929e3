"""The concepts and misconceptions of the ten questions."""

import json
import re

import pytest

from grader.language.prose.patterns import compile_way
from tests.grades import SEED

QUESTIONS = [f"q{number}" for number in range(1, 11)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_inventory(questions, question):
    """Has every question its concepts, with ids of its own, ways that can be read, and words for the student?"""
    asked = questions[question]
    assert len(asked.concepts) == (2 if question == "q8" else 4)
    assert asked.misconceptions
    ids = [each.id for each in (*asked.concepts, *asked.misconceptions)]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(f"{question}.") for name in ids)
    for each in (*asked.concepts, *asked.misconceptions):
        assert all(compile_way(way) for way in each.ways)
    assert all(each.statement.endswith(".") and each.hint.endswith(".") for each in asked.concepts)
    assert all(len(each.message) > 40 for each in asked.misconceptions)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_statements_themselves_earn_their_concepts(read, questions, question):
    """Does an answer made of the statements that the report shows earn all points, and show no misconception?"""
    text = " ".join(concept.statement for concept in questions[question].concepts)
    coverage = read(question, text)
    assert [finding.concept.id for finding in coverage.concepts if not finding.covered] == []
    assert coverage.misconceptions == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_our_corrections_do_not_trip_the_misconceptions(read, questions, question):
    """Is a student who copies our own correction free of the misconception?"""
    for misconception in questions[question].misconceptions:
        found = {each.misconception.id for each in read(question, misconception.message).misconceptions}
        assert misconception.id not in found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_ten_prompts_earn_nothing(read, questions, question):
    """Does the assignment sheet count as an answer to none of its questions?"""
    sheet = "\n".join(f"{number}. {each.prompt}" for number, each in enumerate(questions.values(), 1))
    coverage = read(question, sheet)
    assert coverage.points == 0
    assert coverage.misconceptions == ()


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("q5", "Unlike the LSTM, which has three gates and a cell state, the GRU has two gates.", set()),
        ("q5", "The GRU combines the forget and input gates of the LSTM into a single update gate.", set()),
        ("q5", "The GRU has three gates.", {"q5.three-gates"}),
        ("q1", "It is a common misconception that an RNN cell has an input gate.", set()),
        ("q1", "The LSTM adds an input gate to the RNN cell.", set()),
        ("q6", "implementation=2 does not enable peephole connections.", set()),
        ("q6", "We set implementation=2 to enable peephole connections.", {"q6.implementation-2"}),
        ("q3", "Vanishing gradients become small, exploding gradients become large.", set()),
        ("q7", "It sees not only the future but also the past.", set()),
        ("q7", "It is not suitable for real-time prediction.", set()),
        ("q10", "It is a bidirectional recurrent network with only the input and forget gates.", {"q10.lstm-gates"}),
    ],
)
def test_misconceptions(read, question, sentence, expected):
    """Are wrong sentences told from right ones that use the same words?"""
    assert {each.misconception.id for each in read(question, sentence).misconceptions} == expected


def _seed_answers() -> list[str]:
    cells = json.loads(SEED.read_text(encoding="utf-8"))["cells"]
    return [re.match(r"'''(.*?)'''", "".join(cell["source"]), re.DOTALL)[1] for cell in cells[1:11]]


@pytest.mark.skipif(not SEED.exists(), reason="the sample notebook is not here")
def test_the_sample_notebook(read):
    """What do the ten explanations of the sample notebook lack, as a human reads them?"""
    lacking = {
        "q1": {"q1.activation"},
        "q2": {"q2.sum"},
        "q3": set(),
        "q4": {"q4.gates"},
        "q5": {"q5.gate-roles"},
        "q6": {"q6.each-gate"},
        "q7": {"q7.combined"},
        "q8": set(),
        "q9": {"q9.two-lstms", "q9.combined"},
        "q10": {"q10.two-grus", "q10.combined"},
    }
    for question, answer in zip(QUESTIONS, _seed_answers(), strict=True):
        coverage = read(question, answer)
        assert {each.concept.id for each in coverage.concepts if not each.covered} == lacking[question]
        wrong = {each.misconception.id for each in coverage.misconceptions}
        assert wrong == ({"q6.implementation-2"} if question == "q6" else set())
