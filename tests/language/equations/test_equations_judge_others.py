"""GRU, peephole LSTM and simple RNN, judged by the same engine from their declarations alone."""

import pytest
from lstm_writings import SPLIT, changed, gru, only_wrong, statements, statuses

from grader.language.equations import Form, Statement, System, find, judge
from reference.recurrent.equations import GRU, LSTM, PEEPHOLE_LSTM, SIMPLE_RNN

PEEPHOLE = SPLIT | {
    "forget": "f_t = σ(W_f x_t + U_f h_{t-1} + p_f ⊙ c_{t-1} + b_f)",
    "input": "i_t = σ(W_i x_t + U_i h_{t-1} + p_i ⊙ c_{t-1} + b_i)",
    "output": "o_t = σ(W_o x_t + U_o h_{t-1} + p_o ⊙ c_t + b_o)",
}


@pytest.mark.parametrize("system", [LSTM, GRU, PEEPHOLE_LSTM, SIMPLE_RNN], ids=lambda system: system.name)
def test_references_are_right(system: System) -> None:
    """Is each accepted form of each system right, and each of its slips wrong?"""
    first = {statement.id: statement.reference for statement in system.statements}
    for statement in system.statements:
        for form in statement.forms:
            verdicts = judge(list((first | {statement.id: form.equation}).values()), system)
            assert verdicts.right == len(first), form
    for slip in system.slips:
        verdict = judge(list((first | {slip.statement: slip.equation}).values()), system).statements[slip.statement]
        assert verdict.status == "wrong", slip


@pytest.mark.parametrize(
    "equations",
    [
        {},
        {"hidden": "h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ h̃_t"},
        {"hidden": "h_t = h_{t-1} + z_t ⊙ (h̃_t - h_{t-1})"},
        {"hidden": "h_t = (1 - z_t) * h_t-1 + z_t * h̃_t"},
        {"candidate": "h̃_t = tanh(W_h [r_t ⊙ h_{t-1}, x_t] + b_h)"},
        {"candidate": "h̃_t = tanh(W_h x_t + U_h r_t ⊙ h_{t-1} + b_h)"},
        {"candidate": "h̃_t = tanh(W_h x_t + r_t ⊙ (U_h h_{t-1}) + b_h)"},
        {"candidate": "h̃_t = tanh(W_h x_t + r_t ⊙ (U_h h_{t-1} + b_n) + b_h)"},
        {"candidate": "n_t = tanh(W x_t + U (r_t * h_{t-1}))", "hidden": "h_t = (1 - z_t) * n_t + z_t * h_{t-1}"},
        {"candidate": r"\tilde{h}_t = \tanh(W \cdot [r_t * h_{t-1}, x_t])"},
        {
            "reset": "a_t = σ(W_r x_t + U_r h_{t-1})",
            "update": "b_t = σ(W_z x_t + U_z h_{t-1})",
            "candidate": "d_t = tanh(W x_t + U (a_t * h_{t-1}))",
            "hidden": "h_t = (1 - b_t) * h_{t-1} + b_t * d_t",
        },
    ],
)
def test_gru_conventions(equations: dict[str, str]) -> None:
    """Are both conventions of the reset gate and of the update gate right, in any names?"""
    verdicts = gru(**equations)
    assert set(statuses(verdicts).values()) == {"right"}, verdicts


@pytest.mark.parametrize(
    ("statement", "equation", "slip"),
    [
        ("hidden", "h_t = (1 - z_t) ⊙ h_t + z_t ⊙ h̃_t", "present_hidden_state"),
        ("hidden", "h_t = (1 - z_t) ⊙ h_{t-1} - z_t ⊙ h̃_t", "sign"),
        ("hidden", "h_t = z_t ⊙ h_{t-1} + z_t ⊙ h̃_t", "no_complement"),
        ("hidden", "h_t = z_t ⊙ h̃_t", "no_old_state"),
        ("candidate", "h̃_t = tanh(W_h x_t + U_h h_{t-1} + b_h)", "no_reset"),
        ("candidate", "h̃_t = tanh(W_h x_t + U_h (z_t ⊙ h_{t-1}) + b_h)", "wrong_gate"),
        ("candidate", "h̃_t = σ(W_h x_t + U_h (r_t ⊙ h_{t-1}) + b_h)", "activation"),
        ("candidate", "h̃_t = tanh(W_h x_t + U_h (r_t ⊙ h_t) + b_h)", "present_hidden_state"),
        ("reset", "r_t = σ(W_r x_t + b_r)", "no_recurrence"),
        ("update", "z_t = tanh(W_z x_t + U_z h_{t-1} + b_z)", "activation"),
        ("update", "z_t = σ(W_r x_t + U_r h_{t-1} + b_r)", "shared_weights"),
    ],
)
def test_gru_mistakes(statement: str, equation: str, slip: str) -> None:
    """Is a mistake in a GRU recognised, at the cost of its statement alone?"""
    assert only_wrong(gru(**{statement: equation}), statement).slip == slip


def test_reset_after_has_a_note() -> None:
    """Is the convention of Keras named?"""
    assert "reset_after" in (gru(candidate="h̃_t = tanh(W_h x_t + r_t ⊙ (U_h h_{t-1}) + b_h)")["candidate"].note or "")


def test_gru_as_lstm() -> None:
    """Is none of the six statements of an LSTM found in a GRU?"""
    verdicts = statements("\n".join(statement.reference for statement in GRU.statements))
    assert "right" not in statuses(verdicts).values()


@pytest.mark.parametrize(
    "equations",
    [
        {},
        {"output": "o_t = σ(W_o x_t + U_o h_{t-1} + w_{co} ∘ c_t + b_o)"},
        {"forget": "f_t = σ(W_f · [C_{t-1}, h_{t-1}, x_t] + b_f)"},
        {"input": "i_t = σ(W_{xi} x_t + W_{hi} h_{t-1} + W_{ci} c_{t-1} + b_i)"},
        {"forget": "f_t = σ(W_f x_t + U_f h_{t-1} + P_f c_{t-1} + b_f)"},
    ],
)
def test_peephole(equations: dict[str, str]) -> None:
    """Are peepholes right as vectors, as matrices and in the concatenation?"""
    verdicts = judge(find(changed(PEEPHOLE, **equations)), PEEPHOLE_LSTM).statements
    assert set(statuses(verdicts).values()) == {"right"}, verdicts


@pytest.mark.parametrize(
    ("statement", "equation", "slip"),
    [
        ("forget", "f_t = σ(W_f x_t + U_f h_{t-1} + b_f)", "no_peephole"),
        ("output", "o_t = σ(W_o x_t + U_o h_{t-1} + p_o ⊙ c_{t-1} + b_o)", "stale_cell"),
        ("input", "i_t = σ(W_i x_t + U_i h_{t-1} + p_i ⊙ c_t + b_i)", "stale_cell"),
        ("input", "i_t = tanh(W_i x_t + U_i h_{t-1} + p_i ⊙ c_{t-1} + b_i)", "activation"),
    ],
)
def test_peephole_mistakes(statement: str, equation: str, slip: str) -> None:
    """Is a mistake in a peephole recognised?"""
    verdicts = judge(find(changed(PEEPHOLE, **{statement: equation})), PEEPHOLE_LSTM).statements
    assert only_wrong(verdicts, statement).slip == slip


@pytest.mark.parametrize(
    ("equation", "status"),
    [
        ("h_t = tanh(W x_t + U h_{t-1} + b)", "right"),
        ("h_t = tanh(W_{hh} h_{t-1} + W_{xh} x_t)", "right"),
        (r"$h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)$", "right"),
        ("h_t = tanh(W_h · [h_{t-1}, x_t] + b)", "right"),
        ("a_t = b + W h_{t-1} + U x_t\nh_t = tanh(a_t)", "right"),
        ("s_t = tanh(U x_t + W s_{t-1})", "right"),
        ("a^{<t>} = tanh(W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a)", "right"),
        ("h = np.tanh(np.dot(Wxh, x) + np.dot(Whh, h) + bh)", "right"),
        ("h_{t+1} = tanh(W x_{t+1} + U h_t + b)", "right"),
        ("h_t = tanh(W x_t + b)", "wrong"),
        ("h_t = tanh(W x_t + U h_t + b)", "wrong"),
        ("h_t = σ(W x_t + U h_{t-1} + b)", "wrong"),
        ("h_t = W x_t + U h_{t-1} + b", "wrong"),
        ("", "missing"),
    ],
)
def test_simple_rnn(equation: str, status: str) -> None:
    """Is the step of a simple RNN judged in each of its notations?"""
    assert judge(find(equation), SIMPLE_RNN).statements["hidden"].status == status


def test_another_system() -> None:
    """Does another pack's system need a declaration and nothing else?"""
    vectors = System(
        "leaky integrator",
        (("x",), ("s",)),
        (Statement("state", "The state", (Form("s_t = W x_t + a ⊙ s_{t-1}"),)),),
    )
    assert judge(["s_t = a ⊙ s_{t-1} + W x_t"], vectors).right == 1
    assert judge(["s_t = W x_t"], vectors).right == 0
    with pytest.raises(ValueError, match="cannot be read"):
        judge([], System("broken", (("x",),), (Statement("y", "The y", (Form("y_t = ("),)),)))


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("h_t = f(W x_t + U h_{t-1} + b)", "right"),
        (r"$a^{<t>} = g(W_{aa} a^{<t-1>} + W_{ax} x^{<t>} + b_a)$", "right"),
        (r"$$h^{(t)} = f(h^{(t-1)}, x^{(t)}; \theta)$$", "right"),
        ("h_t = f_W(h_{t-1}, x_t)", "right"),
        ("h_t = f(W x_t + b)", "wrong"),
        ("h_t = f(h_t, x_t)", "wrong"),
        ("h_t = f * (W x_t + U h_{t-1} + b)", "wrong"),
    ],
)
def test_an_activation_that_is_left_open(written: str, status: str) -> None:
    """Is `f(...)` the activation of a simple RNN, whichever it may be, and is all else still looked at?"""
    assert judge(find(written), SIMPLE_RNN).statements["hidden"].status == status


@pytest.mark.parametrize(("gate", "peephole"), [("forget", "p_f ⊙ c_{t-1}"), ("output", "p_o ⊙ c_t")])
def test_a_peephole_has_weights(gate: str, peephole: str) -> None:
    """Is a gate wrong that adds the cell state as it is?"""
    bare = PEEPHOLE | {gate: PEEPHOLE[gate].replace(peephole, peephole.split("⊙ ")[1])}
    verdict = judge(list(bare.values()), PEEPHOLE_LSTM).statements[gate]
    assert (verdict.status, verdict.slip) == ("wrong", "unweighted")
