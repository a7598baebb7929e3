"""Which notebook of a student is graded, and what is said where there is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.choosing import Chosen, chosen
from grader.intake.handed import HandedIn
from grader.intake.ownership import Claim, Whose
from grader.roll.roll import Person

ADA = Person(name="Ada")


def file(name: str, order: int = 0, day: int = 1, problem: str | None = None, typed: bool = False) -> Claim:
    place = tuple(name.split("/"))
    path = None if problem is not None or not name.endswith(".ipynb") else Path("/x") / name
    item = HandedIn(place, path, datetime(2026, 1, day, tzinfo=UTC), problem)
    return Claim(item, Whose("ada", ADA, order=order, typed=typed), place)


def choose(*claims: Claim, **answers: int | None) -> Chosen:
    """What is chosen where notebooks answer so many questions, by their stems."""
    return chosen(claims, lambda path: answers[path.stem.replace(" ", "_").replace("-", "_")])


def name_of(found: Chosen) -> str | None:
    return None if found.claim is None else "/".join(found.claim.name)


def test_the_only_notebook_is_graded_without_being_counted() -> None:
    """Is nothing read where there is nothing to choose?"""
    found = choose(file("hw.ipynb"), file("data.csv"))
    assert (name_of(found), found.others, found.told, found.flags) == ("hw.ipynb", (), None, ())


def test_the_one_that_answers_most_is_graded() -> None:
    """Is an older notebook with more answers taken, and is it told which was not?"""
    found = choose(file("full.ipynb", order=1), file("draft.ipynb", order=2), full=10, draft=3)
    assert name_of(found) == "full.ipynb"
    assert found.others == ("draft.ipynb",)
    assert found.told == (
        "Of 2 notebooks that were handed in, full.ipynb (answers 10 questions) was graded, "
        "and not draft.ipynb (answers 3 questions)."
    )
    assert found.flags[0].startswith("please look: of 2 notebooks")


@pytest.mark.parametrize(
    ("older", "newer"),
    [(file("a.ipynb", order=1, day=9), file("b.ipynb", order=2)), (file("b.ipynb", day=2), file("a.ipynb", day=3))],
)
def test_a_tie_goes_to_the_newest(older: Claim, newer: Claim) -> None:
    """Is what the LMS counts up, and then the time of the file, what decides between equals?"""
    for order in ((older, newer), (newer, older)):
        assert choose(*order, a=5, b=5).claim is newer


def test_a_notebook_that_cannot_be_read_is_taken_last() -> None:
    """Is one that can be read graded, though it answer nothing?"""
    found = choose(file("good.ipynb", day=1), file("bad.ipynb", day=2), good=0, bad=None)
    assert name_of(found) == "good.ipynb"
    assert "bad.ipynb (cannot be read)" in (found.told or "")


@pytest.mark.parametrize(
    "name",
    [
        "Copy of hw.ipynb",
        "copy of x.ipynb",
        "Kopie von hw.ipynb",
        "hw-Copy1.ipynb",
        "hw copy.ipynb",
        "feedback.ipynb",
        "feedback-1.ipynb",
        "feedback (2).ipynb",
    ],
)
def test_a_copy_and_a_report_of_ours_count_only_alone(name: str) -> None:
    """Is a copy no submission beside another notebook, and graded, with a flag, where there is nothing else?"""
    stem = name.removesuffix(".ipynb").replace(" ", "_").replace("-", "_")
    assert name_of(choose(file("hw.ipynb"), file(name, order=9), hw=4, **{stem: 10})) == "hw.ipynb"
    assert name_of(choose(file("hw.ipynb", order=9), file(name), hw=0, **{stem: 10})) == name
    found = choose(file(name))
    assert name_of(found) == name
    assert "is a copy, or an earlier report" in found.flags[0]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ([], "handed in nothing"),
        ([Claim(HandedIn(("ada",), is_empty_folder=True), Whose("ada", ADA), ("ada",))], "handed in an empty folder"),
        ([file("text.html", typed=True)], "typed a text, and handed in no file"),
        ([file("hw.pdf"), file("a/b.docx")], "handed in no notebook, but hw.pdf, a/b.docx"),
        (
            [file(f"{n}.pdf") for n in range(7)],
            "handed in no notebook, but 0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf and 2 more",
        ),
    ],
)
def test_why_there_is_nothing_to_grade(claims: list[Claim], reason: str) -> None:
    """Is it said in one sentence what there is instead?"""
    found = choose(*claims)
    assert (found.claim, found.absent) == (None, reason)


def test_what_was_refused_is_the_reason() -> None:
    """Is an archive that is not opened a row with that reason, and beside a notebook something to look at?"""
    bad = file("w.zip", problem="is encrypted")
    found = choose(bad, file("x.zip/a.ipynb", problem="is a link"))
    assert (found.claim, found.problem) == (bad, "w.zip is encrypted; and 1 more of this kind")
    found = choose(bad, file("hw.ipynb"))
    assert (name_of(found), found.problem, found.others) == ("hw.ipynb", None, ("w.zip",))
    assert found.flags == ("please look: w.zip is encrypted",)


def test_a_notebook_that_is_there_twice_is_not_another_one() -> None:
    """Is the one that was taken not told as one that was not?"""
    found = choose(file("hw.ipynb", problem="is there twice"), file("hw.ipynb"))
    assert (name_of(found), found.others, found.flags) == ("hw.ipynb", (), ("please look: hw.ipynb is there twice",))


def test_names_reach_no_terminal() -> None:
    """Is a control character in a name written out?"""
    found = choose(file("a\x1b[31m.pdf"))
    assert "\x1b" not in (found.absent or "")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=6), st.randoms())
def test_the_order_in_which_files_come_decides_nothing(notebooks: list[tuple[int, int]], random: object) -> None:
    """Is the same notebook taken, in whatever order the archive has them?"""
    claims = [file(f"n{place}.ipynb", order=order) for place, (_, order) in enumerate(notebooks)]
    answers = {f"n{place}": count for place, (count, _) in enumerate(notebooks)}
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(*claims, **answers).claim is choose(*shuffled, **answers).claim
