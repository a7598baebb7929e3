"""Q3 · Vanishing and exploding gradients (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994).

The chain rule multiplies one factor for each layer, or for each time step, that the error passes on its way back:

    dL/dh_k = dL/dh_T * product over t = k+1 ... T of dh_t/dh_{t-1},    dh_t/dh_{t-1} = diag(1 - h_t^2) U

If the factors are mostly smaller than one, the product shrinks exponentially with its length: the gradient vanishes,
and the early layers or steps hardly learn. If they are mostly larger than one, it grows exponentially: the gradient
explodes, and training becomes unstable. Saturating activations make factors small (the derivative of the sigmoid is at
most 1/4, that of tanh at most 1); large weights make them large.

What the notebook should show: for vanishing, a gradient norm that shrinks towards the early layers, and a loss that
stays nearly flat (in the sample 0.2572 to 0.2531); for exploding, norms of about 10^6 and losses of about 3.5·10^7.

Remedies for vanishing: ReLU, careful initialization, normalization, skip connections, LSTM and GRU. For exploding:
gradient clipping, smaller initial weights.

S. Hochreiter, diploma thesis, TU München (1991). Y. Bengio, P. Simard and P. Frasconi, Learning long-term dependencies
with gradient descent is difficult, IEEE Transactions on Neural Networks 5 (1994).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import LayerGradients
from grader.answer.layer import Layer
from grader.pack.pictures import SHORT, Gradients, Norms, Picture, points
from grader.pack.questions import Concept, Misconception, Question, Topic
from grader.pack.verdict import Outcome, failed, miss, passed
from reference.checks.training import contains
from reference.loops.layers_by_hand import errors_through_layers
from reference.loops.values import values_of
from reference.recurrent.cells import Array
from reference.recurrent.layers import reads_sequences
from reference.wording import q03 as said
from reference.wording.ideas import SUBJECT

question = Question(
    3,
    "Vanishing and exploding gradients",
    prompt="Explain Vanishing and exploding gradients",
    concepts=(
        Concept(
            "q3.gradient-shrinks",
            "Vanishing: the gradient shrinks towards zero on its way back through layers or time steps.",
            said.GRADIENT_SHRINKS,
            "Say what vanishes: the gradient gets smaller and smaller on its way back, until almost nothing is left.",
            "What comes back to the early layers or steps is all that they can learn from.",
        ),
        Concept(
            "q3.gradient-grows",
            "Exploding: the gradient grows without bound on its way back through layers or time steps.",
            said.GRADIENT_GROWS,
            "Say what explodes: the gradient gets larger and larger on its way back.",
            "One huge step can undo all that was learned, and turn the loss into something that is no number.",
        ),
        Concept(
            "q3.cause",
            "The cause: the chain rule multiplies one factor per layer or step, below one (saturated activations) "
            "or above one "
            "(large weights).",
            said.CAUSE,
            "Say why it happens: on the way back the chain rule multiplies many factors, all below one or all "
            "above one.",
            "From the cause follow the cures: other activations, careful initial weights, gates, clipping.",
        ),
        Concept(
            "q3.effect",
            "The effect: early layers or steps stop learning when gradients vanish; training becomes unstable when "
            "they explode.",
            said.EFFECT,
            "Say what it does to training: with vanishing gradients the early layers stop learning, with exploding "
            "ones "
            "training becomes unstable.",
            "In practice the effect is seen first, a loss that stays or one that jumps, and the cause has to be "
            "recognised by it.",
        ),
    ),
    subject=SUBJECT,
    misconceptions=(
        Misconception(
            "q3.swapped",
            said.SWAPPED,
            "It is the other way round: a vanishing gradient shrinks towards zero, an exploding one grows without "
            "bound.",
            against="q3.gradient-shrinks",
        ),
        Misconception(
            "q3.clipping-cures-vanishing",
            said.CLIPPING_CURES_VANISHING,
            "Gradient clipping limits gradients that are too large, so it helps against explosion. It cannot "
            "restore a gradient "
            "that has vanished; ReLU, initialization, skip connections or gated cells help there.",
            against="q3.effect",
        ),
    ),
    topic=Topic(
        phrases=(
            r"(vanish|explo[ds])\w{1,12}( and | or |/| & )?(the )?(vanish|explo[ds])?\w{0,12}( \w{1,20})?"
            r" gradients?( problems?)?",
            r"gradients? (vanish|explo[ds])\w*( problems?)?",
        ),
        code=(),
    ),
)


SHRUNK_OVER_LAYERS = 0.1
SHRUNK_OVER_STEPS = 0.01
SHRUNK_AT_ALL = 0.5
HUGE = 1e3
LONGEST_SEQUENCE = 64
ROWS, TIMESTEPS = 32, 10
ENOUGH = 5
SAME = 1e-4
MOST_TAPES = 200
MOST_DRAWN = 4
MOST = 40
"""So many models, and so many recurrent layers, are measured."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Gradient norms from the input end to the loss end, over a model's layers or a recurrent layer's time steps.

    Over layers, `norms` are those by their kernels, and `errors` those by the outputs of the hidden ones: the error
    that is passed back. A kernel's gradient is the error times the layer's input, which grows with large weights.
    Without a `layer`, they are what the student's own code computes.
    """

    label: str
    norms: Array
    over: Literal["layers", "time steps", "steps", "sources"]
    layer: Layer | None = None
    errors: Array | None = None

    @property
    def vanishes(self) -> bool:
        """The norm at the input end is a small part of the norm at the loss end; over layers, the error shrinks too."""
        if not np.isfinite(self.norms).all():
            return False
        if self.errors is None:
            return _shrinks(self.norms, SHRUNK_OVER_STEPS)
        if len(self.errors) < 2 or not np.isfinite(self.errors).all():
            return False
        return _shrinks(self.errors, SHRUNK_OVER_LAYERS) or (
            _shrinks(self.norms, SHRUNK_OVER_LAYERS) and _shrinks(self.errors, SHRUNK_AT_ALL)
        )

    @property
    def explodes(self) -> bool:
        """The norms are huge, no longer finite, or grow tenfold toward the input end."""
        if not np.isfinite(self.norms).all() or self.norms.max() >= HUGE:
            return True
        return bool(self.norms[0] >= 1 and self.norms[0] > 10 * self.norms[-1])

    def __str__(self) -> str:
        return f"{self.norms[0]:.2g} in the first of {len(self.norms)} {self.over}, {self.norms[-1]:.2g} in the last"


def _shrinks(norms: Array, limit: float) -> bool:
    return bool(norms[-1] > 0 and norms[0] < limit * norms[-1])


@question.check("behaviour", points=2)
def vanishing(answer: Answer) -> Outcome:
    """A network of the answer has vanishing gradients: their norm shrinks toward the early layers or time steps.

    Norms for each layer or step show the problem where it arises. A loss can be flat for many other reasons.
    """
    found = _the(answer, "vanishes")
    if found is not None:
        return passed("Measured at its initial weights: the gradient vanishes.", expected="shrinking", observed=found)
    return _none(answer, "vanish", "Stack more sigmoid layers, or take a recurrent layer over a longer sequence.")


@question.check("behaviour", points=2)
def exploding(answer: Answer) -> Outcome:
    """A network of the answer has exploding gradients: their norm is huge, or grows toward early layers or steps.

    Norms show how much too large each step is going to be, before the loss does.
    """
    found = _the(answer, "explodes")
    if found is not None:
        return passed(
            "Measured at its initial weights: the gradient explodes.", expected="huge or growing", observed=found
        )
    return _none(answer, "explode", "Draw the initial weights from a normal distribution with a large deviation.")


@question.check("training", points=1, after=vanishing)
def loss_stays(answer: Answer) -> Outcome:
    """The consequence of vanishing gradients is shown: training hardly changes the loss.

    This is how vanishing gradients look in practice: the network trains, and gets no better.
    """
    found = _the(answer, "vanishes")
    series = _losses(answer, found)
    for losses in series:
        ends = f"{losses[0]:.4g} → {losses[-1]:.4g}"
        if np.isfinite(losses).all() and abs(losses[-1] - losses[0]) < 0.2 * abs(losses[0]):
            return passed("The loss hardly moves.", expected="nearly flat", observed=ends)
    return _not_shown(answer, found, series, "nearly flat")


@question.check("training", points=1, after=exploding)
def loss_is_huge(answer: Answer) -> Outcome:
    """The consequence of exploding gradients is shown: losses are huge, rise, or stop being numbers.

    This is how exploding gradients look in practice, and the sign to clip them or to begin with smaller weights.
    """
    found = _the(answer, "explodes")
    series = _losses(answer, found)
    for losses in series:
        ends = f"{losses[0]:.4g} → {losses[-1]:.4g}"
        if not np.isfinite(losses).all() or losses.max() >= HUGE or losses[-1] > 2 * losses[0]:
            return passed("The losses show it.", expected="huge, rising or not finite", observed=ends)
    return _not_shown(answer, found, series, "huge, rising or not finite")


def _profiles(answer: Answer) -> Iterator[Profile]:
    """In order of creation, models first; each is measured once, when it is first asked for."""
    for model in answer.models[:MOST]:
        measured = answer.once(("layers", model.facts.ref), partial(_over_layers, answer, model))
        if measured is not None and len(measured.norms) >= 2:
            # The output layer's is the loss's own gradient, which an activation such as softmax makes large.
            errors = np.asarray(measured.of_outputs)[:-1]
            yield Profile(model.label, np.asarray(measured.norms), "layers", model, errors)
    recurrent = [layer for layer in answer.layers if reads_sequences(layer) and layer.family != "Bidirectional"]
    for layer in recurrent[:MOST]:
        yield answer.once(("time steps", layer.facts.ref), partial(_through_time, answer, layer))
    if not (answer.models or recurrent):
        yield from answer.once(("by hand",), lambda: list(_by_hand(answer)))


def _by_hand(answer: Answer) -> Iterator[Profile]:
    """Without a layer: the norms of gradients that a tape gave, and norms that the code computes and collects.

    What is collected may begin at either end.
    """
    for tape in answer.survey.tapes[:MOST_TAPES]:
        if len(tape.norms) >= ENOUGH:
            yield Profile("a tape's gradients", np.asarray(tape.norms), "sources")
    known = values_of(answer).norms() if answer.collected else np.zeros(0)
    for series in answer.collected:
        if len(series) >= ENOUGH and _are_norms(series, known):
            yield Profile("the norms that you collected", series[::-1], "steps")
    for errors in errors_through_layers(answer):
        yield Profile("the layers that you wrote", errors, "layers", errors=errors)


def _are_norms(series: Array, known: Array) -> bool:
    """Whether they are the norms of arrays that the code computes."""
    if not len(known):
        return False
    places = np.searchsorted(known, series)
    nearest = np.stack([known[np.clip(places + step, 0, len(known) - 1)] for step in (-1, 0)])
    return bool((np.abs(nearest - series).min(axis=0) <= SAME * np.abs(series)).all())


def _over_layers(answer: Answer, model: Layer) -> LayerGradients | None:
    """On the student's own data, or where the model was never given any, on some that is drawn."""
    measured = model.layer_gradients()
    shape = model.input_shape
    if measured is not None or shape is None or _reads_words(model):
        return measured
    return model.layer_gradients(answer.rng.normal(size=(ROWS, *(size or TIMESTEPS for size in shape[1:]))))


def _reads_words(model: Layer) -> bool:
    return any(inner.family == "Embedding" or _reads_words(inner) for inner in model.inner)


def _through_time(answer: Answer, layer: Layer) -> Profile:
    built = layer.built()
    steps = min(layer.timesteps or 20, LONGEST_SEQUENCE)
    inputs = answer.rng.normal(size=(4, steps, built.inputs or 1))
    return Profile(built.label, built.step_gradients(inputs, initial=True), "time steps", built)


def _the(answer: Answer, what: str) -> Profile | None:
    return next((profile for profile in _profiles(answer) if getattr(profile, what)), None)


def _none(answer: Answer, verb: str, advice: str) -> Outcome:
    profiles = list(_profiles(answer))
    if not profiles:
        answer.nothing("a network that is trained or run on data")
    shown = "; ".join(f"{profile.label}: {profile}" for profile in profiles[:4])
    return failed(f"In none of the networks of this answer do the gradients {verb}. {advice}", observed=shown)


def _losses(answer: Answer, profile: Profile | None) -> list[Array]:
    """The losses of the trainings of this network."""
    if profile is None or profile.layer is None:
        return []
    return [item.losses for item in answer.trainings if contains(item.model, profile.layer) and len(item.losses)]


def _not_shown(answer: Answer, profile: Profile | None, series: list[Array], expected: str) -> Outcome:
    if series:
        last = series[-1]
        miss("The losses do not show it.", expected=expected, observed=f"{last[0]:.4g} → {last[-1]:.4g}")
    if answer.survey.tapes or (profile is not None and profile.layer is None):
        return passed("The gradients themselves are computed and shown, in place of a training.")
    return miss("The network is not trained, so its effect is not shown.", expected=expected, observed="no training")


def _whole(profiles: list[Profile]) -> list[Profile]:
    """Without those that are a part of another, such as what a Sequential was before its last layer was added."""
    layers = [_layers(profile) for profile in profiles]
    return [
        profile
        for at, profile in enumerate(profiles)
        if not layers[at]
        or not any(layers[at] < others or (layers[at] == others and place < at) for place, others in enumerate(layers))
    ]


def _layers(profile: Profile) -> frozenset[int]:
    if profile.layer is None or profile.over != "layers":
        return frozenset()
    return frozenset(inner.facts.ref for inner in profile.layer.inner if inner.family != "InputLayer")


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """The gradient norms of the networks: those that vanish or explode before others."""
    whole = _whole(list(_profiles(answer)))
    profiles = sorted(whole, key=lambda profile: not (profile.vanishes or profile.explodes))
    drawn = tuple(
        Norms(label=profile.label[:SHORT], over=profile.over, values=points(profile.norms))
        for profile in profiles[:MOST_DRAWN]
    )
    if drawn:
        yield Gradients(networks=drawn)
