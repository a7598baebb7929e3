"""report.html: what it says, and how it is made."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.pack.loading import load
from grader.report.feedback import annotate
from grader.report.html import render
from grader.result.actions import actions
from grader.result.model import Result
from tests.report import samples
from tests.report.markup import Node, parse
from tests.report.pages import article, dangers, faults, squeezed, with_every_text


def words(html: str) -> str:
    return squeezed(" ".join(element.text for element in parse(html).all("body")))


@pytest.fixture
def html(result: Result, notebook: NotebookNode) -> str:
    return render(result, notebook)


def test_the_page_says_who_and_how_much(html: str):
    """Are the student, the assignment and the score there, in the title of the window too?"""
    page = parse(html)
    assert squeezed(page.all("h1")[0].text) == "Feedback for ada-lovelace"
    assert squeezed(page.all("title")[0].text) == "69 of 100 · ada-lovelace · NLP Assignment 3: recurrent networks"
    assert "69 of 100 points" in words(html)


def test_the_score_is_said_once(html: str):
    """Is the number that is looked for first there once, above all else?"""
    (score,) = [item for item in parse(html).all("p") if item.attributes.get("class") == "score"]
    assert squeezed(score.text) == "69 of 100 points"
    assert words(html).count("69 of 100") == 1


def test_every_question_has_a_line_that_leads_to_it(html: str, result: Result):
    """Does the strip at the top name each question with its points and a link?"""
    lines = [squeezed(item.text) for item in parse(html).all("nav")[0].all("li")]
    assert lines[0] == "1 10 of 10 RNN cell"
    assert lines[2] == "3 2 of 10 Vanishing and exploding gradients"
    assert lines[9] == "10 0 of 10 BiGRU"
    assert len(lines) == len(result.questions)
    links = [link.attributes["href"] for link in parse(html).all("nav")[0].all("a")]
    assert links == [f"#question-{number}" for number in range(1, 11)]


def test_what_to_do_next_comes_first(html: str, result: Result):
    """Are the three actions named that bring most, in the words of every report, with what waits for them?"""
    section = next(it for it in parse(html).all("section") if it.attributes.get("aria-labelledby") == "next")
    items = [squeezed(item.text) for item in section.all("li")]
    assert items == [f"+{action.points} {action.sentence.replace('`', '')}" for action in actions(result)]
    assert [item.split()[0] for item in items] == ["+10", "+8", "+6"]
    assert [str(link.attributes["href"]) for link in section.all("a")] == ["#question-10", "#question-3", "#question-6"]
    assert "Together 24 of the 31 points that are left to gain" in squeezed(section.text)
    assert html.index('aria-labelledby="next"') < html.index('id="question-1"')


def test_what_the_points_do_not_say_is_said(html: str):
    """Is it said that a person will look at what could not be checked?"""
    assert "One check could not be carried out; a person will look at the work." in words(html)


def test_nothing_is_proposed_where_nothing_is_lost():
    """Is there nothing to do for a student with full points, who is told so once?"""
    questions = (samples.full(1, (1,)), samples.full(2, (2,)))
    html = render(samples.graded(questions=questions), None)
    assert "Do this next" not in words(html)
    assert words(html).count("Full points on all 2 questions.") == 1


def note(part: Node, points: str) -> Node:
    """The note on checks with these points."""
    return next(it for it in part.all("li") if "note" in str(it.attributes.get("class")) and points in it.text)


def test_a_failed_check_says_what_was_expected_and_found(html: str):
    """Does a note say what was found and expected, and behind a control what is looked for, and why?"""
    found = note(article(html, 6), "0 of 6 points")
    assert found.attributes["class"] == "note fail"
    text = squeezed(found.text)
    assert "expected 5,544 (4u(m + u + 1) + 3u), found 5,472" in text
    (control,) = found.all("details")
    assert "open" not in control.attributes
    assert "Peepholes are weights: without 3u of them no gate can have one." in squeezed(control.text)


def test_checks_with_one_cause_are_told_once(html: str):
    """Are checks that wait for another one named in its note, and not each told apart?"""
    part = article(html, 6)
    assert squeezed(part.text).count("Not looked at, because") == 0
    assert "The gates depend on the cell state. 4 points, not looked at" in squeezed(note(part, "0 of 6 points").text)


def test_what_an_explanation_lacks_is_one_note():
    """Are the hints for all that an explanation does not say yet one list, with the points of all?"""
    hints = [samples.check(f"q1.{it}", "explanation", f"It has {it}.", 1, "fail", f"Say {it}.") for it in ("a", "b")]
    html = render(samples.graded(questions=(samples.question(1, "answered", (1,), hints),)), samples.notebook())
    found = note(article(html, 1), "0 of 2 points")
    assert [squeezed(item.text) for item in found.all("ul")[0].all("li")] == ["Say a.", "Say b."]


def test_passed_checks_are_folded_with_what_the_student_said(html: str):
    """Is what needs no attention one line that opens, with the sentences that earned the points?"""
    (fold,) = [item for item in article(html, 6).all("details") if item.attributes.get("class") == "passed"]
    assert "open" not in fold.attributes
    assert squeezed(fold.all("summary")[0].text) == "3 checks have full points"
    assert "“It adds connections from the cell state to the gate units.”" in squeezed(fold.text)


def test_full_answers_are_one_line_that_opens(html: str):
    """Are questions with full points folded, and all others open, in the order of the assignment?"""
    folded = [item for item in parse(html).all("details") if item.attributes.get("class") == "whole"]
    assert [squeezed(item.all("summary")[0].text) for item in folded] == [
        f"{number} {samples.TITLES[number - 1]} 10 of 10" for number in (1, 4, 5, 7, 8, 9)
    ]
    titles = [squeezed(item.text).split()[0] for item in parse(html).all("h2") if "title-" in str(item.attributes)]
    assert titles == [str(number) for number in range(1, 11)]


def test_the_question_stands_above_the_answer(html: str):
    """Does one read what was asked, and does a result without that have a page, too?"""
    assert "Explain the Peephole LSTM." in squeezed(article(html, 6).text)
    older = samples.peephole((10, 11)).model_copy(update={"prompt": None})
    assert "Explain the" not in squeezed(article(render(samples.graded(questions=(older,)), None), 6).text)


def test_a_failed_and_a_broken_check_are_told_apart(html: str):
    """Is it said of a check that the grader could not carry out that a person will look at it?"""
    assert "a person will look at this" in squeezed(note(article(html, 2), "0 of 4 points").text)
    assert "a person will look at this" not in squeezed(article(html, 3).text)


def test_a_missing_answer_is_said_once(html: str):
    """Is the missing answer one note, and not one failed check after the other?"""
    text = squeezed(article(html, 10).text)
    assert text.count("No answer to this question was found") == 1
    assert "put a heading such as “Answer 10” above it" in text
    assert "The first output depends on the last input." in text


def test_advisories_and_doubts_are_said(result: Result):
    """Are remarks shown, and that the reading of the cells was unsure?"""
    unsure = result.questions[5].model_copy(update={"confidence": 0.3})
    html = render(samples.graded(questions=(unsure,)), None)
    assert "This option is about speed." in words(html)
    assert "not quite clear which cells" in words(html)


def test_the_student_sees_their_own_work(html: str):
    """Are prose, code, output, picture and error of an answer beside its verdicts?"""
    first, second, third = (article(html, number) for number in (1, 2, 3))
    assert "the previous hidden state" in squeezed(first.text)
    assert "outputs = tf.keras.layers.SimpleRNN(128, return_sequences=True)(inputs)" in squeezed(first.text)
    assert second.all("img")[0].attributes["alt"] == "Picture that cell 5 drew"
    assert "0s 2ms/step - loss: 0.8690" in squeezed(second.text)
    assert [squeezed(item.text) for item in third.all("p") if item.attributes.get("class") == "raised"] == [
        "ValueError: Dimensions must be equal, but are 10 and 1"
    ]


def test_equations_stay_as_they_were_written(html: str):
    """Is TeX left alone by Markdown, underscores, backslashes and all?"""
    text = article(html, 1).text
    assert "$h_{t-1}$" in text
    assert r"$$h_t = \tanh(W x_t + U h_{t-1} + b)$$" in text


def test_a_cell_that_answers_several_questions_is_shown_once():
    """Is a cell with all answers shown under the first of them, and linked from the others?"""
    everything = new_notebook(cells=[new_markdown_cell("All ten answers in one place.")])
    questions = (samples.full(1, (0,)), samples.full(2, (0,)))
    html = render(samples.graded(questions=questions), everything)
    assert html.count("All ten answers in one place.") == 1
    assert "it is shown under question 1" in squeezed(article(html, 2).text)


def test_cells_that_answer_nothing_are_at_the_end(html: str):
    """Can the student see which cells were not read as an answer?"""
    rest = next(it for it in parse(html).all("section") if it.attributes.get("class") == "rest")
    assert "Explain the basic architecture of RNN cell." in squeezed(rest.text)
    assert "Other cells: 1" in squeezed(rest.text)


def test_the_annotated_notebook_gives_the_same_page(result: Result, notebook: NotebookNode):
    """May feedback.ipynb, which is what lies beside the page, be given instead of the executed notebook?"""
    assert render(result, annotate(notebook, result)) == render(result, notebook)


def test_the_same_result_gives_the_same_page(result: Result, notebook: NotebookNode):
    """Is the page a function of the result and the notebook, which it leaves as they were?"""
    before = str(notebook)
    assert render(result, notebook) == render(result, notebook)
    assert str(notebook) == before


def test_cells_beyond_the_notebook_are_passed_over(result: Result):
    """Does a page come of a notebook that has fewer cells than the result speaks of?"""
    html = render(result, new_notebook(cells=[new_code_cell("1")]))
    assert "No cell of the notebook was read as this answer." in squeezed(article(html, 9).text)


@pytest.mark.parametrize(
    ("status", "heading"), [("unreadable", "could not be read"), ("failed", "could not be graded")]
)
def test_a_notebook_without_a_grade_has_a_page(status: str, heading: str):
    """Does the page of an ungraded notebook say why, and what to do, and not zero points?"""
    html = render(samples.without_grade(status, "ada.ipynb: this is not JSON (line 3)"), None)
    assert heading in words(html)
    assert "ada.ipynb: this is not JSON (line 3)" in words(html)
    assert "What to do" in words(html)
    assert "0 of 100" not in html
    assert faults(html) == []
    assert dangers(html) == []


def test_the_environment_is_at_the_end(html: str):
    """Can one see on what the notebook ran?"""
    assert "3.12.0 (generation 3)" in squeezed(parse(html).all("footer")[0].text)


def test_what_a_person_should_look_at_is_for_the_instructor(html: str, result: Result, notebook: NotebookNode):
    """Does a student not read doubts about a verdict that stands, and the instructor do?"""
    flag = "q2.gradient-reaches-the-start: the check could not be carried out"
    assert flag not in html
    assert flag in squeezed(parse(render(result, notebook, "instructor")).all("footer")[0].text)


def test_the_page_is_well_made(html: str):
    """Are headings in order, ids unique, links and labels not dangling, pictures named?"""
    assert faults(html) == []
    assert dangers(html) == []


def test_the_titles_of_the_shipped_pack_fit(notebook: NotebookNode):
    """Does a page come of each of the real questions, with its title?"""
    pack = load()
    questions = tuple(
        samples.full(question.number, (question.number,)).model_copy(update={"title": question.title})
        for question in pack.questions
    )
    html = render(samples.graded(questions=questions), notebook)
    titles = [squeezed(item.text) for item in parse(html).all("h2") if "title-" in str(item.attributes)]
    assert titles == [f"{question.number} {question.title}" for question in pack.questions]


def test_empty_texts_break_nothing(result: Result, notebook: NotebookNode):
    """Does a page come of a result in which every text is empty?"""
    html = render(with_every_text(result, lambda _: ""), notebook)
    assert dangers(html) == []
