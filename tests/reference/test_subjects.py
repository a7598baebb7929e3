"""One suite that every subject passes: a layer, a cell, a function, a loop and two directions answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import isabstract

import pytest

from grader.answer import evidence
from grader.answer.answer import Answer
from grader.answer.evidence import Survey
from grader.grading.surveying import asking
from grader.kernel.pool import KernelPool
from grader.pack.pictures import Dependence, Parameters
from grader.pack.verdict import Missed, Outcome
from grader.protocol import operations
from reference.recurrent.kinds import GRU, SIMPLE_RNN
from reference.subjects.bidirectional import Bidirectional
from reference.subjects.cell import Cell
from reference.subjects.directions import directions
from reference.subjects.finding_subjects import over_time, subject
from reference.subjects.function import Function
from reference.subjects.joined import Joined
from reference.subjects.loop import Loop
from reference.subjects.loops_both_ways import LoopBothWays
from reference.subjects.own_both_ways import OwnBothWays
from reference.subjects.own_layer import OwnLayer
from reference.subjects.sequence_layer import Layer
from reference.subjects.subject import Subject
from tests.kernels import notebook
from tests.reference.styles import ONE_WAY, TWO_WAYS, written

STYLES = (*ONE_WAY, *TWO_WAYS)
KNOWN_AS = {
    "a layer of Keras": Layer,
    "a layer around a cell": Cell,
    "a cell of Keras": Cell,
    "a cell": Cell,
    "a function": Function,
    "a layer that loops": OwnLayer,
    "a loop": Loop,
    "a Bidirectional": Bidirectional,
    "joined layers": Joined,
    "a layer of one's own": OwnBothWays,
    "two loops": LoopBothWays,
}
ASKED = ("found", "parameters", "computes", "depends", "states")
OVER_TIME = {
    "a layer of Keras": Layer,
    "a layer around a cell": Layer,
    "a layer that loops": OwnLayer,
    "a loop": Loop,
}
Answers = Callable[[str, str], Answer]


@pytest.fixture(scope="module")
def answers(pool: KernelPool) -> Iterator[Answers]:
    """An answer in a style and with an activation; one kernel runs them all, each in a cell of its own."""
    cells = [(style, activation) for style in STYLES for activation in ("tanh", "relu")]
    code = [written(*cell) for cell in cells]
    with pool.session(notebook(*code), 3) as session:
        assert [session.run_cell(at).status for at in range(len(code))] == ["ok"] * len(code)

        def answer(style: str, activation: str) -> Answer:
            at = cells.index((style, activation))
            survey = evidence.read(Survey, session.ask(operations.Survey((at,))))
            return Answer("q1", code=[code[at]], survey=survey, ask=asking(session))

        yield answer


def found(answers: Answers, style: str, activation: str = "tanh") -> Subject:
    answer = answers(style, activation)
    return subject(answer, SIMPLE_RNN) if style in ONE_WAY else directions(answer, SIMPLE_RNN)


def told(ask: Callable[[], Outcome]) -> Outcome:
    """What the student is told, also where the check ends early."""
    try:
        return ask()
    except Missed as missed:
        return missed.outcome


def test_every_subject_is_asked() -> None:
    """Does this suite have a style for each implementation that there is?"""
    assert set(implementations(Subject)) == {*KNOWN_AS.values(), *OVER_TIME.values()}


def implementations(interface: type[Subject]) -> Iterator[type[Subject]]:
    for found in interface.__subclasses__():
        yield from implementations(found)
        if not isabstract(found):
            yield found


@pytest.mark.parametrize("style", STYLES)
def test_a_right_one_passes(answers: Answers, style: str) -> None:
    """Is each question answered, and is what is right right in every style?"""
    asked = found(answers, style)
    assert type(asked) is KNOWN_AS[style]
    outcomes = {name: told(getattr(asked, name)) for name in ASKED}
    assert {name: outcome.share for name, outcome in outcomes.items()} == dict.fromkeys(ASKED, 1.0), outcomes


@pytest.mark.parametrize("style", STYLES)
def test_a_wrong_one_is_told_by_its_numbers(answers: Answers, style: str) -> None:
    """Is another activation seen in what it computes, and not in what it is made of?"""
    asked = found(answers, style, "relu")
    assert told(asked.computes).share == 0
    assert [told(ask).share for ask in (asked.found, asked.parameters)] == [1, 1]


@pytest.mark.parametrize("style", ONE_WAY)
def test_the_same_mistake_has_the_same_name(answers: Answers, style: str) -> None:
    """Is it said in every style which activation stands where tanh should?"""
    assert "The activation is ReLU; the basic cell has tanh." in told(found(answers, style, "relu").computes).message


@pytest.mark.parametrize("style", STYLES)
def test_asked_again(answers: Answers, style: str) -> None:
    """Does a subject answer the same when it is asked again?"""
    asked = found(answers, style)
    for name in ASKED:
        assert told(getattr(asked, name)) == told(getattr(asked, name))


@pytest.mark.parametrize("style", STYLES)
def test_what_was_not_trained(answers: Answers, style: str) -> None:
    """Does it say that no training was seen?"""
    outcome = told(found(answers, style).trains)
    assert outcome.share == 0
    assert outcome.message.startswith("No training of your ")


@pytest.mark.parametrize("style", STYLES)
def test_pictures(answers: Answers, style: str) -> None:
    """Is what can be drawn drawn: parameters as they should be, and who sees the future?"""
    asked = found(answers, style)
    for picture in asked.blocks():
        assert isinstance(picture, Parameters)
        assert picture.yours == picture.expected
    for picture in asked.sight():
        assert isinstance(picture, Dependence)
        assert picture.sees[0][-1] == (style in TWO_WAYS)
    assert list(asked.losses()) == []


@pytest.mark.parametrize("style", ONE_WAY)
def test_one_way(answers: Answers, style: str) -> None:
    """Does what reads in one direction answer without a model, and has it no peepholes?"""
    asked = subject(answers(style, "tanh"), SIMPLE_RNN)
    assert told(asked.answers).share == 1
    assert list(asked.gates()) == []


@pytest.mark.parametrize("style", OVER_TIME)
def test_over_time(answers: Answers, style: str) -> None:
    """Is what reads whole sequences found for what it is, whatever its kind?"""
    asked = over_time(answers(style, "tanh"))
    assert type(asked) is OVER_TIME[style]
    assert told(asked.in_a_model).share == 1
    # A loop that only goes forwards sends no error back.
    assert told(asked.error_goes_back).share == (style != "a loop")


@pytest.mark.parametrize("style", TWO_WAYS)
def test_another_kind_of_two_directions(answers: Answers, style: str) -> None:
    """Is it said in every style that a bidirectional RNN is no BiGRU?"""
    asked = directions(answers(style, "tanh"), GRU)
    for ask in (asked.parameters, asked.depends, asked.computes, asked.states):
        outcome = told(ask)
        assert (outcome.share, outcome.expected, outcome.observed) == (0, "BiGRU", "BiSimpleRNN")
