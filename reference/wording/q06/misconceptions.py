"""Q6 · Peephole LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_NOT = "!!not|does nothing|only changes|standard|no|wrong|ordinary|only change"

IMPLEMENTATION_2 = Misconception(
    "q6.implementation-2",
    message=(
        "In Keras `implementation=2` only changes how the matrix products of an ordinary LSTM are batched; the layer "
        "has no peephole weights. A peephole LSTM needs its own cell with three more weight vectors, such as "
        "tfa.rnn.PeepholeLSTMCell or one that you write."
    ),
    against="q6.variant",
    says=(
        "In Keras we set implementation=2 to get a peephole LSTM.",
        "The argument implementation=2 enables peephole connections.",
        "Peephole connections are switched on with the implementation argument of the LSTM layer.",
    ),
    says_not=(
        "Keras has no peephole LSTM, so the implementation is written by hand.",
        "The argument implementation=2 only changes how the products are batched.",
    ),
    ways=(
        ("implementation", ">~2", "enable|peephole", _NOT),
        ("set|use|with|parameter", "implementation", ">~2", "peephole", _NOT),
        ("implementation", "peephole", "keras|argument|set|parameter|lstm", _NOT),
    ),
)

HIDDEN_STATE = Misconception(
    "q6.hidden-state",
    message="Every LSTM gate sees the hidden state. A peephole shows it the cell state.",
    against="q6.connections",
    says=(
        "Peephole connections let the gates see the hidden state.",
        "A peephole gives the gates access to the previous hidden state.",
    ),
    says_not=(
        "Peepholes let the gates see the cell state and not only the hidden state.",
        "The gates of any LSTM see the previous hidden state, a peephole adds the cell state.",
        "The extra weights have nothing to do with the hidden state.",
        "Without a peephole, gates get x_t and the hidden state.",
        "What is new is seen beside the hidden state that all gates get.",
    ),
    ways=(
        (
            "peephole|additional|extra|new",
            "connection|look|see|access|peek|connect|give|let|allow|receive|get|feed|into|add|is",
            "hidden state|h_prev|h_t|previous output|last output",
            "!!cell state|not only|also|only|alone|c_t|c_prev|memory|just|beside|addition|besides|cell content|"
            "carousel|internal|apart",
        ),
        (
            "peephole|extra|new|additional",
            "see|look|access|connection|peek|get|allow|let",
            "hidden state|h_prev",
            "as well|also|too",
            "!!cell state|c_t|c_prev|memory|carousel|internal|c|apart|besides|in addition to",
        ),
    ),
)

FUTURE = Misconception(
    "q6.future",
    message="A peephole does not look ahead in the sequence. It looks into the cell: at its cell state.",
    against="q6.benefit",
    says=(
        "Peepholes let the gates look at future inputs.",
        "The gate can see the next time step.",
        "With peepholes the cell peeks at what comes next in the sequence.",
    ),
    says_not=(
        "A peephole does not look at the future.",
        "The gates look at the cell state and not at the next input.",
        "The gates look at the memory, and the result is used in the following steps.",
        "The network learns to predict the next spike exactly, because the gates look into the cell.",
        "The network knows the exact distance to the next event.",
    ),
    ways=(
        (
            "peephole|gate|cell|it|network|connection|lstm",
            "look|see|peek|access|glance|know|view|glimpse|peep|spy|read|anticipate|prepare|preview|look ahead|feed",
            "next input|future|next time step|next word|upcoming|next element|coming|x_t 1|ahead|what comes next|later|"
            "what will|next step|following|next token|tomorrow",
            "!!bidirectional|not|cell state|previous|c_t|c_prev|no|memory|current cell",
        ),
    ),
)

MISCONCEPTIONS = (
    IMPLEMENTATION_2,
    HIDDEN_STATE,
    FUTURE,
)
