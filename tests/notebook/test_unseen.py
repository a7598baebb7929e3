"""Notebooks with characters that a reader does not see: they earn what their plain twins earn, and are remembered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.language.entities import with_characters
from grader.language.equations import find
from grader.language.prose import cover
from grader.notebook.blocks.blocks import blocks_of
from grader.notebook.reading.read import Cell, read
from grader.notebook.reading.unseen import MOST_CHARACTERS, MOST_LINES, Unseen, unseen_in
from grader.notebook.segment import segment
from grader.pack.questions import Assignment
from tests.notebook.writing import ANSWERS, Draft, code, md, notebook

REFERENCE = Path(__file__).parents[2] / "reference" / "answers.ipynb"
GRU = """## 5. GRU

A GRU has two gates: the update gate and the reset gate.

The update gate says how much of the previous hidden state stays, the reset gate how much of it enters the candidate.

It is simpler than an LSTM, with fewer parameters and without a separate cell state, and computes faster.

It finds long-term dependencies and mitigates the vanishing gradient."""
LOOKALIKES = str.maketrans("aeo", "аео")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}

Earned = dict[str, set[str]]


def earned(cells: Sequence[Draft], assignment: Assignment) -> Earned:
    """For each question, the concepts that earn a point in what is read as its answer."""
    prompts = [question.prompt for question in assignment.questions]
    segmentation = segment(notebook(cells), assignment)
    return {
        question.id: {
            finding.concept.id
            for finding in cover(
                [block.text for block in segmentation.answer(question.id).prose],
                question.concepts,
                question.misconceptions,
                copied_from=prompts,
                subject=question.subject,
                terms=assignment.vocabulary,
            ).concepts
            if finding.earned
        }
        for question in assignment.questions
    }


def places(cells: Sequence[Draft], assignment: Assignment) -> list[tuple[object, ...]]:
    """Where the blocks stand and whose they are."""
    return [
        (block.cell, block.kind, block.first_line, block.last_line, block.question, block.role)
        for block in segment(notebook(cells), assignment).blocks
    ]


def in_words(trick: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: re.sub(r"[a-z]{4,}", lambda word: trick(word[0]), text)


TRICKS: dict[str, Callable[[str], str]] = {
    "blanks": lambda text: text.replace(" ", "\u00a0"),
    "thin blanks": lambda text: text.replace(" ", "\u2009"),
    "soft hyphens": in_words(lambda word: "\u00ad".join((word[:2], word[2:]))),
    "word joiners": in_words("\u2060".join),
    "spaces around blanks": lambda text: text.replace(" ", "\u200b \u200b"),
    "spaces for blanks": lambda text: text.replace(" the ", "\u200bthe\u200b"),
    "spaces in words": in_words("\u200b".join),
    "wide letters": lambda text: "\n".join(
        line if line.startswith("#") else line.translate(WIDE) for line in text.split("\n")
    ),
    "lookalikes": in_words(lambda word: word.translate(LOOKALIKES)),
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("ff", "\ufb00"),
    "cut words": in_words(lambda word: f"{word[:3]}-\n{word[3:]}" if word in CUT else word),
    "softly cut words": in_words(lambda word: f"{word[:3]}\u00ad  \n{word[3:]}" if word in CUT else word),
    "a mark and line ends of Windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "separators of lines": lambda text: text.replace("\n", "\u2028"),
    "blanks by name": lambda text: text.replace(" ", "&nbsp;"),
    "spaces by number": in_words("&#8203;".join),
    "joiners by name": in_words("&zwnj;".join),
    "places to break": in_words("<wbr>".join),
    "Roman numerals": lambda text: text.replace("i", "\u2170").replace("c", "\u217d").replace("m", "\u217f"),
    "bold letters": in_words(lambda word: "".join(chr(0x1D41A + ord(letter) - ord("a")) for letter in word)),
    "annotations": lambda text: text.replace("gate", "\ufff9gate\ufffb"),
}
CUT = {"update", "candidate", "parameters", "gradient", "dependencies", "vanishing", "separate"}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_the_trick_earns_what_the_plain_text_earns(trick: Callable[[str], str], assignment: Assignment) -> None:
    """Does an honest answer keep every point, whatever its editor made of its blanks, letters and lines?"""
    plain = earned([md(GRU)], assignment)
    assert len(plain["q5"]) == 4
    assert trick(GRU) != GRU
    assert earned([md(trick(GRU))], assignment) == plain


@pytest.mark.parametrize("trick", [r"&nbsp;", "\u200b&#x20;\u200b"])
def test_headings_are_read_as_they_are_seen(trick: str, assignment: Assignment) -> None:
    """Is every answer of a whole notebook found where its headings name their blanks?"""
    cells = [cell for cell in nbformat.read(REFERENCE, 4).cells if cell.cell_type == "markdown"]
    plain, tricked = (
        [md(re.sub("(?<=[a-z,]) (?=[a-z])", blank, cell.source)) for cell in cells] for blank in (" ", trick)
    )
    assert earned(tricked, assignment) == earned(plain, assignment)


def test_code_names_no_characters() -> None:
    """Do entities in code, and those of markup, stay as they were written?"""
    text = "`a&nbsp;b` &lt;b&gt; &amp; &#42; &nosuch; a & b; x &lt 3\n```text\nc&nbsp;<wbr>d\n```\n&uuml;&#233;&Sigma;"
    assert with_characters(text) == text.replace("&uuml;&#233;&Sigma;", "üéΣ")


@pytest.mark.parametrize("form", ["'''{}'''", 'print("""{}""")', "#{}"])
@pytest.mark.parametrize("trick", ["blanks", "soft hyphens", "lookalikes", "spaces in words", "cut words"])
def test_prose_in_code_is_read_as_it_is_seen(form: str, trick: str, assignment: Assignment) -> None:
    """Is it the same in docstrings, printed text and comments?"""
    cells = [
        code(form.format(text.replace("\n", "\n#") if form == "#{}" else text)) for text in (GRU, TRICKS[trick](GRU))
    ]
    plain = earned(cells[:1], assignment)
    assert len(plain["q5"]) == 4
    assert earned(cells[1:], assignment) == plain


def test_code_stays_as_it_runs() -> None:
    """Is code handed on as it was written, its lines counted as Python counts them?"""
    source = "x = 'a\u00adb\u200b'  # a gat\u00ade\u2028of a cell\ny\u0301 = 1\n'''two\u2029gat\u200bes'''\nz = 'аx'"
    found = blocks_of(Cell(0, "code", source))
    lines = [line for block in found if block.kind == "code" for line in block.text.split("\n")]
    assert [line for line in lines if line != "''''''"] == ["x = 'a\u00adb\u200b'", "y\u0301 = 1", "z = 'аx'"]
    prose = [(block.text, block.first_line, block.last_line) for block in found if block.kind == "prose"]
    assert prose == [("a gate of a cell", 1, 1), ("two gates", 3, 3)]


def test_what_only_a_program_reads_earns_nothing(assignment: Assignment) -> None:
    """Does text in tag characters, or under a right-to-left override, say nothing, forwards and backwards?"""
    body = GRU.partition("\n\n")[2]
    tags = "Hello." + "".join(chr(0xE0000 + ord(letter)) for letter in body if letter != "\n")
    overridden = "\n\n".join(f"\u202e{line}\u202c" for line in body.split("\n\n"))
    backwards = "\n\n".join(f"\u202e{line[::-1]}\u202c" for line in body.split("\n\n"))
    for text in (tags, overridden, backwards):
        assert not any(earned([md(f"## 5. GRU\n\n{text}")], assignment).values())


def test_equations_are_read_as_they_are_seen() -> None:
    """Do equations survive what editors put between their characters, and keep their accents and Greek letters?"""
    plain = "C̃_t = tanh(W_c x_t + U_c h_{t-1} + b_c)\nf_t = σ(W_f x_t + U_f h_{t-1} + b_f)"
    pasted = plain.replace("(", "\u2061(\u200b").replace(" ", "\u00a0").replace("tanh", "ta\u00adnh")
    texts = [
        [one.text for one in find(block.text)]
        for text in (plain, pasted)
        for block in blocks_of(Cell(0, "markdown", text))
    ]
    assert len(texts[0]) == 2
    assert texts[0] == texts[1]


def prose_of_reference() -> list[str]:
    cells = nbformat.read(REFERENCE, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


TEXTS = st.sampled_from([*prose_of_reference(), *(answer.in_one_cell().prose for answer in ANSWERS)])
FAST = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(text=TEXTS, data=st.data())
@FAST
def test_right_answers_with_characters_between_their_letters(
    text: str, data: st.DataObject, assignment: Assignment
) -> None:
    """Do zero-width characters and soft hyphens anywhere within words change neither points nor places?"""
    signs = st.sampled_from("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\ufe0f")
    inside = [match.start() for match in re.finditer(r"(?<=[A-Za-z])(?=[A-Za-z])", text)]
    mixed = text
    for place in sorted(data.draw(st.sets(st.sampled_from(inside), max_size=40)), reverse=True):
        mixed = mixed[:place] + data.draw(signs) + mixed[place:]
    assert earned([md(mixed)], assignment) == earned([md(text)], assignment)
    assert places([md(mixed)], assignment) == places([md(text)], assignment)


@given(
    text=TEXTS,
    mark=st.sampled_from(["", "\ufeff"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    blank=st.sampled_from(" \u00a0\u202f"),
)
@FAST
def test_right_answers_from_other_editors(text: str, mark: str, end: str, blank: str, assignment: Assignment) -> None:
    """Do a mark at the beginning, other line ends and blanks, and accents apart from their letters change nothing?"""
    other = mark + unicodedata.normalize("NFD", text).replace(" ", blank).replace("\n", end)
    assert earned([md(other)], assignment) == earned([md(text)], assignment)
    assert places([md(other)], assignment) == places([md(text)], assignment)


@pytest.mark.parametrize(
    "text",
    [
        "Ans 4:- Long short-term memory (LSTM) is a re-\ncurrent architecture with a cell state.",
        "Ans 2:- Backpropagation through time (BPTT) un-\nrolls the network over the sequence.",
    ],
)
def test_a_line_that_ends_within_a_word_is_no_question(text: str, assignment: Assignment) -> None:
    """Is the beginning of an answer that reads like its question part of the answer, if its last word is cut?"""
    assert [block.role for block in segment(notebook([md(text)]), assignment).blocks] == ["answer"]


@given(text=TEXTS, data=st.data())
@FAST
def test_right_answers_with_words_cut_at_line_ends(text: str, data: st.DataObject, assignment: Assignment) -> None:
    """Do words of prose cut at random, where a syllable may end, change neither points nor owners?"""
    words = [
        match for match in re.finditer(r"(?<= )[a-z]{5,}(?=[ ,.])", text) if is_prose(line_of(text, match.start()))
    ]
    cut = text
    hyphen = data.draw(st.sampled_from(["-", "\u00ad", "\u2010", "\u2011", "- "]))
    for index in sorted(
        data.draw(st.sets(st.sampled_from(range(len(words))), max_size=8)) if words else (), reverse=True
    ):
        place = words[index].start() + data.draw(st.integers(2, len(words[index][0]) - 2))
        cut = f"{cut[:place]}{hyphen}\n{cut[place:]}"
    assert earned([md(cut)], assignment) == earned([md(text)], assignment)
    owners = [
        [(block.question, block.role) for block in segment(notebook([md(each)]), assignment).blocks]
        for each in (cut, text)
    ]
    assert owners[0] == owners[1]


def is_prose(line: str) -> bool:
    """Whether words may be cut here: no equation, heading or table, which end with their line."""
    return "=" not in line and not line.startswith(("#", "|"))


def line_of(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : (text + "\n").index("\n", at)]


def test_what_was_unseen_is_kept(tmp_path: Path) -> None:
    """Does a notebook say which characters are not read as they stand, how many, and where? Is its source the same?"""
    sources = ["gat\u00ades\n\nof\u00a0a c\u0435ll\u00ad.\u2028\ufb01ne\u00ad", "x = 1  # a\u200bb", "plain σ é\r\n"]
    new = nbformat.v4
    cells = [new.new_markdown_cell(sources[0]), new.new_code_cell(sources[1]), new.new_raw_cell(sources[2])]
    path = tmp_path / "a.ipynb"
    nbformat.write(new.new_notebook(cells=cells), path)
    found = read(path)
    assert [cell.source for cell in found.cells] == sources
    assert set(found.cells[0].unseen) == {
        Unseen(0, "\u00ad", "", 3, (1, 3, 4)),
        Unseen(0, "\u00a0", " ", 1, (3,)),
        Unseen(0, "\u0435", "e", 1, (3,)),
        Unseen(0, "\u2028", "\n", 1, (3,)),
        Unseen(0, "\ufb01", "fi", 1, (4,)),
    }
    assert found.unseen == (*found.cells[0].unseen, Unseen(1, "\u200b", "", 1, (1,)))


@given(
    st.text(st.sampled_from("ab \n\r\u2028\u00ad\u200b\u00a0\u202e\u202cﬁаａ😀\ufe0f\u200d\x00"), max_size=80),
    st.booleans(),
)
def test_what_was_unseen_is_counted(source: str, is_code: bool) -> None:
    """Does each entry count no more than there is, on lines that hold it?"""
    for each in unseen_in(source, 3, is_code=is_code):
        assert 1 <= each.count <= source.count(each.character)
        assert 1 <= len(each.lines) <= each.count
        assert list(each.lines) == sorted(set(each.lines))


def test_what_is_kept_is_bounded() -> None:
    """Does a cell that is full of such characters leave no more behind than can be looked at?"""
    source = "".join(chr(0xE0000 + code) for code in range(128)) + "\n" + "\u00ad\n" * 100_000
    found = unseen_in(source, 0, is_code=False)
    assert len(found) == MOST_CHARACTERS
    assert found[0] == Unseen(0, "\u00ad", "", 100_000, tuple(range(2, MOST_LINES + 2)))
