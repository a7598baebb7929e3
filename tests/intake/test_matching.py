"""Who has handed in what: is each student's work theirs, and what is doubtful said to be so?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.handed import HandedIn
from grader.intake.matching import HandIn, Student, students_of
from grader.intake.ownership import Claim, Whose
from grader.intake.person_names import key_of, similarity
from grader.roll.roll import Lms, Person

CLASS = [
    Person(name="Ada Lovelace", id="0012", login="ada99", email="al@x.org", lms_id="4711", github="ada-99"),
    Person(name="George Gordon Byron", id="0013", login="geo1", email="gb@x.org", lms_id="4712"),
    Person(name="Zoë Müller", id="0014", email="zm@x.org"),
    Person(name="Mary Shelley", id="0015", email="ms@x.org"),
    Person(name="Mary Shelly", id="0016", email="ms2@x.org"),
]


def handed(lms: Lms | None = "canvas", **told: str) -> HandIn:
    person = Person(**told)
    return HandIn(person, (Claim(HandedIn(("x.ipynb",)), Whose("x", person), ("x.ipynb",)),), lms)


def owners(*hand_ins: HandIn) -> dict[str, str | None]:
    """Who has handed in, with what is doubtful about it."""
    return {
        (student.person.id or "?" if student.on_roster else f"not {student.person.name}"): student.doubtful
        for student in students_of(hand_ins, CLASS)
        if student.claims
    }


@pytest.mark.parametrize(
    ("hand_in", "owner"),
    [
        (handed(lms_id="4711", name="byrongeorge gordon"), "0012"),
        (handed("blackboard", id="GEO1", login="GEO1", name="Ada Lovelace"), "0013"),
        (handed("gradescope", email="ZM@x.org", name="Nobody"), "0014"),
        (handed("gradescope", id="12"), "0012"),
        (handed("github-classroom", github="Ada-99"), "0012"),
        (handed("github-classroom", name="nlp-hw-3-ada-99"), "0012"),
        (handed("nbgrader", id="zm"), "0014"),
        (handed("moodle", lms_id="999", name="Müller Zoë"), "0014"),
        (handed("moodle", name="zoe muller"), "0014"),
        (handed(lms_id="999", name="müllerzoë"), "0014"),
        (handed(lms_id="999", name="byrongeorgegordon"), "0013"),
        (handed(None, name="0013"), "0013"),
        (handed(None, name="0013_Ada Lovelace"), "0013"),
        (handed(None, name="Lovelace, Ada (ada99)"), "0012"),
        (handed(None, name="al@x.org"), "0012"),
        (handed(None, name="mary_shelley"), "0015"),
        (handed(None, name="Zoe Muller - hw3"), "0014"),
        (handed(None, name="NLP_Assignment_3_mary_shelley_final"), "0015"),
        (handed("github-classroom", name="ada-99"), "0012"),
    ],
)
def test_by_number_and_by_name(hand_in: HandIn, owner: str) -> None:
    """Is a number taken before a name, a name in any order and spelling for one, and neither for doubtful?"""
    assert owners(hand_in) == {owner: None}


def test_a_similar_name_is_taken_last_and_is_doubtful() -> None:
    """Is a slip in a name matched, and flagged with both?"""
    for name in ("Adda Lovelace", "Lovelaec Ada", "Ada King Lovelace"):
        ((owner, why),) = owners(handed("moodle", name=name)).items()
        assert owner == "0012"
        assert name in (why or "")
        assert "Ada Lovelace" in (why or "")
    assert list(owners(handed(lms_id="9", name="lovelacaada"))) == ["0012"]


@pytest.mark.parametrize(
    "name", ["Charles Babbage", "Ada", "Mary Sheley", "Mary", "George", "Lovelace Countess of Somewhere Else"]
)
def test_another_name_is_not_on_the_roster(name: str) -> None:
    """Is nobody given the work of somebody else, though the name be a little like theirs, or like that of two?"""
    assert list(owners(handed("moodle", name=name))) == [f"not {name}"]


def test_two_of_one_name_are_not_guessed() -> None:
    """Are two students who are called the same told apart by numbers alone, and is it said if not?"""
    twins = [Person(name="Jo Smith", id="1"), Person(name="Jo Smith", id="2")]
    found = students_of([handed("moodle", lms_id="7", name="Jo Smith")], twins)
    assert [bool(student.claims) for student in found] == [False, False, True]
    assert "2 on the roster are called so" in (found[2].doubtful or "")
    found = students_of([handed("moodle", lms_id=n, name="Jo Smith") for n in ("7", "8")], twins[:1])
    assert [bool(student.claims) for student in found] == [False, True, True]
    assert all("2 who handed in" in (student.doubtful or "") for student in found[1:])


def test_one_who_is_there_by_number_is_not_taken_for_a_namesake() -> None:
    """Does a second hand-in under the name of who has handed in already not become part of theirs?"""
    found = owners(handed("moodle", lms_id="4711"), handed("moodle", lms_id="1", name="Ada Lovelace"))
    assert found["0012"] is None
    assert "under a number" in (found["not Ada Lovelace"] or "")


def test_what_a_student_hands_in_twice_is_one_students() -> None:
    """Are two hand-ins with numbers of one student one row?"""
    (student,) = (
        each for each in students_of([handed(lms_id="4711"), handed("nbgrader", id="ada99")], CLASS) if each.claims
    )
    assert len(student.claims) == 2


def test_handing_in_changes_nobodys_name() -> None:
    """Is a student called the same before and after handing in, though the LMS tell a number besides?"""
    roster = [Person(name="Ada Lovelace"), Person(name="Bo")]
    before = students_of([], roster)
    after = students_of([handed("moodle", lms_id="7", name="Ada Lovelace")], roster)
    assert [student.label for student in before] == [student.label for student in after] == ["Ada Lovelace", "Bo"]
    assert after[0].person.lms_id == "7"
    assert [student.label for student in students_of([], roster, ["a", "b"])] == ["a", "b"]


def test_everybody_is_there() -> None:
    """Has everybody on the roster a row in its order, and who is not on it one behind?"""
    found = students_of([handed("moodle", name="Xavier Unknown"), handed("moodle", name="Abe Unknown")], CLASS)
    assert [student.person.name for student in found] == [
        *(person.name for person in CLASS),
        "Abe Unknown",
        "Xavier Unknown",
    ]


def test_without_a_roster_nobody_is_on_it() -> None:
    """Are those who handed in there by their names?"""
    found = students_of([handed("moodle", name="bo"), handed("moodle", name="Al")], None)
    assert [(student.person.name, student.on_roster) for student in found] == [("Al", False), ("bo", False)]


@given(st.permutations([*range(4)]))
def test_the_order_of_files_decides_nothing(order: list[int]) -> None:
    """Is the same work the same student's, in whatever order the archive has it?"""
    items = [
        handed("moodle", lms_id="4711", name="A"),
        handed("moodle", name="Zoe Muller"),
        handed("moodle", name="George Byron"),
        handed("moodle", name="Mary Shelley"),
    ]

    def said(students: list[Student]) -> list[tuple[str | None, str | None, bool]]:
        return [(student.person.id, student.doubtful, bool(student.claims)) for student in students]

    assert said(students_of([items[place] for place in order], CLASS)) == said(students_of(items, CLASS))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_are_compared(one: str, other: str) -> None:
    """Is the similarity of any two texts a number from 0 to 100, and the same either way?"""
    assert 0 <= similarity(one, other) <= 100
    assert similarity(one, other) == pytest.approx(similarity(other, one))
    assert key_of(f"{one} {other}") == key_of(f"{other}, {one}")
