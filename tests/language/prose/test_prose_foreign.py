"""An answer in another language is not read, and a person is told so; it does not count as empty."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from grader.answer.answer import Answer
from grader.grading.doubtful import doubtful
from grader.grading.explained import NOT_READ
from grader.grading.judge import Judged, Reading, judge
from grader.language.prose.tongue import is_foreign
from grader.notebook.reading.read import read
from grader.notebook.segment import segment
from reference.pack import assignment
from tests.benchmarks import labelled

ENGLISH = "The cell takes the input and the previous hidden state and computes tanh of the weighted sum."
SPANISH = "La LSTM tiene una celda de memoria y tres puertas que deciden lo que se olvida y lo que se guarda."
PROMPTS = [question.prompt for question in assignment.questions]
FIRST = "# Question 1\nExplain the basic architecture of an RNN cell\n\n"
FOURTH = "# Question 4\nExplain the LSTM\n\n"


def judged(folder: Path, *cells: str) -> tuple[dict[str, Judged], list[str]]:
    """Each question that has an answer, as judged without its code, and the flags of the notebook."""
    path = folder / "answers.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell(cell) for cell in cells]), path)
    notebook = read(path)
    segmentation = segment(notebook, assignment)
    found = {}
    for question in assignment.questions:
        blocks = segmentation.answer(question.id)
        if blocks is not None and blocks.prose:
            answer = Answer(question.id, prose=tuple(block.text for block in blocks.prose))
            reading = Reading(blocks.cells, 1.0)
            found[question.id] = judge(question, answer, reading, PROMPTS, terms=assignment.vocabulary)
    results = [each.result for each in found.values()]
    return found, list(doubtful(notebook, segmentation, results))


def is_not_read(answer: Judged) -> bool:
    """Whether an answer counts as there and not read: said to the student, and flagged once, without any doubts."""
    messages = {check.message for check in answer.result.checks if check.kind == "explanation"}
    flags = [flag for flag in answer.flags if "not in English" in flag]
    return answer.result.status != "missing" and messages == {NOT_READ} and len(flags) == 1 and not answer.decisions


def test_one_answer_in_another_language(tmp_path: Path) -> None:
    """Is it not read, while the answer beside it is?"""
    found, _ = judged(tmp_path, FIRST + ENGLISH, FOURTH + SPANISH)
    assert is_not_read(found["q4"])
    assert found["q1"].result.score > 0
    assert not is_not_read(found["q1"])


@pytest.mark.parametrize(
    ("first", "fourth"),
    [
        (
            "# Frage 1: RNN-Zelle\n\nDie Zelle nimmt in jedem Schritt die Eingabe und den vorherigen Zustand, und mit "
            "tanh wird daraus der neue Zustand berechnet.",
            "# Frage 4: LSTM\n\nEin LSTM hat einen Zellzustand und drei Gatter, die entscheiden, was vergessen wird.",
        ),
        (
            "# 第1题 RNN\n\n循环神经网络单元在每个时间步接收当前输入和上一步的隐藏状态。",
            "# 第4题 LSTM\n\nLSTM有细胞状态和三个门:遗忘门、输入门和输出门。",
        ),
        (
            FIRST + "Ячейка получает вход и предыдущее состояние.",
            FOURTH + "LSTM 세포는 세 개의 게이트와 셀 상태를 가지고 있으며 장기 의존성을 학습할 수 있다.",
        ),
    ],
    ids=["German", "Chinese", "Russian and Korean"],
)
def test_a_whole_notebook_in_another_language(tmp_path: Path, first: str, fourth: str) -> None:
    """Is every answer of it there and not read, and is nobody told that it is the wrong file?"""
    found, flags = judged(tmp_path, first, fourth)
    assert set(found) == {"q1", "q4"}
    assert all(map(is_not_read, found.values()))
    assert flags
    assert all("its text is not in English" in flag for flag in flags)


@pytest.mark.parametrize("half", labelled.HALVES)
def test_no_english_is_taken_for_another_language(half: str) -> None:
    """Are all labelled texts read, those in broken English and in formulas, too?"""
    texts = [text.text for name in labelled.SETS for text in labelled.labelled(name, half)]
    assert sum(is_foreign([text]) for text in texts) == 0
