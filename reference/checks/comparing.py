"""Comparing what a student's layer computes with the reference: on random weights, inputs and states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Outcome, Todo, failed, miss, passed
from reference.checks.running import batch_for, require_same, steps_for
from reference.recurrent.cells import Array, PeepholeWeights, Weights
from reference.recurrent.kinds import Kind, readings
from reference.recurrent.layouts import MOST_IN_TURN
from reference.recurrent.measure import of_the_input
from reference.recurrent.recognise import TOLERANCE, Computation, Family, Recognition, Slip, difference
from reference.recurrent.recognise import recognise as recognise_numbers
from reference.recurrent.taken_apart import explained, nearest

READINGS_FOR_SLIPS = 100
LIKELY, NEAREST = 4 * MOST_IN_TURN, 1000
"""So many readings are tried as they come, those of four ways to cut arrays; of thousands of others, so many."""
STEP = ("x", "h", "c")
"""What is given to one step of an LSTM."""

ALLOWED = f"largest difference at most {TOLERANCE}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What a student's code computed: for its weights and what else was `given` to it, the arrays `observed`.

    `right` is what a family of cells computes for the weights and what was given, and `slips` what its slips do.
    `of_input` are the places of the weights that are multiplied with the input, where shapes do not tell, and it was
    measured.
    """

    weights: tuple[Array, ...]
    given: tuple[Array, ...]
    observed: tuple[Array, ...]
    right: Callable[[Family], Computation]
    slips: Callable[[Family], Sequence[Slip]]
    of_input: frozenset[int] | None = None

    @classmethod
    def of_a_step(cls, weights: Sequence[Array], x: Array, before: Sequence[Array], after: Sequence[Array]) -> Trial:
        """One step of a cell: x (batch, inputs), and the states before and after it (batch, units)."""
        return cls(tuple(weights), (x, *before), tuple(after), lambda family: family.step, lambda family: family.slips)

    @classmethod
    def over_time(cls, weights: Sequence[Array], x: Array, states: Array) -> Trial:
        """A layer over sequences x (batch, timesteps, inputs), and all its states or the last ones."""

        def seen(compute: Computation) -> Computation:
            return compute if states.ndim == 3 else lambda w, x: np.asarray(compute(w, x))[:, -1]

        def right(family: Family) -> Computation:
            return seen(family.sequence)

        def slips(family: Family) -> Sequence[Slip]:
            return [replace(slip, compute=seen(slip.compute)) for slip in family.over_time()]

        return cls(tuple(weights), (x,), (states,), right, slips)

    def readings(self, kind: Kind, layer: Layer) -> Iterator[Weights]:
        """Every way to read its weights as those of this kind: first those that fit what the input goes into."""
        yield from readings(kind, self.weights, layer, self.of_input)
        if self.of_input is not None:  # a draw may hide what an array is multiplied with
            yield from readings(kind, self.weights, layer, None)

    def errors(self, family: Family, w: Weights) -> tuple[float, ...]:
        """The largest difference to the reference in each array that was observed, if these are the weights."""
        expected = self.right(family)(w, *self.given)
        states = expected if isinstance(expected, tuple) else (expected,)
        return tuple(difference(ours, theirs) for ours, theirs in zip(self.observed, states, strict=True))

    def is_of(self, family: Family, w: Weights) -> bool:
        """Whether it is what the reference computes with these weights."""
        return max(self.errors(family, w)) <= TOLERANCE

    def recognise(self, family: Family, w: Weights) -> Recognition:
        """Whose numbers they are, if these are the weights."""
        return recognise_numbers(self.observed, self.right(family), self.slips(family), w, *self.given)


def try_step(answer: Answer, cell: Layer, *, whatever_output: bool = False) -> Trial:
    """Run one step on random weights, inputs and states; its output must be its first new state."""
    arrays = cell.random_weights(answer.rng)
    return _stepped(answer, cell, arrays, arrays, whatever_output=whatever_output)


def try_step_as_it_is(answer: Answer, cell: Layer) -> Trial | None:
    """The same with the weights that it has, which nobody touches; None where they are none to compute with."""
    own = cell.own_weights()
    if own is None or not all(np.isfinite(weight).all() for weight in own):
        return None
    return _stepped(answer, cell, own, None)


def _stepped(
    answer: Answer,
    cell: Layer,
    arrays: Sequence[Array],
    given: Sequence[Array] | None,
    *,
    whatever_output: bool = False,
) -> Trial:
    batch = batch_for(answer, cell)
    x = answer.rng.uniform(-1, 1, (batch, cell.inputs or 1))
    before = tuple(answer.rng.uniform(-1, 1, (batch, size)) for size in cell.facts.state_sizes)
    output, *after = cell.step(x, before, given)
    if len(after) != len(before):
        miss(f"Your {cell.label} takes {len(before)} state(s) and gives {len(after)} back.")
    if not whatever_output:
        require_same(cell, output, after[0])
    trial = Trial.of_a_step(arrays, x, before, after)
    return _told_apart(trial, cell, lambda weights: cell.step(np.zeros_like(x), before, weights))


def try_sequence(answer: Answer, layer: Layer) -> Trial:
    """Run a layer that loops by itself over sequences, on random weights and inputs."""
    arrays = layer.random_weights(answer.rng)
    x = answer.rng.uniform(-1, 1, (batch_for(answer, layer), steps_for(answer, layer), layer.inputs or 1))
    trial = Trial.over_time(arrays, x, layer.forward(x, arrays)[0])
    return _told_apart(trial, layer, lambda weights: layer.forward(np.zeros_like(x), weights)[:1])


def _told_apart(trial: Trial, layer: Layer, without_input: Callable[[list[Array]], list[Array]]) -> Trial:
    """The same with what is multiplied with the input, where a kernel is as large as a recurrent kernel."""
    if layer.inputs != layer.units or not layer.facts.custom:
        return trial
    return replace(trial, of_input=of_the_input(without_input, trial.weights, layer.units or 1))


def recognise(kind: Kind, readings: Iterable[Weights], trial: Trial) -> Recognition:
    """Right under any reading of the weights; else a slip that explains the numbers under the best of them."""
    left = iter(readings)
    candidates = list(islice(left, LIKELY))
    ranked: list[tuple[float, float, int, Family]] = []
    for index in _to_look_at(candidates, left, trial):
        for family in kind.families:
            errors = trial.errors(family, candidates[index])
            if max(errors) <= TOLERANCE:
                return Recognition(True, None, max(errors))
            # A wrong output gate leaves the cell state right: such a reading is the one to look at.
            ranked.append((min(errors), max(errors), index, family))
    ranked.sort(key=lambda item: item[:3])
    for _, _, index, family in ranked[:READINGS_FOR_SLIPS]:
        found = trial.recognise(family, candidates[index])
        if found.slip is not None:
            return found
    error = min((largest for _, largest, _, _ in ranked), default=np.inf)
    return Recognition(False, _by_parts(kind, candidates, trial), error)


def is_right(kind: Kind, readings: Iterable[Weights], trial: Trial) -> bool:
    """Whether the numbers are right under some reading of the weights; of thousands only the nearest are compared."""
    left = iter(readings)
    candidates = list(islice(left, LIKELY))
    looked_at = (candidates[index] for index in _to_look_at(candidates, left, trial))
    return any(trial.is_of(family, w) for w in looked_at for family in kind.families)


def _to_look_at(candidates: list[Weights], left: Iterator[Weights], trial: Trial) -> Iterator[int]:
    """The places of the readings that may be right: those of the likely ones, which are candidates already; then those
    that are left, which become candidates, and of the thousands that a step with peepholes has only the nearest."""
    yield from range(len(candidates))
    candidates += left
    rest = [w for w in candidates[LIKELY:] if isinstance(w, PeepholeWeights)]
    alike = {array.shape for array in (*trial.given[1:], *trial.observed)}
    if len(rest) > NEAREST and len(trial.given) == len(STEP) and len(alike) == 1:
        yield from (LIKELY + at for at in nearest(rest, trial.given, trial.observed, NEAREST))
    else:
        yield from range(LIKELY, len(candidates))


def _by_parts(kind: Kind, candidates: Sequence[Weights], trial: Trial) -> Slip | None:
    """What is wrong in one step of an LSTM with peepholes where it is no slip, or nobody knew under which reading."""
    readings = [w for w in candidates if isinstance(w, PeepholeWeights)]
    found = explained(readings, trial.given, trial.observed) if len(trial.given) == len(STEP) else None
    if found is None:
        return None
    known = trial.recognise(kind.family, readings[found.reading]).slip
    told = f"It is one but for this: {'; '.join(found.named)}."
    return known or Slip("by_parts", told, kind.family.step, found.accepted)


def holds_as_it_is(kind: Kind, cell: Layer, trial: Trial, as_it_is: Trial) -> bool:
    """Whether a reading of the weights that makes one trial right makes the other right as well."""
    alike = replace(as_it_is, of_input=trial.of_input)
    pairs = zip(trial.readings(kind, cell), alike.readings(kind, cell), strict=True)
    proved = False
    for w, own in pairs:
        for family in kind.families:
            if trial.is_of(family, w):
                if as_it_is.is_of(family, own):
                    return True  # the first that is right is nearly always right in both, and there may be thousands
                proved = True
    return not proved


def correct(slip: str) -> Todo:
    """What to do about a mistake that is known: the sentence that tells it says so."""
    told = slip.split(". ", maxsplit=1)[0].rstrip(".")
    return Todo(f"Correct the step: {told[:1].lower() + told[1:] if told[1:2].islower() else told}.")


def verdict(recognition: Recognition, what: str, name: str) -> Outcome:
    """The outcome of a comparison; a slip that was recognised names the mistake, or the convention."""
    if recognition.accepted:
        same = "the same numbers" if recognition.right else "the same numbers by another convention"
        message = f"{what} computes what {name} computes, on random weights and inputs. {recognition.message}"
        return passed(message.rstrip(), expected=ALLOWED, observed=same)
    unknown = "None of the mistakes that we know gives these numbers: compare your step with the equations."
    return failed(
        f"{what} does not compute what {name} computes. {recognition.message or unknown}",
        todo=correct(recognition.message) if recognition.message else None,
        expected=ALLOWED,
        observed=f"{recognition.error:.2g}" if np.isfinite(recognition.error) else "another shape, or not finite",
    )
