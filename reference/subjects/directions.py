"""Finding what reads a sequence in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.answer.layer import Layer
from grader.pack.pictures import Dependence
from grader.pack.verdict import Missed, Todo, miss
from reference.checks.seeing import recurrent_parts, what_outputs_see
from reference.loops.two_loops import two_loops
from reference.recurrent.kinds import KINDS, Kind
from reference.recurrent.layers import batch_first, reads_sequences
from reference.subjects.bidirectional import Bidirectional
from reference.subjects.finding_subjects import any_layer, require_choice
from reference.subjects.joined import Joined
from reference.subjects.loops_both_ways import LoopBothWays
from reference.subjects.own_both_ways import own_both_ways
from reference.subjects.subject import Subject

NEEDED = "a bidirectional layer (or two layers that read in opposite directions)"
SECOND = Todo("Let a second layer read the input from its end (keras.layers.Bidirectional, or go_backwards=True).")


def directions(answer: Answer, kind: Kind | None = None, likely: Kind | None = None) -> Subject:
    """The Bidirectional layer of the answer, or what reads in opposite directions: a model with two recurrent layers,
    or two loops. Of another kind than this one, it has no points to give.

    Loops of a `likely` kind are looked for first, where no kind is asked for: to find that there are none takes long.
    """
    wrapper = answer.among(answer.of_family("Bidirectional"))
    if wrapper is not None and not (answer.is_thrown_away(wrapper) and _keeps_another(answer)):
        if answer.is_thrown_away(wrapper):
            require_choice(answer, "bidirectional layer" if kind is None else f"Bi{kind.keras}")
        used = bool(wrapper.facts.built or wrapper.facts.calls or answer.models)
        return Bidirectional(answer, batch_first(wrapper.built()), kind, used)
    own = [layer for layer in answer.layers if layer.facts.custom and not layer.is_cell]
    stacked = [model for model in (*answer.models, *own) if len(recurrent_parts(model)) >= 2]
    joined = answer.among(model for model in stacked if _reads_both_ways(answer, model))
    if joined is not None:
        return Joined(answer, joined, kind)
    own_layer = own_both_ways(answer, kind)
    if own_layer is not None:
        return own_layer
    expected = kind or likely
    first = [] if expected is None else [expected]
    loops = two_loops(answer, [*first, *(other for other in KINDS if other is not expected)])
    if loops is not None:
        return LoopBothWays(answer, loops, kind)
    if stacked:
        miss(
            "Your recurrent layers all read from the first time step to the last. In a "
            "bidirectional network a second layer reads the same input from its end.",
            expected="two directions",
            observed="one direction",
            todo=SECOND,
        )
    _require_a_second_layer(answer)
    return answer.nothing(NEEDED)


def sight(answer: Answer, likely: Kind | None = None) -> Iterator[Dependence]:
    """Which output depends on which input: of both directions, or of what stands in their place.

    They are of any kind, and of a `likely` one where there are several.
    """
    try:
        seen: Subject | None = directions(answer, likely=likely)
    except Missed:
        seen = any_layer(answer)
    return iter(()) if seen is None else seen.sight()


def _keeps_another(answer: Answer) -> bool:
    """Whether the answer holds on to a recurrent layer beside what it throws away: then that one is its answer."""
    return any(reads_sequences(layer) and not answer.is_thrown_away(layer) for layer in answer.layers)


def _require_a_second_layer(answer: Answer) -> None:
    """End the check where there is a single recurrent layer, whatever it is called on."""
    only = [layer for layer in answer.layers if reads_sequences(layer)]
    if len(only) == 1 and answer.broken is None:
        miss(
            f"Your {only[0].label} is the only recurrent layer, so both outputs that you join, if you do, come from "
            "the same weights. A bidirectional network has two layers, each with weights of its own: the second one "
            "reads the same input from its end (go_backwards=True, or keras.layers.Bidirectional).",
            expected="two layers, one for each direction",
            observed="one layer",
            todo=SECOND,
        )


def _reads_both_ways(answer: Answer, model: Layer) -> bool:
    """By the layers' own direction, or measured: where there is an output per time step, the first one sees the end."""
    if len({part.setting("go_backwards") is True for part in recurrent_parts(model)}) == 2:
        return True
    sees = what_outputs_see(answer, model)
    return len(sees) > 1 and bool(sees[0, -1])
