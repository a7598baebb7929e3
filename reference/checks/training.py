"""Whether a recurrent layer was trained: the loss fell, and its weights are no longer what they were."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.answer.answer import Answer, Training
from grader.answer.evidence import TapeFacts
from grader.answer.layer import Layer, Raised
from grader.answer.trend import Trend, trend
from grader.pack.verdict import Outcome, Todo, miss, passed

ENOUGH = 3
SAME = 1e-5
EXPLAINED = 0.02
"""So much of the fall of a loss must follow from the change of the weights, to first order."""

UNMEASURED = (
    "Your history shows a falling loss, but computed again on your data, it could not be had: a human will look at it."
)


def loss_falls(answer: Answer, layer: Layer) -> Outcome:
    """Some training of a model with this layer brought the loss down; ends the check with the reason if none did.

    A layer that was saved and loaded, or cloned, stands for the one of the same sizes that was trained before.
    """
    same = [layer, *(other for other in answer.layers if _is_alike(other, layer))]
    runs = [training for training in answer.trainings if any(contains(training.model, one) for one in same)]
    for training in runs:
        shape = training.trend
        if shape is not None and shape.falls and any(map(training.changed, same)):
            _require_on_data(answer, training)
            return passed(
                f"The loss falls from {shape.first:.4g} to {shape.last:.4g} over {shape.length} epochs."
                f"{_other_shape(training)}",
                expected="falling",
                observed=f"{shape.first:.4g} → {shape.last:.4g}",
            )
    for series in (series for one in same for series in by_hand(answer, one)):
        shape = trend(series)
        if len(series) >= ENOUGH and shape.falls:
            return fall(shape)
    if not all(_fall_is_explained(answer, one) for one in same):
        miss(
            "The numbers of your own training loop fall, but not because its weights have changed: with the first "
            "weights they are as low. A loss is computed from what the layer gives and from targets.",
            expected="a loss that the weights bring down",
            observed="numbers that fall by themselves",
        )
    if answer.stand_ins and any(len(run.losses) > 1 and any(map(run.changed, same)) for run in runs):
        return unjudged(answer)
    return _why_not(layer, runs)


def _is_alike(other: Layer, layer: Layer) -> bool:
    ours, theirs = layer.facts, other.facts
    return theirs.ref != ours.ref and (theirs.family, theirs.units, theirs.inputs, theirs.parameters) == (
        ours.family,
        ours.units,
        ours.inputs,
        ours.parameters,
    )


def unjudged(answer: Answer) -> Outcome:
    """The outcome where a training ran on random numbers in the place of a data set."""
    return passed(
        f"Your training ran. Grading has no network, so random numbers stood in for {', '.join(answer.stand_ins)}: "
        "whether the loss falls was not judged.",
        expected="a training",
        observed="a training on numbers that stood in",
    )


def fall(shape: Trend) -> Outcome:
    """The outcome where the losses of a training loop of one's own fall."""
    return passed(
        f"The loss of your own training loop falls from {shape.first:.4g} to {shape.last:.4g}.",
        expected="falling",
        observed=f"{shape.first:.4g} → {shape.last:.4g}",
    )


def _require_on_data(answer: Answer, training: Training) -> None:
    """End the check where the loss, computed anew on the training's own data, is not lower after it than before."""
    try:
        measured = training.measured()
    except Raised as error:
        answer.doubt(f"the loss of a training could not be computed anew ({str(error)[:200]})")
        miss(UNMEASURED, expected="a loss that can be computed again", observed="an error")
    if measured is None:
        miss("Your model has no loss that a training could bring down: compile it with one.", observed="no loss")
    if not np.isfinite(measured).all():
        answer.doubt("computed anew, the loss of a training is not a finite number")
        miss(UNMEASURED, expected="a loss that can be computed again", observed="not a finite number")
    before, after, *more = measured
    again = more[0] if more else before
    if abs(before - again) > SAME * max(1.0, abs(before)):
        miss(
            "Your loss gives different values for the same data and weights, so that its fall says nothing.",
            todo=Todo("Make the loss depend on data and weights alone."),
            expected="a loss of data and weights alone",
            observed=f"{before:.4g}, then {again:.4g}",
        )
    if after >= before:
        miss(
            f"The history shows a falling loss, but computed on your data it is {before:.4g} before the training and "
            f"{after:.4g} after it.",
            expected="a lower loss after the training",
            observed=f"{before:.4g} → {after:.4g}",
        )


def by_hand(answer: Answer, layer: Layer) -> list[np.ndarray]:
    """The losses by which the answer itself differentiated weights of the layer with a GradientTape, in order.

    Those of a `tf.function` are among what its calls returned; where that is nothing, among what the answer collected.
    """
    tapes, eager, inside = _tapes(answer, layer), _eager(answer, layer), _inside(answer, layer)
    taken = [float(item.target) for item in eager if item.target is not None] if _is_explained(eager) else []
    if inside:
        if any(item.explained is None for item in inside):
            answer.doubt("a tf.function that trains could not be called again, the losses of its calls are believed")
        return [np.asarray(item.losses) for item in inside if _is_explained_inside(item)]
    returned = [np.asarray(series) for item in tapes for series in item.returned]
    if any(item.traced for item in tapes) and not any(np.isfinite(series).all() for series in returned):
        answer.doubt("the losses of a training inside of a tf.function are believed as the answer collected them")
        returned += answer.collected
    return [np.array(taken), *returned] if taken else returned


def _tapes(answer: Answer, layer: Layer) -> list[TapeFacts]:
    refs = {layer.facts.ref, layer.facts.cell}
    return [item for item in answer.survey.tapes if refs & set(item.layers)]


def _eager(answer: Answer, layer: Layer) -> list[TapeFacts]:
    return [item for item in _tapes(answer, layer) if item.target is not None]


def _inside(answer: Answer, layer: Layer) -> list[TapeFacts]:
    """Those of losses inside of a `tf.function`."""
    return [item for item in _tapes(answer, layer) if item.traced and len(item.losses)]


def _fall_is_explained(answer: Answer, layer: Layer) -> bool:
    return _is_explained(_eager(answer, layer)) and all(map(_is_explained_inside, _inside(answer, layer)))


def _is_explained(tapes: Sequence[TapeFacts]) -> bool:
    """Whether values fall because the weights that they were differentiated by have changed, and not by themselves."""
    values = [float(item.target) for item in tapes if item.target is not None]
    followed = [item.explained for item in tapes if item.explained is not None]
    return not followed or values[0] <= values[-1] or -sum(followed) >= EXPLAINED * (values[0] - values[-1])


def _is_explained_inside(tape: TapeFacts) -> bool:
    """The same of a loss inside of a `tf.function`, which was called again with the first weights."""
    fallen = float(tape.losses[0] - tape.losses[-1])
    return tape.explained is None or fallen <= 0 or tape.explained >= EXPLAINED * fallen


def contains(model: Layer, layer: Layer) -> bool:
    """Whether the layer is the model, or somewhere inside it."""
    return model.facts.ref == layer.facts.ref or any(contains(inner, layer) for inner in model.inner)


def _why_not(layer: Layer, runs: list[Training]) -> Outcome:
    if not runs:
        miss(
            f"No training of your {layer.label} was seen: compile the model and call fit for a few epochs.",
            expected="a falling loss",
            observed="no training",
        )
    last = runs[-1]
    if last.facts.error is not None:
        miss(
            f"The training of your model ended with {last.facts.error}.{_other_shape(last)}",
            observed=last.facts.error,
            todo=Todo(f"Mend the training: it ended with {last.facts.error}."),
        )
    shape = last.trend
    if shape is None:
        miss(
            "One epoch shows no trend: train for at least three epochs and look at history.history['loss'].",
            expected="a falling loss",
            observed=f"{len(last.losses)} epoch",
        )
    if shape.falls:
        miss(
            f"The loss falls, but the weights of your {layer.label} did not change: is it frozen?",
            observed="weights unchanged",
            todo=Todo("Let the training change the recurrent weights."),
        )
    return miss(
        f"The loss does not fall: it goes from {shape.first:.4g} to {shape.last:.4g} over {shape.length} epochs. "
        f"{_other_shape(last).lstrip() or 'Look at the learning rate.'}",
        expected="a falling loss",
        observed=f"{shape.first:.4g} → {shape.last:.4g}",
    )


def _other_shape(training: Training) -> str:
    """A sentence on a target that has another shape than the output, which Keras may repeat to make it fit; or empty.

    A loss with classes as numbers ("sparse") has a target without the last axis; an axis of one may be missing.
    """
    target, output = training.facts.targets_shape, training.model.output_shape
    if target is None or output is None or "sparse" in (training.facts.loss or "").lower():
        return ""
    one, other = ([size for size in shape[1:] if size != 1] for shape in (target, output))
    if None in other or one == other:
        return ""
    return (
        f" Your target has the shape {_shown(target)}, and your model gives {_shown(output)}: they should "
        "be the same, or the loss compares each number with many others. (return_sequences=False gives one output for "
        "each sequence.)"
    )


def _shown(shape: Sequence[int | None]) -> str:
    sizes = ["batch", *map(str, shape[1:])]
    return f"({', '.join(sizes)})"
