"""report.html: one page that holds everything it shows, runs nothing and asks nothing of the network."""

from __future__ import annotations

from markupsafe import Markup
from nbformat import NotebookNode

from grader.gradebook.how_it_stands import Standing
from grader.report import charts
from grader.report.code import highlight
from grader.report.page import NOTHING, page
from grader.report.prose import prose
from grader.report.templates import environment, folder
from grader.result.model import Result
from grader.result.names import Reader

STYLESHEET = "report.css"


def prepare() -> None:
    """Load what the first page needs: templates, the lexer of Python, and what sets Markdown and TeX."""
    highlight("")
    prose("$x$")
    charts.prepare()
    made = environment()
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)


def render(
    result: Result, notebook: NotebookNode | None = None, reader: Reader = "student", standing: Standing = NOTHING
) -> str:
    """The page of a result as HTML; with the executed notebook, the notes stand beside the student's cells.

    What people decided about the student is shown as theirs.

    The notebook may be the executed or the annotated one. Nothing in either can add an element that loads, links or
    runs; the policy in the page's head forbids it a second time.
    """
    style = Markup((folder() / STYLESHEET).read_text(encoding="utf-8"))
    return (
        environment().get_template("page.html").render(page=page(result, notebook, reader, standing), stylesheet=style)
    )
