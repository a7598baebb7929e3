"""What is said around equations: drafts, corrections, what is struck out, letters for functions, exchanged names."""

import pytest
from lstm_writings import STATEMENTS, statements, statuses

F = "$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f)$"
WRONG_F = "$f_t = \\tanh(W_f x_t + U_f h_{t-1} + b_f)$"
REST = """
$i_t = \\sigma(W_i x_t + U_i h_{t-1} + b_i)$

$g_t = \\tanh(W_g x_t + U_g h_{t-1} + b_g)$

$c_t = f_t \\odot c_{t-1} + i_t \\odot g_t$

$o_t = \\sigma(W_o x_t + U_o h_{t-1} + b_o)$

$h_t = o_t \\odot \\tanh(c_t)$
"""
ALL = dict.fromkeys(STATEMENTS, "right")


@pytest.mark.parametrize(
    "written",
    [
        f"First try: {WRONG_F}\n\nCorrected version:\n\n{F}\n{REST}",
        f"{WRONG_F} – no, that is wrong, it should be {F}.\n{REST}",
        f"{F} (not {WRONG_F}!)\n{REST}",
        f"~~{WRONG_F}~~\n\n{F}\n{REST}",
        f"<s>{WRONG_F}</s>\n\n{F}\n{REST}",
        f"<!-- {WRONG_F} -->\n\n{F}\n{REST}",
        f"{F}\n{REST}\nIf $i_t = 0$, then $c_t = f_t \\odot c_{{t-1}}$.",
        f"A common mistake is {WRONG_F}.\n\nRight: {F}\n{REST}",
        f"**Draft**\n\n{WRONG_F}\n\n**Final:**\n\n{F}\n{REST}",
        f"Eraser ![x](http://a.b/c?f_t=i_t&c_t=f_t)\n\n{F}\n{REST}",
        f"{F}\n{REST}\nA GRU has $h_t = (1 - z_t) \\odot h_{{t-1}} + z_t \\odot \\tilde h_t$.",
        "$f_t = \\sigma(W_f [x_t, h_{t-1}] + b_f) = \\sigma(W_{fx} x_t + W_{fh} h_{t-1} + b_f)$\n" + REST,
    ],
)
def test_the_version_that_is_meant(written: str) -> None:
    """Does the version count that the words around it mean?"""
    assert statuses(statements(written)) == ALL


@pytest.mark.parametrize(
    "written",
    [
        f"{WRONG_F}\n\n{F}\n{REST}",
        f"{F}\n\n{WRONG_F}\n{REST}",
        f"$f_t = \\cos(W_f x_t)$\n\n{F}\n{REST}",
        f"$f_t = W_f [h_{{t-1}}, x_t]$\n\n{F}\n{REST}",
        "$f_t = \\tanh(W_f x_t + U_f h_{t-1}) = \\sigma(W_f x_t + U_f h_{t-1} + b_f)$\n" + REST,
        f"It is false that {F}.\n{REST}",
        f"~~{F}~~\n{REST}",
        f"$\\cancel{{{F[1:-1]}}}$\n{REST}",
        f"$\\color{{white}}{{{F[1:-1]}}}$\n{REST}",
        f"$\\phantom{{{F[1:-1]}}}$\n{REST}",
        f"<span style='color:white'>{F}</span>\n{REST}",
        f"First try: {F}\n\nThe correct equation is in fact {WRONG_F}.\n{REST}",
    ],
)
def test_what_earns_nothing(written: str) -> None:
    """Does a right equation earn nothing that is contradicted without a word, hidden, struck out, or taken back?"""
    found = statuses(statements(written))
    assert found == ALL | {"forget": found["forget"]}
    assert found["forget"] != "right"


@pytest.mark.parametrize(
    "words", ["The following is incorrect:", "The following equations are wrong, do not use them:"]
)
def test_declared_wrong(words: str) -> None:
    """Is nothing earned by equations that the student calls wrong?"""
    assert "right" not in statuses(statements(f"{words}\n\n{F}\n{REST}")).values()


def test_exchanged_titles() -> None:
    """Are words that announce one gate before the equation of another part of what is claimed?"""
    written = (F + REST).replace("$f_t =", "Input gate: $f_t =").replace("$i_t =", "Forget gate: $i_t =")
    assert statuses(statements(written)) == ALL | {"forget": "wrong", "input": "wrong"}


@pytest.mark.parametrize(
    "said",
    [
        "where s is the sigmoid",
        "Let s denote the logistic function.",
        "$s(x) = \\frac{1}{1 + e^{-x}}$",
        "Soit s la fonction sigmoïde.",
        "s bezeichnet die Sigmoidfunktion",
        "s — сигмоида",
        "We write s for the sigmoid.",
    ],
)
def test_letters_for_functions(said: str) -> None:
    """Is a letter read as the function that the text says, before the equations or behind them?"""
    written = (F + "\n" + REST).replace("\\sigma", "s")
    assert statuses(statements(f"{said}\n\n{written}")) == ALL
    assert statuses(statements(f"{written}\n\n{said}")) == ALL


def test_sigma_for_another_function() -> None:
    """Does "where σ = tanh" bind?"""
    found = statuses(statements(F + "\n" + REST + "\nwhere $\\sigma(x) = \\tanh(x)$"))
    assert found == ALL | dict.fromkeys(("forget", "input", "output"), "wrong")


def test_names_are_not_turned_around() -> None:
    """Do six wrong equations stay wrong, although other roles for their names would make some of them right?"""
    written = """
    f_t = tanh(W_f x_t + U_f h_{t-1} + b_f)
    i_t = tanh(W_i x_t + U_i h_{t-1} + b_i)
    C̃_t = σ(W_c x_t + U_c h_{t-1} + b_c)
    C_t = i_t * C_{t-1} + f_t * C̃_t
    o_t = tanh(W_o x_t + U_o h_{t-1} + b_o)
    h_t = o_t * σ(C_t)
    """
    assert "right" not in statuses(statements(written)).values()


def test_what_is_not_read() -> None:
    """Is it said where reading stopped, at the cost of that equation alone?"""
    verdicts = statements("$f_t = \\sigma(W_f \\oint x_t)$\n" + REST)
    assert statuses(verdicts) == ALL | {"forget": "unreadable"}
    assert "stopped at character" in verdicts["forget"].message
