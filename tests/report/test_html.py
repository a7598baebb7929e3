"""report.html: what it says, and how it is made."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.pack.loading import load
from grader.report.feedback import annotate
from grader.report.html import render
from grader.report.page import ring
from grader.result import phrases as words_of
from grader.result.model import Result
from tests.report import samples
from tests.report.markup import parse
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


def test_the_picture_of_the_score_has_words(html: str):
    """Does the ring say the score to those who cannot see it?"""
    (ring_,) = [svg for svg in parse(html).all("svg") if svg.attributes.get("role") == "img"]
    assert str(ring_.attributes["aria-label"]).startswith("69 of 100 points")


def test_the_ring_is_as_full_as_the_score(result: Result):
    """Do the filled arcs share the ring as the earned points share all points?"""
    arcs = ring(result)
    filled, whole = sum(arc.filled for arc in arcs), sum(arc.length for arc in arcs)
    assert filled / whole == pytest.approx(result.score / result.max_score, abs=1e-3)
    ends = [arc.start + arc.length for arc in arcs]
    assert all(end < arc.start for end, arc in zip(ends, arcs[1:], strict=False))
    assert ends[-1] <= 100


def test_every_question_has_a_line_that_leads_to_it(html: str, result: Result):
    """Does the list at the top name each question with its points, its fate, and a link?"""
    lines = [squeezed(item.text) for item in parse(html).all("nav")[0].all("li")]
    assert lines[0] == "1 RNN cell full points 10 of 10"
    assert lines[2] == "3 Vanishing and exploding gradients stopped with an error 2 of 10"
    assert lines[9] == "10 BiGRU no answer found 0 of 10"
    assert len(lines) == len(result.questions)
    links = [link.attributes["href"] for link in parse(html).all("nav")[0].all("a")]
    assert links == [f"#question-{number}" for number in range(1, 11)]


def test_what_would_earn_most_comes_first(html: str):
    """Are the three checks named that bring most, with the points of those that wait for them?"""
    section = next(it for it in parse(html).all("section") if it.attributes.get("aria-labelledby") == "gains")
    items = [squeezed(item.text) for item in section.all("li")]
    assert [item.split()[0] for item in items] == ["+10", "+8", "+6"]
    assert "Answer question 10" in items[0]
    assert "Question 6, Peephole LSTM; 4 of these points wait in checks that rest on this one" in items[2]
    assert "implementation=2 changes how Keras batches" in items[2]
    links = [str(link.attributes["href"]) for link in section.all("a")]
    assert links == ["#question-10", "#check-3-3", "#check-6-4"]


def test_one_reason_is_one_change():
    """Do checks that lost points for the same reason, and answers that are missing, stand together?"""
    stopped = [
        samples.check(f"q1.{name}", "structure", f"Check {name}.", 4, "fail", "The code stopped: NameError.")
        for name in "ab"
    ]
    first = samples.question(1, "error", (0,), [*stopped, samples.check("q1.c", "structure", "C.", 2, "fail", "No.")])
    result = samples.graded(questions=(first, samples.missing(2), samples.missing(3)))
    gains = words_of.worth_most(result)
    assert [(gain.title, gain.points) for gain in gains] == [
        *(("Answer questions 2 and 3", 20), ("Check a.", 8), ("C.", 2))
    ]


def test_the_overview_counts_right(html: str):
    """Does the sentence under the name say what is full, left, missing and waiting for a person?"""
    assert (
        "Full points on 6 of 10 questions; 31 points left to gain. No answer was found to question 10. "
        "One check could not be carried out; a person will look at the work."
    ) in words(html)


def test_nothing_is_proposed_where_nothing_is_lost():
    """Is the part on what would earn most left out for a student with full points?"""
    questions = (samples.full(1, (1,)), samples.full(2, (2,)))
    html = render(samples.graded(questions=questions), None)
    assert "What would earn most" not in words(html)
    assert "Full points on all 2 questions." in words(html)


def test_a_failed_check_says_what_was_expected_and_found(html: str):
    """Does the failed check stand open, with its facts?"""
    part = article(html, 6)
    check = next(item for item in part.all("li") if item.attributes.get("id") == "check-6-4")
    assert check.attributes["class"] == "check fail"
    text = squeezed(check.text)
    assert "0 of 2 points · no points yet · structure" in text
    assert "Expected 5,544 (4u(m + u + 1) + 3u)" in text
    assert "Found 5,472" in text
    assert "Why it matters Peepholes are weights: without 3u of them no gate can have one." in text


def test_a_check_of_prose_quotes_the_student(html: str):
    """Is the sentence that a check of the explanation found called what the student wrote?"""
    text = squeezed(article(html, 6).text)
    assert "You wrote It adds connections from the cell state to the gate units." in text


def test_passed_checks_are_folded_and_others_are_not(html: str):
    """Is what needs no attention folded away, and all else in the open?"""
    part = article(html, 2)
    folded = {item.attributes.get("id") for details in part.all("details") for item in details.all("li")}
    shown = {item.attributes.get("id") for item in part.all("li")} - folded
    assert folded == {"check-2-1"}
    assert shown == {"check-2-2", "check-2-3", "check-2-4"}


def test_the_three_ways_to_earn_nothing_are_told_apart(html: str):
    """Do a failed, a skipped and a broken check each say which they are?"""
    text = squeezed(article(html, 3).text) + squeezed(article(html, 2).text)
    for phrase in ("no points yet · behaviour", "not looked at · training", "a person will look at this · behaviour"):
        assert phrase in text


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
    assert "ValueError: Dimensions must be equal, but are 10 and 1" in squeezed(third.all("pre", "p")[-1].text)


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
    rest = next(it for it in parse(html).all("section") if it.attributes.get("aria-labelledby") == "rest")
    assert "Explain the basic architecture of RNN cell." in squeezed(rest.text)
    assert "Show 1 cell" in squeezed(rest.text)


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


def test_the_environment_and_the_flags_are_at_the_end(html: str):
    """Can a teacher see on what the notebook ran, and what to look at?"""
    foot = squeezed(parse(html).all("footer")[0].text)
    assert "3.12.0 (generation 3)" in foot
    assert "q2.gradient-reaches-the-start: the check could not be carried out" in foot


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
    titles = [squeezed(item.all("h2")[0].text) for item in parse(html).all("article")]
    assert titles == [f"{question.number} {question.title}" for question in pack.questions]


def test_empty_texts_break_nothing(result: Result, notebook: NotebookNode):
    """Does a page come of a result in which every text is empty?"""
    html = render(with_every_text(result, lambda _: ""), notebook)
    assert dangers(html) == []
