"""How likely decisions are wrong: calibrated, ordered, and worth looking at."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading.unsure import unsure
from grader.language.prose import LOOK, Coverage, Decision, cover, to_look_at
from grader.language.prose.doubt import doubt_of, ordered
from grader.pack.questions import Concept, Misconception
from tests.benchmarks import doubt

Reader = Callable[..., Coverage]
TEXT = "The cell takes the input and the old state. It has an input gate. What it makes is handed on to the next step."


@pytest.fixture(scope="module")
def heldout() -> tuple[doubt.Tried, ...]:
    return doubt.tried("heldout")


def test_each_statement_is_decided_once(read: Reader) -> None:
    """Is there one decision about each concept and each misconception, in line with what was found?"""
    found = read("q1", TEXT)
    said = {each.concept.id for each in found.concepts if each.covered}
    accused = {each.misconception.id for each in found.misconceptions}
    assert [each.id for each in found.decisions] == list(dict.fromkeys(each.id for each in found.decisions))
    assert {each.id for each in found.decisions if each.verdict == "said"} == said
    assert {each.id for each in found.decisions if each.verdict == "accused"} == accused
    assert {each.id for each in found.decisions} > said | accused


def test_doubt_is_a_probability(read: Reader) -> None:
    """Is it between 0 and 1 for whatever is read, and the same whenever it is read?"""
    chance = random.Random(7)
    words = [*TEXT.replace(".", " .").split(), "not", "gate", "|", "=", "tanh", "forget", "\n\n", "- ", "h_{t-1}"]
    for _ in range(40):
        text = " ".join(chance.choices(words, k=chance.randint(0, 60)))
        decisions = read("q1", text).decisions
        assert all(0 <= each.doubt <= 1 for each in decisions)
        assert decisions == read("q1", text).decisions


def test_no_sign_makes_it_more_than_a_probability() -> None:
    """Does doubt stay within its bounds for any signs, and depend on none that it does not know?"""
    for verdict in ("said", "missing", "accused", "spared"):
        assert 0 <= doubt_of(verdict, {"loose": 1e9, "short": 1e9, "words": 1e9}) <= 1
        assert 0 <= doubt_of(verdict, {"loose": -1e9, "short": -1e9, "words": -1e9}) <= 1
        assert doubt_of(verdict, {}) == doubt_of(verdict, {"unheard of": 5.0})


def test_what_is_to_be_looked_at_is_in_order_and_above_the_bound() -> None:
    """Does a higher bound ask for a part of what a lower one asks for, the most doubtful in front?"""
    chance = random.Random(3)
    decisions = [Decision(f"q1.{n}", "So.", "missing", None, chance.random()) for n in range(50)]
    assert [each.doubt for each in ordered(decisions)] == sorted((each.doubt for each in decisions), reverse=True)
    before = decisions
    for bound in (0.0, 0.3, 0.5, 0.9, 1.0):
        now = to_look_at(decisions, bound)
        assert all(each.doubt >= bound for each in now)
        assert set(now) <= set(before)
        before = now
    assert len(to_look_at(decisions, 0)) == 50


def test_a_statement_that_stands_there_in_other_words_is_more_doubtful_than_one_that_does_not() -> None:
    """Is a missing statement the more doubtful the nearer a sentence comes to it?"""
    gate = Concept(
        "q0.c",
        "The gate sees the state of the cell.",
        (("gate", ">~see", ">~state", "cell"),),
        "Say so.",
        says=("The gate looks at the state of the cell.",),
    )
    near, far = (
        cover([f"It is built in three parts. {text}"], [gate], []).decisions[0]
        for text in ("The state of the cell is what is shown to the gate.", "There is nothing more to be said of it.")
    )
    assert (near.verdict, far.verdict) == ("missing", "missing")
    assert near.doubt > far.doubt
    assert near.sentence == "The state of the cell is what is shown to the gate."


def test_what_the_student_is_asked_is_more_doubtful_than_what_nobody_said() -> None:
    """Is a misconception that a sentence may show more doubtful than one that no sentence has to do with?"""
    wrong = Misconception(
        "q0.w", (("gru", ">~has|have", ">~3 gate"),), "It has two.", says=("The GRU has three gates.",)
    )
    asked, silent = (
        cover([text], [], [wrong]).decisions[0]
        for text in ("A GRU that has three gates might be called an LSTM.", "The network is recurrent and small.")
    )
    assert (asked.verdict, silent.verdict) == ("spared", "spared")
    assert asked.doubt > silent.doubt


@pytest.mark.parametrize(("half", "first", "tenth"), [("tune", 0.4, 0.6), ("heldout", 0.33, 0.58)])
def test_looking_is_worth_it(half: str, first: float, tenth: float) -> None:
    """Are the wrong decisions among the first ones, on answers that nobody has read, too?"""
    decisions = doubt.tried(half)
    assert doubt.caught(decisions, 0.05) >= first
    assert doubt.caught(decisions, 0.1) >= tenth


def test_doubt_is_calibrated(heldout: tuple[doubt.Tried, ...]) -> None:
    """Are about as many decisions wrong as doubt expects, among the sure ones and among the doubtful ones?"""
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 1.01)):
        mine = [each for each in heldout if low <= each.decision.doubt < high]
        expected = sum(each.decision.doubt for each in mine)
        assert expected / 2 <= sum(each.wrong for each in mine) <= 2 * expected


def test_an_ordinary_notebook_is_seldom_flagged(heldout: tuple[doubt.Tried, ...]) -> None:
    """Has a notebook at the default bound at most two flags about its explanations, as a rule?"""
    flags = sorted(doubt.notebooks(heldout))
    assert flags[len(flags) // 2] <= 2


def test_the_weights_are_what_the_script_learns() -> None:
    """Does fitting once more give the weights that are shipped, and are these a few numbers?"""
    shipped = json.loads(Path(doubt.WEIGHTS).read_text(encoding="utf-8"))
    assert doubt.fit(doubt.tried("tune", alone=True)) == shipped
    assert sum(map(len, shipped.values())) < 60


def test_a_flag_names_question_statement_and_sentence() -> None:
    """Is a person told where to look, for each kind of decision, the most doubtful one first?"""
    decisions = [
        Decision("q1.a", "It is so.", "said", "So it is.", 0.5),
        Decision("q2.b", "It is thus.", "missing", "Thus.", 0.7),
        Decision("q2.c", "It is here.", "missing", None, 0.6),
        Decision("q3.d", "No, it is not. It is so.", "accused", "It is.", 0.55),
        Decision("q4.e", "No, it is not. It is so.", "spared", "It may be.", 0.452),
        Decision("q5.f", "Sure.", "said", "Sure.", LOOK - 0.01),
        Decision("q5.g", "Gates.", "said", "Two of them.", 0.455, words=("two", "them")),
    ]
    assert list(unsure(decisions, None)) == [
        "q2.b: please look, “It is thus” counts as missing, the nearest to it is “Thus.” (doubt 70%)",
        "q2.c: please look, “It is here” counts as missing, nothing is near to it (doubt 60%)",
        "q3.d: please look, “It is.” counts as wrong, because “No, it is not” (doubt 55%)",
        "q1.a: please look, “It is so” counts as said, for “So it is.” (doubt 50%)",
        "q5.g: please look, “Gates” counts as said, for “Two of them.”, by its words two, them (doubt 46%)",
        "q4.e: please look, “It may be.” is not held against “No, it is not” (doubt 45%)",
    ]
    assert len(list(unsure(decisions, 0.0))) == 7
    assert list(unsure(decisions, 1.0)) == []
