"""What it costs to read texts that are made to be slow.

    python -m tests.benchmarks.hostile_text [--size 200000] [--reader NAME] [--shape NAME] [--most 20]

Every reader of students' text reads every shape, at half of the size and at the whole. Prints, the slowest first, the
seconds for the whole and by how much twice the text takes longer. A reader is linear where that stays near 2.
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict, v4

from grader.answer.answer import framework
from grader.kernel import generation, runs
from grader.kernel.talk import messages, outputs
from grader.language import equations
from grader.language.prose import cover
from grader.language.prose.segments import sentences
from grader.notebook.blocks.blocks import blocks_of
from grader.notebook.blocks.marks import find_marks
from grader.notebook.blocks.unparsed import pieces_of_unparsed
from grader.notebook.headings.prompts import Prompts, asks
from grader.notebook.headings.topics import Topics, readable
from grader.notebook.reading.read import Cell, CellType, Notebook, read
from grader.notebook.segment import segment
from grader.notebook.source.api_names import api_names, only_prepares, student_names
from grader.pack.loading import load
from grader.pack.questions import Assignment
from grader.report import answers
from grader.report.code import highlight
from grader.report.literal import literal
from grader.report.page_limits import Budget
from grader.report.prose import prose
from grader.report.shown_outputs import shown
from grader.report.templates import breakable, spoken
from grader.text import neutral, neutral_lines
from reference.recurrent.equations import LSTM, NAMES

SIZE = 200_000
Read = Callable[[str], object]
Make = Callable[[int], str]


def _again(unit: str, before: str = "", behind: str = "") -> Make:
    """One thing over and over, in a frame."""
    return lambda size: before + unit * max(1, (size - len(before) - len(behind)) // len(unit)) + behind


def _counted(line: str) -> Make:
    """Lines that differ by a number."""
    return lambda size: "".join(line.format(number) for number in range(size // len(line)))


def _ladder(line: str) -> Make:
    """Each line one blank further in than the one before."""
    return lambda size: "".join(" " * depth + line for depth in range(int((2 * size) ** 0.5)))[:size]


def _runs(sign: str) -> Make:
    """Runs of one sign, each longer than the one before: none closes another."""
    return lambda size: "".join(sign * length + " a" for length in range(1, int((2 * size) ** 0.5)))[:size]


BLANK: dict[str, Make] = {
    "line breaks": _again("\n"),
    "spaces": _again(" "),
    "tabs": _again("\t"),
    "carriage returns": _again("\r"),
    "CR LF": _again("\r\n"),
    "vertical tabs and form feeds": _again("\v\f"),
    "no-break spaces": _again("\u00a0"),
    "line separators": _again("\u2028"),
    "nothing, 200,000 times": _again("\0"),
    "spaces and a letter": _again(" ", behind="x"),
    "line breaks and a letter": _again("\n", behind="x"),
    "lines of spaces": _again("                                        \n"),
    "lines of a letter": _again("a\n"),
    "lines of a word": _counted("word{}\n"),
    "backspaces": _again("ab\b"),
    "returns": _again("abc\r"),
    "escapes": _again("\x1b["),
    "colours": _again("\x1b[31mx"),
}
MARKDOWN: dict[str, Make] = {
    "hashes": _again("#"),
    "lines of hashes": _again("#\n"),
    "headings": _again("# a\n"),
    "quotes": _again(">"),
    "lines of quotes": _again("> a\n"),
    "nested quotes": _again("> " * 50 + "a\n"),
    "backticks": _again("`"),
    "backticks and letters": _again("`a"),
    "runs of backticks": _runs("`"),
    "fences": _again("```\n"),
    "fences of both kinds": _again("```\na\n~~~\n"),
    "fences of other lengths": lambda size: "".join("`" * n + "\n" for n in range(int((2 * size) ** 0.5), 2, -1))[
        :size
    ],
    "a long fence": _again("~", behind="`"),
    "fences with a language": _again("```python\n"),
    "stars": _again("*"),
    "stars and letters": _again("*a"),
    "stars that open": _again("*a **a "),
    "stars that open, underscores too": _again("*_a "),
    "underscores": _again("_a"),
    "tildes": _again("~~a"),
    "brackets": _again("["),
    "brackets, both": _again("[]"),
    "links": _again("[a]("),
    "nested links": lambda size: "[" * (size // 8) + "a" + "](b)" * (size // 8),
    "pictures": _again("![a]("),
    "references": _again("[a]: b\n"),
    "references that differ": _counted("[a{}]: b\n"),
    "nested lists": _ladder("- a\n"),
    "list items": _again("- a\n"),
    "empty list items": _again("-\n"),
    "list items in a line": _again("- "),
    "numbered lists": _counted("{}. a\n"),
    "pipes": _again("|"),
    "tables": _again("|a|b\n", before="|a|b\n|-|-\n"),
    "wide tables": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4) + "\n",
    "rows that are rules": _again("a|b\n-|-\n"),
    "rules": _again("---\n"),
    "headings below": _again("a\n=\n"),
    "openings of HTML": _again("<div "),
    "tags": _again("<b>"),
    "tags, nested": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
    "tables of HTML": _again("<table><tr><td>"),
    "closing tags": _again("</b>"),
    "less than": _again("<"),
    "comments": _again("<!--"),
    "comments behind a closed one": _again("<!--", before="-->"),
    "instructions": _again("<?"),
    "declarations": _again("<!A"),
    "entities": _again("&amp;"),
    "entities without end": _again("&a"),
    "a number of an entity": _again("9", before="&#"),
    "backslashes": _again("\\"),
    "escaped": _again("\\*"),
    "addresses": _again("https://a"),
    "e-mail": _again("<a@b"),
}
PROSE: dict[str, Make] = {
    "commas": _again(","),
    "sentences": _again("a. "),
    "full stops": _again("."),
    "exclamations": _again("!? "),
    "a long word": _again("a"),
    "words": _again("gate "),
    "words that differ": _counted("word{} "),
    "negations": _again("not no never without "),
    "digits": _again("1"),
    "numbers": _again("1. "),
    "numbered in a line": _again("a. 1. A "),
    "dashes": _again("-"),
    "long dashes": _again("–"),
    "dashes and spaces": _again("- \n"),
    "accents": _again("a\u0301"),
    "nothing but accents": _again("\u0301"),
    "emoji": _again("😀"),
    "joined emoji": _again("👩‍🚀"),
    "invisible": _again("\u200b"),
    "turned": _again("\u202e"),
    "ligatures": _again("ﷺ"),
    "colons": _again("a: "),
    "opening brackets": _again("("),
    "brackets in words": _again("a(b "),
    "apostrophes": _again("'"),
    "quotation marks": _again('"'),
    "marks": _again("Ans 1:- a\n"),
    "marks in a line": _again("a. Ans 1:- "),
    "marks that nearly are": _again("Ans "),
    "bold marks": _again("**1.** a\n"),
    "bold marks that nearly are": _again("**1"),
    "questions": _again("Explain the RNN cell.\n"),
    "questions in a line": _again("1. Explain RNN "),
    "asking": _again("what is "),
    "topics": _again("LSTM "),
    "topics that nearly are": _again("bidirectional "),
    "vanishing": _again("vanishing "),
    "the neural": _again("neural networks are "),
    "titles": _again("Name: "),
    "what is held": _again("that "),
    "what nobody says": _again("nobody would say that the gates "),
    "what others say": _again("according to my own very "),
    "said behind": _again("it is so , said my best friend "),
    "taken back": _again("- false "),
    "taken back above": _again("all of the words that are above is quite not false and "),
    "another tongue": _again("No es cierto que the gates see it. "),
    "strung together": _again("it is cell takes input. "),
    "labels and answers": _again("Truth: a gate is. Myth: a gate has. "),
    "tables, one after the other": _again("|a|b|c|\n|-|-|-|\n|x|y|z|\n\n"),
    "parts of a question": _again("Q1a)\n"),
    "corrections": _again("Correction to Q4: a gate.\n\n"),
    "answers that go on": _again("Answer 4 (continued)\n\n"),
}
EQUATIONS: dict[str, Make] = {
    "equals signs": _again("="),
    "a chain": _again("a = "),
    "equations": _again("f_t = σ(W_f x_t + U_f h_{t-1})\n"),
    "equations in a line": _again("f_t = σ(W_f x_t + U_f h_{t-1}) "),
    "wrong ones": _again("c_t = f_t * c_t + = σ(\n"),
    "an endless one": _again("σ(W x_t + ", before="f_t = "),
    "subscripts": _again("_t"),
    "superscripts": _again("^t"),
    "symbols": _again("h_{t-1} "),
    "a space before each": _again(" " * 60 + "= x"),
    "dollars": _again("$"),
    "dollars and letters": _again("$x$"),
    "dollars that open": _again("$a "),
    "double dollars": _again("$$\n"),
    "begin": _again("\\begin{"),
    "begin and nothing": _again("\\begin{align}"),
    "matrices": _again("\\begin{bmatrix} i \\\\ f \\end{bmatrix} = "),
    "a matrix": _again("\\begin{array} a", before="\\begin{array}" * 90),
    "fractions": _again("\\frac{"),
    "braces": _again("{"),
    "left": _again("\\left( "),
    "styles": _again("\\mathbf{"),
    "langle": _again("\\langle "),
    "prefixes": _again("np."),
    "arrows": _again("->"),
    "escaped brackets": _again("\\["),
    "subscripts of HTML": _again("h<sub>t</sub>"),
    "names of two words": _again("forget gate "),
}
PYTHON: dict[str, Make] = {
    "calls": _again("f("),
    "lists": _again("["),
    "lambda": _again("lambda:"),
    "not": _again("not "),
    "minus": _again("-", behind="1"),
    "sums": _again("1+", behind="1"),
    "powers": _again("1**", behind="1"),
    "attributes": _again(".a", before="a"),
    "subscripts in code": _again("[0]", before="a"),
    "comparisons": _again("a<", behind="a"),
    "strings": _again("'a' "),
    "strings in a row": _again("''"),
    "f-strings": _again("f'{a}' "),
    "nested f-strings": _again("f'{"),
    "strings without end": _again("'a\n"),
    "escaped quotes": _again("\\'"),
    "long strings": _again("''''''"),
    "long strings without end": _again("'''a\"\"\"b"),
    "long strings in lines": _again("'''a'''\n"),
    "docstrings": _again("def f():\n    '''a'''\n"),
    "print": _again("print('a')\n"),
    "print in a line": _again("print('a');"),
    "print with an accent": _again("print('é');"),
    "joined strings": _again("'a'\n", before="x = (\n", behind=")"),
    "decorators": _again("@a\n"),
    "comment lines": _again("# a\n"),
    "comments behind code": _again("a # b\n"),
    "comments behind wrong code": _again("a b # c\n"),
    "magics": _again("%magic a\n"),
    "shell": _again("!ls\n"),
    "cell magic": _again("a = 1\n", before="%%time\n"),
    "help": _again("a?\n"),
    "an indentation": _ladder("if a:\n"),
    "falling in": _ladder("a b\n"),
    "semicolons": _again(";"),
    "statements in a line": _again("a;"),
    "continued lines": _again("\\\n"),
    "statements": _counted("a{0} = {0}\n"),
    "imports": _again("import a\n"),
    "wrong imports": _again("import\n"),
    "for": _again("for a in b: "),
    "assignments": _again("a = "),
    "assignments in lines": _again("a = b c\n"),
    "classes": _again("class A:\n  a = 1\n"),
    "closing brackets": _again(")", behind="x"),
    "prose in code": _again("this is the way of a network\n"),
    "elif": _again("elif a: b\n", before="if a: b\n"),
    "else if": lambda size: "".join(" " * n + "if a:\n" for n in range(90)) + "a\n" * (size // 4),
    "dictionaries": _again("{a:"),
    "null bytes in code": _again("a\0\n"),
    "global": _again("global a\n"),
    "match": _again("match a:\n case b:\n  c\n"),
}
SHAPES: dict[str, Make] = {**BLANK, **MARKDOWN, **PROSE, **EQUATIONS, **PYTHON}


@cache
def pack() -> Assignment:
    """The assignment, ready to judge."""
    made = load()
    made.prepare()
    return made


def _notebook(text: str, kind: CellType, saved: str = "") -> Notebook:
    return Notebook(Path("student.ipynb"), "0" * 64, (Cell(0, kind, text, (), saved),), v4.new_notebook())


def _file(text: str) -> Notebook:
    """Through a file: as Markdown, as code, and as saved outputs."""
    stream = {"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}
    error = {"output_type": "error", "ename": "E", "evalue": text[:100], "traceback": [text]}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": text},
        {"cell_type": "code", "metadata": {}, "source": [text], "outputs": [stream, error], "execution_count": 1},
    ]
    content = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "student.ipynb")
        path.write_text(json.dumps(content), encoding="utf-8")
        return read(path)


def _explanation(text: str) -> object:
    question = pack().questions[7]
    prompts = [item.prompt for item in pack().questions]
    found = cover(
        (text,),
        question.concepts,
        question.misconceptions,
        copied_from=prompts,
        subject=question.subject,
        terms=pack().vocabulary,
    )
    return found.points


def _equations(text: str) -> object:
    return equations.judge(equations.find(text, NAMES), LSTM)


def _output(text: str, kind: str) -> object:
    return list(shown([_rich(text, kind)], 1, Budget()))


def _rich(text: str, kind: str) -> Mapping[str, Any]:
    if kind == "error":
        return {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]}
    if kind == "stream":
        return {"output_type": "stream", "name": "stdout", "text": text}
    return {"output_type": "display_data", "data": {kind: text}, "metadata": {}}


def _page(text: str, kind: str) -> object:
    cell: NotebookNode = from_dict({"cell_type": kind, "metadata": {}, "source": text})
    return answers.Notebook([cell]).rest()


def _error(text: str) -> object:
    content = {"status": "error", "ename": text, "evalue": text, "traceback": [text], "execution_count": 1}
    header = {"msg_type": "execute_reply"}
    message = messages.readable({"header": header, "parent_header": {}, "content": content})
    return runs.cell_error(message["content"]) if message else None


def _names(text: str) -> object:
    student = student_names([text])
    return api_names(text, student), only_prepares(text)


READERS: dict[str, Read] = {
    "read": _file,
    "generation": lambda text: generation.guess(_notebook(text, "code", text)),
    "segment Markdown": lambda text: segment(_notebook(text, "markdown"), pack()),
    "segment code": lambda text: segment(_notebook(text, "code"), pack()),
    "blocks of Markdown": lambda text: blocks_of(Cell(0, "markdown", text)),
    "blocks of code": lambda text: blocks_of(Cell(0, "code", text)),
    "unparsed": lambda text: list(pieces_of_unparsed(text)),
    "names": _names,
    "marks": find_marks,
    "topics": lambda text: (Topics(pack().questions, pack().vocabulary).in_prose(text), readable(text), asks(text)),
    "prompts": lambda text: (Prompts(pack().questions).whole(text), Prompts(pack().questions).start(text)),
    "framework": lambda text: framework([text]),
    "sentences": sentences,
    "explanation": _explanation,
    "equations": _equations,
    "one equation": equations.parse,
    "terminal": outputs.shown,
    "error": _error,
    "neutral": lambda text: (neutral(text), neutral_lines(text), neutral(text, 300)),
    "literal": lambda text: literal(text, 2_000),
    "page: stream": lambda text: _output(text, "stream"),
    "page: HTML": lambda text: _output(text, "text/html"),
    "page: Markdown output": lambda text: _output(text, "text/markdown"),
    "page: error": lambda text: _output(text, "error"),
    "page: Markdown": prose,
    "page: code": highlight,
    "page: cell": lambda text: (_page(text, "code"), _page(text, "raw")),
    "page: message": lambda text: (spoken(text[:2_000]), breakable(text[:200])),
}


class TooSlow(BaseException):
    """A reader was stopped."""


def seconds(read_: Read, text: str, runs_: int = 1, most: float = 60.0) -> float:
    """Of the processor, the least of several runs; `most` where one would take longer and can be stopped."""

    def stop(*_: object) -> None:
        raise TooSlow

    times = []
    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        for _ in range(runs_):
            start = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, most)
            read_(text)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            times.append(time.process_time() - start)
    except TooSlow:
        times.append(most)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--reader", help="only those whose name holds this", default="")
    parser.add_argument("--shape", help="only those whose name holds this", default="")
    parser.add_argument("--most", type=int, default=40, help="so many are printed")
    parser.add_argument("--stop", type=float, default=60.0, help="seconds after which a reader is stopped")
    options = parser.parse_args()
    found: list[tuple[float, float, str, str]] = []
    for name, read_ in READERS.items():
        if options.reader not in name:
            continue
        read_("warm = up")
        for shape, make in SHAPES.items():
            if options.shape not in shape:
                continue
            half, whole = (seconds(read_, make(size), most=options.stop) for size in (options.size // 2, options.size))
            found.append((whole, whole / max(half, 1e-3), name, shape))
        total = sum(item[0] for item in found if item[2] == name)
        print(f"{total:8.1f} s for all shapes: {name}", flush=True)
    print(f"\n{'seconds':>8} {'growth':>7}")
    for whole, growth, name, shape in sorted(found, reverse=True)[: options.most]:
        print(f"{whole:8.2f} {growth:7.1f}  {name}: {shape}")


if __name__ == "__main__":
    main()
