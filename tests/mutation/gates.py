"""Gates that change their roles, activations that are others, and one kernel for several gates.

That two gates with a sigmoid change places is no error where each has weights of its own: the weights only lie in
another order. A gate that changes places with the candidate is one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from tests.mutation.planting import SIGMOIDS, TANHS, Mutant, Source, activation_text, name_of

NAMES = {"sigmoid": SIGMOIDS, "tanh": TANHS}


def swapped_with_candidate(source: Source) -> Iterator[Mutant]:
    """A gate and the candidate in each other's place."""
    for step in source.steps():
        for gate, other in product(_with(source, step, "sigmoid"), _candidates(source, step)):
            if not _overlap(source, gate, other):
                one, two = source.text(gate), source.text(other)
                yield source.mutant(f"{one} and {two} are exchanged", {gate: two, other: one})


def one_kernel(source: Source) -> Iterator[Mutant]:
    """A gate that takes what another one has: the second, and then all of them."""
    for step in source.steps():
        gates = [*_with(source, step, "sigmoid"), *_candidates(source, step)]
        layers = source.activated_layers
        first = gates[0] if gates else None
        if first is None or len(gates) < 2:
            continue
        if name_of(first) in layers:
            yield source.mutant("the second gate is the first", {gates[1].func: source.text(first.func)})
            continue
        given = source.text(first.args[0])
        others = [gate.args[0] for gate in gates[1:] if source.text(gate.args[0]) != given]
        for reach, chosen in (("the second gate", others[:1]), ("every gate", others)):
            if chosen and not any(_overlap(source, first, gate) for gate in chosen):
                yield source.mutant(f"{reach} has the kernel of the first", dict.fromkeys(chosen, given))


def other_activations(source: Source) -> Iterator[Mutant]:
    """A sigmoid, and nothing at all, in the place of a tanh."""
    sigmoid = _sigmoid_used(source)
    for step in source.steps():
        for call in (call for call in source.inside(step, ast.Call) if name_of(call) in TANHS):
            given = source.text(call.args[0])
            yield source.mutant(f"{source.text(call)} is linear", {call: f"({given})"})
            if sigmoid:
                yield source.mutant(f"{source.text(call)} is a sigmoid", {call: f"{sigmoid}({given})"})
    for text in _layers_with_tanh(source):
        for other in ("linear", "sigmoid"):
            yield source.mutant(f"a layer with {other} for tanh", {text: repr(other)})


def _with(source: Source, step: ast.AST, activation: str) -> list[ast.Call]:
    """The values of gates: calls of an activation, or of a layer that has it."""
    layers = source.activated_layers
    return [
        call
        for call in source.inside(step, ast.Call)
        if call.args and (name_of(call) in NAMES[activation] or layers.get(name_of(call)) == activation)
    ]


def _candidates(source: Source, step: ast.AST) -> list[ast.Call]:
    """The candidate; of an LSTM's two tanh the one that is not the last, which is that of the cell state."""
    found = _with(source, step, "tanh")
    return found[:1]


def _overlap(source: Source, one: ast.AST, other: ast.AST) -> bool:
    return one in source.above(other) or other in source.above(one)


def _sigmoid_used(source: Source) -> str | None:
    """What the answer calls its sigmoid, or what fits its tanh."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    used = next((source.text(call.func) for call in calls if name_of(call) in SIGMOIDS), None)
    if used is not None:
        return used
    tanh = next((source.text(call.func) for call in calls if name_of(call) == "tanh"), "")
    if tanh.startswith("np."):
        return "(lambda v: 1 / (1 + np.exp(-v)))"
    return tanh.replace("tanh", "sigmoid") or None


def _layers_with_tanh(source: Source) -> Iterator[ast.Constant]:
    for node in ast.walk(source.tree):
        text = activation_text(node) if isinstance(node, ast.Call) else None
        if text is not None and text.value == "tanh":
            yield text
