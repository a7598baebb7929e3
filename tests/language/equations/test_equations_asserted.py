"""Whether its author stands by an equation: reported, asked, denied, restricted or unseen ones earn nothing."""

import pytest
from lstm_writings import STATEMENTS, statements, statuses

F = "$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f)$"
WRONG_F = "$f_t = \\tanh(W_f x_t + U_f h_{t-1} + b_f)$"
OTHERS = (
    "$i_t = \\sigma(W_i x_t + U_i h_{t-1} + b_i)$",
    "$g_t = \\tanh(W_g x_t + U_g h_{t-1} + b_g)$",
    "$c_t = f_t \\odot c_{t-1} + i_t \\odot g_t$",
    "$o_t = \\sigma(W_o x_t + U_o h_{t-1} + b_o)$",
    "$h_t = o_t \\odot \\tanh(c_t)$",
)
REST = "\n\n".join(["", *OTHERS])
BELOW = "\n\n".join([F, *OTHERS])
NAMES = ("Forget gate", "Input gate", "Candidate", "Cell state", "Output gate", "Hidden state")
LIST = "\n".join(f"- {name}: {one}" for name, one in zip(NAMES, [F, *OTHERS], strict=True))
ALL = dict.fromkeys(STATEMENTS, "right")

NOT_SAID = [
    f"Nobody believes that {F}.",
    f"I doubt that {F}.",
    f"Is it true that {F}?",
    f"What if {F}?",
    f"ChatGPT says that {F}, but I do not understand it.",
    f"Some students write {F}.",
    f"Contrary to the claim that {F}, nothing is forgotten.",
    f"I used to think that {F}.",
    f"I am not sure whether {F}.",
    f"{F}, says my friend.",
    f"{F} (according to ChatGPT, I did not check)",
    f"Supposedly {F}.",
    f"Expected: {F}",
    f"TODO: check whether {F}",
]
DENIED = [
    f"{F} is a myth.",
    f"{F}. That is not true.",
    f"{F}. But that is not how it works.",
    f"{F} does not hold.",
    f"{F} ❌",
    f"{F} – nope.",
    f"{F} - this is the wrong one",
    f"A common misconception is {F}.",
    f"It would be a mistake to write {F}.",
    f"Never write {F}.",
    f"The forget gate is not computed by {F}.",
    f"We do not use {F}.",
    f"The gate is anything but {F}.",
    f"Instead of {F}, use nothing.",
    f"It's a lie: {F}",
    f"**Wrong!** {F}",
    f"❌ {F}",
    f"Strike this: {F}",
    f"Il est faux que {F}.",
    "$f_t \\neq \\sigma(W_f x_t + U_f h_{t-1} + b_f)$",
    "$f_t \\not= \\sigma(W_f x_t + U_f h_{t-1} + b_f)$",
]
RESTRICTED = [
    f"{F} only if the moon is full.",
    f"{F} unless $t > 0$.",
    f"{F} if and only if I am wrong.",
    f"{F} in no case.",
]
CONTRADICTED = [
    f"{F}\n\n$$f_t = 1$$",
    f"{F}\n\n$f'_t = \\tanh(W_f x_t + U_f h_{{t-1}} + b_f)$",
    f"{F}\n\n$f_t^\\star = \\tanh(W_f x_t + U_f h_{{t-1}} + b_f)$",
    f"{F}\n\n$F_t = \\tanh(W_f x_t + U_f h_{{t-1}} + b_f)$",
    f"{F} or {WRONG_F}, one of them",
    f"{F} where $W_f = 0$.",
    f"{F} with $W_f := U_f = 0$.",
    f"{F}. Set $W_f$ to zero.",
    f"{F} with $b_f = \\infty$.",
    "$f_t = f_t$",
]
UNSEEN = [
    f"<span style='font-size:0'>{F}</span>",
    f"<div hidden><div></div>{F}</div>",
    f'[//]: # "{F}"',
    f"$\\enclose{{horizontalstrike}}{{{F[1:-1]}}}$",
    f"$\\textcolor[rgb]{{1,1,1}}{{{F[1:-1]}}}$",
]


@pytest.mark.parametrize("written", [*NOT_SAID, *DENIED, *RESTRICTED, *CONTRADICTED, *UNSEEN])
def test_one_that_nobody_stands_by(written: str) -> None:
    """Does it earn nothing, while those beside it keep their points?"""
    found = statuses(statements(written + REST))
    assert found["forget"] != "right"
    assert found == ALL | {"forget": found["forget"]}


@pytest.mark.parametrize(
    "written",
    [
        f"Nobody believes that:\n\n{BELOW}",
        f"My friend claims the following equations:\n\n{LIST}",
        f"ChatGPT says the following:\n\n{BELOW}",
        f"I doubt that these equations are right:\n\n{BELOW}",
        f"I found these equations on the internet, but I do not believe them:\n\n{LIST}",
        f"I do not stand by any of this:\n\n{LIST}",
        f"Is it right that\n\n{BELOW}\n\n?",
        f"To do: are these right?\n\n{LIST}",
        f"Ignore the following equations:\n\n{BELOW}",
        f"Here is what NOT to write:\n\n{LIST}",
        f"These equations are lies:\n\n{LIST}",
        f"Everything in this answer is false.\n\n{LIST}",
        f"# Common mistakes\n\n{BELOW}",
        f"## Wrong equations\n\n{LIST}",
        f"{BELOW}\n\nNone of these equations is right.",
        f"{BELOW}\n\nI do not believe any of this.",
        f"{BELOW}\n\nI just made these up.",
        f"{LIST}\n\nAll six are wrong.",
        f"{BELOW}\n\n(All wrong.)",
        f"{BELOW}\n\nPlease ignore the equations above.",
        f"<div style='display:none'>\n\n{BELOW}\n\n</div>",
    ],
)
def test_all_that_nobody_stands_by(written: str) -> None:
    """Do words reach over the list that they introduce, or take back what stands before them?"""
    assert "right" not in statuses(statements(written)).values()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("where $\\sigma(z) = z$", ("forget", "input", "output")),
        ("where σ denotes the identity", ("forget", "input", "output")),
        ("where $\\tanh(z) = 0$", ("candidate", "hidden")),
        ("where $\\odot$ is the matrix product", ("cell", "hidden")),
        ("and $x_t = h_{t-1}$", ("forget", "input", "candidate", "output")),
        ("where $x_t$ is the label of the sample", ("forget", "input", "candidate", "output")),
        ("Let $h_{t-1}$ be the learning rate.", ("forget", "input", "candidate", "output")),
        ("where $t-1$ denotes the step that comes after $t$", ("forget", "input", "candidate", "cell", "output")),
        ("and $\\sigma$ is the standard deviation", ("forget", "input", "output")),
    ],
)
def test_what_a_text_sets_binds(said: str, wrong: tuple[str, ...]) -> None:
    """Are functions, signs and inputs what the text says they are?"""
    assert statuses(statements(f"{BELOW}\n\n{said}")) == ALL | dict.fromkeys(wrong, "wrong")


@pytest.mark.parametrize(
    "said",
    [
        "where $x_t$ is the input vector, $h_{t-1}$ the hidden state and $t-1$ is the step before",
        "Let $x_t$ be the word vector at time $t$ and $h_{t-1}$ be the memory of what came before the target.",
        "where $h_{t-1}$ is the output of the last step, from which the next step $t$ begins",
        "where $x_t$ is the previous target word and $\\sigma$ is the sigmoid",
        "If $x_t$ is the label, there is nothing to learn.",
        "A common mistake is to leave out the bias; each of the lines above has one.",
        "Here $f_t$ is the weight of the old cell state, and $o_t$ is the weight of what is shown.",
        "where $f_t$ is the forget rate and $i_t$ is the rate at which something is written",
        "where $x_t$ is the accuracy of the sensor and $t-1$ is the step behind $t$",
        "and σ is the average gate function, σ is the mean-shifted sigmoid",
    ],
)
def test_ordinary_legends_bind_to_what_is_meant(said: str) -> None:
    """Do the words that ordinary legends have leave right equations right?"""
    assert statuses(statements(f"{BELOW}\n\n{said}")) == ALL


@pytest.mark.parametrize(
    ("written", "counts"),
    [
        ("$f_t \\overset{?}{=} \\sigma(W_f x_t + U_f h_{t-1} + b_f)$", False),
        ("$f_t \\stackrel{?}{=} \\sigma(W_f x_t + U_f h_{t-1} + b_f)$", False),
        ("$f_t \\overset{!}{=} \\sigma(W_f x_t + U_f h_{t-1} + b_f)$", True),
        ("$f_t \\stackrel{\\text{def}}{=} \\sigma(W_f x_t + U_f h_{t-1} + b_f)$", True),
        (
            "$$f_t = \\begin{cases} \\sigma(W_f x_t + U_f h_{t-1} + b_f) & \\text{if } |x_t| < 9 \\\\ 0 \\end{cases}$$",
            False,
        ),
        ("$$f_t = \\begin{cases} \\sigma(W_f x_t + U_f h_{t-1} + b_f) & \\text{if } t > 0 \\\\ 0 \\end{cases}$$", True),
        ("$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f) \\text{ for each } t$", True),
        ("$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f) \\quad \\text{if } 1 \\leq t \\leq T$", True),
        ("$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f) \\quad \\text{if } 0 < t$", True),
        ("$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f), \\text{if time step } t > 0$", True),
        ("$f_t = \\sigma(W_f x_t + U_f h_{t-1} + b_f), \\text{when a new input arrives}$", True),
    ],
)
def test_what_is_asked_or_holds_in_one_case(written: str, counts: bool) -> None:
    """Is an equals sign with a question mark none, and a branch no equation but that for all steps after the first?"""
    assert (statuses(statements(f"{written}{REST}"))["forget"] == "right") == counts


def test_brackets_that_add() -> None:
    """Is `[a, b]` a sum where the text says so?"""
    written = BELOW.replace("W_f x_t + U_f h_{t-1}", "W_f [h_{t-1}, x_t]")
    assert statuses(statements(f"{written}\n\nwhere $[a, b]$ is the sum of a and b")) == ALL | {"forget": "wrong"}
    assert statuses(statements(f"{written}\n\nwhere $[a, b]$ is the concatenation")) == ALL


@pytest.mark.parametrize(
    "written",
    [
        BELOW,
        LIST,
        f"These are the equations:\n\n{BELOW}",
        f"It is wrong to think that the gates are independent; they share their inputs.\n\n{BELOW}",
        f"Contrary to a plain RNN, an LSTM has gates:\n\n{BELOW}",
        f"What do we forget? {F}{REST}",
        f"{F}: what do we drop?{REST}",
        f"The gate decides whether or not to forget: {F}.{REST}",
        f"The LSTM of the literature:\n\n{BELOW}",
        f"{F}\n\nIf $f_t = 1$ everything is kept, if $f_t = 0$ it is dropped.{REST}",
        f"{F}\n\n- $f_t = 0$: forget all\n- $f_t = 1$: keep all{REST}",
        f"{BELOW}\n\nInitially $h_0 = 0$ and $c_0 = 0$, and $b_f = 1$.",
        f"{BELOW}\n\nwhere $\\sigma(z) = 1/(1+e^{{-z}})$ and $\\odot$ is the elementwise product.",
        f"{BELOW}\n\nwhere $\\odot$ is the Hadamard product and $[a, b]$ is the concatenation of a and b.",
        f"A common mistake is {WRONG_F}. Right is {F}.{REST}",
        f"I first thought that {WRONG_F}, but it is {F}.{REST}",
        f"Does it forget? Yes, by {F}.{REST}",
        f"{BELOW}\n\nThe derivative is $f'_t = f_t (1 - f_t)$.",
        f"{BELOW}\n\nA GRU is wrong here.",
        f"{BELOW}\n\nThese equations are not difficult.",
        f"{BELOW}\n\nThis is not the same as an RNN, where $h_t = \\tanh(W x_t + U h_{{t-1}})$.",
        f"Without gates, gradients vanish. This is wrong for LSTMs:\n\n{BELOW}",
        f"The following equations describe the gates, not the training:\n\n{BELOW}",
        f"{BELOW}\n\nI do not believe that a plain RNN can do this.",
        f"{F} (only the weights differ from the next){REST}",
        f"{BELOW}\n\nwith $W_f = [W_{{fh}}, W_{{fx}}]$",
        f"{BELOW}\n\n$x_t$ is the input, $x_t = E w_t$.",
        f"As Colah says: {F}{REST}",
        f"According to Hochreiter and Schmidhuber:\n\n{BELOW}",
        f"{BELOW}\n\nIf $W_f = 0$ and $b_f = 0$, the gate is one half.",
        f"My friend and I derived:\n\n{BELOW}",
        f"<b>Forget</b> {F} <i>ok</i>{REST}",
        f"Many people forget the bias: {F}.{REST}",
        f"Note that the gate is never negative: {F}.{REST}",
        f"Is the gate a number? No, a vector: {F}{REST}",
        f"Do not confuse it with the input gate. {F}{REST}",
        f"Forget gate (not to be confused with input gate): {F}{REST}",
        f"{F}, which is not a probability.{REST}",
        f"{F} is not linear.{REST}",
        f"{F}. It is not learned by hand.{REST}",
        f"A plain RNN does not have a forget gate; the LSTM has one, {F}.{REST}",
        f"The above LSTM was invented in 1997.\n\n{BELOW}\n\nThe equations above were invented by Hochreiter.",
        f"{BELOW}\n\nThese equations are made up of sums and products.",
        f"{BELOW}\n\nThis is not true for a GRU.",
        f"{BELOW}\n\nThe above is not true in a GRU, which has no cell.",
        f"{F} says how much is kept.{REST}",
        f"{F}, which says how much to keep.{REST}",
        f"We write {F} (according to the paper of Gers).{REST}",
        f"Instead of one state there are two. {F}{REST}",
        f"Unlike the RNN, the LSTM has gates. {F}{REST}",
        f"One does not forget everything: {F}.{REST}",
        f"Do we forget? This is decided by {F}.{REST}",
        f"We do not have to learn when to forget by hand, since {F} is learned.{REST}",
        f"{F} cannot be negative.{REST}",
        f"{F} does not hold the memory itself.{REST}",
        f"{F}. It is not wrong to leave the bias out.{REST}",
        f"If $x_t$ is important, the gate opens: {F}.{REST}",
        f"When a new input comes in, the forget gate is computed as {F}.{REST}",
        f"{F} when a new input arrives.{REST}",
        f"{F} if we include the bias, and the same without $b_f$ if we do not.{REST}",
        f"For example, the forget gate: {F}{REST}",
        f"Students often forget the bias: {F}{REST}",
        f"Some authors write the LSTM with the following equations.\n\n{LIST}",
        f"Most books use these equations:\n\n{LIST}",
        f"The following equations are not complicated:\n\n{LIST}",
        f"It is a mistake to think that the cell is a gate.\n\n{LIST}",
        f"Wrong gates lead to wrong memories.\n\n{LIST}",
        f"{LIST}\n\nIf all of the gates are wrong, the loss is high.",
        f"{LIST}\n\nAll of these are sigmoids, not tanh.",
        f"{LIST}\n\nI guess the weights are learned.",
        f"Expected behaviour: memory is kept.\n\n{LIST}",
        f"With $b_f = 0$ at the start.\n\n{LIST}",
        f"{LIST}\n\nThe bias $b_f$ is set to 1, others to zero. The weights $W_f$ are learned.",
        f"{LIST}\n\nIf all weights are zero, e.g. $W_f = 0$, nothing is learned.",
        f"{LIST}\n\nwhere $*$ is element-wise multiplication, $\\sigma$ is the sigmoid, tanh the hyperbolic tangent",
        f"{LIST}\n\n$\\circ$ is the Hadamard product and $\\oplus$ the sum",
        f"{LIST}\n\nIdentity function: $c_t = c_{{t-1}}$ if $f_t = 1$ and $i_t = 0$.",
        f"{LIST}\n\nThe output layer uses softmax: $y_t = softmax(V h_t)$.",
        f"What are the equations?\n\n{LIST}",
        f"Are the gates learned? Yes.\n\n{LIST}",
        f"In code the equations are the same, don't worry.\n\n{LIST}",
        f"Many people are confused by these equations, but they are simple:\n\n{LIST}",
        f"Some say the following equations look difficult.\n\n{LIST}",
        f"Not all of the information is kept. {F}{REST}",
        f"This is not magic: {F}{REST}",
        f"{F}, not tanh!{REST}",
        f"The sigmoid (not tanh) is used: {F}{REST}",
        f"* not optional: {F}{REST}",
        f"In the next step we decide what not to keep: {F}{REST}",
        f"~~old~~ {F}{REST}",
        f"> {F}{REST}",
        f"[Colah](https://colah.github.io): {F}{REST}",
        f"<font color='red'>{F}</font>{REST}",
        f'<div align="center">\n\n{BELOW}\n\n</div>',
        f"<center>{F}</center>{REST}",
        f"<img src='a.png'> {F}{REST}",
        f'<span style="color:#0000FF">{F}</span>{REST}',
        f'<h3 style="background:#333;color:#fff">Gates</h3>\n\n{BELOW}',
        f"<table style='width:100%'><tr><td>{F}</td></tr></table>{REST}",
    ],
)
def test_honest_words(written: str) -> None:
    """Do equations keep their points among words that only sound like a denial?"""
    assert statuses(statements(written)) == ALL
