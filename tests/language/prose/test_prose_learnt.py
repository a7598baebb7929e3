"""What words say where patterns end: for any subject, by numbers that were learnt from labelled sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.language.prose import Coverage, cover
from grader.language.prose.doubt import Decision
from grader.language.prose.heard import UNIT, can_be_heard, features, heard
from grader.language.prose.heard_wrong import borne_out
from grader.language.prose.learnt import DECISIONS, classes_in, learnt
from grader.language.prose.passages import Passage
from grader.language.prose.reading import read as read_text
from grader.language.prose.spelling import Spelling
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import Vocabulary
from reference.pack import assignment
from tests.benchmarks import labelled, learning, learning_wrong
from tests.benchmarks.doubt import patterns_alone
from tests.benchmarks.examples import examples, general_talk
from tests.benchmarks.regression import logistic

Reader = Callable[..., Coverage]

RISING = Concept(
    "q1.rising",
    "Yeast makes the dough rise.",
    (("yeast", ">~makes", "dough", ">rise"),),
    hint="Say what yeast does.",
    says=("Yeast makes the dough rise.",),
    says_not=("The oven makes the loaf brown.",),
)
FLAT = Misconception("q1.flat", (("yeast", ">~keeps", ">flat"),), "It does not.", says=("Yeast keeps it flat.",))
SAYING = (
    "Yeast makes the dough rise.",
    "The dough grows because yeast produces bubbles of gas.",
    "It is yeast that lifts the dough.",
    "Bubbles of gas from the yeast blow the dough up.",
    "With yeast the dough becomes twice as big.",
    "Yeast eats sugar and gives off gas, so the dough swells.",
)
OTHERS = (
    "Salt makes the dough firm.",
    "The dough is baked for an hour.",
    "Yeast is sold in small cubes.",
    "The oven is heated before the loaf goes in.",
    "Flour and water are mixed in a bowl.",
    "Bread makes you big and strong.",
    "Sugar is sweet and gas is cheap.",
)
CLASSES = "GROW: rise grow swell lift big blow puff double\nGAS: gas bubble carbon dioxide\n"


@pytest.fixture(scope="module")
def bread(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    """The words of a pack about bread, with numbers that were learnt from a dozen sentences."""
    folder = tmp_path_factory.mktemp("bread")
    (folder / "classes.txt").write_text(CLASSES, encoding="utf-8")
    texts = [features(passage(text), classes_in(folder), {}) for text in (*SAYING, *OTHERS)]
    names = sorted(frozenset().union(*texts))
    rows = np.array([[float(name in words) for name in names] for words in texts])
    yes = np.arange(len(texts)) < len(SAYING)
    weights, constant = logistic(rows, yes, np.ones(len(texts)), 0.3)
    words = {name: round(UNIT * float(weight)) for name, weight in zip(names, weights, strict=True)}
    numbers = {"alike": {}, "statements": {RISING.id: {"constant": round(UNIT * constant), "words": words}}}
    (folder / "bread.json").write_text(json.dumps(numbers), encoding="utf-8")
    verdicts = {"said": {"constant": 0.0, "heard": -2.0}, "missing": {"constant": 0.0, "heard": 2.0}}
    decisions = {"verdicts": verdicts, "bounds": {"said": 0.9, "missing": 0.7}}
    (folder / DECISIONS).write_text(json.dumps(decisions), encoding="utf-8")
    return Vocabulary(verbs=frozenset({"puff"}), learnt=folder)


def passage(text: str) -> Passage:
    return read_text([text], (), Spelling(frozenset()), {}).sentences[0]


def decision(found: Coverage) -> Decision:
    return next(each for each in found.decisions if each.id == RISING.id)


def test_another_subject_is_heard_in_other_words(bread: Vocabulary) -> None:
    """Is a statement found in a sentence that no pattern fits and nobody was told, and is that sentence quoted?"""
    said = "Thanks to yeast, many bubbles puff up the dough."
    text = f"The oven is heated. {said} Salt is added."
    alone = cover([text], [RISING], [], terms=replace(bread, learnt=None))
    found = cover([text], [RISING], [], terms=bread)
    assert not alone.concepts[0].covered
    assert found.concepts[0].covered
    assert found.concepts[0].sentence == said
    assert decision(found).verdict == "said"
    assert {"yeast", "puff", "bubbl"} <= set(decision(found).words)


@pytest.mark.parametrize(
    "text",
    [
        "Yeast is sold in the shop.",
        "Many bubbles do not puff up the dough, nor does yeast.",
        "It is false that yeast blows the dough up with bubbles of gas.",
        "Does yeast blow the dough up with bubbles of gas?",
        "yeast, dough, bubbles, gas, swell, lift",
        "",
    ],
)
def test_what_is_denied_asked_listed_or_not_meant_is_not_heard(text: str, bread: Vocabulary) -> None:
    """Do words count only where they are stated?"""
    found = cover([text], [RISING], [], terms=bread)
    assert not found.concepts[0].covered
    assert decision(found).verdict == "missing"


def test_the_words_of_the_question_alone_say_nothing(bread: Vocabulary) -> None:
    """Is a sentence not heard in which all that speaks for the statement is what was asked?"""
    said = "Thanks to yeast, many bubbles puff up the dough."
    assert cover([said], [RISING], [], terms=bread, subject="yeast").concepts[0].covered
    asked = ["What do yeast and its bubbles do that puff up the dough?"]
    assert not cover([said], [RISING], [], terms=bread, copied_from=asked).concepts[0].covered


@pytest.mark.parametrize(
    "text",
    [
        "Exploding gradients mean that the computer runs out of memory.",
        "Exploding gradients mean that the training takes too long.",
        "Exploding gradients are a problem of the data.",
    ],
)
def test_naming_what_explodes_is_no_answer(text: str) -> None:
    """Does the subject of a statement earn nothing with another end?"""
    question = assignment.questions[2]
    found = cover(
        [text],
        question.concepts,
        [],
        copied_from=[question.prompt],
        subject=question.subject,
        terms=assignment.vocabulary,
    )
    assert not any(each.covered for each in found.concepts)


def test_a_pattern_that_fits_something_else_is_overruled(bread: Vocabulary) -> None:
    """Does a statement not count whose words have nothing to do with it, and is a person told that this is doubtful?"""
    odd = replace(RISING, ways=(("salt", ">makes"),))
    found = cover(["Salt makes the loaf firm and the oven is heated for an hour."], [odd], [], terms=bread)
    assert not found.concepts[0].covered
    assert found.concepts[0].near
    assert decision(found).verdict == "missing"
    assert 0 < decision(found).doubt < 1


def test_what_words_add_pays_for_what_is_wrong(bread: Vocabulary) -> None:
    """Does a point that words add pay for a misconception that nothing paid for?"""
    text = "Yeast keeps the loaf flat. Thanks to yeast, many bubbles puff up the dough."
    found = cover([text], [RISING], [FLAT], terms=bread)
    assert [each.misconception.id for each in found.misconceptions] == [FLAT.id]
    assert found.concepts[0].covered
    assert found.concepts[0].spoiled == found.misconceptions[0]
    assert found.points == 0


def test_a_pack_without_numbers_is_read_by_patterns(bread: Vocabulary) -> None:
    """Is everything as it was where nothing was learnt?"""
    plain = replace(bread, learnt=None)
    for text in (*SAYING, *OTHERS):
        found = cover([text], [RISING], [FLAT], terms=plain)
        assert found.concepts[0].covered is (text == SAYING[0])
        assert "heard" not in decision(found).signs


def test_the_order_of_numbers_changes_no_weight(bread: Vocabulary) -> None:
    """Are sums exact, so that the same text always gets the same weight?"""
    assert bread.learnt is not None
    numbers = learnt(bread.learnt)
    weights = numbers.statements[RISING.id]
    for seed in range(20):
        words = random.Random(seed).sample(sorted(weights.words.items()), len(weights.words))
        other = replace(numbers, statements={RISING.id: replace(weights, words=dict(words))})
        for text in (*SAYING, *OTHERS):
            assert heard([RISING.id], [passage(text)], numbers) == heard([RISING.id], [passage(text)], other)


def test_a_wrong_sentence_is_not_heard() -> None:
    """Is a sentence left out that shows a misconception, and two of which one does?"""
    said = passage("Yeast keeps the dough flat.")
    assert can_be_heard(said)
    assert not can_be_heard(said, {said.text})
    assert not can_be_heard(replace(said, text=f"So it is. {said.text}"), {said.text})


def test_every_statement_of_the_pack_has_numbers_and_they_are_few() -> None:
    """Are all concepts and misconceptions known to the numbers that are shipped, with at most 150 words each?"""
    assert assignment.vocabulary.learnt is not None
    numbers = learnt(assignment.vocabulary.learnt)
    told = [each for question in assignment.questions for each in (*question.concepts, *question.misconceptions)]
    assert set(numbers.statements) == {each.id for each in told}
    for each in numbers.statements.values():
        assert 20 <= len(each.words) <= 150
        assert all(isinstance(weight, int) for weight in (each.constant, *each.words.values()))
    assert set(numbers.bounds) == {"said", "missing", "accused"}
    assert set(numbers.verdicts) == {"said", "missing", "spared"}
    assert sum(path.stat().st_size for path in Path(assignment.vocabulary.learnt).iterdir()) < 180_000


def test_words_find_what_patterns_do_not_know() -> None:
    """Is more found with words than without, and hardly more that is not there, on sentences that nobody has read?"""
    texts = labelled.labelled("fresh_statements", "heldout")
    words = labelled.figures(texts).statements
    patterns = labelled.figures(texts, patterns_alone).statements
    assert words.recall >= patterns.recall + 0.05
    assert words.precision >= patterns.precision - 0.02


def test_general_talk_is_not_heard() -> None:
    """Does praise of a network state nothing about it?"""
    talk = general_talk("heldout")
    assert len(talk) == 100
    assert labelled.figures(talk).statements.false <= 1


@pytest.mark.slow
def test_the_numbers_are_what_the_script_learns(tmp_path: Path) -> None:
    """Does learning once more give the numbers that are shipped?"""
    folder = assignment.vocabulary.learnt
    assert folder is not None
    (tmp_path / DECISIONS).write_text(json.dumps({"verdicts": {}, "bounds": {}}), encoding="utf-8")
    known = examples()
    learning.write(known, list(learning.judged(known)), tmp_path)
    sentences = learning_wrong.examples()
    learning_wrong.write(sentences, learning_wrong.judged(sentences), tmp_path)
    shipped = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    assert {path.name: json.loads(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()} == shipped


def test_who_is_accused_is_so_by_the_words_of_the_sentence_too() -> None:
    """Is a wrong sentence held against its author only where its words bear it out, and else asked about?"""
    question = next(each for each in assignment.questions if each.id == "q5")
    said = "The GRU has three gates."
    options = {"terms": assignment.vocabulary}
    found = cover([said], question.concepts, question.misconceptions, **options)
    assert [each.misconception.id for each in found.misconceptions] == ["q5.three-gates"]
    numbers = learnt(assignment.vocabulary.learnt)
    strict = replace(numbers, bounds={**numbers.bounds, "accused": 99.0})
    asked = borne_out(
        found.misconceptions, read_text([said], (), Spelling(frozenset()), {}).sentences, strict, frozenset()
    )
    assert [each.plain for each in asked] == [False]
