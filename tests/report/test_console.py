"""What a terminal shows."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.cli.console import question_table, summary_table
from grader.cli.under_way import progress
from grader.result.model import Result
from tests.report import samples
from tests.report.hostile import ATTACKS


def printed(*things: object, width: int = 100, terminal: bool = False) -> str:
    """What a console of that width writes."""
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None)
    console.print(*things)
    return text_of(console)


def text_of(console: Console) -> str:
    """What was written to a console that writes to memory."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def row(text: str, start: str) -> list[str]:
    """The cells of the row of a table in which a cell is `start`."""
    rows = [[cell.strip() for cell in line.strip("│┃ ").split("│")] for line in text.splitlines()]
    return next(cells for cells in rows if start in cells)


def named(name: str, **more: object) -> Result:
    """A submission of that name."""
    submission = samples.graded().submission.model_copy(update={"name": name})
    return samples.graded(submission=submission, **more)


def test_the_table_of_a_submission_has_a_line_for_each_question(result: Result):
    """Does one see every question with its points, and the sum?"""
    text = printed(question_table(result))
    assert row(text, "Peephole LSTM") == ["6", "Peephole LSTM", "4 / 10", "3 of 5", "answered"]
    assert row(text, "BiGRU") == ["10", "BiGRU", "0 / 10", "0 of 3", "missing"]
    assert row(text, "Total")[1] == "69 / 100"
    assert "1 flag" in text


def test_the_table_of_a_class_has_a_line_for_each_submission():
    """Does one see every score, what to look at, and the mean of those that have a grade?"""
    results = [
        named("ada"),
        named("bob", questions=tuple(samples.full(number, ()) for number in range(1, 11)), flags=()),
        samples.without_grade("unreadable", "hw.ipynb: is not JSON"),
    ]
    text = printed(summary_table(results))
    assert row(text, "bob")[1] == "100 / 100"
    assert row(text, "unreadable")[2] == "hw.ipynb: is not JSON"
    assert "2 of 3 submissions graded, mean score 84.5" in text


def test_a_class_without_any_grade_has_no_mean():
    """Is nothing divided by nothing?"""
    assert "mean" not in printed(summary_table([samples.without_grade("failed", "no kernel")]))
    assert "mean" not in printed(summary_table([]))


def test_a_submission_without_a_grade_shows_the_reason():
    """Does one read why there is no grade?"""
    text = printed(question_table(samples.without_grade("failed", "the kernel could not be started")))
    assert "the kernel could not be started" in text
    assert "Total" not in text


@pytest.mark.parametrize("name", ATTACKS)
def test_student_text_is_text_only(name: str):
    """Do names, titles, reasons and flags never act on the terminal, and never break a table?"""
    attack = ATTACKS[name]
    result = named(attack, flags=(attack,), questions=(samples.full(1, ()).model_copy(update={"title": attack}),))
    without = named(attack, status="failed", reason=attack, questions=())
    for table in (summary_table([result, without]), question_table(result), question_table(without)):
        text = printed(table, width=400)
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\x00"}
    if name == "rich markup":
        assert "[red]x[/red]" in printed(summary_table([result]), width=400)


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "log"])
def test_progress_shows_any_text_as_text(name: str, terminal: bool):
    """Does a hostile name or line neither raise an error, nor reach the terminal as an escape?"""
    attack = ATTACKS[name]
    console = Console(file=io.StringIO(), width=200, force_terminal=terminal, color_system=None)
    with progress(console=console) as watch:
        watch.start(attack)
        watch.update(attack, 1, 3, attack)
        watch.finish(attack, named(attack))
    text = text_of(console)
    assert "69 / 100" in text
    assert "\x1b]" not in text
    assert "\x1b[31m" not in text


def test_progress_in_a_log_is_one_line_for_each_submission():
    """Is a log of a CI run readable: one line each, nothing drawn over?"""
    console = Console(file=io.StringIO(), width=80)
    with progress(console=console) as watch:
        for name in ("ada", "bob"):
            watch.start(name)
            for done in range(20):
                watch.update(name, done, 20, "question 3")
            watch.finish(name, named(name))
    assert text_of(console) == "ada: 69 / 100 (12 s)\nbob: 69 / 100 (12 s)\n"


def test_progress_on_a_terminal_shows_how_far_it_is():
    """Does one see name, cells and what happens now, while it happens?"""
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None)
    with progress(console=console) as watch:
        watch.start("ada")
        watch.update("ada", 7, 20, "question 3")
        watch.update("somebody else", 1, 2, "was never started")
    text = text_of(console)
    assert "ada" in text
    assert "7/20 cells" in text
    assert "question 3" in text


def test_quiet_writes_nothing(capfd: pytest.CaptureFixture[str], result: Result):
    """Is nothing at all written when quiet was asked for?"""
    with progress(quiet=True) as watch:
        watch.start("ada")
        watch.update("ada", 1, 2, "text")
        watch.finish("ada", result)
    assert capfd.readouterr() == ("", "")


def test_progress_goes_to_standard_error(capfd: pytest.CaptureFixture[str], result: Result):
    """Is standard output free for the table, so that it can be piped?"""
    with progress() as watch:
        watch.start("ada")
        watch.finish("ada", result)
    out, err = capfd.readouterr()
    assert out == ""
    assert "ada: 69 / 100" in err


def test_an_error_within_the_block_is_not_lost():
    """Does the display end, and the error go on, when the grading is interrupted?"""
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None)

    def interrupted() -> None:
        with progress(console=console) as watch:
            watch.start("ada")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    # The cursor, which the bars hide, is shown again.
    assert text_of(console).rfind("\x1b[?25h") > text_of(console).rfind("\x1b[?25l") > -1
