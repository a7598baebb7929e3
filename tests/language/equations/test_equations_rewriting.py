"""Right systems stay right however they are written, and no mistake gets through in any writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.language.equations import find
from grader.language.equations import judge as _judge
from reference.recurrent.equations import GRU, LSTM


def judge(text, system):
    return _judge(find(text), system)


SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LAGS: list[Callable[[str], str]] = [
    lambda s: f"{s}_{{t-1}}",
    lambda s: f"{s}_t-1",
    lambda s: f"{s}_(t-1)",
    lambda s: f"{s}[t-1]",
    lambda s: f"{s}(t-1)",
    lambda s: f"{s}^{{<t-1>}}",
    lambda s: f"{s}ₜ₋₁",
    lambda s: f"{s}_prev",
]
TIMES: list[Callable[[str], str]] = [
    lambda s: f"{s}_t",
    lambda s: f"{s}_{{t}}",
    lambda s: f"{s}(t)",
    lambda s: f"{s}[t]",
    lambda s: f"{s}^{{<t>}}",
    lambda s: f"{s}ₜ",
]
USUAL = {"f": "f", "i": "i", "g": "C̃", "o": "o", "z": "z", "r": "r", "n": "h̃"}
FREE = ["a", "d", "e", "k", "l", "m", "p", "q", "v", "w", "Γ_a", "Γ_e", "Γ_q", "Δ", "Ω"]


@dataclass(frozen=True)
class Writing:
    """One student's notation."""

    names: dict[str, str]
    weights: dict[str, tuple[str, str, str]]
    times: int
    lag: int
    split: bool
    input_first: bool
    rows: bool
    bias: bool
    product: str
    sigmoid: str
    flipped: bool

    def now(self, name: str) -> str:
        return TIMES[self.times](self.names.get(name, name))

    def before(self, name: str) -> str:
        return LAGS[self.lag](name)

    def weighted(self, gate: str, hidden: str | None = None, x: str | None = None) -> str:
        """`W x + U h + b`, or with a concatenation."""
        w, u, b = self.weights[gate]
        h, x = hidden or self.before("h"), x or self.now("x")
        order = (x, h) if self.input_first else (h, x)
        if self.split:
            pairs = dict(zip((x, h), (w, u), strict=True))
            terms = [f"{v} {pairs[v]}" if self.rows else f"{pairs[v]} {v}" for v in order]
        else:
            inner = f"[{order[0]}, {order[1]}]"
            terms = [f"{inner} {w}" if self.rows else f"{w} · {inner}"]
        return " + ".join([*terms, *([b] if self.bias else [])])

    def gate(self, inner: str) -> str:
        return self.sigmoid.replace("?", inner)

    def times_(self, left: str, right: str) -> str:
        return f"{right} {self.product} {left}" if self.flipped else f"{left} {self.product} {right}"


def weight_names(draw: st.DrawFn, gates: list[str]) -> dict[str, tuple[str, str, str]]:
    style = draw(
        st.sampled_from(["{letter}_{gate}", "{letter}{gate}", "{letter}_{{{gate}}}", "{letter}_{number}", "fresh"])
    )
    fresh = iter(draw(st.permutations([f"{a}_{b}" for a in "MNPQS" for b in "abc"])))
    found = {}
    for number, gate in enumerate(gates):
        letters = ("W", "U", "b")
        found[gate] = tuple(
            next(fresh) if style == "fresh" else style.format(letter=letter, gate=gate, number=number)
            for letter in letters
        )
    return found  # type: ignore[return-value]


@st.composite
def writings(draw: st.DrawFn, gates: str) -> Writing:
    names = {gate: USUAL[gate] for gate in gates}
    if draw(st.booleans()):
        names = dict(zip(gates, draw(st.permutations(FREE)), strict=False))
    return Writing(
        names=names,
        weights=weight_names(draw, list(gates)),
        times=draw(st.integers(0, len(TIMES) - 1)),
        lag=draw(st.integers(0, len(LAGS) - 1)),
        split=draw(st.booleans()),
        input_first=draw(st.booleans()),
        rows=draw(st.booleans()),
        bias=draw(st.booleans()),
        product=draw(st.sampled_from(["*", "⊙", "∘", "×", "·", "\\odot"])),
        sigmoid=draw(st.sampled_from(["σ(?)", "sigmoid(?)", "1/(1+e^{-(?)})", "1 / (1 + exp(-(?)))", "logistic(?)"])),
        flipped=draw(st.booleans()),
    )


def lstm(w: Writing) -> dict[str, str]:
    f, i, g, o = (w.now(name) for name in "figo")
    c, h = w.now("C"), w.now("h")
    return {
        "forget": f"{f} = {w.gate(w.weighted('f'))}",
        "input": f"{i} = {w.gate(w.weighted('i'))}",
        "candidate": f"{g} = tanh({w.weighted('g')})",
        "cell": f"{c} = {w.times_(f, w.before('C'))} + {w.times_(i, g)}",
        "output": f"{o} = {w.gate(w.weighted('o'))}",
        "hidden": f"{h} = {w.times_(o, f'tanh({c})')}",
    }


def gru(w: Writing) -> dict[str, str]:
    z, r, n, h = w.now("z"), w.now("r"), w.now("n"), w.now("h")
    reset = f"({w.times_(r, w.before('h'))})"
    return {
        "update": f"{z} = {w.gate(w.weighted('z'))}",
        "reset": f"{r} = {w.gate(w.weighted('r'))}",
        "candidate": f"{n} = tanh({w.weighted('n', hidden=reset)})",
        "hidden": f"{h} = {w.times_(f'(1 - {z})', w.before('h'))} + {w.times_(z, n)}",
    }


@SLOW
@given(st.data(), writings("figo"))
def test_an_lstm_is_right_in_any_writing(data: st.DataObject, writing: Writing) -> None:
    """Do names, notation, splitting, order of concatenation and order of statements leave the verdict alone?"""
    equations = data.draw(st.permutations(list(lstm(writing).values())))
    found = judge("\n".join(equations), LSTM)
    assert {
        role: (item.status, item.message) for role, item in found.statements.items() if item.status != "right"
    } == {}
    assert all(bool(found.statements[role].note) != writing.bias for role in ("forget", "input", "candidate", "output"))


@SLOW
@given(st.data(), writings("zrn"))
def test_a_gru_is_right_in_any_writing(data: st.DataObject, writing: Writing) -> None:
    """The same for a GRU."""
    equations = data.draw(st.permutations(list(gru(writing).values())))
    found = judge("\n".join(equations), GRU)
    assert {
        role: (item.status, item.message) for role, item in found.statements.items() if item.status != "right"
    } == {}


def swapped(w: Writing) -> tuple[str, str]:
    c = w.times_(w.now("i"), w.before("C")) + " + " + w.times_(w.now("f"), w.now("g"))
    return "cell", f"{w.now('C')} = {c}"


def minus(w: Writing) -> tuple[str, str]:
    return "cell", lstm(w)["cell"].replace(" + ", " - ", 1)


def no_recurrence(w: Writing) -> tuple[str, str]:
    weight, _, b = w.weights["f"]
    inner = f"{weight} {w.now('x')} + {b}"
    return "forget", f"{w.now('f')} = {w.gate(inner)}"


def tanh_gate(w: Writing) -> tuple[str, str]:
    return "input", f"{w.now('i')} = tanh({w.weighted('i')})"


def sigmoid_candidate(w: Writing) -> tuple[str, str]:
    return "candidate", f"{w.now('g')} = {w.gate(w.weighted('g'))}"


def no_tanh(w: Writing) -> tuple[str, str]:
    return "hidden", f"{w.now('h')} = {w.times_(w.now('o'), w.now('C'))}"


def present_hidden_state(w: Writing) -> tuple[str, str]:
    return "output", f"{w.now('o')} = {w.gate(w.weighted('o', hidden=w.now('h')))}"


def present_cell_state(w: Writing) -> tuple[str, str]:
    return "cell", f"{w.now('C')} = {w.times_(w.now('f'), w.now('C'))} + {w.times_(w.now('i'), w.now('g'))}"


def shared(w: Writing) -> tuple[str, str]:
    return "input", f"{w.now('i')} = {w.gate(w.weighted('f'))}"


def other_factor(w: Writing) -> tuple[str, str]:
    return "hidden", f"{w.now('h')} = {w.times_(w.now('o'), w.before('h'))}"


def dropped_term(w: Writing) -> tuple[str, str]:
    return "cell", f"{w.now('C')} = {w.times_(w.now('f'), w.before('C'))}"


MISTAKES = [swapped, minus, no_recurrence, tanh_gate, sigmoid_candidate, no_tanh, present_hidden_state]
MISTAKES += [present_cell_state, shared, other_factor, dropped_term]


@pytest.mark.parametrize("mistake", MISTAKES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_mistake_is_caught_in_any_writing(mistake: Callable[[Writing], tuple[str, str]], data: st.DataObject) -> None:
    """Is the statement with the mistake, and no other, wrong, whatever the notation of usual names?"""
    writing = data.draw(writings("figo").filter(lambda w: w.names == {gate: USUAL[gate] for gate in "figo"}))
    role, equation = mistake(writing)
    equations = data.draw(st.permutations(list((lstm(writing) | {role: equation}).values())))
    found = judge("\n".join(equations), LSTM)
    assert [name for name, item in found.statements.items() if item.status != "right"] == [role]
    assert found.statements[role].status == "wrong"


@pytest.mark.parametrize("mistake", [mistake for mistake in MISTAKES if mistake is not swapped])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_mistake_is_caught_under_any_names(
    mistake: Callable[[Writing], tuple[str, str]], data: st.DataObject
) -> None:
    """With names that say nothing, is a wrong system never wholly right? (Only swapped gates cannot be told then.)"""
    writing = data.draw(writings("figo"))
    role, equation = mistake(writing)
    equations = data.draw(st.permutations(list((lstm(writing) | {role: equation}).values())))
    assert judge("\n".join(equations), LSTM).right < 6
