"""Comparing what a student's layer computes with the reference: on random weights, inputs and states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from grader.assignment import Answer, Layer, Outcome, failed, miss, passed
from reference import layouts, slips
from reference.cells import Array, Weights
from reference.judging import GRU, Kind, cell_of, has_states
from reference.recognise import TOLERANCE, Family, Recognition, difference
from reference.running import BATCH, over_a_sequence

MAX_READINGS = 20_000
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


def computes(answer: Answer, layer: Layer, kind: Kind) -> Outcome:
    """One step gives the numbers of the reference, in whatever layout the weights are."""
    cell = cell_of(layer)
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
    """Whose numbers one step of a built cell gives, on random weights; every weight has a part in them if accepted."""

    def find() -> Recognition:
        trial = try_step(answer, cell)
        return recognise(kind, list(readings(kind, trial.weights, cell)), trial)

    return answer.once(("recognised", kind.name, cell.facts.ref), find)


def require_unrolling(answer: Answer, layer: Layer, cell: Layer) -> None:
    """End the check where a layer over sequences does not give what its cell gives, step after step."""
    if not layer.is_cell:
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
    if difference(output, after[0]) > TOLERANCE:
        miss(f"The output of your {cell.label} is not its new hidden state.", expected="output = h_t")
    return Trial(tuple(arrays), x, before, tuple(after))


def recognise(kind: Kind, candidates: Sequence[Weights], trial: Trial) -> Recognition:
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


def readings(kind: Kind, arrays: Sequence[Array], cell: Layer) -> Iterator[Weights]:
    """Every way to read the arrays as the weights of this kind, Keras's own first."""
    u, m = cell.units or 1, cell.inputs or 1
    if kind is GRU and arrays[-1].shape == (2, 3 * u):
        yield Weights.from_keras(arrays)
    else:
        found = layouts.arrangements(arrays, u, m, gates=kind.gates, peepholes=kind.peepholes)
        yield from islice(found, MAX_READINGS)


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
