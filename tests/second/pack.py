"""A pack of three questions: linear regression, convolution and attention, each with one live layer or model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Array
from grader.answer.layer import Layer
from grader.language import equations
from grader.language.equations import Form, Names, Sayings, Slip, Statement, System
from grader.pack.pictures import Dependence, Losses, points
from grader.pack.questions import Assignment, Concept, Misconception, Question, Topic
from grader.pack.verdict import Outcome, expect, failed, passed
from grader.pack.vocabulary import Vocabulary

CLOSE = 1e-4
SIZE = 6

VOCABULARY = Vocabulary(
    words=frozenset(["convolution", "convolve", "conv", "softmax", "query"]),
    verbs=frozenset(["attend", "convolve", "minimize", "slide", "weigh"]),
    defining=frozenset(["convolve", "convolves", "slides"]),
)

# Linear regression ----------------------------------------------------------------------------------------------------

LINE = System(
    "linear regression",
    (("x", "features"), ("y", "y~", "predicted")),
    (Statement("prediction", "The prediction", (Form("y_t = W x_t + b"),)),),
    (Slip("squashed", "prediction", "y_t = σ(W x_t + b)", "A sigmoid makes a classifier of it: there is none."),),
    sayings=Sayings("prediction"),
)
NAMES = Names(("predicted",), ("value",))

regression = Question(
    1,
    "Linear regression",
    "Explain linear regression.",
    Topic((r"linear regressions?", r"\bregression\b")),
    (
        Concept(
            "q1.sum",
            "It predicts a weighted sum.",
            (("weighted sum|linear combination",),),
            "Say what is added.",
            says=("It is a weighted sum of the features.",),
            says_not=("It is a sum of the features.",),
        ),
        Concept(
            "q1.bias",
            "A bias is added.",
            (("bias|intercept", "added|adds|add|plus"),),
            "Say what else is added.",
            says=("A bias is added to it.",),
            says_not=("It has no bias.",),
        ),
        Concept(
            "q1.squares",
            "It minimises squared errors.",
            (("minimise|minimises|minimize|minimizes|least", "squares|squared|mse"),),
            "Say what is made small.",
            says=("It minimises the squares of the errors.",),
            says_not=("It squares the features.",),
        ),
    ),
    subject="regression|weight|bias|feature",
)


def of_class(answer: Answer, name: str) -> Layer:
    """The layer of this class that is meant; ends the check if there is none."""
    found = answer.among(layer for layer in answer.layers if layer.facts.class_name == name and layer.facts.built)
    return found or answer.nothing(f"a layer of the class {name}")


@regression.check("structure", points=2)
def one_weight_for_each_feature(answer: Answer) -> Outcome:
    """The layer has one weight for each feature, and a bias."""
    layer = of_class(answer, "Dense")
    features = layer.weight_shapes[0][0]
    return expect(layer.parameters, "parameters").equals(features + 1, "features + 1")


@regression.check("behaviour", points=2, after=one_weight_for_each_feature)
def it_is_linear(answer: Answer) -> Outcome:
    """On random weights it computes x W + b."""
    layer = of_class(answer, "Dense")
    weights = layer.random_weights(answer.rng)
    x = answer.rng.normal(size=(4, weights[0].shape[0])).astype(np.float32)
    return close(layer.forward(x, weights)[0], x @ weights[0] + weights[1], "x W + b")


@regression.check("equations", points=2)
def the_equation(answer: Answer) -> Outcome:
    """The equation of the prediction is right."""
    found = [item for text in answer.prose for item in equations.find(text, NAMES)]
    verdict = equations.judge(found, LINE).statements["prediction"]
    said = passed if verdict.status == "right" else failed
    return said(verdict.message, expected=LINE.statement("prediction").reference, observed=verdict.student_text)


@regression.check("training", points=1)
def the_loss_falls(answer: Answer) -> Outcome:
    """Training makes the loss smaller."""
    falls = [bool(losses[-1] < losses[0]) for losses in answer.loss_series]
    return expect(any(falls), "the loss").is_true("a loss that falls")


@regression.picture
def course(answer: Answer) -> Iterator[Losses]:
    """Its training."""
    for training in answer.trainings[:1]:
        yield Losses(title="Your training", yours=points(training.losses))


# Convolution ----------------------------------------------------------------------------------------------------------

convolution = Question(
    2,
    "Convolution",
    "Explain the convolutional layer.",
    Topic((r"convolutions?\b", r"convolutional layers?"), (("Conv1D",),)),
    (
        Concept(
            "q2.slides",
            "A filter slides over the input.",
            (("filter|kernel", "slide|slides|moves"),),
            "Who moves?",
            says=("The filter slides over the picture.",),
            says_not=("The filter has a bias.",),
        ),
        Concept(
            "q2.shared",
            "The same weights are used everywhere.",
            (("same|shared", "weights|filter|kernel"),),
            "Say which weights a place has.",
            says=("The same filter is used at each place.",),
            says_not=("Each place is used once.",),
        ),
        Concept(
            "q2.local",
            "An output depends on its neighbourhood alone.",
            (("output", "neighbourhood|neighborhood|neighbours|window|local"),),
            "Say what an output sees.",
            says=("An output sees its neighbourhood alone.",),
            says_not=("The output has no colour.",),
        ),
    ),
    (
        Misconception(
            "q2.weights-of-its-own",
            (("pixel|position|place", ">~weights", "~own|separate|different"),),
            "All places share one filter.",
            "q2.shared",
            says=("Every pixel has weights of its own.",),
            says_not=("The filter has weights of its own for each channel.",),
        ),
    ),
    subject="convolution|filter|kernel",
)


@convolution.check("structure", points=3)
def one_filter_for_all_places(answer: Answer) -> Outcome:
    """The layer has (k c + 1) f parameters: f filters of k places and c channels, each with a bias."""
    layer = of_class(answer, "Conv1D")
    places, channels, filters = layer.weight_shapes[0]
    return expect(layer.parameters, "parameters").equals((places * channels + 1) * filters, "(k c + 1) f")


@convolution.check("behaviour", points=4, after=one_filter_for_all_places)
def it_convolves(answer: Answer) -> Outcome:
    """On random weights every output is the filter times its window."""
    layer = of_class(answer, "Conv1D")
    weights = layer.random_weights(answer.rng)
    kernel, bias = weights
    x = answer.rng.normal(size=(2, SIZE, kernel.shape[1])).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[0], axis=1)
    return close(layer.forward(x, weights)[0], np.einsum("btck,kcf->btf", windows, kernel) + bias, "filter · window")


@convolution.picture
def windows_seen(answer: Answer) -> Iterator[Dependence]:
    """Which output sees which pixel, as it is measured."""
    layer = of_class(answer, "Conv1D")
    x = answer.rng.normal(size=(1, SIZE, layer.weight_shapes[0][1])).astype(np.float32)
    changed = np.repeat(x, SIZE, axis=0)
    changed[np.arange(SIZE), np.arange(SIZE)] += 1
    moved = np.abs(layer.forward(changed)[0] - layer.forward(x)[0]).max(axis=-1) > CLOSE
    yield Dependence(axis="pixel", sees=tuple(tuple(map(bool, row)) for row in moved.T))


# Attention ------------------------------------------------------------------------------------------------------------

attention = Question(
    3,
    "Attention",
    "Explain attention.",
    Topic((r"(?:self-)?attention\b",), (("Attention",),)),
    (
        Concept(
            "q3.query",
            "A query is compared with keys.",
            (("query|queries", "key|keys"),),
            "Say what is compared.",
            says=("The query is compared with every key.",),
            says_not=("The query is a vector.",),
        ),
        Concept(
            "q3.softmax",
            "A softmax makes weights of scores.",
            (("softmax", "weights|scores"),),
            "What are weights?",
            says=("A softmax makes weights of them.",),
            says_not=("The weights are trained.",),
        ),
        Concept(
            "q3.values",
            "The values are added by weight.",
            (("weighted sum", "value|values"),),
            "What comes out?",
            says=("It gives a weighted sum of the values.",),
            says_not=("It gives the value.",),
        ),
    ),
    subject="attention|query|key|value",
)


@attention.check("structure", points=2)
def there_is_a_model(answer: Answer) -> Outcome:
    """A model with an attention layer is built."""
    return expect(bool(of_class(answer, "Attention") and answer.models), "a model").is_true("a model with attention")


@attention.check("behaviour", points=5, after=there_is_a_model)
def each_place_attends_to_all(answer: Answer) -> Outcome:
    """Every output is the sum of all inputs, weighted by a softmax of their products."""
    model = answer.among(answer.models) or answer.nothing("a model")
    x = answer.rng.normal(size=(2, SIZE, (model.input_shape or (0,))[-1] or 1)).astype(np.float32)
    scores = np.exp(x @ x.transpose(0, 2, 1))
    return close(model.forward(x)[0], scores / scores.sum(axis=-1, keepdims=True) @ x, "softmax(x xᵀ) x")


def close(found: Array, wanted: Array, formula: str) -> Outcome:
    """Whether two results are the same, as far as single precision goes."""
    same = found.shape == wanted.shape and bool(np.abs(found - wanted).max() < CLOSE * (1 + np.abs(wanted).max()))
    return expect(same, "its output").is_true(formula)


assignment = Assignment(
    "not-recurrent",
    "Regression, convolution, attention",
    "1",
    (regression, convolution, attention),
    vocabulary=VOCABULARY,
)
