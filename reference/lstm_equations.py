"""The six statements of an LSTM in a student's own notation, judged by evaluating them.

Which symbol is which gate is found by the role that it plays: what multiplies c_{t-1} in the cell state is the forget
gate, whatever its name. A gate is right if its pre-activation (logit or atanh of its value) is an affine function of
x_t and h_{t-1} with weights of its own, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from grader.language.formulas import Call, Equation, Evaluator, Node, ParseFailure, Symbol, Unfit, equations, walk
from grader.language.formulas.evaluate import Array
from grader.language.formulas.tree import Concat, Power, Product, Quotient, Sum

ROLES = ("forget", "input", "candidate", "cell", "output", "hidden")
REFERENCE = {
    "forget": "f_t = σ(W_f [h_{t-1}, x_t] + b_f)",
    "input": "i_t = σ(W_i [h_{t-1}, x_t] + b_i)",
    "candidate": "C̃_t = tanh(W_c [h_{t-1}, x_t] + b_c)",
    "cell": "C_t = f_t * C_{t-1} + i_t * C̃_t",
    "output": "o_t = σ(W_o [h_{t-1}, x_t] + b_o)",
    "hidden": "h_t = o_t * tanh(C_t)",
}
NAMES = {
    "forget": "The forget gate",
    "input": "The input gate",
    "candidate": "The candidate",
    "cell": "The cell state",
    "output": "The output gate",
    "hidden": "The hidden state",
}
UNITS, INPUTS = 5, 3
CLOSE = 1e-8
GATE_FUNCTION = {"forget": "sigmoid", "input": "sigmoid", "output": "sigmoid", "candidate": "tanh"}
WORDS = {"sigmoid": "σ", "tanh": "tanh"}


@dataclass(frozen=True, slots=True)
class Statement:
    """How one of the six equations was found: right, or what is wrong with it; `text` is what the student wrote."""

    right: bool
    message: str
    text: str | None = None


@lru_cache(maxsize=8)
def judge(prose: tuple[str, ...]) -> dict[str, Statement]:
    """The six statements in a student's texts."""
    found, unread = equations(prose)
    return _Judge(found, unread).statements()


class _Judge:
    def __init__(self, found: Sequence[Equation], unread: Sequence[ParseFailure]) -> None:
        self._unread = list(unread)
        self._equations = [_with_times(equation) for equation in found]
        self._definitions: dict[str, list[Equation]] = {}
        for equation in self._equations:
            self._definitions.setdefault(_key(equation.target), []).append(equation)
        self._inline: dict[str, Node] = {}

    def statements(self) -> dict[str, Statement]:
        """Each role with its statement."""
        cell, roles = self._cell()
        hidden, output = self._hidden()
        roles["output"] = output or roles.get("output")
        for role, letters in (("forget", "f"), ("input", "iu"), ("output", "o"), ("candidate", "")):
            roles[role] = roles.get(role) or self._by_name(role, letters)
        result = {"cell": cell, "hidden": hidden}
        for role in ("forget", "input", "candidate", "output"):
            result[role] = self._gate(role, roles[role])
        self._shared_weights(result, roles)
        return {role: result[role] for role in ROLES}

    # ----- the cell state -----

    def _cell(self) -> tuple[Statement, dict[str, str | None]]:
        candidates = [item for item in self._equations if _is_cell(item.target)]
        outcomes = [self._one_cell(item) for item in candidates]
        right = [outcome for outcome in outcomes if outcome[0].right]
        if right or outcomes:
            return (right or outcomes)[0]
        return self._absent("cell"), {}

    def _one_cell(self, equation: Equation) -> tuple[Statement, dict[str, str | None]]:
        value = self._with_inline_named(equation.value)
        names = sorted({_key(node) for node in walk(value) if isinstance(node, Symbol) and not _is_state(node)})
        now = any(isinstance(node, Symbol) and _is_cell(node) and node.time == "now" for node in walk(value))
        if now:
            return self._wrong("cell", equation, "c_t stands on both sides: the old cell state is c_{t-1}."), {}
        try:
            zero, one = (self._with_cell(value, names, state) for state in (0.0, 1.0))
        except Unfit as error:
            return self._wrong("cell", equation, f"{error}."), {}
        vectors = _vectors(names)
        factor = one - zero
        kept = next((name for name in names if np.allclose(factor, vectors[name], atol=CLOSE)), None)
        pair = next(
            ((a, b) for a in names for b in names if a < b and np.allclose(zero, vectors[a] * vectors[b], atol=CLOSE)),
            None,
        )
        if kept is None or pair is None or kept in pair:
            return self._explain_cell(equation, factor, zero, vectors), {}
        plain = [name for name in pair if not _says(name, "i") and not _says(name, "f")]
        candidate = next((name for name in pair if self._looks_like_candidate(name)), (plain or pair)[-1])
        gate = pair[0] if candidate == pair[1] else pair[1]
        roles: dict[str, str | None] = {"forget": kept, "input": gate, "candidate": candidate}
        if _says(kept, "i") and _says(gate, "f"):
            message = "The gates have changed places: f_t belongs to c_{t-1}, i_t to the candidate."
            return self._wrong("cell", equation, message), {"forget": gate, "input": kept, "candidate": candidate}
        return self._fine("cell", equation), roles

    def _with_cell(self, value: Node, names: Sequence[str], state: float) -> Array:
        vectors = _vectors(names)

        def lookup(symbol: Symbol) -> Array | None:
            if _is_cell(symbol):
                return np.full(UNITS, state)
            return vectors.get(_key(symbol), _state_vectors().get(_key_and_time(symbol)))

        return np.broadcast_to(Evaluator(UNITS, 0).value(value, lookup), (UNITS,))

    def _explain_cell(self, equation: Equation, factor: Array, rest: Array, vectors: dict[str, Array]) -> Statement:
        products = [vectors[a] * vectors[b] for a in vectors for b in vectors if a < b]
        if np.allclose(factor, 0, atol=CLOSE):
            message = "The old cell state is missing: f_t * c_{t-1} is what the cell remembers."
        elif np.allclose(rest, 0, atol=CLOSE):
            message = "Nothing new is added: i_t * C̃_t is missing."
        elif any(np.allclose(rest, -product, atol=CLOSE) for product in products):
            message = "The sign is wrong: the new part is added, not subtracted."
        elif any(np.allclose(factor, -vector, atol=CLOSE) for vector in vectors.values()):
            message = "The sign is wrong: the old part is added, not subtracted."
        elif np.allclose(factor, 1, atol=CLOSE):
            message = "There is no forget gate: c_{t-1} is kept whole."
        elif any(np.allclose(rest, (1 - factor) * vector, atol=CLOSE) for vector in vectors.values()):
            message = "Here 1 - f_t takes the place of the input gate; an LSTM has an input gate of its own."
        elif any(np.allclose(rest, vector, atol=CLOSE) for vector in vectors.values()):
            message = "There is no input gate: the candidate is multiplied by i_t."
        else:
            message = "It does not evaluate to f_t * c_{t-1} + i_t * C̃_t."
        return self._wrong("cell", equation, message)

    def _with_inline_named(self, node: Node) -> Node:
        """The expression with functions of weights (a candidate written inline) replaced by symbols of their own."""
        if isinstance(node, Call):
            if any(isinstance(inner, Symbol) and not _is_cell(inner) for inner in walk(node.argument)):
                name = f"inline{len(self._inline)}"
                self._inline[name] = node
                return Symbol(name)
            return node
        if isinstance(node, Sum):
            return replace(node, left=self._with_inline_named(node.left), right=self._with_inline_named(node.right))
        if isinstance(node, Product | Quotient):
            return replace(node, left=self._with_inline_named(node.left), right=self._with_inline_named(node.right))
        if isinstance(node, Power):
            return replace(node, base=self._with_inline_named(node.base))
        if isinstance(node, Concat):
            return Concat(tuple(self._with_inline_named(part) for part in node.parts))
        return node

    def _looks_like_candidate(self, name: str) -> bool:
        nodes = (
            [self._inline[name]] if name in self._inline else [item.value for item in self._definitions.get(name, [])]
        )
        return any(isinstance(node, Call) and node.function == "tanh" for node in nodes) or "~" in name or "'" in name

    # ----- the hidden state -----

    def _hidden(self) -> tuple[Statement, str | None]:
        outcomes = [self._one_hidden(item) for item in self._equations if _is_hidden(item.target)]
        right = [outcome for outcome in outcomes if outcome[0].right]
        return (right or outcomes)[0] if outcomes else (self._absent("hidden"), None)

    def _one_hidden(self, equation: Equation) -> tuple[Statement, str | None]:
        value = self._with_inline_named(equation.value)
        names = sorted({_key(node) for node in walk(value) if isinstance(node, Symbol) and not _is_state(node)})
        vectors, states = _vectors(names), _state_vectors()

        def lookup(symbol: Symbol) -> Array | None:
            return vectors.get(_key(symbol), states.get(_key_and_time(symbol)))

        try:
            found = Evaluator(UNITS, 0).value(value, lookup)
        except Unfit as error:
            return self._wrong("hidden", equation, f"{error}."), None
        cell, old = states["c now"], states["c before"]
        shapes = {
            "": np.tanh(cell),
            "tanh is missing: h_t = o_t * tanh(C_t).": cell,
            "It takes the old cell state; the new one, C_t, is shown.": np.tanh(old),
            "A sigmoid stands where tanh belongs.": 1 / (1 + np.exp(-cell)),
        }
        for message, shown in shapes.items():
            gate = next((name for name in names if np.allclose(found, vectors[name] * shown, atol=CLOSE)), None)
            if gate is not None:
                return (self._wrong("hidden", equation, message) if message else self._fine("hidden", equation)), gate
        if np.allclose(found, np.tanh(cell), atol=CLOSE):
            return self._wrong("hidden", equation, "The output gate is missing: h_t = o_t * tanh(C_t)."), None
        return self._wrong("hidden", equation, "It does not evaluate to o_t * tanh(C_t)."), None

    # ----- the gates -----

    def _by_name(self, role: str, letters: str) -> str | None:
        for name, found in self._definitions.items():
            if role == "candidate":
                if "~" in name or "'" in name or (name in ("g", "z") and isinstance(found[0].value, Call)):
                    return name
            elif any(_says(name, letter) for letter in letters):
                return name
        return None

    def _gate(self, role: str, name: str | None) -> Statement:
        if name is None:
            return self._absent(role)
        if name in self._inline:
            return self._one_gate(role, Equation(Symbol(name), self._inline[name], "written inside the cell state"))
        outcomes = [self._one_gate(role, item) for item in self._definitions.get(name, [])]
        right = [outcome for outcome in outcomes if outcome.right]
        return (right or outcomes)[0] if outcomes else self._absent(role)

    def _one_gate(self, role: str, equation: Equation) -> Statement:
        wanted = GATE_FUNCTION[role]
        try:
            probe = _Probe(equation.value)
        except Unfit as error:
            return self._wrong(role, equation, f"{error}.")
        if not probe.affine_under(wanted):
            other = "tanh" if wanted == "sigmoid" else "sigmoid"
            if probe.affine_under(other):
                return self._wrong(role, equation, f"It has {WORDS[other]} where {WORDS[wanted]} belongs.")
            if probe.affine_under(None):
                return self._wrong(role, equation, f"The activation is missing: {WORDS[wanted]}(...).")
            return self._wrong(role, equation, f"It does not evaluate to {REFERENCE[role].split(' = ')[1]}.")
        if not probe.depends("h before"):
            late = probe.depends("h now")
            return self._wrong(
                role,
                equation,
                "It uses h_t, which is not known yet: the gate sees h_{t-1}."
                if late
                else "The previous hidden state h_{t-1} is missing: without it nothing recurs.",
            )
        if probe.depends("h now") or not probe.depends("x now"):
            return self._wrong(role, equation, "It must depend on x_t and h_{t-1}, and on nothing else.")
        if probe.depends("c now") or probe.depends("c before"):
            note = " (It also sees the cell state: that is a peephole LSTM.)"
            return Statement(False, f"{NAMES[role]} of a plain LSTM sees x_t and h_{{t-1}} only.{note}", equation.text)
        note = "" if probe.has_bias else " The bias is left out, which is a simplification."
        return Statement(True, f"{NAMES[role]} is right.{note}", equation.text)

    def _shared_weights(self, result: dict[str, Statement], roles: dict[str, str | None]) -> None:
        """Two gates with the same weights are the same gate."""
        seen: dict[str, Array] = {}
        for role in ("forget", "input", "output", "candidate"):
            name = roles.get(role) or ""
            node = self._inline.get(name) or next((item.value for item in self._definitions.get(name, [])), None)
            if node is None or not result[role].right:
                continue
            response = _Probe(node).response(GATE_FUNCTION[role])
            for other, known in seen.items():
                if np.allclose(known, response, atol=CLOSE):
                    message = f"{NAMES[role]} has the same weights as {NAMES[other].lower()}: each has its own."
                    result[role] = Statement(False, message, result[role].text)
            seen[role] = response

    # ----- words -----

    def _fine(self, role: str, equation: Equation) -> Statement:
        return Statement(True, f"{NAMES[role]} is right.", equation.text)

    def _wrong(self, role: str, equation: Equation, message: str) -> Statement:
        return Statement(False, f"{message} Expected: {REFERENCE[role]}.", equation.text)

    def _absent(self, role: str) -> Statement:
        message = f"{NAMES[role]} is not among your equations. Expected: {REFERENCE[role]}."
        if self._unread:
            stopped = self._unread[0]
            message += (
                f" Reading “{stopped.text.strip()[:80]}” stopped at character {stopped.where + 1}: {stopped.what}."
            )
        return Statement(False, message)


class _Probe:
    """The value of a gate as a function of the states, with its weights held still."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._evaluator = Evaluator(UNITS, 7)
        self._states = _state_vectors()
        self.at(self._states)

    def at(self, states: dict[str, Array]) -> Array:
        """The value for these states. Raises `Unfit`."""
        value = self._evaluator.value(self._node, lambda symbol: states.get(_key_and_time(symbol)))
        if value.shape not in ((UNITS,), ()):
            raise Unfit(f"it has {value.size} numbers where a vector of the size of the hidden state is needed")
        return np.broadcast_to(value, (UNITS,))

    def depends(self, state: str) -> bool:
        """Whether another value of this state gives another value."""
        moved = self._states | {state: self._states[state] + 0.3}
        return not np.allclose(self.at(moved), self.at(self._states), atol=CLOSE)

    def response(self, function: str) -> Array:
        """How the pre-activation answers to the states: by which two gates with the same kernel are known."""
        zero = {name: np.zeros_like(value) for name, value in self._states.items()}
        return _inverse(self.at(self._states), function) - _inverse(self.at(zero), function)

    @property
    def has_bias(self) -> bool:
        """Whether the pre-activation is not zero where all states are."""
        zero = {name: np.zeros_like(value) for name, value in self._states.items()}
        return not any(np.allclose(_inverse(self.at(zero), name), 0, atol=CLOSE) for name in ("sigmoid", "tanh"))

    def affine_under(self, function: str | None) -> bool:
        """Whether the value is this function of something affine in all states."""
        zero = {name: np.zeros_like(value) for name, value in self._states.items()}
        half = {name: value / 2 for name, value in self._states.items()}
        ends = [_inverse(self.at(states), function) for states in (zero, half, self._states)]
        bent = ends[0] - 2 * ends[1] + ends[2]
        return bool(np.isfinite(bent).all() and np.abs(bent).max() < 1e-6)


def _inverse(value: Array, function: str | None) -> Array:
    with np.errstate(all="ignore"):
        if function == "sigmoid":
            return np.log(value) - np.log1p(-value)
        return np.arctanh(value) if function == "tanh" else value


def _with_times(equation: Equation) -> Equation:
    """Code-like equations have no times: there c and h on the right are the old ones, x is the current input."""
    return replace(equation, value=_timed(equation.value))


def _timed(node: Node) -> Node:
    if isinstance(node, Symbol):
        if node.time is None and _is_state(node):
            return replace(node, time="now" if node.base.lower() == "x" else "before")
        return node
    if isinstance(node, Sum | Product | Quotient):
        return replace(node, left=_timed(node.left), right=_timed(node.right))
    if isinstance(node, Power):
        return replace(node, base=_timed(node.base), exponent=_timed(node.exponent))
    if isinstance(node, Concat):
        return Concat(tuple(_timed(part) for part in node.parts))
    return replace(node, argument=_timed(node.argument)) if isinstance(node, Call) else node


def _key(symbol: Symbol) -> str:
    return symbol.name


def _key_and_time(symbol: Symbol) -> str:
    return f"{symbol.base.lower()} {symbol.time}"


def _is_state(symbol: Symbol) -> bool:
    return symbol.base.lower() in ("x", "h", "c") and not symbol.label


def _is_cell(symbol: Symbol) -> bool:
    return symbol.base.lower() == "c" and not symbol.label


def _is_hidden(symbol: Symbol) -> bool:
    return symbol.base.lower() == "h" and not symbol.label


def _says(name: str, letter: str) -> bool:
    return name.lower() in (letter, f"γ_{letter}", f"g_{letter}")


def _vectors(names: Sequence[str]) -> dict[str, Array]:
    return {name: np.random.default_rng([3, *name.encode()]).uniform(0.2, 0.8, UNITS) for name in names}


def _state_vectors() -> dict[str, Array]:
    rng = np.random.default_rng(11)
    vectors = {}
    for base, size in (("x", INPUTS), ("h", UNITS), ("c", UNITS)):
        for time in ("now", "before"):
            vectors[f"{base} {time}"] = rng.uniform(-0.5, 0.5, size)
    return vectors
