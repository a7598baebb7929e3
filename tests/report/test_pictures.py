"""Pictures: drawn from numbers, said in words, and with the numbers behind them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.pack.pictures import MOST_POINTS, Block, Dependence, Gradients, Losses, Norms, Parameters, points
from grader.report import captions, charts, markdown
from grader.report.html import render
from reference.checks.cell_diagram import SeenGates, cell_diagram
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.report.markup import parse
from tests.report.pages import article, dangers, faults

NUMBERS = st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=40).map(tuple)
pytestmark = pytest.mark.filterwarnings("error")  # what a library warns of stands on an instructor's terminal
BLOCKS = (Block(role="kernel", count=12), Block(role="bias", count=3))


def page(*pictures) -> str:
    return render(samples.graded(questions=(samples.full(1, (), pictures=pictures),)), None)


@settings(max_examples=40)
@given(NUMBERS, NUMBERS)
def test_any_losses_are_drawn_and_told(yours, reference):
    """Are all series drawn, with each number in the table, whatever they are?"""
    picture = Losses(title="A training", yours=yours, reference=reference)
    assert charts.losses(picture).startswith("<svg ")
    told = captions.table(picture)
    assert len(told.rows) == max(len(yours), len(reference))
    assert all(len(row) == len(told.headings) for row in told.rows)
    assert sum("–" in row for row in told.rows) == abs(len(yours) - len(reference))


@settings(max_examples=25)
@given(st.lists(NUMBERS, min_size=1, max_size=4))
def test_any_gradients_are_drawn_and_told(series):
    """Are norms of any size drawn on a logarithmic axis: zeros, huge ones, what is not finite?"""
    picture = Gradients(networks=tuple(Norms(label="Model", over="layers", values=values) for values in series))
    assert charts.gradients(picture).startswith("<svg ")
    assert len(captions.table(picture).rows) == max(map(len, series))
    assert captions.summary(picture).casefold().count("network ") == len(series)


def test_a_chart_is_a_part_of_the_page():
    """Has a chart no style sheet, script or size of its own, colours of the page, and ids of its own?"""
    one = charts.losses(Losses(title="one", yours=(1.0, 0.5), reference=(1.0, 0.2)))
    other = charts.losses(Losses(title="other", yours=(1.0, 0.5), reference=(1.0, 0.2)))
    assert "<style" not in one + other
    assert "#0" not in re.sub(r"#[mp][0-9a-f]{10}", "", one)
    assert "var(--link)" in one
    ids = [set(re.findall(r'id="([^"]*)"', chart)) for chart in (one, other)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])
    assert one == charts.losses.__wrapped__(Losses(title="one", yours=(1.0, 0.5), reference=(1.0, 0.2)))


def test_losses_are_compared_by_their_course():
    """Is each training drawn as a share of its first loss?"""
    assert charts.relative((0.5, 0.25, None)) == (1.0, 0.5, None)
    assert charts.relative((0.0, 1.0)) == charts.relative((None, 1.0)) == charts.relative(()) == ()


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (Dependence(sees=((True, True), (True, True))), "each of the 2 outputs depends on all 2 inputs"),
        (
            Dependence(axis="pixel", sees=((True, False), (True, True))),
            "on 2 pixels: output 1 does not depend on every input",
        ),
        (Dependence(sees=((True, False), (False, True))), "outputs 1 and 2 do not depend on every input"),
        (
            Parameters(yours=BLOCKS, expected=(*BLOCKS, Block(role="peepholes", count=6))),
            "15 parameters; 21 are expected, in the blocks of the lower bar. There is no block for the peepholes.",
        ),
        (cell_diagram(SeenGates(input=True, forget=True, output=True)), "all three gates see the cell state"),
        (cell_diagram(SeenGates(input=False, forget=False, output=False)), "as in a plain LSTM"),
        (cell_diagram(SeenGates(input=True, forget=True, output=False)), "to the output gate is missing"),
        (Losses(title="t", yours=(0.5, 2.5e-7)), "goes from 0.5 to 2.5 · 10⁻⁷ in 2 epochs"),
        (
            Gradients(networks=(Norms(label="m", over="layers", values=(None, 1e5, 1e6, 1e7)),)),
            "not finite in the first of 4 layers, 1 · 10⁷ in the last",
        ),
    ],
)
def test_what_a_picture_says(picture, said):
    """Is there a sentence that says what there is to see, as the name of the drawing and below it?"""
    html = page(picture)
    assert said in captions.summary(picture)
    figure = parse(html).all("figure")[0]
    drawing = next(part for part in figure.elements if part.attributes.get("role") == "img")
    assert said in str(drawing.attributes["aria-label"])
    assert said in figure.text
    assert not faults(html)
    assert not dangers(html)


def test_the_numbers_stand_behind_the_drawing():
    """Is there a table for each drawing, folded, with the headings of its columns?"""
    html = page(Parameters(yours=BLOCKS, expected=(*BLOCKS, Block(role="peepholes", count=6))))
    figure = article(html, 1).all("figure")[0]
    (details,) = figure.all("details")
    assert "open" not in details.attributes
    assert [cell.text for cell in details.all("th")][:3] == ["Weights", "Yours", "Expected"]
    assert "15" in details.text


@pytest.mark.parametrize(
    "picture",
    [
        Losses(title="t", yours=(0.5,)),
        Losses(title="t", yours=(0.5, None)),
        Gradients(networks=(Norms(label="m", over="layers", values=(1.0, 2.0)),)),
        Dependence(sees=((True,),)),
        Parameters(yours=BLOCKS, expected=BLOCKS),
    ],
)
def test_a_picture_that_shows_nothing_is_left_out(picture):
    """Is nothing drawn of a single point, a line between two, one place, or two bars that are the same?"""
    assert parse(page(picture)).all("figure") == []


@pytest.mark.parametrize(
    "picture",
    [
        Losses(title="A training", yours=()),
        Losses(title="A training", yours=(), reference=(1.0, 0.5)),
        Gradients(networks=()),
        Gradients(networks=(Norms(label="a", over="layers", values=()),)),
        Dependence(sees=()),
        Dependence(sees=((), ())),
        Parameters(yours=(), expected=()),
    ],
)
def test_a_picture_with_nothing_in_it_costs_no_report(picture):
    """Is all else told, as a page and as Markdown, where a training had no epoch, say?"""
    result = samples.graded(questions=(samples.full(1, (), pictures=(picture,)),))
    title = captions.title(picture)
    assert title not in render(result, None)
    assert "Feedback on question 1" in (said := markdown.whole(result))
    assert title not in said


def test_what_no_picture_can_be_is_refused():
    """Are rows of other lengths, and numbers too large to be one of parameters, no picture?"""
    with pytest.raises(ValueError, match="differ in length"):
        Dependence(sees=((True,), (True, False)))
    with pytest.raises(ValueError, match="less than or equal"):
        Block(role="kernel", count=10**400)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_names_in_pictures_are_harmless(attack):
    """Is the name of a student's model only ever text?"""
    networks = (Norms(label=attack, over="layers", values=(1.0, 2.0, 3.0)),)
    assert not dangers(page(Losses(title=attack, yours=(1.0, 0.5)), Gradients(networks=networks)))


def test_points_for_a_drawing():
    """Are numbers rounded to what can be seen, made finite, and thinned where there are too many?"""
    assert points([1.23456789, float("nan"), float("inf")]) == (1.2346, None, None)
    assert points([]) == ()
    assert len(points(range(10_000))) <= MOST_POINTS
