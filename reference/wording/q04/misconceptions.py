"""Q4 · LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

TWO_GATES = Misconception(
    "q4.two-gates",
    message="An LSTM has three gates: forget, input and output gate. Two gates, update and reset, make a GRU.",
    against="q4.gates",
    says=(
        "An LSTM has two gates.",
        "The LSTM uses only two gates to control its memory.",
        "There are two gates in the cell.",
    ),
    says_not=(
        "The GRU has two gates, the LSTM has three.",
        "An LSTM does not have two gates but three.",
        "Two of the gates change the cell state, the third one makes the output.",
        "The LSTM has one more gate than the two gates of its simpler cousin.",
        "It is wrong that an LSTM has two gates.",
    ),
    ways=(
        (
            "lstm|long short-term memory|it|gate|there",
            "2 gate|only 2 gate|2 kind of gate|2 type of gate",
            "!!gru|gated recurrent|unlike|than|whereas|first 2|other 2|these 2|3|remaining|last 2",
        ),
        ("lstm", ">~only|just", ">~1 gate|single gate|one gate|2 gate", "!!gru"),
        ("lstm", "update gate", "!!gru|input gate|called|also|output gate|gated recurrent|unlike|than|whereas"),
    ),
)

GRU_GATES = Misconception(
    "q4.gru-gates",
    message=(
        "Update and reset gates belong to the GRU. The gates of an LSTM are the forget, the input and the output gate."
    ),
    against="q4.gates",
    says=(
        "The LSTM has an update gate and a reset gate.",
        "The reset gate of the LSTM drops old information.",
        "An LSTM uses reset and update gates.",
    ),
    says_not=(
        "The LSTM has no reset gate.",
        "Update and reset gates are found in the GRU, not in the LSTM.",
        "The LSTM's forget gate can reset the cell state to zero.",
        "The forget gate, not a reset gate, clears the cell.",
        "The LSTM lacks a reset gate.",
    ),
    ways=(
        (
            "lstm|long short-term memory|it|gate|which|cell|we",
            "reset gate",
            "!!gru|gated recurrent|unlike|than|whereas|also called|variant",
        ),
        ("lstm", "reset", "~update", "!!gru|gated recurrent|unlike|than|whereas|variant"),
    ),
)

NOT_RECURRENT = Misconception(
    "q4.not-recurrent",
    message="An LSTM is a recurrent network: its hidden state and its cell state are fed back at every time step.",
    against="q4.cell-state",
    says=(
        "The LSTM is a feed-forward network.",
        "An LSTM has no recurrent connections.",
        "LSTM works without any feedback loop.",
    ),
    says_not=(
        "The LSTM is not a feed-forward network but a recurrent one.",
        "An LSTM is a recurrent neural network.",
        "The LSTM does not lose its recurrent connections when it is unrolled.",
        "The LSTM is more than a feedforward network.",
        "An LSTM is not just a loop.",
    ),
    ways=(
        (
            "lstm|long short-term memory|it",
            ">is|as|work|like|belong",
            ">~feed-forward|feedforward|forward network",
            "!!unlike|than|not|rather|gate|contrast to feed*|rnn|vanilla",
        ),
        (
            "lstm|long short-term memory|it",
            "-recurrent|recurrence|loop|feedback|feedback loop|rnn|recursion|recurrent connection|fed back",
            "!!only|simple|ordinary|suffer|problem|like|vanish|gate|plain|regular|standard|traditional",
        ),
        ("feedback|loop|recurrence|recurrent", "-any|need|exist|more|there|has|have|present", "!!only|just|vanish"),
        ("no|without|not any", ">~feedback|loop|recurrence|recurrent connection|recursion", "!!only|just|rnn|vanish"),
        (
            "feed-forward|feedforward",
            "lstm|it|data|information",
            "straight|just go|goes through|only forward|no memory|through it|instead of recurrent|not recurrent",
            "!!unlike|than|contrast to|rnn",
        ),
    ),
)

MISCONCEPTIONS = (
    TWO_GATES,
    GRU_GATES,
    NOT_RECURRENT,
)
