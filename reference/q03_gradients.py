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

from collections.abc import Callable, Iterator

import numpy as np

from grader.answer.answer import Answer
from grader.pack.pictures import SHORT, Gradients, Norms, Picture, points
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome, failed, miss, passed
from reference.loops.clipping import clipped_before_shown
from reference.loops.weights_of_layers import calls
from reference.recurrent import answer_sheets
from reference.recurrent.cells import Array
from reference.subjects.networks import HUGE, Network, networks, whole
from reference.wording import q03 as said
from reference.wording.ideas import SUBJECT

question = Question(
    3,
    "Vanishing and exploding gradients",
    prompt="Explain Vanishing and exploding gradients",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.GRADIENTS,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"(vanish|explo[ds])\w{1,12}( and | or |/| & )?(the )?(vanish|explo[ds])?\w{0,12}( \w{1,20})?"
            r" gradients?( problems?)?",
            r"gradients? (vanish|explo[ds])\w*( problems?)?",
        ),
        code=(),
    ),
)


MOST_DRAWN = 4
CLIPPING = frozenset({"clip", "clip_by_norm", "clip_by_global_norm", "clip_by_value"})


@question.check("behaviour", points=2)
def vanishing(answer: Answer) -> Outcome:
    """A network of the answer has vanishing gradients: their norm shrinks toward the early layers or time steps.

    Norms for each layer or step show the problem where it arises. A loss can be flat for many other reasons.
    """
    found = _vanishing(answer)
    if found is not None:
        return passed("Measured at its initial weights: the gradient vanishes.", expected="shrinking", observed=found)
    return _none(answer, "vanish", "Stack more sigmoid layers, or take a recurrent layer over a longer sequence.")


@question.check("behaviour", points=2)
def exploding(answer: Answer) -> Outcome:
    """A network of the answer has exploding gradients: their norm is huge, or grows toward early layers or steps.

    Norms show how much too large each step is going to be, before the loss does.
    """
    found = _exploding(answer)
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
    return _shown(answer, _vanishing(answer), _is_flat, "The loss hardly moves.", expected="nearly flat")


@question.check("training", points=1, after=exploding)
def loss_is_huge(answer: Answer) -> Outcome:
    """The consequence of exploding gradients is shown: losses are huge, rise, or stop being numbers.

    This is how exploding gradients look in practice, and the sign to clip them or to begin with smaller weights.
    """
    return _shown(answer, _exploding(answer), _is_wild, "The losses show it.", expected="huge, rising or not finite")


def _vanishing(answer: Answer) -> Network | None:
    return next((network for network in networks(answer) if network.vanishes), None)


def _exploding(answer: Answer) -> Network | None:
    return next((network for network in networks(answer) if network.explodes), None)


def _none(answer: Answer, verb: str, advice: str) -> Outcome:
    found = list(networks(answer))
    if not found:
        answer.nothing("a network that is trained or run on data")
    shown = "; ".join(f"{network.label}: {network}" for network in found[:4])
    return failed(f"In none of the networks of this answer do the gradients {verb}. {advice}", observed=shown)


def _is_flat(losses: Array) -> bool:
    return bool(np.isfinite(losses).all()) and bool(abs(losses[-1] - losses[0]) < 0.2 * abs(losses[0]))


def _is_wild(losses: Array) -> bool:
    return not np.isfinite(losses).all() or bool(losses.max() >= HUGE or losses[-1] > 2 * losses[0])


def _shown(
    answer: Answer, network: Network | None, shows: Callable[[Array], bool], message: str, *, expected: str
) -> Outcome:
    """Some training of the network has losses that show it; where gradients are computed by hand, they do."""
    series = [] if network is None else network.losses(answer)
    chosen = next((losses for losses in series if shows(losses)), None)
    if chosen is not None:
        return passed(message, expected=expected, observed=f"{chosen[0]:.4g} → {chosen[-1]:.4g}")
    if series:
        last = series[-1]
        miss(
            f"The losses of this network go from {last[0]:.4g} to {last[-1]:.4g}. "
            f"Show the effect: with it, they are {expected}.",
            expected=expected,
            observed=f"{last[0]:.4g} → {last[-1]:.4g}",
        )
    if shows is _is_wild and calls(answer, CLIPPING) and clipped_before_shown(answer):
        return miss(
            "The gradients are clipped before their norms are taken: what you show does not explode. Take the norms "
            "first.",
            expected=expected,
            observed="clipped gradients",
        )
    if answer.survey.tapes or (network is not None and network.by_hand):
        return passed("The gradients themselves are computed and shown, in place of a training.")
    message = "The network is not trained, so its effect is not shown. Train it for some epochs, and show the losses."
    return miss(message, expected=expected, observed="no training")


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """The gradient norms of the networks: those that vanish or explode before others."""
    ranked = sorted(whole(list(networks(answer))), key=lambda network: not (network.vanishes or network.explodes))
    drawn = tuple(
        Norms(label=network.label[:SHORT], over=network.over, values=points(network.norms))
        for network in ranked[:MOST_DRAWN]
    )
    if drawn:
        yield Gradients(networks=drawn)
