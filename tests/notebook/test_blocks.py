from __future__ import annotations

import ast
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.language.seen import seen as as_seen
from grader.notebook.blocks.blocks import Block, blocks_of
from grader.notebook.reading.read import Cell, CellType


def cut(source: str, kind: CellType = "code") -> tuple[Block, ...]:
    return blocks_of(Cell(4, kind, source))


def seen(source: str, kind: CellType = "code") -> list[tuple[str, str, str, int, int]]:
    return [(block.kind, block.source, block.text, block.first_line, block.last_line) for block in cut(source, kind)]


def test_a_docstring_is_prose_and_the_rest_is_code() -> None:
    """Is the most common form of answer read with its lines?"""
    assert seen("'''Ans 4:- An LSTM\nis a cell.'''\n\nimport tensorflow as tf\nx = 1\n") == [
        ("prose", "docstring", "Ans 4:- An LSTM\nis a cell.", 1, 2),
        ("code", "code", "import tensorflow as tf\nx = 1", 4, 5),
    ]


def test_comments_that_follow_one_another_are_one_text() -> None:
    """Is a paragraph of comments a paragraph, and a comment behind code its own?"""
    assert seen("# one\n#two\n\n# three\nx = 1  # four\ny = 2") == [
        ("prose", "comment", "one\ntwo", 1, 2),
        ("prose", "comment", "three", 4, 4),
        ("prose", "comment", "four", 5, 5),
        ("code", "code", "x = 1\ny = 2", 5, 6),
    ]


def test_prose_inside_a_function_is_taken_out_and_the_code_still_parses() -> None:
    """Does the function stay whole, line by line?"""
    source = 'def step(x):\n    """Ans 1: one step."""\n    # adds one\n    return x + 1\n'
    *prose, code = cut(source)
    assert [(block.text, block.first_line) for block in prose] == [("Ans 1: one step.", 2), ("adds one", 3)]
    assert (code.first_line, code.last_line) == (1, 4)
    assert code.text.split("\n")[3] == "    return x + 1"
    assert isinstance(ast.parse(code.text).body[0], ast.FunctionDef)


def test_literal_text_that_is_printed_is_prose() -> None:
    """Are answers in print(...) found, joined and formatted ones too, but not what is computed?"""
    source = (
        "print('Ans 5: a ' 'GRU', x)\nprint('it has {} gates'.format(2) + 'too')\nprint(f'n = {n}', '---')\nlog('no')"
    )
    assert [(block.text, block.first_line) for block in cut(source) if block.kind == "prose"] == [
        ("Ans 5: a  GRU", 1),
        ("it has {} gates", 2),
        ("too", 2),
    ]
    assert "print(f'n = {n}', '---')\nlog('no')" in cut(source)[-1].text


def test_a_line_break_in_printed_text_is_one_but_latex_stays() -> None:
    """Is "\\n" read as the student sees it, and "\\nabla" too?"""
    (text, _) = cut(r"print('Ans 1: a\nAns 2: $\nabla L$')")[:2]
    assert text.text == "Ans 1: a"
    assert cut(r"print('Ans 1: a\nAns 2: $\nabla L$')")[1].text == r"Ans 2: $\nabla L$"


def test_a_text_that_is_assigned_is_an_answer_only_if_it_is_marked() -> None:
    """Is sample data in strings left alone?"""
    assert seen("a = 'Ans 3: gradients vanish'")[0][:3] == ("prose", "docstring", "Ans 3: gradients vanish")
    assert [block.kind for block in cut("text = 'the cat sat on the mat and saw question 3'")] == ["code"]


def test_magics_and_shell_lines_do_not_make_a_cell_unreadable() -> None:
    """Is the rest of such a cell still told apart, and `%` in expressions left alone?"""
    source = "%matplotlib inline\n!pip x | grep y\nfiles = !ls\n# Ans 2\nx = (7\n % 3)\nLSTM?\n'''doc\n% no magic'''"
    found = seen(source)
    assert ("prose", "comment", "Ans 2", 4, 4) in found
    assert ("code", "code", "x = (7\n % 3)", 5, 6) in found
    assert ("prose", "docstring", "doc\n% no magic", 8, 9) in found
    assert [text for kind, _, text, _, _ in found if kind == "code" and "7" not in text] == [
        "%matplotlib inline",
        "!pip x | grep y",
        "files = !ls",
        "LSTM?",
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%%time\n# Ans 1\nx = 1", [("code", "%%time"), ("prose", "Ans 1"), ("code", "x = 1")]),
        ("%%bash\n# not ours\nls", [("code", "%%bash\n# not ours\nls")]),
        ("%%markdown\nAns 1: text", [("code", "%%markdown"), ("prose", "Ans 1: text")]),
        ("%md\nf = W·[h, x]\n\nis a gate", [("code", "%md"), ("prose", "f = W·[h, x]\n\nis a gate")]),
    ],
)
def test_cell_magics_say_what_a_cell_holds(source: str, expected: list[tuple[str, str]]) -> None:
    """Is a cell of another language not read as Python?"""
    assert [(block.kind, block.text) for block in cut(source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "Explain Peephole LSTM",
        "6. Explain Peephole LSTM",
        "What is an LSTM?",
        "Ans 4:- LSTM is a network that remembers.",
    ],
)
def test_prose_without_quotes_in_a_code_cell_is_prose(source: str) -> None:
    """Is question text, a SyntaxError when run, read as text?"""
    assert [(block.kind, block.text) for block in cut(source)] == [("prose", source)]


def test_code_with_a_mistake_stays_code_and_its_comments_are_found() -> None:
    """Does a missing bracket not turn a model into prose?"""
    source = "import keras as k\n# the layer\nmodel = k.Sequential([\n    k.layers.LSTM(3),\nmodel.fit(x, y)\n"
    assert [(block.kind, block.first_line) for block in cut(source)] == [("code", 1), ("prose", 2), ("code", 3)]


@pytest.mark.parametrize("equation", ["f_t = σ(W_f x_t + b)", "f_t = σ(W_f·[h_(t-1), x_t] + b_f)", "c = f⊙c + i⊙g"])
def test_prose_and_code_in_a_cell_that_does_not_parse_are_told_apart(equation: str) -> None:
    """Is an answer without quotes above its code found, equations included?"""
    source = f"Ans 8:- The gates of the LSTM are:\n{equation}\nthey are between 0 and 1\n\nimport numpy\nx = 1"
    assert [(block.kind, block.first_line, block.last_line) for block in cut(source)] == [
        ("prose", 1, 3),
        ("code", 5, 6),
    ]


def test_fenced_programs_are_code_and_fenced_equations_are_prose() -> None:
    """Is Markdown read with its fences?"""
    source = "text\n```python\nimport x\n```\n```\nf_t = sigmoid(W_f * x_t)\n```\n~~~\nmodel.fit(x)\n~~~\nend"
    assert seen(source, "markdown") == [
        ("prose", "markdown", "text", 1, 1),
        ("code", "markdown", "import x", 3, 3),
        ("prose", "markdown", "f_t = sigmoid(W_f * x_t)", 6, 6),
        ("code", "markdown", "model.fit(x)", 9, 9),
        ("prose", "markdown", "end", 11, 11),
    ]


def test_prose_is_cut_where_marks_begin() -> None:
    """Are answers that share a cell told apart, also without line breaks?"""
    text = "Intro\n\nAns 1:- a cell.\nmore\n**Ans 2:-** time of the sequence.Ans 3:- gradients"
    assert [(block.text, block.first_line, block.last_line) for block in cut(text, "markdown")] == [
        ("Intro", 1, 1),
        ("Ans 1:- a cell.\nmore", 3, 4),
        ("**Ans 2:-** time of the sequence.", 5, 5),
        ("Ans 3:- gradients", 5, 5),
    ]
    assert [block.text for block in cut("# Ans 1: a\n# Ans 2: b")] == ["Ans 1: a", "Ans 2: b"]


def test_windows_line_ends_do_not_shift_lines() -> None:
    """Are lines counted as Python counts them?"""
    assert seen("# a\r\n\r\nx = 1\r\n")[1] == ("code", "code", "x = 1", 3, 3)


# Properties ----------------------------------------------------------------------------------------------------------

SIGNS = "'\"#`~"
WORDS = st.sampled_from(
    ["gate", "Ans 3:- ", "é", "1.", "σ", "\n\n", "Q4) ", "LSTM", " ", "\n", "- ", "**", "## 3. ", "text. ", "(", "="]
)
PROSE = st.lists(WORDS, max_size=12).map("".join)
STATEMENT = st.one_of(
    PROSE.map(lambda text: f"'''{text}'''"),
    PROSE.map(lambda text: "".join(f"# {line}\n" for line in text.split("\n"))),
    PROSE.map(lambda text: f"print({text!r}, 1)".replace("\\n", " ").replace("\\", "")),
    PROSE.map(lambda text: f"def f(a):\n    '''{text}'''\n    # é {text.split(chr(10))[0]}\n    return a"),
    st.sampled_from(
        [
            "x = 1",
            "%time x",
            "!ls -l",
            "é = '''q # no'''",
            "if x:\n    y = [1,  # one\n  2]",
            "x = 1; y = 2",
            "@d\ndef g(): pass",
        ]
    ),
)


def characters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace() and c not in SIGNS)


@given(st.lists(STATEMENT, max_size=6).map("\n".join))
@settings(max_examples=300)
def test_no_character_of_a_code_cell_is_lost_or_doubled(source: str) -> None:
    """Do the blocks cover every character exactly once?"""
    assert characters("".join(block.text for block in cut(source))) == characters(source)


@given(st.lists(PROSE | st.just("```\nx = 1\n```") | st.just("\n```latex\na\n```\n"), max_size=6).map("\n".join))
def test_no_character_of_a_markdown_cell_is_lost_and_the_order_stays(source: str) -> None:
    """Do the blocks, one after another, give the cell again?"""
    without = "".join(source.replace("```latex", "```").split()).replace("`", "")
    assert "".join("".join(block.text.split()) for block in cut(source, "markdown")).replace("`", "") == without


@given(st.lists(STATEMENT, max_size=6).map("\n".join), st.sampled_from(["code", "markdown", "raw"]))
def test_blocks_come_in_order_and_their_lines_hold_their_text(source: str, kind: CellType) -> None:
    """Does line i of a block stand in line first_line + i of the cell?"""
    lines = source.split("\n")
    found = cut(source, kind)
    for kind_of_block in ("prose", "code"):
        starts = [block.first_line for block in found if block.kind == kind_of_block]
        assert starts == sorted(starts)
    for block in found:
        assert 1 <= block.first_line <= block.last_line <= len(lines)
        for offset, line in enumerate(block.text.split("\n")):
            original = lines[min(block.first_line + offset, block.last_line) - 1]
            assert not characters(line) - characters(original)


@given(st.text(max_size=200), st.sampled_from(["code", "markdown", "raw"]))
@settings(max_examples=300)
def test_any_text_gives_blocks_that_hold_all_of_it(source: str, kind: CellType) -> None:
    """Is there no text that breaks the reader, or that it drops, but for what cannot be seen?"""
    found = "".join(block.text for block in cut(source, kind))
    if "```" not in source and "~~~" not in source:
        hidden = characters(source) - characters(as_seen(source))
        assert not characters(source) - hidden - characters(found)


@pytest.mark.parametrize(
    "source",
    [
        "a" + ".b" * 60_000,
        "-" * 60_000 + "1",
        "a" + "()" * 60_000,
        "(" * 500,
        "a\0b",
        "'" * 9999,
        "# x\n" * 3000,
        "\\\n" * 999,
    ],
)
def test_code_that_is_made_to_break_parsers_does_no_harm(source: str) -> None:
    """Is what is too deep for Python's parser still text?"""
    assert not characters(source) - characters("".join(block.text for block in cut(source)))
