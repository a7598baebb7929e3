"""The six statements of an LSTM, judged by evaluating them."""

from pathlib import Path

import nbformat
import pytest
from lstm_writings import ALL_RIGHT, PLAIN, SPLIT, STATEMENTS, changed, only_wrong, statements, statuses

from grader.language.equations import find, judge, parse
from reference.recurrent.equations import LSTM


@pytest.mark.parametrize("written", ALL_RIGHT.values(), ids=ALL_RIGHT.keys())
def test_right_in_every_hand(written: str) -> None:
    """Are six right equations right, whoever writes them?"""
    assert statuses(statements(written)) == dict.fromkeys(STATEMENTS, "right")


def test_the_first_notebook() -> None:
    """Are the six equations of the first notebook that was graded right, amid its prose and its code?"""
    folder = Path(__file__).parents[4] / "shared" / "seed"
    if not folder.exists():
        pytest.skip("the notebook is not part of this repository")
    notebook = nbformat.read(next(folder.glob("*.ipynb")), as_version=4)
    everything = "\n\n".join(cell.source for cell in notebook.cells)
    assert statuses(statements(everything)) == dict.fromkeys(STATEMENTS, "right")


def test_any_names() -> None:
    """Are gates known by what they do, whatever they are called?"""
    written = """
    p_t = σ(A x_t + B h_{t-1} + k)
    q_t = σ(D x_t + E h_{t-1} + l)
    v_t = tanh(M x_t + N h_{t-1} + n)
    c_t = p_t * c_{t-1} + q_t * v_t
    s_t = σ(Q x_t + S h_{t-1} + w)
    h_t = s_t * tanh(c_t)
    """
    verdicts = statements(written)
    assert statuses(verdicts) == dict.fromkeys(STATEMENTS, "right")
    assert verdicts["forget"].student_text == "p_t = σ(A x_t + B h_{t-1} + k)"
    assert verdicts["input"].student_text == "q_t = σ(D x_t + E h_{t-1} + l)"


WRONG = [
    ("cell", "c_t = i_t * c_{t-1} + f_t * g_t", "swapped"),
    ("cell", "c_t = f_t * c_{t-1} - i_t * g_t", "sign"),
    ("cell", "c_t = f_t * c_t + i_t * g_t", "present_cell_state"),
    ("cell", "c_t = c_{t-1} + i_t * g_t", "no_forget_gate"),
    ("cell", "c_t = f_t * c_{t-1} + g_t", "no_input_gate"),
    ("cell", "c_t = f_t * c_{t-1}", "nothing_new"),
    ("cell", "c_t = i_t * g_t", "no_old_state"),
    ("cell", "c_t = f_t * c_{t-1} + (1 - f_t) * g_t", "coupled_gates"),
    ("cell", "c_t = f_t * h_{t-1} + i_t * g_t", "hidden_state_for_cell_state"),
    ("cell", "c_t = f_{t-1} * c_{t-1} + i_t * g_t", "of_another_step"),
    ("cell", "c_t = tanh(f_t * c_{t-1} + i_t * g_t)", "tanh_of_cell"),
    ("cell", "c_t = f_t * c_{t-1} + o_t * g_t", "misplaced"),
    ("cell", "c_t = f_t * c_{t-1} * i_t * g_t", "product"),
    ("hidden", "h_t = o_t * c_t", "no_tanh"),
    ("hidden", "h_t = o_t * tanh(c_{t-1})", "previous_cell_state"),
    ("hidden", "h_t = tanh(c_t)", "no_output_gate"),
    ("hidden", "h_t = tanh(o_t * c_t)", "tanh_of_product"),
    ("hidden", "h_t = o_t * σ(c_t)", "activation"),
    ("hidden", "h_t = f_t * tanh(c_t)", "wrong_gate"),
    ("hidden", "h_t = o_t + tanh(c_t)", "sum"),
    ("hidden", "h_t = o_t * tanh(g_t)", "candidate_for_cell_state"),
    ("forget", "f_t = tanh(W_f x_t + U_f h_{t-1} + b_f)", "activation"),
    ("forget", "f_t = W_f x_t + U_f h_{t-1} + b_f", "no_activation"),
    ("forget", "f_t = σ(W_f x_t + b_f)", "no_recurrence"),
    ("forget", "f_t = σ(U_f h_{t-1} + b_f)", "no_input"),
    ("forget", "f_t = σ(W_f x_t + U_f h_t + b_f)", "present_hidden_state"),
    ("forget", "f_t = σ(W_f [h_t, x_t] + b_f)", "present_hidden_state"),
    ("forget", "f_t = σ(W_f x_{t-1} + U_f h_{t-1} + b_f)", "previous_input"),
    ("forget", "f_t = σ(W_f x_t + U_f c_{t-1} + b_f)", "cell_state_for_hidden_state"),
    ("forget", "f_t = σ(W_f x_t - U_f h_{t-1} + b_f)", "sign"),
    ("forget", "f_t = σ(-(W_f x_t + U_f h_{t-1} + b_f))", "sign"),
    ("forget", "f_t = 1 / (1 + e^{W_f x_t + U_f h_{t-1} + b_f})", "sign"),
    ("forget", "f_t = σ(W_f x_t + U_f h_{t-1} + p_f ⊙ c_{t-1} + b_f)", "peephole"),
    ("forget", "f_t = σ(W_f (x_t + h_{t-1}) + b_f)", "sizes"),
    ("forget", "f_t = σ(W_f x_t + W_f h_{t-1} + b_f)", "one_weight_for_two"),
    ("forget", "f_t = σ(W_f x_t + u ⊙ h_{t-1} + b_f)", "elementwise_weights"),
    ("forget", "f_t = σ(b_f)", "bias_only"),
    ("input", "i_t = 1 - f_t", "coupled_gates"),
    ("input", "i_t = σ(W_f x_t + U_f h_{t-1} + b_f)", "shared_weights"),
    ("candidate", "g_t = σ(W_g x_t + U_g h_{t-1} + b_g)", "activation"),
    ("candidate", "g_t = tanh(W_g x_t + b_g)", "no_recurrence"),
    ("candidate", "g_t = tanh(W_g x_t + U_g h_t + b_g)", "present_hidden_state"),
    ("candidate", "g_t = tanh(W_g x_t + U_f h_{t-1} + b_g)", "shared_weights"),
    ("output", "o_t = tanh(W_o x_t + U_o h_{t-1} + b_o)", "activation"),
    ("output", "o_t = σ(W_o x_t + U_o h_{t-1} + V_o c_t + b_o)", "peephole"),
]


@pytest.mark.parametrize(("statement", "equation", "slip"), WRONG, ids=[item[1] for item in WRONG])
def test_known_mistakes(statement: str, equation: str, slip: str) -> None:
    """Is a mistake recognised, at the cost of its statement alone?"""
    verdict = only_wrong(statements(changed(SPLIT, **{statement: equation})), statement)
    assert (verdict.status, verdict.slip, verdict.student_text) == ("wrong", slip, equation)
    assert LSTM.statement(statement).reference in verdict.message


@pytest.mark.parametrize(
    ("statement", "equation"),
    [
        ("forget", "f_t = relu(W_f x_t + U_f h_{t-1} + b_f)"),
        ("forget", "f_t = σ(W_f x_t + U_f h_{t-1} + b_f) * x_t"),
        ("forget", "f_t = σ(tanh(W_f x_t + U_f h_{t-1}) + b_f)"),
        ("forget", "f_t = σ(W_f x_t * U_f h_{t-1} + b_f)"),
        ("forget", "f_t = 0.5 * σ(W_f x_t + U_f h_{t-1} + b_f)"),
        ("forget", "f_t = σ(W_f h_{t-1} x_t + b_f)"),
        ("cell", "c_t = 2 * f_t * c_{t-1} + i_t * g_t"),
        ("cell", "c_t = f_t * (c_{t-1} + i_t * g_t)"),
        ("hidden", "h_t = o_t * tanh(c_t) + h_{t-1}"),
        ("hidden", "h_t = o_t * o_t * tanh(c_t)"),
    ],
)
def test_other_mistakes(statement: str, equation: str) -> None:
    """Is what computes something else wrong, though the mistake has no name?"""
    assert only_wrong(statements(changed(SPLIT, **{statement: equation})), statement).status == "wrong"


@pytest.mark.parametrize(
    ("statement", "equation"),
    [
        ("cell", "c_t = i_t * g_t + c_{t-1} * f_t"),
        ("cell", "c_t = (f_t ∘ c_{t-1}) + (i_t ∘ g_t)"),
        ("cell", "c_t = f_t * c_{t-1} + i_t * tanh(W_g x_t + U_g h_{t-1} + b_g)"),
        ("cell", "c_t = -(-f_t * c_{t-1} - i_t * g_t)"),
        ("hidden", "h_t = tanh(c_t) * o_t"),
        ("hidden", "h_t = σ(W_o x_t + U_o h_{t-1} + b_o) * tanh(c_t)"),
        ("forget", "f_t = σ(b_f + U_f h_{t-1} + W_f x_t)"),
        ("forget", "f_t = 1 / (1 + exp(-(W_f x_t + U_f h_{t-1} + b_f)))"),
        ("forget", "f_t = σ(W_f [x_t, h_{t-1}] + b_f)"),
        ("forget", "f_t = σ([h_{t-1}, x_t] W_f + b_f)"),
        ("forget", "f_t = σ(W_{xf} x_t + W_{hf} h_{t-1} + b_{xf} + b_{hf})"),
        ("forget", "f_t = e^{a_t} / (1 + e^{a_t})\na_t = W_f x_t + U_f h_{t-1} + b_f"),
        ("candidate", "g_t = 2 σ(2 (W_g x_t + U_g h_{t-1} + b_g)) - 1"),
    ],
)
def test_same_function_in_another_form(statement: str, equation: str) -> None:
    """Is an equation that computes the same right, whatever its form?"""
    verdicts = statements(changed(SPLIT, **{statement: equation}))
    assert verdicts[statement].status == "right", verdicts[statement]


def test_bias_left_out() -> None:
    """Is a missing bias accepted, with a note?"""
    verdict = statements(changed(SPLIT, output="o_t = σ(W_o x_t + U_o h_{t-1})"))["output"]
    assert verdict.status == "right"
    assert verdict.note is not None
    assert "bias" in verdict.note
    assert statements(changed(SPLIT))["output"].note is None


def test_elementwise_sign_before_a_matrix() -> None:
    """Is a product with a matrix right though it is written with ⊙, with a note?"""
    verdict = statements(changed(SPLIT, forget="f_t = σ(W_f ⊙ [h_{t-1}, x_t] + b_f)"))["forget"]
    assert verdict.status == "right"
    assert verdict.note is not None
    assert "element by element" in verdict.note


@pytest.mark.parametrize("statement", STATEMENTS)
def test_missing(statement: str) -> None:
    """Does an equation that is not there cost its statement alone?"""
    rest = "\n".join(equation for name, equation in PLAIN.items() if name != statement)
    verdict = only_wrong(statements(rest), statement)
    assert (verdict.status, verdict.student_text) == ("missing", None)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_unreadable(statement: str) -> None:
    """Does an equation that cannot be read cost its statement alone, and is the place named?"""
    equation = PLAIN[statement].replace("*", "* /", 1)
    verdict = only_wrong(statements(changed(PLAIN, **{statement: equation})), statement)
    assert verdict.status == "unreadable"
    assert f"character {equation.index('/') + 1}" in verdict.message


def test_all_weights_shared() -> None:
    """Is one set of weights for all gates seen?"""
    written = changed(
        SPLIT,
        forget="f_t = σ(W x_t + U h_{t-1} + b)",
        input="i_t = σ(W x_t + U h_{t-1} + b)",
        candidate="g_t = tanh(W x_t + U h_{t-1} + b)",
        output="o_t = σ(W x_t + U h_{t-1} + b)",
    )
    verdicts = statements(written)
    assert [verdicts[name].slip for name in ("input", "candidate", "output")] == ["shared_weights"] * 3


def test_written_twice() -> None:
    """Is a statement right that is right once and elsewhere only says nothing, and wrong if the two contradict?"""
    again = changed(SPLIT)
    assert statements(f"{again}\n{again}")["cell"].status == "right"
    assert statements(f"h_t = tanh(W x_t + U h_{{t-1}} + b)\n{again}")["hidden"].status == "right"
    assert statements(f"{again}\nc = f * c - i * tf.tanh(z_c)")["cell"].status == "right"
    verdict = only_wrong(statements(f"{again}\nc_t = f_t * c_{{t-1}} - i_t * g_t"), "cell")
    assert verdict.slip == "contradiction"


def test_gates_without_a_cell() -> None:
    """Are gates known by their names, or by the words beside them, where no cell state tells?"""
    named = "\n".join(SPLIT[name] for name in ("forget", "input", "candidate", "output"))
    labelled = "Output gate: v_t = σ(A x_t + B h_{t-1} + k)\nForget gate: q_t = σ(D x_t + E h_{t-1} + l)"
    assert [statements(named)[name].status for name in ("forget", "input", "candidate", "output")] == ["right"] * 4
    verdicts = statements(labelled)
    assert (verdicts["output"].student_text or "").startswith("v_t")
    assert (verdicts["forget"].student_text or "").startswith("q_t")


def test_equations_of_other_kinds() -> None:
    """Does judge take parsed equations, failures and plain texts as well?"""
    parsed = [parse(equation) for equation in PLAIN.values()]
    assert judge(parsed, LSTM) == judge(list(PLAIN.values()), LSTM)
    assert judge(parsed, LSTM).right == 6
    assert judge([], LSTM).right == 0


def test_same_verdict_again() -> None:
    """Is the verdict the same every time?"""
    written = changed(SPLIT, forget="f_t = tanh(W_f x_t)", cell="c_t = i_t * c_{t-1} + f_t * g_t")
    assert judge(find(written), LSTM) == judge(find(written), LSTM)
