"""What the author of a text asserts, and what stands there without being asserted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.language.prose import Coverage
from grader.language.prose.stance import unasserted
from grader.language.prose.words import tokens
from grader.pack.questions import Question

Reader = Callable[..., Coverage]

NOT_ASSERTED = (
    "It is not true that {}.",
    "It is wrong to say that {}.",
    "It is a common mistake to think that {}.",
    "Some people believe that {}, but this is wrong.",
    "Nobody claims that {}.",
    "I do not know whether {}.",
    "One might think that {}, which is not the case.",
    "Contrary to what many believe, it is false that {}.",
    "It is a lie that {}.",
    "Is it right that {}?",
    "ChatGPT says that {}.",
    "A common myth: {}.",
    "NOT TRUE: {}.",
    "I used to think that {}.",
    "I doubt that {}.",
    "{}. This is wrong.",
    "{}. But that is a misconception.",
    "The following sentence is incorrect. {}.",
    "That {} is a myth.",
    "My friend told me that {}.",
    "It cannot be said that {}.",
    "Wrong:\n\n- {}.",
    "### Common mistakes\n\n{}.",
    "If it were true that {}, all would be easy.",
    "Everything below is wrong.\n\n{}.",
    "Some say that {}, which is wrong.",
    "Under no circumstances does it hold that {}.",
    "There is a rumour that {}.",
    "You may have heard that {}. That is nonsense.",
    "Many students write that {}. They are mistaken.",
    "I am not sure if {}.",
    "Exercise for the reader: prove or disprove that {}.",
)
ASSERTED = (
    "{}.",
    "I think that {}.",
    "There is no doubt that {}.",
    "Nobody doubts that {}.",
    "In short: {}.",
    "It is important to know that {}.",
    "It is true that {}.",
    "We learned that {}.",
    "Contrary to a plain network, {}.",
    "Some say otherwise, but {}.",
    "It is wrong to think that all is said; {}.",
)
STATED = (
    ("q4", "it keeps information over long distances"),
    ("q6", "the gates see the cell state"),
    ("q10", "it has two separate GRUs"),
)


def _written(frame: str, statement: str) -> str:
    return frame.format(statement[0].upper() + statement[1:] if frame.startswith("{}") else statement)


@pytest.mark.parametrize("frame", NOT_ASSERTED)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_what_is_not_asserted_earns_nothing(read: Reader, question: str, statement: str, frame: str) -> None:
    """Does a true statement within such a frame earn no point?"""
    assert read(question, _written(frame, statement)).points == 0


@pytest.mark.parametrize("frame", ASSERTED)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_what_is_asserted_earns_its_point(read: Reader, question: str, statement: str, frame: str) -> None:
    """Do the honest frames leave it its point?"""
    assert read(question, _written(frame, statement)).points >= 1


@pytest.mark.parametrize("frame", NOT_ASSERTED)
def test_nobody_is_accused_of_what_he_does_not_assert(read: Reader, questions: dict[str, Question], frame: str) -> None:
    """Is a wrong statement within such a frame held against nobody?"""
    for question in ("q1", "q5", "q8"):
        for wrong in questions[question].misconceptions:
            text = _written(frame, wrong.says[0][0].lower() + wrong.says[0][1:].rstrip("."))
            assert read(question, text).misconceptions == (), text


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Does it solve the problem? No. It multiplies.", [False, True, True]),
        ("Right:\n- It is small.\nWrong:\n- It is large.\nAgain:\n- It is red.", [True, True, True, False, True, True]),
        ("The gate says which part is kept.", [True]),
        ("f: which parts do we drop?", [True]),
        ("If the factors are small, the product vanishes.", [True]),
        ("If it had no gates, it would forget.", [False]),
        ("❌ It is large.", [False]),
    ],
)
def test_sentences_around(text: str, asserted: list[bool]) -> None:
    """Are questions, labels and conditions seen for what they are?"""
    parts = [part for line in text.split("\n") for part in line.replace("? ", "?|").replace(". ", ".|").split("|")]
    held = unasserted([[part.removeprefix("- ") for part in parts]], [[tokens(part) for part in parts]])
    meant = [len(places) < len(tokens(part)) or part.endswith(":") for part, places in zip(parts, held, strict=True)]
    assert meant == asserted


ACROSS = (
    ("Everything below is wrong.", "{}."),
    ("### Common myths", "- {}."),
    ("{}.", "None of the above is true."),
    ("{}.", "That is not true."),
    ("Put a not before the verb of each sentence below.", "{}.", "{}."),
)


@pytest.mark.parametrize("texts", ACROSS)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_words_reach_into_the_next_cell(read: Reader, question: str, statement: str, texts: tuple[str, ...]) -> None:
    """Is what one cell says of the next no evasion?"""
    assert read(question, *(_written(text, statement) for text in texts)).points == 0


@pytest.mark.parametrize(
    "texts", [("### Common mistakes\n\nPadding.", "{}."), ("### Notes", "{}."), ("All is below.", "{}.")]
)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_a_section_ends_with_its_cell(read: Reader, question: str, statement: str, texts: tuple[str, ...]) -> None:
    """Does a cell below a section on mistakes, or below other words, keep its points?"""
    assert read(question, *(_written(text, statement) for text in texts)).points >= 1


HANGING = (
    "There is no way that {}.",
    "It has never been true that {}.",
    "I have to write that {}.",
    "The examiner wants to hear that {}.",
    "In the past it was assumed that {}.",
    "I did not have time to explain that {}.",
    "It is anything but true that {}.",
    "It is a fairy tale that {}.",
)
STANDING = (
    "It is not surprising that {}.",
    "There is no doubt that {}.",
    "I would say that {}.",
    "It should be noted that {}.",
    "We can say that {}.",
    "It must be remembered that {}.",
    "The authors show that {}.",
    "Although nothing is lost, it is clear that {}.",
)


@pytest.mark.parametrize("frame", HANGING)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_a_clause_that_does_not_assert(read: Reader, question: str, statement: str, frame: str) -> None:
    """Is a statement asserted no more than the clause on which it hangs?"""
    assert read(question, _written(frame, statement)).points == 0


@pytest.mark.parametrize("frame", STANDING)
@pytest.mark.parametrize(("question", "statement"), STATED)
def test_a_clause_that_asserts(read: Reader, question: str, statement: str, frame: str) -> None:
    """And is it asserted where that clause is?"""
    assert read(question, _written(frame, statement)).points >= 1
