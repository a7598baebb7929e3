"""Q4 · LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import GRU, HAS, LSTM, OLD_LSTM, said_of

_SUBJECT = f"{LSTM}|it|there|we|the cell has"

_OTHERS = f"{GRU}|{OLD_LSTM}"

_TWO_GATES = "only 2 gate|2 gate|2 kind of gate|2 type of gate|pair of gate"

_WITHOUT_LOOP = (
    "not-a-recurrent|not-recurrent|non-recurrent|no-recurrent|no-loop|no-feedback|no-recurrence|without-recurrence|"
    "without-any-feedback|without-any-loop|without-any-recurrence|without-loop|without-feedback|not-fed-back|"
    "no-longer-recurrent|not-have-recurrence|isn't-recurrent|isn't-a-recurrent|not-have-any-recurrence|"
    "not-have-a-loop|not-have-loops|not-use-recurrence|not-have-recurrent|no-feedback-loop|without-a-loop|"
    "not-recurrent-any|not-a-rnn|not-an-rnn|no-rnn|no-longer-a-rnn|no-longer-an-rnn|never-fed-back|not-loop"
)

TWO_GATES = Misconception(
    "q4.two-gates",
    message="An LSTM has three gates: forget, input and output gate. Two gates, update and reset, make a GRU.",
    against="q4.gates",
    about=LSTM,
    others=_OTHERS,
    right=(
        "3|third|one more|extra|other|remaining|another|besides|plus|more gate|first 2|these 2|"
        "the-2|1|enough|and an output gate|and the output gate|and output gate"
    ),
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
        (_SUBJECT, f">~{HAS}", f">~{_TWO_GATES}"),
        ("in|inside|within|for", f">~{LSTM}", ">~is|are|be|there", f">~{_TWO_GATES}"),
        (LSTM, ">~only|just", ">~2 gate"),
        ("only|just", ">~2 gate", ">~exist|there|used|needed|are"),
        ("there are|there be", ">~2 gate", ">~in|inside", f">~cell|{LSTM}"),
    ),
)

GRU_GATES = Misconception(
    "q4.gru-gates",
    message=(
        "Update and reset gates belong to the GRU. The gates of an LSTM are the forget, the input and the output gate."
    ),
    against="q4.gates",
    about=LSTM,
    others=f"{GRU}|{OLD_LSTM}|counterpart",
    right="called|forget gate|job|role|correspond|network call",
    unless=("q4.gates",),
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
        *said_of(
            f"{LSTM}|it|we|cell",
            HAS,
            "reset gate|reset and update gate|update and reset gate|update gate",
        ),
        (f"{LSTM}|it", ">~has|have|use|contain|consist|made of", ">~reset|update", ">~update|reset", ">~gate"),
        ("gate", f">~{LSTM}|cell", ">~be|are|call|:|named", ">~update|reset", ">~update|reset"),
    ),
)

NOT_RECURRENT = Misconception(
    "q4.not-recurrent",
    message="An LSTM is a recurrent network: its hidden state and its cell state are fed back at every time step.",
    against="q4.cell-state",
    about=LSTM,
    others="transformer|dense|convolution|cnn|rnn|vanilla|bidirectional|one more|gate be",
    right=(
        "only|simple|ordinary|suffer|problem|vanish|plain|regular|just|more than|lose|mere*|"
        "another|second|faster|than|weight|matrix|be recurrent|over time|time step|layer|in feed-forward"
    ),
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
            f"{LSTM}|it",
            ">~is-a-feed-forward|is-a-feedforward|is-feed-forward|be-a-feed-forward|be-feed-forward|is-just-a-feed-forward|"
            "be-a-kind-of-feed-forward|work-like-a-feed-forward|belong-to-the-feed-forward|are-feed-forward|"
            "are-feedforward|become-a-feed-forward|be-feedforward|is-feedforward",
        ),
        (f"{LSTM}|it|hidden state", f">~{_WITHOUT_LOOP}"),
        (
            "no|without|not any|lack",
            ">~feedback|loop|recurrence|feedback loop|recurrent connection",
            ">~in|inside|of",
            ">~lstm",
        ),
        (
            f"{LSTM}|information|data|it",
            ">~flow|go|move|pass|run|is processed|data",
            ">~only forward|in one direction only|only in one direction|only from input to output|straight from input",
        ),
    ),
)

MISCONCEPTIONS = (
    TWO_GATES,
    GRU_GATES,
    NOT_RECURRENT,
)
