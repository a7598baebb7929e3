"""The systems of the reference that the tests judge against: LSTM, peephole LSTM, GRU and simple RNN."""

from __future__ import annotations

from grader.language.equations import Role, Slip, System

FORGET = ("Γ_f", "forget", "fg", "F_g")
INPUT = ("Γ_i", "Γ_u", "input", "in")
CANDIDATE = ("g", "Γ_c", "candidate", "cand", "C_cand")
OUTPUT = ("Γ_o", "output", "out")
CELL = ("cell",)
HIDDEN = ("hidden",)


def _gate_slips(gate: str, letter: str) -> tuple[Slip, ...]:
    left = f"{letter}_t"
    return (
        Slip(
            f"{gate}_without_recurrence",
            gate,
            f"{left} = σ(W x_t + b)",
            "The previous hidden state is not used: U h_{t-1} is missing.",
        ),
        Slip(
            f"{gate}_without_input",
            gate,
            f"{left} = σ(U h_{{t-1}} + b)",
            "The input is not used: W x_t is missing.",
        ),
        Slip(
            f"{gate}_sees_current_hidden_state",
            gate,
            f"{left} = σ(W x_t + U h_t + b)",
            "The gate sees h_t, which is not known yet. It sees the hidden state of the step before, h_{t-1}.",
        ),
    )


LSTM = System(
    "LSTM",
    roles=(
        Role("forget", "forget gate", "f_t = σ(W_f x_t + U_f h_{t-1} + b_f)", FORGET),
        Role("input", "input gate", "i_t = σ(W_i x_t + U_i h_{t-1} + b_i)", INPUT),
        Role("candidate", "candidate", "c̃_t = tanh(W_c x_t + U_c h_{t-1} + b_c)", CANDIDATE),
        Role("cell", "cell state", "c_t = f_t ⊙ c_{t-1} + i_t ⊙ c̃_t", CELL),
        Role("output", "output gate", "o_t = σ(W_o x_t + U_o h_{t-1} + b_o)", OUTPUT),
        Role("hidden", "hidden state", "h_t = o_t ⊙ tanh(c_t)", HIDDEN),
    ),
    slips=(
        *_gate_slips("forget", "f"),
        *_gate_slips("input", "i"),
        *_gate_slips("output", "o"),
        Slip(
            "coupled_gates",
            "input",
            "i_t = 1 - f_t",
            "The input gate is 1 - f_t. That is a variant with coupled gates; an LSTM's input gate has its own weights.",
        ),
        Slip(
            "swapped_gates",
            "cell",
            "c_t = i_t ⊙ c_{t-1} + f_t ⊙ c̃_t",
            "The forget gate and the input gate have changed places: f_t belongs to c_{t-1}, i_t to the candidate.",
        ),
        Slip(
            "no_tanh_on_output",
            "hidden",
            "h_t = o_t ⊙ c_t",
            "tanh is missing: the hidden state is o_t times tanh(c_t).",
        ),
    ),
)


def _peephole(letter: str, state: str) -> str:
    return f"{letter}_t = σ(W_{letter} x_t + U_{letter} h_{{t-1}} + p_{letter} ⊙ {state} + b_{letter})"


def _full(role: str, letter: str, state: str) -> Slip:
    note = "A peephole has one weight per unit (p ⊙ c); a full matrix is also seen."
    text = f"{letter}_t = σ(W x_t + U h_{{t-1}} + V {state} + b)"
    return Slip(f"full_peephole_{role}", role, text, note, accepted=True)


def _plain(role: str, letter: str) -> Slip:
    text = f"{letter}_t = σ(W x_t + U h_{{t-1}} + b)"
    return Slip(f"no_{role}_peephole", role, text, "The gate does not see the cell state; with a peephole it does.")


PEEPHOLE = System(
    "peephole LSTM",
    roles=(
        Role("forget", "forget gate", _peephole("f", "c_{t-1}"), FORGET),
        Role("input", "input gate", _peephole("i", "c_{t-1}"), INPUT),
        LSTM.role("candidate"),
        LSTM.role("cell"),
        Role("output", "output gate", _peephole("o", "c_t"), OUTPUT),
        LSTM.role("hidden"),
    ),
    slips=(
        *(_full(role, role[0], "c_{t-1}") for role in ("forget", "input")),
        _full("output", "o", "c_t"),
        *(_plain(role, role[0]) for role in ("forget", "input", "output")),
        Slip(
            "stale_cell",
            "output",
            _peephole("o", "c_{t-1}"),
            "The output gate sees the old cell state, c_{t-1}. In the paper it comes last and sees the new one, c_t.",
            accepted=True,
        ),
        Slip(
            "full_stale_cell",
            "output",
            "o_t = σ(W x_t + U h_{t-1} + V c_{t-1} + b)",
            "The output gate sees the old cell state, c_{t-1}. In the paper it comes last and sees the new one, c_t.",
            accepted=True,
        ),
        next(slip for slip in LSTM.slips if slip.id == "swapped_gates"),
        Slip(
            "no_tanh_on_output",
            "hidden",
            "h_t = o_t ⊙ c_t",
            "The output has no tanh: the peephole papers leave it out; most write o_t * tanh(c_t).",
            accepted=True,
        ),
    ),
)

GRU = System(
    "GRU",
    roles=(
        Role("update", "update gate", "z_t = σ(W_z x_t + U_z h_{t-1} + b_z)", ("Γ_u", "update", "u")),
        Role("reset", "reset gate", "r_t = σ(W_r x_t + U_r h_{t-1} + b_r)", ("Γ_r", "reset")),
        Role("candidate", "candidate", "h̃_t = tanh(W_h x_t + U_h (r_t ⊙ h_{t-1}) + b_h)", ("n", "g", "candidate")),
        Role("hidden", "hidden state", "h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t", HIDDEN),
    ),
    slips=(
        Slip(
            "reset_after",
            "candidate",
            "h̃_t = tanh(W x_t + b + r_t ⊙ (U h_{t-1} + d))",
            "The reset gate is applied after the matrix product with U, as in cuDNN and Keras; the paper applies it before.",
            accepted=True,
        ),
        Slip(
            "swapped_update",
            "hidden",
            "h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ h̃_t",
            "Here z_t keeps the old state, as in Keras; other papers let z_t admit the candidate.",
            accepted=True,
        ),
        Slip(
            "no_reset_gate",
            "candidate",
            "h̃_t = tanh(W x_t + U h_{t-1} + b)",
            "There is no reset gate: the candidate sees all of h_{t-1}.",
        ),
        Slip(
            "reset_for_update",
            "hidden",
            "h_t = (1 - r_t) ⊙ h_{t-1} + r_t ⊙ h̃_t",
            "The reset gate stands where the update gate belongs: z_t mixes the old state with the candidate.",
        ),
    ),
)

SIMPLE_RNN = System(
    "simple RNN",
    roles=(Role("hidden", "hidden state", "h_t = tanh(W x_t + U h_{t-1} + b)"),),
    slips=(
        Slip(
            "no_recurrence",
            "hidden",
            "h_t = tanh(W x_t + b)",
            "The previous hidden state is not used: U h_{t-1} is missing.",
        ),
        Slip("sigmoid", "hidden", "h_t = σ(W x_t + U h_{t-1} + b)", "A sigmoid as in Elman (1990); today it is tanh.", True),
    ),
)
