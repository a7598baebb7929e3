"""Q6 · Peephole LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import BIDIRECTIONAL

_SWITCH = (
    "implementation = 2|implementation 2|implementation to 2|implementation = 1|implementation argument|"
    "implementation parameter|argument implementation|parameter implementation"
)

_STATE = "hidden state|h_prev|h_t|previous output|last output"

_SEES = (
    "look|see|access|peek|connect|connected|connection|give|let|allow|allowed|receive|get|feed|"
    "add|show|lead|visible|know|provide|go|link|glance"
)

_AHEAD = (
    "next input|future|next time step|next word|upcoming|next element|coming input|coming word|"
    "coming step|coming time|what be coming|x_t 1|ahead|next step|later input|"
    "time step that follow|what comes next|what will|tomorrow|following word|following input|next token|come next|"
    "will come|come later|input that come"
)

IMPLEMENTATION_2 = Misconception(
    "q6.implementation-2",
    message=(
        "In Keras `implementation=2` only changes how the matrix products of an ordinary LSTM are batched; the layer "
        "has no peephole weights. A peephole LSTM needs its own cell with three more weight vectors, such as "
        "tfa.rnn.PeepholeLSTMCell or one that you write."
    ),
    against="q6.variant",
    right="only|nothing|ordinary|wrong|faster|by hand|yourself|batch|merely",
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
        (_SWITCH, ">~enable|activate|add|give|get|turn|make|switch|mean|be|is|for|=|stand", ">~peephole"),
        (
            "set|use|with|parameter|argument|pass|through|by|via|merely|is|lstm|set implementation",
            f"~{_SWITCH}",
            "~peephole",
        ),
        ("peephole", ">~enable|activate|add|turn|switch|get|use|with|be|in|by|through|via|need|set", f">~{_SWITCH}"),
    ),
)

HIDDEN_STATE = Misconception(
    "q6.hidden-state",
    message="Every LSTM gate sees the hidden state. A peephole shows it the cell state.",
    against="q6.connections",
    about="peephole|extra|additional",
    others="standard|normal|ordinary|usual|plain|regular|simple|any lstm|without",
    right=(
        "cell state|c_t|c_prev|memory|beside|besides|apart|cell content|carousel|internal|blind|"
        "as well as|new hidden|next|compute|c|only the hidden|next to"
    ),
    unless=("q6.connections",),
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
        ("peephole", f">~{_SEES}|variant|lstm|is|be|=|mean", f">{_STATE}"),
        ("through|peephole", f">~{_STATE}", ">~visible|seen|shown|accessible|available"),
        ("additional|extra|new", ">~connection|weight", ">~go|lead|run|come|from|let|give", f">~{_STATE}"),
        ("gate", f">~{_SEES}", f">~{_STATE}", ">~through|by|via|thanks|due|with", ">~peephole"),
        ("through|by|via|thanks|due|with", ">~peephole", f">~{_SEES}", f">~{_STATE}"),
        ("hidden state|h_prev", ">~to|into|with", ">~gate", ">~through|by|via|peephole", ">~peephole|connection"),
    ),
)

FUTURE = Misconception(
    "q6.future",
    message="A peephole does not look ahead in the sequence. It looks into the cell: at its cell state.",
    against="q6.benefit",
    others=BIDIRECTIONAL,
    right=(
        "cell state|previous|c_t|c_prev|memory|current cell|into the cell|own cell|c|"
        "before the next|to the next step|to next step|know how|inside|full|input gate|at cell|"
        "exact|exactly|when"
    ),
    unless=("q6.connections",),
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
            "peephole|gate|lstm|cell|it|network|connection",
            ">~look|see|peek|access|glance|view|glimpse|peep|spy|anticipate|preview|show|know",
            f">~{_AHEAD}",
        ),
        ("peephole|gate", ">~let|allow|give|get|with|can", f">{_AHEAD}"),
    ),
)

MISCONCEPTIONS = (
    IMPLEMENTATION_2,
    HIDDEN_STATE,
    FUTURE,
)
