"""What a terminal shows: the grades. Nothing from a notebook is taken as markup."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.table import Table
from rich.text import Text

from grader.result.actions import actions
from grader.result.model import QuestionResult, Result
from grader.result.phrases import DO_NEXT
from grader.text import neutral

NAME_LIMIT, REASON_LIMIT = 60, 200
GOOD, FAIR = 0.8, 0.5
STYLES = {"answered": "", "missing": "yellow", "error": "red", "timeout": "red"}


def summary_table(results: Sequence[Result], most: int | None = None, kept: Collection[str] = frozenset()) -> Table:
    """One line for each submission: its score, and what a human should look at; then the mean of those graded.

    `most` is how many there are in all, where some of them are told elsewhere. Where some results are new and others,
    the `kept` ones, are from an earlier run, a column tells which, and those that were kept are pale.
    """
    names = {result.submission.name for result in results}
    mixed = bool(names & {*kept}) and bool(names - {*kept})
    table = Table(title=_title(results), title_justify="left", title_style="bold", caption_justify="left")
    table.add_column("Submission", overflow="fold")
    table.add_column("Score", justify="right", no_wrap=True)
    if mixed:
        table.add_column("", no_wrap=True)
    table.add_column("To look at", overflow="fold")
    for result in results:
        is_kept = result.submission.name in kept
        run = [Text("kept" if is_kept else "new")] if mixed else []
        cells = (_text(result.submission.name, NAME_LIMIT), _score(result), *run, _remark(result))
        table.add_row(*cells, style="dim" if mixed and is_kept else None)
    caption = mean_of(results, most)
    if caption is not None:
        table.caption = caption
    return table


def mean_of(results: Sequence[Result], most: int | None = None) -> str | None:
    """How many of how many are graded, and their mean; None where that are fewer than two."""
    graded = [result for result in results if result.status == "graded"]
    if len(graded) < 2:
        return None
    mean = sum(result.score for result in graded) / len(graded)
    return f"{len(graded)} of {_count(most or len(results), 'submission')} graded, mean score {mean:.1f}"


def question_table(result: Result) -> Table:
    """One line for each question of a submission, and the sum; where there is no grade, the reason."""
    table = Table(title=_text(result.submission.name, NAME_LIMIT), title_justify="left", title_style="bold")
    if result.status != "graded":
        table.add_column("No grade", overflow="fold")
        table.add_row(_text(result.reason or "no reason was given", REASON_LIMIT))
        return table
    table.add_column("", justify="right")
    table.add_column("Question", overflow="fold", footer="Total")
    table.add_column("Score", justify="right", no_wrap=True, footer=_score(result))
    table.add_column("Checks passed", justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    table.show_footer = True
    for question in result.questions:
        table.add_row(
            str(question.number),
            _text(question.title, NAME_LIMIT),
            _points(question.score, question.max_score),
            _passed(question),
            Text(question.status, style=STYLES[question.status]),
        )
    if result.flags:
        table.caption = _text(f"To look at: {_count(len(result.flags), 'flag')}, in result.json", REASON_LIMIT)
        table.caption_justify = "left"
    return table


def next_steps(result: Result) -> list[Text]:
    """What to do next in the notebook, a line for each, most points first; none where nothing is to be done."""
    found = actions(result)
    lines = [Text.assemble((f"{f'+{action.points}':>4}", "bold"), " ", neutral(action.sentence)) for action in found]
    return [Text(DO_NEXT, style="bold"), *lines] if found else []


def _title(results: Sequence[Result]) -> Text:
    titles = dict.fromkeys(neutral(result.assignment.title, NAME_LIMIT) for result in results)
    return Text(", ".join(titles))


def _text(text: str, limit: int) -> Text:
    # A Text is never parsed for markup, as a str in a table would be.
    return Text(neutral(text, limit))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _score(result: Result) -> Text:
    if result.status != "graded":
        return Text(result.status, style="red")
    return _points(result.score, result.max_score)


def _points(score: int, most: int) -> Text:
    share = score / most if most else 1.0
    style = "green" if share >= GOOD else "yellow" if share >= FAIR else "red"
    return Text.assemble((str(score), style), f" / {most}")


def _passed(question: QuestionResult) -> str:
    passed = sum(check.status == "pass" for check in question.checks)
    return f"{passed} of {len(question.checks)}"


def _remark(result: Result) -> Text:
    if result.status != "graded":
        return _text(result.reason or "", REASON_LIMIT)
    if not result.flags:
        return Text()
    more = f" (and {len(result.flags) - 1} more)" if len(result.flags) > 1 else ""
    return _text(result.flags[0], REASON_LIMIT).append(more)
