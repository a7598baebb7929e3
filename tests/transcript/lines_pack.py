"""A pack of one question in one file: what a test changes, and judges notebooks again by."""

import numpy as np

from grader.pack.questions import Assignment, Concept, Question, Topic
from grader.pack.verdict import expect

WAY = ("weighted sum",)
ENOUGH = 1
BATCH = 4

line = Question(
    1,
    "Linear regression",
    "Explain linear regression.",
    Topic((r"linear regressions?",)),
    (
        Concept(
            "q1.sum",
            "It predicts a weighted sum.",
            (WAY,),
            "Say what is added.",
            says=("It is a weighted sum, a linear combination.",),
            says_not=("It is a line.",),
        ),
    ),
    subject="regression|weight|sum|combination",
)


def layer_of(answer):
    found = answer.among(layer for layer in answer.layers if layer.facts.class_name == "Dense")
    return found or answer.nothing("a Dense layer")


@line.check("structure", points=4)
def weights(answer):
    """The layer has enough weights."""
    return expect(layer_of(answer).parameters >= ENOUGH, "enough").is_true("enough weights")


@line.check("behaviour", points=5)
def linear(answer):
    """On random weights it computes x W + b."""
    layer = layer_of(answer)
    kernel, bias = layer.random_weights(answer.rng)
    x = answer.rng.normal(size=(BATCH, kernel.shape[0])).astype(np.float32)
    off = np.abs(layer.forward(x, [kernel, bias])[0] - (x @ kernel + bias)).max()
    return expect(bool(off < 1e-4), "it").is_true("x W + b")


pack = Assignment("lines", "Lines", "1", (line,))
