"""Q6 · Peephole LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_NOT = "!!not|does nothing|only changes|no|wrong|ordinary|only change"

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
        (
            "implementation = 2|implementation 2",
            ">~enable|peephole|activate|add|give|get|turn|make|switch",
            "peephole",
            _NOT,
        ),
        (
            "set|use|with|parameter|argument|pass|through|by|via|merely|is",
            "implementation = 2|implementation = 1|implementation argument|implementation parameter|"
            "argument implementation|"
            "parameter implementation",
            "peephole",
            _NOT,
        ),
        (
            "lstm",
            "implementation = 2|implementation 2|implementation 1",
            "peephole",
            f"{_NOT}|there be 2|for a peephole",
        ),
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
            "peephole",
            ">~connection|look|see|access|peek|connect|give|let|allow|receive|get|feed|add|is|be|=|variant|lstm",
            ">hidden state|h_prev|h_t|previous output|last output",
            "!standard|normal|ordinary|usual|plain|only|regular|simple",
            "!!cell state|alone|c_t|c_prev|memory|just|beside|besides|cell content|carousel|internal|apart|"
            "normal connection|blind|any lstm|new hidden state|next|update|output gate|every step|compute|c|"
            "only the hidden|fed only|variation on|get only",
        ),
        (
            "through|peephole",
            ">~hidden state|h_prev|h_t",
            ">~visible|seen|shown|accessible|available",
            "!!cell state|c_t|c_prev|memory|c|besides|also",
        ),
        (
            "additional|extra|new",
            ">~connection|weight",
            ">~go|lead|run|come|from|let|give",
            ">~hidden state|h_prev|h_t",
            "!!cell state|c_t|c_prev|memory|c|nothing",
        ),
        (
            "gate",
            ">~look|see|access|get|peek|know|receive|connected|allowed",
            ">~hidden state|h_prev|h_t|previous output",
            ">through|by|via|thanks|due|with",
            ">~peephole",
            "!!cell state|c_t|c_prev|memory|c|besides|also|as well as",
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
            "peephole|gate|lstm",
            ">~look|see|peek|access|glance|view|glimpse|peep|spy|anticipate|preview|show|let|allow|give|get",
            ">next input|future|next time step|next word|upcoming|next element|coming|x_t 1|ahead|"
            "time step that follow|what comes next|"
            "what will|tomorrow|following word|following input|next token|come next|will come",
            "!!bidirectional|cell state|previous|c_t|c_prev|memory|current cell|into the cell|c|to the next step|"
            "before the next|to next step|know how|"
            "at cell|inside|full|input gate",
        ),
        (
            "cell|it|network|connection",
            ">~look|see|peek|glance|glimpse|peep|spy|anticipate|preview",
            ">~next input|future|next time step|next word|upcoming|next element|coming input|ahead|what comes next|"
            "what will|following word|following input|next token",
            "!!bidirectional|cell state|previous|c_t|c_prev|memory|current cell|c",
        ),
    ),
)

MISCONCEPTIONS = (
    IMPLEMENTATION_2,
    HIDDEN_STATE,
    FUTURE,
)
