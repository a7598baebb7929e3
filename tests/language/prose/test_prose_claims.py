"""What a claim is about, and which sentence is quoted for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.language.prose import Coverage, cover
from grader.pack.questions import Misconception
from reference.pack import assignment
from tests.benchmarks import labelled

Reader = Callable[..., Coverage]
THREE = Misconception(
    "q0.three",
    (("gru|it", ">~has|have|use", ">~3 gate"),),
    "It has two.",
    about="gru",
    others="lstm",
    right="one too many",
)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("The GRU has three gates.", True),
        ("Like the LSTM, the GRU has three gates.", True),
        ("In contrast to the LSTM it has three gates. The GRU does.", True),
        ("The LSTM has three gates, the GRU has two.", False),
        ("A GRU is smaller than an LSTM, which has three gates.", False),
        ("The LSTM came first. It has three gates.", False),
        ("The GRU drops one of what would be three gates.", False),
        ("The GRU has one gate less than three gates.", False),
        ("In 1997 it had three gates.", False),
        ("The GRU has three gates, which is one too many.", False),
        ("The GRU has something like three gates.", False),
        ("The GRU differs from an LSTM, which has three gates.", False),
        ("The GRU has fewer weights than an LSTM with its three gates: it has three gates less one.", False),
        ("At the first step the GRU has three gates.", False),
        ("At each step the GRU has three gates.", True),
        ("The GRU has, once one was added, three gates.", False),
        ("The GRU that is an LSTM has three gates.", False),
        ("The GRU has as many as three gates.", True),
    ],
)
def test_what_a_claim_is_about(text: str, accused: bool) -> None:
    """Is a student accused only of what is said of the right thing, and not limited, likened or taken apart?"""
    assert bool(cover([text], [], [THREE]).misconceptions) == accused


GROWS = Misconception(
    "q0.grows", (("vanish gradient", ">~become|get", ">~very large|large"),), "It shrinks.", about="vanish gradient"
)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("A vanishing gradient becomes very large.", True),
        ("Vanishing gradients become very large values.", True),
        ("Vanishing gradients become a very large problem.", False),
        ("A vanishing gradient becomes visible in very large networks.", False),
    ],
)
def test_the_size_of_something_else_is_not_claimed(text: str, accused: bool) -> None:
    """Is nobody accused of what is said to be large, where that is a noun of its own?"""
    assert bool(cover([text], [], [GROWS]).misconceptions) == accused


NAMES = {
    "q1.gates": ("RNN", "LSTM"),
    "q1.cell-state": ("RNN", "LSTM"),
    "q4.two-gates": ("LSTM", "GRU"),
    "q4.gru-gates": ("LSTM", "GRU"),
    "q5.three-gates": ("GRU", "LSTM"),
    "q5.cell-state": ("GRU", "LSTM"),
    "q5.lstm-gates": ("GRU", "LSTM"),
    "q9.gru-gates": ("LSTM", "GRU"),
    "q10.lstm-gates": ("GRU", "LSTM"),
    "q10.cell-state": ("GRU", "LSTM"),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_of_another_network_is_true(read: Reader, name: str) -> None:
    """Is nobody accused who says of an LSTM what is wrong of a GRU?"""
    mine, other = NAMES[name]
    texts = [
        re.sub(mine, other, answer.text)
        for kind in ("sentences", "claims")
        for answer in labelled.labelled(kind, "tune")
        if name in answer.misconceptions and mine in answer.text and other not in answer.text
    ]
    question = name.split(".", maxsplit=1)[0]
    assert texts
    assert [text for text in texts if name in {f.misconception.id for f in read(question, text).misconceptions}] == []


@pytest.mark.parametrize("name", labelled.SETS)
def test_the_quoted_sentence_is_the_one_that_was_judged(name: str) -> None:
    """Does each sentence that is quoted say by itself what it is quoted for? Those that are cut are left out.

    How likely it is that patterns are wrong depends on the rest of a text: what they say by themselves is asked.
    """
    by_themselves = replace(assignment.vocabulary, learnt=None)
    for answer in labelled.labelled(name, "tune"):
        coverage, question = answer.read(), answer.question
        for finding in coverage.concepts:
            words = next(each.words for each in coverage.decisions if each.id == finding.concept.id)
            if finding.covered and (quoted := finding.sentence) and "…" not in quoted and not words:
                alone = cover([quoted], question.concepts, (), terms=by_themselves)
                assert finding.concept.id in {each.concept.id for each in alone.concepts if each.covered}, quoted
        for wrong in coverage.misconceptions:
            if "…" not in wrong.sentence:
                alone = cover([wrong.sentence], (), question.misconceptions, terms=assignment.vocabulary)
                found = {each.misconception.id for each in (*alone.misconceptions, *alone.asked)}
                assert wrong.misconception.id in found, wrong.sentence
