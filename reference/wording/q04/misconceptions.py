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
            "lstm|long short-term memory|it|there|cell|lstms",
            ">~has|have|use|contain|are|consist|made|compose|with|own|get by",
            ">~2 gate|only 2 gate|2 kind of gate|2 type of gate",
            "!!gru|gated recurrent|than|and one|another|as well as|plus one|besides|more gate|extra gate|"
            "for the cell state|on the cell state|first 2|other 2|these 2|3|remaining|last 2|third|originally|"
            "original|1997|not",
        ),
        (
            "its|the|in",
            "~2 gate",
            ">~lstm",
            "!!gru|gated recurrent|than|and the output gate|and one|another|as well as|plus one|besides|more gate|"
            "extra gate|for the cell state|on the cell state|first 2|other 2|these 2|3|remaining|last 2|third|"
            "originally|original|1997|not",
        ),
        ("lstm", ">~only|just", ">~1 gate|single gate|one gate|2 gate", "!!gru|original|third|1997"),
        ("only|just", ">~2 gate", ">~exist|there|used|needed|are", "!!gru"),
        ("2 gate of", ">~lstm", ">~is|are|be|call", "!!gru|third|3|merge|one|first|act"),
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
            "lstm|long short-term memory|it|we|cell|lstms",
            ">~has|have|use|contain|consist|find|need|with|compose|made|:|own",
            ">~reset gate|reset and update gate|update and reset gate",
            "!!gru|forget gate|job|role|counterpart|correspond|gated recurrent|than|called|variant|call",
        ),
        (
            "reset gate|reset and update gate",
            ">~of|in|control|inside",
            ">~lstm|cell",
            "!!gru|forget gate|job|role|counterpart|correspond|gated recurrent|than|called|variant|call|network call",
        ),
        (
            "lstm",
            ">~has|have|use|find|contain",
            ">~reset",
            ">~update",
            "!!gru|forget gate|job|role|counterpart|correspond|gated recurrent|than|variant",
        ),
        (
            "lstm|it",
            ">~has|have|use|find|contain",
            ">~update gate",
            ">reset gate",
            "!!gru|forget gate|job|role|counterpart|correspond|gated recurrent|than|variant",
        ),
        (
            "lstm|it",
            ">~has|have|use|find|contain",
            ">~update",
            ">~reset",
            "!!gru|forget gate|job|role|counterpart|correspond|gated recurrent|than|variant",
        ),
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
            ">~is|as|work|like|belong",
            ">~feed-forward|feedforward|forward network",
            "!!than|gate|vanilla|faster|not",
        ),
        (
            "lstm",
            ">~is|be|a",
            ">~feed-forward|feedforward",
            ">~network|net|model",
            "!!than|vanilla|not|unlike",
        ),
        (
            "lstm|long short-term memory|it",
            ">~is|are|has|have|work|do|need|=|use|does|contain",
            ">~not-a-recurrent|not-recurrent|non-recurrent|no-recurrent|no-loop|no-feedback|no-recurrence|"
            "without-recurrence|"
            "without-any-feedback|without-any-loop|without-any-recurrence|without-loop|without-feedback|not-fed-back|"
            "no-longer-recurrent|not-have-recurrence|isn't-recurrent|isn't-a-recurrent|not-have-any-recurrence|"
            "not-have-a-loop|not-have-loops|not-use-recurrence|not-have-recurrent|no-feedback-loop|without-a-loop",
            "!!only|simple|ordinary|suffer|problem|like|vanish|gate|plain|regular|standard|traditional|transformer|"
            "lose|"
            "as simple as|just|more than|cnn|dense|convolution|since it be recurrent|mere*|another loop|as simple",
        ),
        ("lstm|it", ">~not-a-rnn|not-an-rnn|no-rnn|no-longer-a-rnn|no-longer-an-rnn"),
        (
            "no|without|not any",
            ">~feedback|loop|recurrence|feedback loop",
            ">~in|inside|of",
            ">~lstm",
            "!!only|vanish|dense|need|since",
        ),
        ("lstm", ">data|information", ">~only forward|only flow forward|straight", "!!rnn"),
        (
            "lstm|information|data",
            ">~flow|go|move|pass|run|is processed",
            ">~only forward|in one direction only|only in one direction|straight|only from input to output",
            "!!forget|rnn|bidirectional|backward|unidirectional|time",
        ),
    ),
)

MISCONCEPTIONS = (
    TWO_GATES,
    GRU_GATES,
    NOT_RECURRENT,
)
