"""Q1 · RNN cell: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import FEED_FORWARD, GATED, GRU, HAS, LSTM, SIMPLE_RNN, described, said_of

_CELL = f"{SIMPLE_RNN}|cell|it|unit|architecture|network|they"

_KINDS_OF_GATE = "input gate|forget gate|output gate|update gate|reset gate"

_GATE = f"{_KINDS_OF_GATE}|gate"

_OTHERS = f"{LSTM}|{GRU}|{GATED}|variant|advanced|modern|successor|extension"

_NOT_RECURRENT = f"{FEED_FORWARD}|layer"

_STEP = "time step|step|timestep|element|word|position|moment|time|token|input"

_OWN = "different|separate|own|distinct|new|individual|another|fresh|independent|other"

_WEIGHT = "weight|parameter|matrix|matrices|w|u|set of weight|set of parameter"

GATES = Misconception(
    "q1.gates",
    message=(
        "A plain RNN cell has no gates: it is tanh of a weighted sum of the input and the previous hidden state. "
        "Input, forget and output gates belong to the LSTM, update and reset gates to the GRU."
    ),
    against="q1.activation",
    about=SIMPLE_RNN,
    others=_OTHERS,
    right="later|introduced|invented|came|add|added",
    says=(
        "The RNN cell has an input gate that decides what enters the hidden state.",
        "A simple RNN uses a forget gate to drop old information.",
        "The update gate of the RNN cell mixes the old and the new state.",
    ),
    says_not=(
        "A simple RNN has no gates.",
        "Unlike the LSTM, the RNN cell does not have an input gate or a forget gate.",
        "There is nothing like a gate in a plain recurrent cell.",
        "Gated cells such as the GRU were invented later.",
        "What is missing in a basic cell are the gates.",
    ),
    ways=(
        *said_of(_CELL, f"{HAS}|decide|filter", _GATE),
        (
            _KINDS_OF_GATE,
            ">~decide|determine|control|choose|select|throw|drop|delete|erase|mix|open|close|let|filter|keep|remove|"
            "discard|pick|regulate|write|store",
        ),
        ("pass|past|through|by|filtered|controlled|regulated|chosen", f">~{_KINDS_OF_GATE}"),
        ("gate", ">~control|decide|determine|regulate|filter|let", ">~state|memory|input|flow|information|what|which"),
        ("gate", ">~:", f">~{SIMPLE_RNN}|input"),
    ),
)

CELL_STATE = Misconception(
    "q1.cell-state",
    message="A plain RNN cell keeps one state, the hidden state. A second one, the cell state, is what the LSTM added.",
    against="q1.memory",
    about=SIMPLE_RNN,
    others=_OTHERS,
    right="or|called|call|so-called|later|introduced|added",
    says=(
        "The RNN keeps a cell state next to the hidden state.",
        "At each step the hidden state and the cell state are handed to the next step.",
        "The RNN cell stores long-term information in its cell state.",
    ),
    says_not=(
        "A plain RNN has no cell state, only a hidden state.",
        "The state of the cell is called the hidden state.",
        "The cell state was introduced by the LSTM, not by the simple RNN.",
        "The cell keeps its state from one step to the next.",
        "A simple RNN lacks a cell state.",
    ),
    ways=(
        *said_of(
            f"{_CELL}|there",
            f"{HAS}|update|store|carry|remember|pass|hold|hand|save",
            "cell-state|long-term state|memory-cell|c_t|c_prev",
        ),
        ("memory|state", f">~{SIMPLE_RNN}|network", ">~is|be", ">~cell-state|c_t|memory-cell"),
        ("c_t|cell-state", ">~is|be", ">~memory|state", ">~of|in", f">~{SIMPLE_RNN}"),
        ("hidden state|h_t|h", "~and|plus|with|besides|beside", "~cell-state|c_t"),
        ("c|c_t", ">~is|be", ">~cell-state"),
        (
            "cell-state|c_t|memory-cell|long-term state",
            ">~run|carry|carries|store|keep|hold|transport|remember|contain|pass|update|updated|preserve|save|protect",
        ),
        ("2 state|2 thing|2 vector|2 memory", ">~hidden|h_t|h", ">~cell|c_t|c"),
        ("2 state|second state|second vector|second memory", ">cell-state|c_t"),
    ),
)

DIFFERENT_WEIGHTS = Misconception(
    "q1.different-weights",
    message=(
        "The weights W, U and b are the same at every time step; only the hidden state changes. That is why an RNN "
        "can read sequences of any length."
    ),
    against="q1.same-at-each-step",
    others=f"{_NOT_RECURRENT}|gate|direction|epoch|training|batch",
    right="same|share|shared|identical|update|gradient",
    unless=("q1.same-at-each-step",),
    says=(
        "Each time step has its own weights.",
        "The weights are different at every time step.",
        "For every word of the sentence a separate weight matrix is learned.",
        "The network uses new parameters at each step.",
    ),
    says_not=(
        "Each time step has its own hidden state, but the weights are shared.",
        "The weights change during training, after every batch.",
        "Each layer of a deep network has its own weights.",
        "There are no separate weights for each time step.",
        "The weights are updated at each training step.",
    ),
    ways=(
        (
            "each|every|per|for the",
            f"~{_STEP}",
            ">~has|have|get|learn|with|got|own|need|:|use|uses|are|is|apply|employ|bring|come|comes|brings",
            f">~{described(_OWN, _WEIGHT)}",
        ),
        (
            "each|every|per|at the",
            f"~{_STEP}",
            f">~{described(_OWN, _WEIGHT)}",
            ">~learn|used|needed|trained|stored|and bias|is|are|apply|applied",
        ),
        (
            f"{_CELL}|recurrent",
            ">~use|learn|has|have|need|get|apply|take",
            f">~{described(_OWN, _WEIGHT)}",
            ">~each|every|per|from",
            f">~{_STEP}",
        ),
        (
            _WEIGHT,
            ">~change|differ|vary|different|separate|not-the-same|other|another",
            ">~from|between|at|with|for|each|every|in|to|than",
            f">~{_STEP}",
        ),
        (_WEIGHT, ">~-share|same|shared|identical|reuse|common|tied", f">~{_STEP}"),
        (_WEIGHT, f">~{_STEP}", ">~-same|one|share|identical", f">~{_STEP}|other"),
        ("w_1|w_t", "~w_2|u_t"),
        ("w_t", "u_t"),
        (
            _WEIGHT,
            ">~depend on|depends on|belong to|specific to|vary with|change with|different for|another for|new for",
            ">~t|step|time|position|word|time step|each|every",
        ),
        (described(_OWN, _WEIGHT), ">~for|at|in|per|with", ">~each|every", f">~{_STEP}"),
    ),
)

NO_MEMORY = Misconception(
    "q1.no-memory",
    message=(
        "Memory is what makes the cell recurrent: each step uses the hidden state that the step before left behind."
    ),
    against="q1.memory",
    about=SIMPLE_RNN,
    others=f"{_NOT_RECURRENT}|{LSTM}|{GRU}|direction|batch|epoch",
    right="hidden|h_prev|plus|previous|old|sequence|sentence|weight|length|order|batch|state|direction|dimension",
    unless=("q1.memory",),
    says=(
        "An RNN has no memory of previous inputs.",
        "The RNN cell treats every word independently.",
        "The hidden state is reset at each time step.",
        "A recurrent network cannot remember what came before.",
    ),
    says_not=(
        "A feed-forward network has no memory, but an RNN does.",
        "An RNN cannot remember inputs that are very far in the past.",
        "An RNN is never without memory of the past.",
        "The RNN does not need to store the whole sequence.",
        "The cell does not know the future, only the past.",
    ),
    ways=(
        (
            f"{_CELL}|recurrent",
            ">~-memory|remember|previous hidden state|previous state|h_prev|keep|store|retain|know|recall",
            ">~-past|before|earlier|previous|prior|came|seen|last",
        ),
        (
            f"{_CELL}|input|word|each|every",
            ">treat|process|handle|look|consider|compute|read|see",
            "independently|separately|isolation|for itself|on its own|independent|isolate|isolated|from scratch|alone",
        ),
        (
            "hidden state|state|memory",
            ">~reset|cleared|thrown away|discarded|erased|deleted|start from zero|empty|set to zero|forgotten|lost",
            ">~each|every|after each|before each|between",
            ">~time step|step|timestep|word|input|element",
        ),
        (
            _CELL,
            ">~forget",
            ">~everything|all|past|previous",
            ">~after each|after every|at each|at every|immediately|at once",
        ),
        (_CELL, ">~-any memory|memory at all|kind of memory|sort of memory|memory of it|memory of its"),
        (
            _CELL,
            ">~-use|take|consider|get|look|need|depend",
            ">~-previous hidden state|previous state|h_prev|earlier input|previous input|past input|last state|"
            "previous step|step before|previous one|earlier step",
        ),
        ("need", "~lstm|gru", "to remember|memory", "-memory|keep|remember"),
        ("only", ">~lstm|gru|they", ">have|has|can", ">memory|remember"),
        (
            f"{_CELL}|output|h_t|result",
            ">~depend|see|look|use|know|consider|take|computed|calculated|process|determined|based",
            ">~only|just|nothing but|solely|exclusively",
            ">~current input|current word|x_t|present input|current time step|current element|input of the moment",
        ),
        (
            "hidden state|state|information|memory|output|it|h_t|nothing",
            ">~-pass|carry|hand|keep|take over|transfer|kept|reused|remember|handed|left",
            ">~-next step|from one step|between|next time step|next one|to the next|later step|from step",
        ),
        (
            "each|every",
            ">~word|input|step|element|time step",
            ">~start|begin",
            ">~from zero|from scratch|anew|with an empty|with zero",
        ),
    ),
)

MISCONCEPTIONS = (
    GATES,
    CELL_STATE,
    DIFFERENT_WEIGHTS,
    NO_MEMORY,
)
