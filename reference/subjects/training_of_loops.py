"""Whether a loop of the student's own was trained by backpropagation through time: see `reference.loops`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.answer.answer import Answer
from grader.answer.evidence import Seen
from grader.answer.trend import trend
from grader.pack.verdict import Outcome, Todo, failed, miss, passed
from reference.checks.training import ENOUGH, fall, unjudged
from reference.loops.search import Recurrence
from reference.loops.values import Values, values_of
from reference.recurrent.cells import Array
from reference.recurrent.recognise import TOLERANCE

SMALLEST = 1e-12
NEAR = 0.5
FIRST = 10
"""So many of the first losses of a series must be numbers that the code computed when it ran once more."""


def loss_falls(answer: Answer, loop: Recurrence) -> Outcome:
    """The losses that the answer computed and collected fall, and the weights of the loop changed."""
    for training in answer.trainings:
        if training.trend is not None and training.trend.falls and training.facts.changed:
            return fall(training.trend)
    values = values_of(answer)
    first = FIRST if answer.replay.complete else 1
    series = [
        losses for losses in answer.loss_series if len(losses) >= ENOUGH and _are_computed(values, losses[:first])
    ] or [np.asarray(shown) for shown in answer.replay.shown if len(shown) >= ENOUGH]
    if series and not any(_comes_from_states(answer, loop, values, losses[:first]) for losses in series):
        miss(
            "The numbers that fall do not come from your loop: they stay the same when its hidden states are others. A "
            "loss is computed from what the loop gives and from targets.",
            expected="a loss of what the loop gives",
            observed="numbers without it",
        )
    series = [losses for losses in series if _comes_from_states(answer, loop, values, losses[:first])]
    falling = [shape for shape in map(trend, series) if shape.falls]
    if not series:
        miss(
            "No training of your loop was seen: collect the loss of each step of the training in a list, or print it.",
            expected="a falling loss",
            observed="no training",
        )
    if answer.stand_ins and series and not falling and _is_changed(answer, loop):
        return unjudged(answer)
    if not falling:
        shape = trend(series[-1])
        miss(
            f"The loss does not fall: it goes from {shape.first:.4g} to {shape.last:.4g} over {shape.length} steps. "
            "Try another learning rate, and check the sign of the update.",
            expected="a falling loss",
            observed=f"{shape.first:.4g} → {shape.last:.4g}",
        )
    if not _is_changed(answer, loop):
        todo = Todo("Let the training change the weights of the loop.")
        miss("The loss falls, but the weights of your loop did not change.", observed="weights unchanged", todo=todo)
    return fall(falling[0])


def _are_computed(values: Values, losses: Array) -> bool:
    """Whether the code computes these numbers, and does not only hold them."""
    return all(values.find(np.asarray(loss)) for loss in losses)


def _comes_from_states(answer: Answer, loop: Recurrence, values: Values, losses: Array) -> bool:
    """Whether one of these numbers, which the code computes, is another when the hidden states of the loop are."""
    found = {id(seen) for loss in losses for seen in values.find(np.asarray(loss))}
    return not _others(answer, loop).keys().isdisjoint(found)


def _others(answer: Answer, loop: Recurrence) -> dict[int, Seen]:
    """What the code computes otherwise when the hidden states of the loop are a little different, by its identity.

    All of it where it goes another way then, so that nobody can tell.
    """
    return answer.once(("others", loop.kind.name), lambda: _find_others(answer, loop))


def _find_others(answer: Answer, loop: Recurrence) -> dict[int, Seen]:
    seen = answer.replay.values
    beside = answer.replayed_beside(sorted({each.site for each in loop.found})).values
    together = list(zip(seen, beside, strict=False))
    same = len(seen) == len(beside) and all(one.site == other.site for one, other in together)
    if not same:
        return {id(each): each for each in seen}
    return {id(one): one for one, other in together if not np.array_equal(one.numbers, other.numbers, equal_nan=True)}


def _is_changed(answer: Answer, loop: Recurrence) -> bool:
    """Whether a weight of the loop changed in its place, or another array was computed that differs little from it."""
    seen = answer.replay.values
    weights = [seen[place] for place, _ in loop.arrays]
    return any(
        weight.changed or any(_is_next(weight.numbers, other.numbers) for other in seen if not other.fresh)
        for weight in weights
    )


def _is_next(weight: Array, other: Array) -> bool:
    if weight.shape != other.shape:
        return False
    distance = float(np.linalg.norm(weight - other))
    return 0 < distance < NEAR * float(np.linalg.norm(weight))


def error_goes_back(answer: Answer, loop: Recurrence) -> Outcome:
    """The gradient of the loss by the first hidden state is not zero; without a tape, errors pass back through U."""
    norms = [seen.gradient for seen in loop.found if seen.gradient is not None]
    if norms:
        shown = f"{norms[0]:.2g} at the first time step, {norms[-1]:.2g} at the last"
        if min(norms) > SMALLEST * max(norms):
            return passed("The gradient flows back through all time steps.", expected="above zero", observed=shown)
        return failed(
            "No gradient arrives at the first time steps: something in your loop cuts it off.",
            todo=Todo("Connect the time steps, so that the gradient goes from the last to the first."),
            expected="above zero",
            observed=shown,
        )
    steps = sum(1 for _ in _passed_back(answer, loop))
    needed = loop.states.shape[1] - 1
    shown = f"{min(steps, needed)} of {needed} steps back"
    if steps >= needed:
        return passed("The error is passed back from step to step: δ Uᵀ.", expected=f"{needed} steps", observed=shown)
    return failed(
        "The error does not go back through all time steps: at each of them it is multiplied by Uᵀ and handed to the "
        "step before. Your backward pass stops early.",
        todo=Todo("Hand the error back through each time step, multiplied by Uᵀ."),
        expected=f"{needed} steps back",
        observed=shown,
    )


def _passed_back(answer: Answer, loop: Recurrence) -> Iterator[Array]:
    """Arrays like the hidden state that were seen together with what they are behind the recurrent kernel, δ Uᵀ."""
    batch, _, units = loop.states.shape
    values = values_of(answer)
    others = _others(answer, loop).values()  # an error comes from what the loop gives
    blocks = np.split(loop.weights.recurrent_kernel, loop.kind.gates, axis=1)
    for delta in Values(list(others)).like((batch, units)):
        if np.abs(delta).max(initial=0.0) > TOLERANCE and any(values.find(delta @ block.T) for block in blocks):
            yield delta
