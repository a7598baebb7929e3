"""Comparing what a student's layer computes with the reference: on random weights, inputs and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Outcome, failed, miss, passed
from reference.checks.judging import GRU, Kind, cell_of, has_states, readings
from reference.checks.running import BATCH, over_a_sequence, require_same, steps_for
from reference.recurrent import slips
from reference.recurrent.cells import Array, Weights
from reference.recurrent.recognise import TOLERANCE, Family, Recognition, Slip, difference
from reference.recurrent.recognise import recognise as recognise_numbers

READINGS_FOR_SLIPS = 100
ALLOWED = f"largest difference at most {TOLERANCE}"


@dataclass(frozen=True, slots=True)
class Trial:
    """One step of a student's cell: its weights, x (batch, inputs), the states before and after (batch, units)."""

    weights: tuple[Array, ...]
    x: Array
    before: tuple[Array, ...]
    after: tuple[Array, ...]

    def errors(self, family: Family, w: Weights) -> tuple[float, ...]:
        """The largest difference to the reference in each new state, if these are the weights."""
        expected = family.step(w, self.x, *self.before)
        states = expected if isinstance(expected, tuple) else (expected,)
        return tuple(difference(ours, theirs) for ours, theirs in zip(self.after, states, strict=True))

    def recognise(self, family: Family, w: Weights) -> Recognition:
        """Whose step it is, if these are the weights."""
        return family.recognise_step(self.after if len(self.after) > 1 else self.after[0], w, self.x, *self.before)


@dataclass(frozen=True, slots=True)
class SequenceTrial:
    """A student's layer over sequences: its weights, x (batch, timesteps, inputs), all its states or the last ones."""

    weights: tuple[Array, ...]
    x: Array
    states: Array

    def errors(self, family: Family, w: Weights) -> tuple[float, ...]:
        """The largest difference to the reference, if these are the weights."""
        return (difference(self.states, self._seen(family.sequence(w, self.x))),)

    def recognise(self, family: Family, w: Weights) -> Recognition:
        """Whose states they are, if these are the weights."""
        return recognise_numbers(
            self.states,
            lambda *args: self._seen(family.sequence(*args)),
            [replace(slip, compute=partial(self._computed, slip)) for slip in family.over_time()],
            w,
            self.x,
        )

    def _computed(self, slip: Slip, w: Weights, x: Array) -> Array:
        return self._seen(np.asarray(slip.compute(w, x)))

    def _seen(self, states: Array) -> Array:
        return states if self.states.ndim == 3 else states[:, -1]


def computes(answer: Answer, layer: Layer, kind: Kind) -> Outcome:
    """One step gives the numbers of the reference, in whatever layout the weights are."""
    if layer.loops:
        return verdict(recognised(answer, layer, kind), f"Over a sequence your {layer.label}", kind.name)
    cell = cell_of(answer, layer)
    if not has_states(cell, kind.states):
        held = len(cell.facts.state_sizes)
        miss(
            f"{kind.name.capitalize()} carries {kind.states} state(s) from step to step, your {cell.label} {held}.",
            expected=kind.states,
            observed=held,
        )
    recognition = recognised(answer, cell, kind)
    if recognition.accepted:
        require_unrolling(answer, layer, cell)
    return verdict(recognition, f"One step of your {layer.label}", kind.name)


def recognised(answer: Answer, cell: Layer, kind: Kind) -> Recognition:
    """Whose numbers one step of a built cell gives, on random weights; every weight has a part in them if accepted.

    Of a layer that loops by itself, whose numbers it gives over a sequence.
    """

    def find() -> Recognition:
        trial = try_sequence(answer, cell) if cell.loops else try_step(answer, cell)
        return recognise(kind, list(readings(kind, trial.weights, cell)), trial)

    return answer.once(("recognised", kind.name, cell.facts.ref), find)


def require_unrolling(answer: Answer, layer: Layer, cell: Layer) -> None:
    """End the check where a layer over sequences does not give what its cell gives, step after step."""
    if not (layer.is_cell or layer.loops):
        built = layer.built()
        answer.once(("unrolling", built.facts.ref), lambda: _unroll(answer, built, cell))


def _unroll(answer: Answer, layer: Layer, cell: Layer) -> None:
    x, found = over_a_sequence(answer, layer)
    output = cell.unroll(x[:, ::-1] if layer.setting("go_backwards") is True else x)
    last = found[:, -1] if found.ndim == 3 else found
    if difference(last, output) > TOLERANCE:
        miss(
            f"Over a sequence your {layer.label} does not give what its own cell gives, one step after the other.",
            expected=ALLOWED,
            observed="another output",
        )


def try_step(answer: Answer, cell: Layer) -> Trial:
    """Run one step on random weights, inputs and states; its output must be its first new state."""
    arrays = cell.random_weights(answer.rng)
    x = answer.rng.uniform(-1, 1, (BATCH, cell.inputs or 1))
    before = tuple(answer.rng.uniform(-1, 1, (BATCH, size)) for size in cell.facts.state_sizes)
    output, *after = cell.step(x, before, arrays)
    if len(after) != len(before):
        miss(f"Your {cell.label} takes {len(before)} state(s) and gives {len(after)} back.")
    require_same(cell, output, after[0])
    return Trial(tuple(arrays), x, before, tuple(after))


def try_sequence(answer: Answer, layer: Layer) -> SequenceTrial:
    """Run a layer that loops by itself over sequences, on random weights and inputs."""
    arrays = layer.random_weights(answer.rng)
    x = answer.rng.uniform(-1, 1, (BATCH, steps_for(answer, layer), layer.inputs or 1))
    return SequenceTrial(tuple(arrays), x, layer.forward(x, arrays)[0])


def recognise(kind: Kind, candidates: Sequence[Weights], trial: Trial | SequenceTrial) -> Recognition:
    """Right under any reading of the weights; else a slip that explains the numbers under the best of them."""
    families = (slips.GRU, slips.GRU_RESET_BEFORE) if kind is GRU else (kind.family,)
    ranked: list[tuple[float, float, int, Family]] = []
    for index, w in enumerate(candidates):
        for family in families:
            errors = trial.errors(family, w)
            if max(errors) <= TOLERANCE:
                return Recognition(True, None, max(errors))
            # A wrong output gate leaves the cell state right: such a reading is the one to look at.
            ranked.append((min(errors), max(errors), index, family))
    ranked.sort(key=lambda item: item[:3])
    for _, _, index, family in ranked[:READINGS_FOR_SLIPS]:
        found = trial.recognise(family, candidates[index])
        if found.slip is not None:
            return found
    return Recognition(False, None, min((largest for _, largest, _, _ in ranked), default=np.inf))


def verdict(recognition: Recognition, what: str, name: str) -> Outcome:
    """The outcome of a comparison; a slip that was recognised names the mistake, or the convention."""
    if recognition.accepted:
        same = "the same numbers" if recognition.right else "the same numbers by another convention"
        message = f"{what} computes what {name} computes, on random weights and inputs. {recognition.message}"
        return passed(message.rstrip(), expected=ALLOWED, observed=same)
    unknown = "None of the mistakes that we know gives these numbers: compare your step with the equations."
    return failed(
        f"{what} does not compute what {name} computes. {recognition.message or unknown}",
        expected=ALLOWED,
        observed=f"{recognition.error:.2g}" if np.isfinite(recognition.error) else "another shape, or not finite",
    )
