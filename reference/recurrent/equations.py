"""The recurrent cells as systems of equations, with the mistakes that students make in them.

Every equation is a text in the notation that students write in; the grader evaluates both. What is accepted beside
the first form is a convention of good sources: the reset gate before (Cho et al., 2014) or after the matrix product
(cuDNN, Keras), z on the new or on the old state (Chung et al., 2014; Cho et al., 2014), peepholes as vectors (Gers and
Schmidhuber, 2000) or inside the concatenation.
"""

from __future__ import annotations

from grader.language.equations import Form, Names, Sayings, Slip, Statement, System
from grader.language.lexicon import words_of

NAMES = Names(
    (
        *("forget", "input", "output", "update", "reset", "candidate", "cell", "hidden", "memory", "old", "new"),
        *("previous", "alte", "alter", "neue", "neuer", "ancien", "ancienne", "nouveau", "nouvelle", "nouvel"),
        *("vecchio", "vecchia", "nuovo", "nuova", "memoria", "estado", "salida", "saída", "memória"),
    ),
    (
        *("gate", "state", "memory", "cell", "value", "output", "Zustand", "Ausgabe", "Speicher", "état", "sortie"),
        *("mémoire", "stato", "uscita", "memoria", "anterior", "previa", "previo", "nueva", "nuevo", "novo", "nova"),
    ),
    # What the layers of Keras call their functions, by what they are unless they are told otherwise.
    (("recurrent_activation", "sigmoid"), ("activation", "tanh")),
)
SAYINGS = Sayings(
    "gate",
    "All gates of a step are of the same time: f_t, not f_{t-1}.",
    "The candidate and the cell state have the same name; write C̃_t for the candidate.",
    called=words_of(
        """
        input inputs hidden state states output outputs activation memory content cell word words token
        tokens character vector vectors feature features sequence embedding element observation signal data
        frame
        """
    ),
    strange=frozenset(("label", "labels", "target", "targets", "truth", "loss", "epoch", "optimizer", "learning rate")),
)
STATES = (
    ("x", "input", "inputs", "eingabe", "entrée", "entrada", "ingresso"),
    ("c", "cell", "s", "m"),
    ("h", "a", "s", "hidden", "y"),
)
RNN_STATES = (("x", "input", "inputs"), ("h", "a", "s", "hidden"))
FORGET_NAMES = ("f", "ft", "forget", "forgetgate", "forget_gate", "f_gate", "γ_f", "g_f", "σ_f", "f_g", "fg")
INPUT_NAMES = (
    "i",
    "it",
    "in",
    "input",
    "inputgate",
    "input_gate",
    "ingate",
    "i_gate",
    "γ_i",
    "γ_u",
    "γ_update",
    "g_i",
    "i_g",
    "ig",
)
OUTPUT_NAMES = ("o", "ot", "out", "output", "outputgate", "output_gate", "outgate", "o_gate", "γ_o", "g_o", "o_g", "og")
CANDIDATE_NAMES = (
    "g", "c~", "g~", "cct", "cc", "candidate", "c_candidate", "cell~", "c_in", "c_c", "z~", "cellgate", "cell_gate",
    "g_gate", "ci",
)  # fmt: skip
NEW_STATE_NAMES = ("h~", "g", "n", "hh", "candidate", "hidden~", "a~", "s~", "c~")
RESET_NAMES = ("r", "rt", "reset", "resetgate", "reset_gate", "r_gate", "γ_r", "g_r")
UPDATE_NAMES = ("z", "zt", "u", "update", "updategate", "update_gate", "z_gate", "γ_u", "γ_z", "g_z", "g_u")
_MIRROR = {"σ": "tanh", "tanh": "σ"}
_ACTIVATION = {"σ": "σ, between 0 and 1,", "tanh": "tanh, between -1 and 1,"}


def layer_slips(statement: str, left: str, link: str, recurrent: str = "h_{t-1}") -> tuple[Slip, ...]:
    """The mistakes that are possible in any gate: `left = link(W [recurrent, x_t] + b)`."""
    other = _MIRROR[link]

    def slip(identity: str, right: str, message: str) -> Slip:
        return Slip(identity, statement, f"{left} = {right}", message)

    return (
        slip("activation", f"{other}(W x_t + U {recurrent} + b)", f"It has {other} where {_ACTIVATION[link]} belongs."),
        slip("no_activation", f"W x_t + U {recurrent} + b", f"The activation is missing: {link}(...)."),
        slip("no_recurrence", f"{link}(W x_t + b)", "The previous hidden state h_{t-1} is missing: nothing recurs."),
        slip("no_input", f"{link}(U {recurrent} + b)", "The current input x_t is missing."),
        slip("bias_only", f"{link}(b)", "Both the input x_t and the previous hidden state h_{t-1} are missing."),
        slip(
            "present_hidden_state",
            f"{link}(W x_t + U {recurrent.replace('h_{t-1}', 'h_t')} + b)",
            "It uses h_t, which is not known yet: what is known is the previous hidden state h_{t-1}.",
        ),
        slip(
            "previous_input",
            f"{link}(W x_{{t-1}} + U {recurrent} + b)",
            "It uses x_{t-1}: the input of this step is x_t.",
        ),
        slip("elementwise_weights", f"{link}(W x_t + w ⊙ {recurrent} + b)", "U h_{t-1} is a product with a matrix."),
    )


def lstm_gate_slips(statement: str, left: str, link: str) -> tuple[Slip, ...]:
    """The mistakes that are possible in a gate of an LSTM."""
    state_instead = "The cell state stands where h_{t-1} belongs: the gates of an LSTM see x_t and h_{t-1}."
    peephole = "It also sees the cell state: that is a peephole LSTM."
    return (
        *layer_slips(statement, left, link),
        *(
            Slip("cell_state_for_hidden_state", statement, f"{left} = {link}(W x_t + U {state} + b)", state_instead)
            for state in ("c_{t-1}", "c_t")
        ),
        *(
            Slip("peephole", statement, f"{left} = {link}(W x_t + U h_{{t-1}} + {term} + b)", peephole, elsewhere=True)
            for term in ("p ⊙ c_{t-1}", "V c_{t-1}", "p ⊙ c_t", "V c_t")
        ),
    )


COUPLED = Slip(
    "coupled_gates",
    "input",
    "i_t = 1 - f_t",
    "It is tied to the forget gate, a variant with fewer weights; an LSTM has an input gate of its own.",
)
CELL_SLIPS = tuple(
    Slip(identity, "cell", f"C_t = {right}", message)
    for identity, right, message in (
        ("present_cell_state", "f_t ⊙ C_t + i_t ⊙ C̃_t", "c_t stands on both sides: the old cell state is c_{t-1}."),
        ("sign", "f_t ⊙ C_{t-1} - i_t ⊙ C̃_t", "A sign is wrong: the new part is added, not subtracted."),
        ("sign", "i_t ⊙ C̃_t - f_t ⊙ C_{t-1}", "A sign is wrong: the old part is added, not subtracted."),
        ("no_forget_gate", "C_{t-1} + i_t ⊙ C̃_t", "There is no forget gate: C_{t-1} is kept whole."),
        ("no_old_state", "i_t ⊙ C̃_t", "The old cell state is missing: f_t * C_{t-1} is what the cell remembers."),
        ("no_old_state", "f_t + i_t ⊙ C̃_t", "The old cell state is missing: f_t is multiplied by C_{t-1}."),
        ("nothing_new", "f_t ⊙ C_{t-1}", "Nothing new is added: i_t * C̃_t is missing."),
        ("coupled_gates", "f_t ⊙ C_{t-1} + (1 - f_t) ⊙ C̃_t", "1 - f_t takes the place of the input gate i_t."),
        ("coupled_gates", "(1 - i_t) ⊙ C_{t-1} + i_t ⊙ C̃_t", "1 - i_t takes the place of the forget gate f_t."),
        ("no_input_gate", "f_t ⊙ C_{t-1} + C̃_t", "There is no input gate: the candidate is multiplied by i_t."),
        (
            "hidden_state_for_cell_state",
            "f_t ⊙ h_{t-1} + i_t ⊙ C̃_t",
            "The forget gate multiplies C_{t-1}, not h_{t-1}.",
        ),
        ("product", "f_t ⊙ C_{t-1} ⊙ i_t ⊙ C̃_t", "The old part and the new part are added, not multiplied."),
        ("no_candidate", "f_t ⊙ C_{t-1} + i_t", "The candidate is missing: i_t is multiplied by C̃_t."),
        ("tanh_of_cell", "tanh(f_t ⊙ C_{t-1} + i_t ⊙ C̃_t)", "There is no tanh around the new cell state."),
    )
)
HIDDEN_SLIPS = (
    *(
        Slip(identity, "hidden", f"h_t = {right}", message)
        for identity, right, message in (
            ("no_tanh", "o_t ⊙ C_t", "tanh is missing around C_t."),
            ("previous_cell_state", "o_t ⊙ tanh(C_{t-1})", "It shows the old cell state; the new one is C_t."),
            ("previous_cell_state", "o_t ⊙ C_{t-1}", "It shows the old cell state; the new one is C_t, inside tanh."),
            ("activation", "o_t ⊙ σ(C_t)", "It has σ where tanh belongs."),
            ("tanh_of_product", "tanh(o_t ⊙ C_t)", "tanh belongs around C_t alone; o_t multiplies what comes out."),
            ("no_output_gate", "tanh(C_t)", "The output gate is missing: o_t multiplies tanh(C_t)."),
            (
                "candidate_for_cell_state",
                "o_t ⊙ tanh(C̃_t)",
                "It shows the candidate; what is shown is the cell state C_t.",
            ),
            ("wrong_gate", "f_t ⊙ tanh(C_t)", "The forget gate stands where the output gate o_t belongs."),
            ("wrong_gate", "i_t ⊙ tanh(C_t)", "The input gate stands where the output gate o_t belongs."),
            ("sum", "o_t + tanh(C_t)", "The output gate multiplies tanh(C_t); it is not added."),
            ("sign", "-o_t ⊙ tanh(C_t)", "A sign is wrong: there is no minus."),
        )
    ),
    *(
        Slip(
            "simple_rnn",
            "hidden",
            f"h_t = {link}(W x_t + U h_{{t-1}} + b)",
            "That is the hidden state of a simple RNN; an LSTM has gates.",
            elsewhere=True,
        )
        for link in ("tanh", "σ")
    ),
    *(
        Slip(
            "gru", "hidden", f"h_t = {right}", "That is the hidden state of a GRU; an LSTM has a cell.", elsewhere=True
        )
        for right in ("(1 - f_t) ⊙ h_{t-1} + f_t ⊙ C̃_t", "f_t ⊙ h_{t-1} + (1 - f_t) ⊙ C̃_t")
    ),
)
CELL = Statement("cell", "The cell state", (Form("C_t = f_t * C_{t-1} + i_t * C̃_t"),))
HIDDEN = Statement("hidden", "The hidden state", (Form("h_t = o_t * tanh(C_t)"),))


def _gate(identity: str, title: str, names: tuple[str, ...], *forms: Form) -> Statement:
    return Statement(identity, title, forms, names)


LSTM = System(
    "LSTM",
    STATES,
    (
        _gate("forget", "The forget gate", FORGET_NAMES, Form("f_t = σ(W_f [h_{t-1}, x_t] + b_f)")),
        _gate("input", "The input gate", INPUT_NAMES, Form("i_t = σ(W_i [h_{t-1}, x_t] + b_i)")),
        _gate("candidate", "The candidate", CANDIDATE_NAMES, Form("C̃_t = tanh(W_c [h_{t-1}, x_t] + b_c)")),
        CELL,
        _gate("output", "The output gate", OUTPUT_NAMES, Form("o_t = σ(W_o [h_{t-1}, x_t] + b_o)")),
        HIDDEN,
    ),
    (
        *lstm_gate_slips("forget", "f_t", "σ"),
        *lstm_gate_slips("input", "i_t", "σ"),
        COUPLED,
        *lstm_gate_slips("candidate", "C̃_t", "tanh"),
        *CELL_SLIPS,
        *lstm_gate_slips("output", "o_t", "σ"),
        *HIDDEN_SLIPS,
    ),
    activations=("g", "h"),
    sayings=SAYINGS,
)


_FULL_PEEPHOLES = "Your peepholes are full matrices; Gers and Schmidhuber have one weight per unit, p ⊙ c."


def _peephole_forms(left: str, mark: str, cell: str) -> tuple[Form, Form]:
    layer = f"{left} = σ(W_{mark} x_t + U_{mark} h_{{t-1}}"
    return (
        Form(f"{layer} + p_{mark} ⊙ {cell} + b_{mark})"),
        Form(f"{layer} + V_{mark} {cell} + b_{mark})", _FULL_PEEPHOLES),
    )


def _peephole_slips(statement: str, left: str, cell: str, stale: str) -> tuple[Slip, ...]:
    inner = "W x_t + U h_{t-1} +"
    wrong = {
        "c_t": "It looks at c_t, which is not known yet: what is known is c_{t-1}.",
        "c_{t-1}": "The output gate looks at the new cell state c_t, not at c_{t-1}.",
    }[stale]
    no_recurrence = "The previous hidden state h_{t-1} is missing."
    return (
        Slip("no_peephole", statement, f"{left} = σ({inner} b)", "The peephole is missing: p ⊙ c.", elsewhere=True),
        *(
            slip
            for weights in ("p ⊙", "V")
            for slip in (
                Slip("stale_cell", statement, f"{left} = σ({inner} {weights} {stale} + b)", wrong),
                Slip(
                    "activation",
                    statement,
                    f"{left} = tanh({inner} {weights} {cell} + b)",
                    "It has tanh where σ belongs.",
                ),
                Slip(
                    "no_activation", statement, f"{left} = {inner} {weights} {cell} + b", "The activation σ is missing."
                ),
                Slip("no_recurrence", statement, f"{left} = σ(W x_t + {weights} {cell} + b)", no_recurrence),
                Slip(
                    "present_hidden_state",
                    statement,
                    f"{left} = σ(W x_t + U h_t + {weights} {cell} + b)",
                    "It uses h_t, which is not known yet: what is known is the previous hidden state h_{t-1}.",
                ),
            )
        ),
    )


PEEPHOLE_LSTM = System(
    "peephole LSTM",
    STATES,
    (
        _gate("forget", "The forget gate", FORGET_NAMES, *_peephole_forms("f_t", "f", "c_{t-1}")),
        _gate("input", "The input gate", INPUT_NAMES, *_peephole_forms("i_t", "i", "c_{t-1}")),
        LSTM.statement("candidate"),
        CELL,
        _gate("output", "The output gate", OUTPUT_NAMES, *_peephole_forms("o_t", "o", "c_t")),
        HIDDEN,
    ),
    (
        *_peephole_slips("forget", "f_t", "c_{t-1}", "c_t"),
        *_peephole_slips("input", "i_t", "c_{t-1}", "c_t"),
        *lstm_gate_slips("candidate", "C̃_t", "tanh"),
        *CELL_SLIPS,
        *_peephole_slips("output", "o_t", "c_t", "c_{t-1}"),
        *HIDDEN_SLIPS,
    ),
    sayings=SAYINGS,
)

_RESET_AFTER = "The reset gate is applied after the matrix product, as Keras does by default (reset_after=True)."
_GRU_HIDDEN = tuple(
    Slip(identity, "hidden", f"h_t = {right}", message)
    for identity, right, message in (
        ("present_hidden_state", "(1 - z_t) ⊙ h_t + z_t ⊙ h̃_t", "h_t stands on both sides: the old state is h_{t-1}."),
        ("present_hidden_state", "z_t ⊙ h_t + (1 - z_t) ⊙ h̃_t", "h_t stands on both sides: the old state is h_{t-1}."),
        ("sign", "(1 - z_t) ⊙ h_{t-1} - z_t ⊙ h̃_t", "A sign is wrong: the two parts are added."),
        ("sign", "z_t ⊙ h_{t-1} - (1 - z_t) ⊙ h̃_t", "A sign is wrong: the two parts are added."),
        ("sign", "(1 - z_t) ⊙ h̃_t - z_t ⊙ h_{t-1}", "A sign is wrong: the two parts are added."),
        ("sign", "z_t ⊙ h̃_t - (1 - z_t) ⊙ h_{t-1}", "A sign is wrong: the two parts are added."),
        ("sign", "(1 + z_t) ⊙ h_{t-1} + z_t ⊙ h̃_t", "A sign is wrong: the shares are z_t and 1 - z_t."),
        ("sign", "(z_t - 1) ⊙ h_{t-1} + z_t ⊙ h̃_t", "A sign is wrong: the shares are z_t and 1 - z_t."),
        ("no_complement", "z_t ⊙ h_{t-1} + z_t ⊙ h̃_t", "The shares are z_t and 1 - z_t; here both are z_t."),
        ("no_complement", "h_{t-1} + z_t ⊙ h̃_t", "The old state is multiplied by what z_t leaves: 1 - z_t."),
        (
            "two_gates",
            "r_t ⊙ h_{t-1} + z_t ⊙ h̃_t",
            "The reset gate does not belong here: the shares are z_t and 1 - z_t.",
        ),
        ("no_old_state", "z_t ⊙ h̃_t", "The old state is missing: (1 - z_t) * h_{t-1}."),
        ("no_candidate", "(1 - z_t) ⊙ h_{t-1} + z_t", "The candidate is missing: z_t is multiplied by h̃_t."),
    )
)
_RESET_SLIPS = (
    Slip("no_reset", "candidate", "h̃_t = tanh(W x_t + U h_{t-1} + b)", "The reset gate is missing: r_t * h_{t-1}."),
    Slip("wrong_gate", "candidate", "h̃_t = tanh(W x_t + U (z_t ⊙ h_{t-1}) + b)", "r_t, not z_t, multiplies h_{t-1}."),
    *layer_slips("candidate", "h̃_t", "tanh", "(r_t ⊙ h_{t-1})"),
)
GRU = System(
    "GRU",
    RNN_STATES,
    (
        _gate("reset", "The reset gate", RESET_NAMES, Form("r_t = σ(W_r x_t + U_r h_{t-1} + b_r)")),
        _gate("update", "The update gate", UPDATE_NAMES, Form("z_t = σ(W_z x_t + U_z h_{t-1} + b_z)")),
        _gate(
            "candidate",
            "The candidate",
            NEW_STATE_NAMES,
            Form("h̃_t = tanh(W_h x_t + U_h (r_t ⊙ h_{t-1}) + b_h)"),
            Form("h̃_t = tanh(W_h x_t + r_t ⊙ (U_h h_{t-1} + b_r) + b_h)", _RESET_AFTER),
        ),
        Statement(
            "hidden",
            "The hidden state",
            (Form("h_t = (1 - z_t) * h_{t-1} + z_t * h̃_t"), Form("h_t = z_t * h_{t-1} + (1 - z_t) * h̃_t")),
        ),
    ),
    (
        *layer_slips("reset", "r_t", "σ"),
        *layer_slips("update", "z_t", "σ"),
        *_RESET_SLIPS,
        *_GRU_HIDDEN,
    ),
    sayings=SAYINGS,
)

SIMPLE_RNN = System(
    "simple RNN",
    RNN_STATES,
    (Statement("hidden", "The hidden state", (Form("h_t = tanh(W x_t + U h_{t-1} + b)"),)),),
    layer_slips("hidden", "h_t", "tanh"),
    activations=("f", "g", "ψ", "act", "activation", "f_h", "g_h", "f_W"),
    sayings=SAYINGS,
)
