"""Judging a loop of the student's own where there is no layer, cell or function to be asked: by what was seen of it.

The checks of a question ask `loop_instead` first. What it gives was proved when it was found: each of its hidden states
was computed by the student's code, from weights and data of the student's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.verdict import Missed, Outcome, failed, miss, passed
from reference.checks.comparing import recognised
from reference.checks.judging import GRU, LSTM, PEEPHOLE_LSTM, Kind, cell_of, find
from reference.loops.recurrences import first_recurrence, forgets
from reference.loops.search import Recurrence
from reference.recurrent import expected
from reference.recurrent.cells import PeepholeWeights
from reference.recurrent.expected import Count


def loop_instead(answer: Answer, kind: Kind, finder: Callable[[Answer, Kind], Layer] = find) -> Recurrence | None:
    """A loop of this kind in an answer that has no layer, cell or function of the kind; else None."""
    return answer.once(("loop instead", kind.name), lambda: _loop(answer, kind, finder))


def _loop(answer: Answer, kind: Kind, finder: Callable[[Answer, Kind], Layer]) -> Recurrence | None:
    try:
        finder(answer, kind)
    except Missed:
        return first_recurrence(answer, [kind])
    return None


def require_memory(answer: Answer, cell: Layer, kind: Kind) -> None:
    """End the check where the student's loop over a right cell does not give it the state of the step before.

    What a wrong cell computes on its way may look like steps without a past.
    """
    try:
        bare = cell_of(answer, cell)
        found = recognised(answer, bare, kind)
    except Missed:
        return
    if bare.loops or not found.accepted:
        return
    step = kind.family.step if found.slip is None else found.slip.compute
    if forgets(answer, kind, step):
        miss(
            "Your loop over the time steps gives a state of zeros to each of them: what a step gives is not handed to "
            "the next one, so nothing is remembered. Take the state that a step gives, and use it in the next.",
            expected="the state of the step before",
            observed="zeros at each step",
        )


def has_its_weights(answer: Answer, loop: Recurrence) -> Outcome:
    """The loop has all the weights of its kind; a bias that is zero at first must at least be there."""
    w = loop.weights
    found = w.kernel.size + w.recurrent_kernel.size + bias_size(answer, loop)
    found += 3 * w.input_peephole.size if isinstance(w, PeepholeWeights) else 0
    wanted = _count(loop)
    if found >= wanted.value:
        return passed(f"Your {loop.label} has its {found:,} weights.", expected=wanted.worked, observed=found)
    return failed(
        f"Your {loop.label} has {found:,} weights, {wanted.value:,} were expected: has it no bias?",
        expected=wanted.worked,
        observed=found,
    )


def bias_size(answer: Answer, loop: Recurrence) -> int:
    """How many numbers are in its bias. Where nothing but zeros was added: those of vectors of zeros that fit."""
    w, all_gates = loop.weights, loop.kind.gates * loop.weights.units
    if w.bias.any():
        return int(w.bias.size)
    sizes = (w.units, all_gates)
    vectors = [seen.numbers for seen in answer.replay.values if seen.fresh and not seen.part]
    zeros = [vector for vector in vectors if _vectors(vector.shape) in sizes and not vector.any()]
    stacked = [vector for vector in vectors if vector.shape == (loop.kind.gates, w.units) and not vector.any()]
    return min(all_gates, sum(int(vector.size) for vector in (*zeros, *stacked)))


def _vectors(shape: Sequence[int]) -> int:
    """The size of a vector, or of a matrix of one row or column; else 0."""
    size: int = max([0, *shape])
    return size if sum(each > 1 for each in shape) <= 1 else 0


def _count(loop: Recurrence) -> Count:
    u, m = loop.weights.units, loop.weights.inputs
    if loop.kind is GRU:
        return expected.gru(u, m, reset_after=False)
    if loop.kind is PEEPHOLE_LSTM:
        return expected.peephole_lstm(u, m)
    return expected.lstm(u, m) if loop.kind is LSTM else expected.simple_rnn(u, m)


def computes_its_kind(loop: Recurrence) -> Outcome:
    """Its hidden states are those of the reference, and not of a mistake that we know."""
    if loop.slip is not None and not loop.slip.accepted:
        return failed(
            f"Your {loop.label} does not compute what {loop.kind.name} computes. {loop.slip.message}",
            expected="the hidden states of the reference",
            observed="others",
        )
    return passed(
        f"Each step of your loop computes what {loop.kind.name} computes, with your weights and your data."
        + (f" {loop.slip.message}" if loop.slip else ""),
        expected="the hidden states of the reference",
        observed=f"{loop.states.shape[1]} of them found",
    )


def gives_its_states(loop: Recurrence) -> Outcome:
    """There is a hidden state for each time step, and what is remembered goes from one to the next."""
    if loop.slip is not None and loop.slip.id == "no_recurrence":
        return failed(loop.slip.message, expected="the state of the step before", observed="states without a past")
    shape = "(" + ", ".join(map(str, loop.states.shape)) + ")"
    return passed(
        f"The hidden states of all {loop.states.shape[1]} time steps were found, each made from the one before.",
        expected="a hidden state for each time step",
        observed=shape,
    )
