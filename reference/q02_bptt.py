"""Q2 · Backpropagation through time (BPTT): how a recurrent network learns (Werbos, 1990).

Unfolded over its T time steps, a recurrent network is a feed-forward network of T layers that share their weights.
Ordinary backpropagation runs through it from the last step to the first:

    h_t = tanh(a_t),   a_t = W x_t + U h_{t-1} + b
    d_t = dL/dh_t      = dL_t/dh_t + U^T (d_{t+1} * (1 - h_{t+1}^2))       error, backwards in time
    dL/dU              = sum over t of (d_t * (1 - h_t^2)) h_{t-1}^T       the same U at each step: a sum
    dL/dW              = sum over t of (d_t * (1 - h_t^2)) x_t^T
    U <- U - rate * dL/dU,   W <- W - rate * dL/dW                         gradient descent

So the error at the last step reaches the input of the first one: its gradient there is not zero. In the notebook, a
SimpleRNN with Dense(10) gives (None, 10), and the loss falls over ten epochs (in the sample from 0.869 to 0.135).
Truncated BPTT cuts the sum after a fixed number of steps.

P. J. Werbos, Backpropagation through time: what it does and how to do it, Proceedings of the IEEE 78 (1990).
"""

from collections.abc import Iterator

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Picture
from grader.pack.questions import Concept, Misconception, Question, Topic
from grader.pack.verdict import Outcome, failed, passed
from reference.checks import drawing
from reference.checks.comparing import require_unrolling
from reference.checks.judging import KINDS, cell_of, may_be
from reference.checks.training import contains, loss_falls
from reference.loops.recurrences import first_recurrence
from reference.loops.search import Recurrence
from reference.loops.training_of_loops import error_goes_back, loss_of_loop_falls
from reference.recurrent.layers import reads_sequences
from reference.recurrent.own_cells import own_layers
from reference.wording import q02 as said
from reference.wording.ideas import SUBJECT

question = Question(
    2,
    "Backpropagation through time",
    prompt="Explain Backpropagation through time (BPTT)",
    concepts=(
        Concept(
            "q2.unfold",
            "The network is unfolded (unrolled) over the time steps of the sequence.",
            said.UNFOLDED,
            "Say that the network is unfolded over the sequence: one copy of the cell for each time step.",
            "Unfolded, a recurrent network is a deep network with one layer for each time step, so all that is known "
            "of backpropagation applies to it.",
        ),
        Concept(
            "q2.backwards",
            "Ordinary backpropagation runs through the unfolded network: the error flows from the last step back "
            "to the first.",
            said.BACKWARDS,
            "Say which way the error goes: from the last time step back to the first, by the chain rule.",
            "Something can only be learned from an early input if the error of the later outputs comes back to it.",
        ),
        Concept(
            "q2.sum",
            "All time steps share the same weights, so their gradients are summed over the steps.",
            said.SUM,
            "Say that the weights are shared by all steps, and that their gradients are therefore added up over "
            "the steps.",
            "Each step has its own gradient for the shared weights, but the weights can move only once: by the sum "
            "of them all.",
        ),
        Concept(
            "q2.update",
            "The gradients of the loss are used to update the weights, by gradient descent.",
            said.UPDATE,
            "Say what the gradients are for: they update the weights so that the loss falls.",
            "Gradients alone teach nothing. The network learns when its weights take a step against them.",
        ),
    ),
    subject=SUBJECT,
    misconceptions=(
        Misconception(
            "q2.first-to-last",
            said.FIRST_TO_LAST,
            "In BPTT the error goes backwards in time, from the last time step to the first. It is the forward "
            "pass that goes "
            "from the first to the last.",
            against="q2.backwards",
        ),
        Misconception(
            "q2.separate-weights",
            said.SEPARATE_WEIGHTS,
            "The copies of an unfolded network share one set of weights. That is why the gradients of the steps "
            "are added up "
            "and the weights are changed once.",
            against="q2.sum",
        ),
        Misconception(
            "q2.cures-vanishing",
            said.CURES_VANISHING,
            "BPTT does not cure vanishing gradients, it is where they occur: the error is multiplied by a factor "
            "at each "
            "step back in time. LSTM and GRU cells mitigate this.",
            against="q2.backwards",
        ),
    ),
    topic=Topic(
        phrases=(
            r"back[- ]?propag\w{1,12} (through|over|in|across) time( \(bptt\))?",
            r"\bbptt\b",
        ),
        code=(
            ("SimpleRNN", "fit"),
            ("SimpleRNN", "GradientTape"),
        ),
    ),
)


SMALLEST = 1e-12


@question.check("structure", points=2)
def recurrent_model(answer: Answer) -> Outcome:
    """A recurrent layer stands inside a model.

    It is in a recurrent layer that backpropagation goes through time. Without one there is no time to go back through.
    """
    layer = _recurrent(answer)
    if isinstance(layer, Recurrence):
        return passed(f"Found: a {layer.label}, written by yourself.", observed=layer.label)
    require_unrolling(answer, layer, cell_of(answer, layer))
    if not any(contains(model, layer) for model in answer.models):
        return passed(f"Found: {layer.label}, used on its own.", observed=layer.label)
    return passed(f"Found: {layer.label} inside a model.", observed=layer.label)


@question.check("training", points=2, after=recurrent_model)
def training(answer: Answer) -> Outcome:
    """The model is trained, the loss falls, and the recurrent weights change.

    A loss that falls and recurrent weights that move are the visible proof that gradients came through.
    """
    layer = _recurrent(answer)
    return loss_of_loop_falls(answer, layer) if isinstance(layer, Recurrence) else loss_falls(answer, layer)


@question.check("behaviour", points=2, after=recurrent_model)
def gradient_through_time(answer: Answer) -> Outcome:
    """The gradient of the last output reaches the first time step.

    If nothing of the gradient reaches the first step, nothing can be learned from how a sequence begins.
    """
    layer = _recurrent(answer)
    if isinstance(layer, Recurrence):
        return error_goes_back(answer, layer)
    layer = layer.built()
    inputs = answer.rng.normal(size=(4, layer.timesteps or 10, layer.inputs or 1))
    norms = layer.step_gradients(inputs)
    shown = f"{norms[0]:.2g} at the first time step, {norms[-1]:.2g} at the last"
    if np.isfinite(norms).all() and norms[0] > SMALLEST * max(norms.max(), SMALLEST):
        return passed("The gradient flows back through all time steps.", expected="above zero", observed=shown)
    return failed(
        "No gradient arrives at the first time step: the steps are not connected, or one of them cuts the gradient.",
        expected="above zero",
        observed=shown,
    )


def _recurrent(answer: Answer) -> Layer | Recurrence:
    """The layer that was trained, if one was; else any layer over sequences, or a loop of the student's own."""
    layers = [layer for layer in answer.layers if reads_sequences(layer) and layer.family != "Bidirectional"]
    layers += [layer for layer in own_layers(answer) if any(may_be(layer, kind) for kind in KINDS)]
    trained = [layer for layer in layers if any(training.changed(layer) for training in answer.trainings)]
    chosen = answer.among(trained or layers)
    return chosen or first_recurrence(answer) or answer.nothing("a recurrent layer over a sequence")


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """The loss of its training."""
    layer = _recurrent(answer)
    if not isinstance(layer, Recurrence):
        yield from drawing.losses(answer, layer)
