"""What a terminal shows of a class: how far it is, and who is missing."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.cli.class_list import lines_of
from grader.cli.under_way import Tally, progress
from grader.roll.roll import Person, Roll, Row
from tests.report import samples
from tests.report.hostile import ATTACKS

GOOD = samples.graded(flags=())
FLAGGED = samples.graded(flags=("please look",))
FAILED = samples.without_grade("failed", "no kernel")


def test_how_far_a_class_is() -> None:
    """Are results of an earlier run counted apart, and is the time left reckoned from those that were graded now?"""
    tally = Tally(10, started=100.0)
    assert tally.said(100.0) == "0 of 10 done"
    for _ in range(3):
        tally.count(GOOD, kept=True)
    tally.count(GOOD)
    assert tally.said(120.0) == "4 of 10 done, 3 kept"  # one tells nothing of the others
    tally.count(FAILED)
    tally.count(FLAGGED)
    assert tally.said(130.0) == "6 of 10 done, 3 kept, 1 failed, 1 to look at, about 40 s left"
    for _ in range(4):
        tally.count(GOOD)
    assert tally.said(200.0) == "10 of 10 done, 3 kept, 1 failed, 1 to look at"


@pytest.mark.parametrize(
    ("elapsed", "left"), [(2, "about 1 s"), (170, "about 85 s"), (600, "about 5 min"), (36_000, "about 5 h 0 min")]
)
def test_the_time_left_as_people_say_it(elapsed: float, left: str) -> None:
    """Is it in seconds, minutes or hours?"""
    tally = Tally(3, started=0.0)
    tally.count(GOOD)
    tally.count(GOOD)
    assert tally.said(elapsed).endswith(f"{left} left")


@pytest.mark.parametrize("terminal", [True, False])
def test_kept_ones_are_counted_and_no_failure_is_explained_yet(terminal: bool) -> None:
    """Does a run that continues show what is new, and leave the reasons to the end, where each is said once?"""
    console = Console(file=io.StringIO(), width=200, force_terminal=terminal, color_system=None)
    with progress(3, console=console) as watch:
        watch.start("ada")
        watch.keep("ada", GOOD)
        for name, result in (("bob", FAILED), ("cy", FLAGGED)):
            watch.start(name)
            watch.finish(name, result)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "no kernel" not in text
    assert "bob: no grade" in text
    assert "ada:" not in text
    if not terminal:
        assert text.splitlines()[-1].endswith("| 3 of 3 done, 1 kept, 1 failed, 1 to look at")


def row(key: str, **more: object) -> Row:
    given: dict[str, object] = {"folder": key} if "absent" not in more else {}
    return Row.model_validate({"key": key, "person": Person(name=key), "on_roster": True, **given, **more})


def test_everybody_who_is_to_be_told_of_is_named() -> None:
    """Is each kind a line, with all names and the reason as it was written?"""
    roll = Roll(
        rows=(
            row("Lovelace, Ada"),
            row("Bo", absent="handed in nothing"),
            row("Cy", absent="handed in nothing"),
            row("Di", absent="handed in no notebook, but HW.pdf"),
            row("Eve", on_roster=False, late=True),
            row("Flo", doubtful="matched by a similar name alone", others=("old.ipynb", "x.zip")),
        )
    )
    assert list(lines_of(roll)) == [
        "Handed in nothing (2): Bo; Cy",
        "Handed in no notebook, but HW.pdf (1): Di",
        "Not on the roster (1): Eve",
        "Doubtful: Flo matched by a similar name alone",
        "Handed in several notebooks, of which one is graded (1): Flo",
        "Late (1): Eve",
    ]


def test_without_a_roster_nobody_is_a_stranger() -> None:
    """Is nobody called missing from a roster that was not given?"""
    assert list(lines_of(Roll(rows=(row("ada", on_roster=False),)))) == []


@pytest.mark.parametrize("name", ATTACKS)
def test_names_are_text_only(name: str) -> None:
    """Does no name or reason act on the terminal?"""
    attack = ATTACKS[name]
    roll = Roll(rows=(row(f"a{attack}", absent=f"b{attack}", doubtful=attack),))
    assert not set("".join(lines_of(roll))) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00", "\n"}
