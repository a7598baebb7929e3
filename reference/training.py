"""Whether a recurrent layer was trained: the loss fell, and its weights are no longer what they were."""

from __future__ import annotations

import numpy as np

from grader.assignment import Answer, Layer, Outcome, Training, miss, passed, trend

ENOUGH = 3


def loss_falls(answer: Answer, layer: Layer) -> Outcome:
    """Some training of a model with this layer brought the loss down; ends the check with the reason if none did."""
    runs = [training for training in answer.trainings if contains(training.model, layer)]
    for training in runs:
        shape = training.trend
        if shape is not None and shape.falls and training.changed(layer):
            return passed(
                f"The loss falls from {shape.first:.4g} to {shape.last:.4g} over {shape.length} epochs.",
                expected="falling",
                observed=f"{shape.first:.4g} → {shape.last:.4g}",
            )
    for series in by_hand(answer):
        shape = trend(series)
        if len(series) >= ENOUGH and shape.falls:
            return passed(
                f"The loss of your own training loop falls from {shape.first:.4g} to {shape.last:.4g}.",
                expected="falling",
                observed=f"{shape.first:.4g} → {shape.last:.4g}",
            )
    return _why_not(layer, runs)


def by_hand(answer: Answer) -> list[np.ndarray]:
    """The losses that the answer differentiated itself with a GradientTape, in order."""
    taken = [float(item.target) for item in answer.survey.tapes if item.target is not None]
    return [np.array(taken)] if taken else []


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
        miss(f"The training of your model ended with {last.facts.error}.", observed=last.facts.error)
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
        )
    return miss(
        f"The loss does not fall: it goes from {shape.first:.4g} to {shape.last:.4g} over {shape.length} epochs. "
        "Look at the learning rate, and whether the target has the shape of the output.",
        expected="a falling loss",
        observed=f"{shape.first:.4g} → {shape.last:.4g}",
    )
