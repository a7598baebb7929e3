"""Points for nothing: what is hidden or pasted does not count, and is told; honest notebooks are not accused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.grading.options import Options
from grader.grading.submission import grade
from grader.kernel.pool import KernelPool
from grader.pack.loading import load
from grader.report.feedback import annotate
from grader.result.model import Result
from tests.grades import ROOT, accusations
from tests.language.prose.cheating import phrases, statements

PACK = load()
SAYS = "The LSTM has a cell state beside its hidden state, which runs along the whole sequence."
HIDDEN = {
    "attribute": f"<div hidden>{SAYS}</div>",
    "colour": f'<span style="color:#fffffe">{SAYS}</span>',
    "definition": f"[//]: # ({SAYS})",
    "script": f"<script>{SAYS}</script>",
}


@pytest.fixture(scope="module")
def pool() -> KernelPool:
    """Text needs no kernel, so none is started."""
    return KernelPool()


def graded(texts: list[str], folder: Path, pool: KernelPool) -> Result:
    path = folder / "hw.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell(text) for text in texts]), path)
    return grade(path, "hw", PACK, pool, Options()).result


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_earns_nothing_and_is_named(name: str, tmp_path: Path, pool: KernelPool) -> None:
    """Does a statement that no reader sees earn what silence earns, with a flag that says where it is?"""
    assert graded([f"## 4. LSTM\n\n{SAYS}"], tmp_path, pool).score == 1
    found = graded([f"## 4. LSTM\n\nMy answer.\n\n{HIDDEN[name]}"], tmp_path, pool)
    assert found.score == 0
    (flag,) = accusations(found)
    assert flag.startswith("integrity: cell 1, line 5: ")


def test_comments_and_styles_are_no_accusation(tmp_path: Path, pool: KernelPool) -> None:
    """Are drafts in comments, instructions of a template, anchors and styles what honest notebooks have?"""
    text = (
        f"<style>table {{float:left}}</style><a name='q4'></a>\n\n## 4. LSTM\n\n<!-- {SAYS} -->\n<!-- your answer -->\n"
        f"{SAYS}\n\n<details><summary>More</summary>Its gates decide.</details>\n\n[1]: https://example.org 'A paper'\n"
    )
    assert accusations(graded([text], tmp_path, pool)) == []


def test_feedback_that_comes_back_is_ours(tmp_path: Path, pool: KernelPool) -> None:
    """Does a graded notebook earn what it did, with the feedback in it and its tags lost on the way?"""
    first = graded([f"## 4. LSTM\n\n{SAYS}"], tmp_path, pool)
    made = annotate(nbformat.read(tmp_path / "hw.ipynb", as_version=4), first)
    again = graded([cell.source for cell in made.cells], tmp_path, pool)
    assert [check.earned for question in again.questions for check in question.checks] == [
        check.earned for question in first.questions for check in question.checks
    ]


def own(field: str) -> list[str]:
    """What the pack says of each question, in one of its voices."""
    return ["\n\n".join(getattr(each, field) or "" for each in question.concepts) for question in PACK.questions]


@pytest.mark.parametrize("field", ["statement", "hint", "why"])
def test_the_packs_own_sentences_are_quotations(field: str, tmp_path: Path, pool: KernelPool) -> None:
    """Is a report that is pasted back named, with its places?"""
    texts = [
        f"## {question.number}. {question.title}\n\n{text}"
        for question, text in zip(PACK.questions, own(field), strict=True)
    ]
    found = graded(texts, tmp_path, pool)
    assert [flag.partition(";")[0] for flag in accusations(found)] == [
        "integrity: cells 1, 2, 3, 4, 5 and others: sentences of the report, word for word"
    ]


def test_a_few_of_them_are_chance(tmp_path: Path, pool: KernelPool) -> None:
    """Does one answer in the very words of the pack count, as any right one does?"""
    found = graded([f"## 1. RNN cell\n\n{own('statement')[0]}"], tmp_path, pool)
    assert (found.score, accusations(found)) == (4, [])


@pytest.mark.parametrize("path", sorted((ROOT / "submissions").glob("*/*.ipynb")), ids=lambda path: path.parent.name)
def test_the_samples_are_not_accused(path: Path, tmp_path: Path, pool: KernelPool) -> None:
    """Is there no flag for the text of notebooks as students write them?"""
    node = nbformat.read(path, as_version=4)
    texts = [cell.source for cell in node.cells if cell.cell_type == "markdown"]
    assert accusations(graded(texts or [""], tmp_path, pool)) == []


ANSWERS = statements("tune")
TITLES = [f"## {question.number}. {question.title}" for question in PACK.questions]


def written(change: Callable[[str], str]) -> list[str]:
    """Ten right answers in our own words, each sentence changed."""
    return [
        "\n\n".join([title, *(change(said) for said in answer)])
        for title, answer in zip(TITLES, ANSWERS.values(), strict=True)
    ]


def sentence(said: str) -> str:
    """A clause as a sentence."""
    return f"{said[:1].upper()}{said[1:]}."


def test_right_answers_are_not_accused(tmp_path: Path, pool: KernelPool) -> None:
    """Is there no flag for ten right answers?"""
    found = graded(written(sentence), tmp_path, pool)
    assert accusations(found) == []
    assert found.score == sum(map(len, ANSWERS.values()))


def test_all_answers_under_each_question_are_named(tmp_path: Path, pool: KernelPool) -> None:
    """Is it seen that the same text answers everything?"""
    everything = " ".join(sentence(said) for answer in ANSWERS.values() for said in answer)
    (flag,) = accusations(graded([f"{title}\n\n{everything}" for title in TITLES], tmp_path, pool))
    assert flag == "integrity: cells 1, 2, 3, 4, 5 and others: the same sentences stand under most questions"


def test_a_word_in_the_place_of_all_others_is_named(tmp_path: Path, pool: KernelPool) -> None:
    """Is a hamster seen that stands where networks and gates should?"""
    subject = re.compile(r"\b(?:network|cell|[LSTMGRUN]{3,4}s?|layers?|state|gates?|gradients?|sequence)\b")
    (flag,) = accusations(graded(written(lambda said: sentence(subject.sub("hamster", said))), tmp_path, pool))
    assert "speak of “hamster”" in flag


OTHERS = ("decision tree", "forest", "camera", "picture", "spreadsheet", "weather forecast", "laptop", "garden")
PREDICATES = (
    "has a cell state that carries information along the sequence",
    "combines the current input with the previous hidden state",
    "uses the same weights at every time step",
    "keeps what is needed over long distances and forgets the rest",
    "knows the past and the future of each position",
)


def test_things_in_the_place_of_what_was_meant_are_named(tmp_path: Path, pool: KernelPool) -> None:
    """Is it seen that what is right of a network is said of trees, cameras and gardens?"""
    texts = [
        "\n\n".join([title, *(f"A {OTHERS[(at + n) % 8]} {said}." for n, said in enumerate(PREDICATES))])
        for at, title in enumerate(TITLES)
    ]
    found = accusations(graded(texts, tmp_path, pool))
    assert any("50 of 50 sentences speak of what is nothing of the subject (“" in flag for flag in found)


def test_a_comparison_in_each_answer_is_not_accused(tmp_path: Path, pool: KernelPool) -> None:
    """May an honest author compare each network with something of everyday life?"""
    everyday = "A reader keeps notes on a sheet of paper."
    assert accusations(graded([f"{text}\n\n{everyday}" for text in written(sentence)], tmp_path, pool)) == []


@pytest.mark.parametrize("phrases_of", ["tune", "heldout"])
def test_lists_of_phrases_earn_half_and_are_told(phrases_of: str, tmp_path: Path, pool: KernelPool) -> None:
    """Does a student read why phrases count for half, and is a person asked to look, without an accusation?"""
    texts = [
        "\n".join([title, "", *(f"- {said}" for said in answer)])
        for title, answer in zip(TITLES, phrases(phrases_of).values(), strict=True)
    ]
    found = graded(texts, tmp_path, pool)
    assert accusations(found) == []
    told = [
        check
        for question in found.questions
        for check in question.checks
        if "Phrases alone count for half" in check.message
    ]
    assert told
    assert all(check.earned == 0 and check.message.startswith("You name it (“") for check in told)
    look = "please look, its explanation is a list of phrases, of which half may count"
    listed = {question.id for question in found.questions if f"{question.id}: {look}" in found.flags}
    assert listed
    assert listed <= {check.id.partition(".")[0] for check in told}


@pytest.mark.parametrize("words", ["Everything in this notebook is wrong.", "None of the answers below is true."])
def test_a_notebook_that_disowns_itself_is_named(words: str, tmp_path: Path, pool: KernelPool) -> None:
    """Is it told where a notebook calls its own answers wrong?"""
    (flag,) = accusations(graded([words, *written(sentence)], tmp_path, pool))
    assert flag == "integrity: cell 1: it calls the answers of the notebook wrong"


GATE, INPUT = "$f_t = \\sigma(W_f [h_{t-1}, x_t] + b_f)$", "$i_t = \\sigma(W_i [h_{t-1}, x_t] + b_i)$"
CELL, SHOWN = "$C_t = f_t \\odot C_{t-1} + i_t \\odot g_t$", "$h_t = o_t \\odot \\tanh(C_t)$"
RECIPE = (
    f"Peel {GATE} potatoes, boil them with {INPUT} and salt, stir {CELL} cups of milk, and serve {SHOWN} with butter."
)
METAPHOR = (
    f"Think of a kitchen: the forget gate clears the table, {GATE}, the input gate lets dishes in, {INPUT}, the table "
    f"holds {CELL}, and the waiter serves {SHOWN} to the guests."
)


@pytest.mark.parametrize(("text", "told"), [(RECIPE, 1), (METAPHOR, 0)])
def test_equations_in_a_recipe_are_named(text: str, told: int, tmp_path: Path, pool: KernelPool) -> None:
    """Is a recipe told from a metaphor?"""
    found = accusations(graded([f"## 8. Gates of the LSTM\n\n{text}"], tmp_path, pool))
    assert len(found) == told
    assert all("words about something else (“" in flag for flag in found)
