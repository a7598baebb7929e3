"""Q5 · GRU: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import GRU, HAS, LSTM, SIMPLE_RNN, said_of

_SUBJECT = f"{GRU}|it|its|unit|there|cell|they|we"

_LIKENING = (
    "role|act as|acts as|serve as|sort of|kind of|work of|job|analog*|correspond|equivalent|"
    "-like|play|where|is what|what the"
)

_PLUS = "more|larger|heavier|greater|bigger|higher|slower|additional|extra"

THREE_GATES = Misconception(
    "q5.three-gates",
    message="A GRU has two gates, update and reset. Three gates (forget, input, output) make an LSTM.",
    against="q5.two-gates",
    about=GRU,
    others=LSTM,
    right="fewer|less|too many|one less|2 gate|product|matrix|matrices|no",
    unless=("q5.two-gates",),
    says=(
        "The GRU has three gates.",
        "Like the LSTM, the GRU has three gates.",
    ),
    says_not=(
        "The GRU has two gates, whereas the LSTM has three gates.",
        "A GRU does not have three gates.",
        "The three gates of an LSTM become two in a GRU.",
        "It is a mistake to think that a GRU has three gates.",
        "The GRU has neither an input nor a forget nor an output gate.",
    ),
    ways=(
        *said_of(_SUBJECT, HAS, "3 gate|4 gate|3 different gate|3 of gate"),
        ("3|4", ">~gate", ">~update", ">~reset"),
        (
            "gru",
            ">~:|has|have|use|,",
            ">update gate|update",
            ">~reset gate|reset",
            ">~output gate|third gate|forget gate",
        ),
    ),
)

CELL_STATE = Misconception(
    "q5.cell-state",
    message="A GRU has no cell state: the hidden state is its only memory. A separate cell state is what an LSTM has.",
    against="q5.simpler",
    about=GRU,
    others=LSTM,
    right=f"{_LIKENING}|candidate|tilde|in place of|take over|takes over|only|lost|hidden state take|unit",
    unless=("q5.simpler",),
    says=(
        "The GRU has a cell state and a hidden state.",
        "The update gate controls what is written to the cell state.",
        "A GRU keeps its long-term memory in the cell state.",
    ),
    says_not=(
        "The GRU has no cell state.",
        "The GRU does not keep a separate cell state as the LSTM does.",
        "In a GRU the cell state and the hidden state are merged.",
        "The GRU cell has one state, the hidden state.",
        "It never had a cell state.",
    ),
    ways=(
        *said_of(
            f"{_SUBJECT}|update gate|reset gate",
            f"{HAS}|control|update|store|write|written|carry|pass|add|run",
            "cell-state|memory-cell|c_t",
        ),
        ("its", ">~cell-state", ">~carry|keep|hold|store|transport|remember|is"),
        ("cell-state|memory-cell|conveyor", ">~run|through|inside|in|of", f">~{GRU}"),
        ("gru|it|gate", "h_t|hidden state", "c_t"),
        (_SUBJECT, f">~{HAS}", ">~2 state|2 separate state|2 memory"),
        ("memory|state|it|gru", ">~is|consist|made|has|have|keep", ">2|both|separate", ">cell-state", ">~hidden state"),
        ("gru", ">~keep|retain|has|have", ">~cell state of", ">~lstm"),
        (_SUBJECT, f">~{HAS}", ">~hidden state|h_t", ">~and|plus|besides", ">~cell-state|c_t"),
    ),
)

LSTM_GATES = Misconception(
    "q5.lstm-gates",
    message="Input, forget and output gates are those of the LSTM. A GRU has an update gate and a reset gate.",
    against="q5.two-gates",
    about=GRU,
    others=LSTM,
    right=(
        f"{_LIKENING}|single|in one|as in|like|update gate|reset gate|proper|called|new input|"
        "current input|x_t|h_t|similar|instead"
    ),
    unless=("q5.two-gates",),
    says=(
        "The GRU has an output gate.",
        "The forget gate of the GRU drops what is not needed.",
    ),
    says_not=(
        "The GRU has no output gate.",
        "The update gate of the GRU replaces the input and forget gates of the LSTM.",
        "The reset gate of the GRU can forget the past.",
        "It has gates for the input and to forget the past, called update and reset.",
        "The GRU exposes its state fully, as it has nothing like an output gate.",
    ),
    ways=(
        *said_of(_SUBJECT, f"{HAS}|through|decide|determine|come|enter", "output gate|forget gate|input gate"),
        ("its|the gru", "~forget gate|output gate|input gate", ">~decide|determine|control|drop|delete|erase|let"),
        (f"{GRU}|it", ">2 gate|3 gate|gate", ">~for input|input gate|input", ">~for forget|forget|forgetting|output"),
        ("gate", ">~for|to", ">~input", ">~forget"),
    ),
)

MORE_PARAMETERS = Misconception(
    "q5.more-parameters",
    message=(
        "With the same number of units a GRU has fewer parameters than an LSTM: three sets of weights instead of four."
    ),
    against="q5.simpler",
    right=(
        f"{SIMPLE_RNN}|fewer|less|efficient|faster|cheaper|simple|popular|compact|same number|"
        "for the same|attractive|unit|round|forget more|common|recent|robust|widely|can|only|except"
    ),
    says=(
        "The GRU has more parameters than the LSTM.",
        "A GRU is slower than an LSTM because it has more gates.",
        "It needs more weights than an LSTM does.",
    ),
    says_not=(
        "The GRU has fewer parameters than the LSTM.",
        "The GRU does not have more parameters than the LSTM.",
        "It is more efficient than an LSTM and needs fewer weights.",
        "With a GRU we can afford more units for the same number of parameters as an LSTM.",
        "It is not slower than an LSTM.",
    ),
    ways=(
        (
            f"{GRU}|it",
            f">~{_PLUS}",
            ">~parameter|gate|weight|complex|slow|expensive|than|matrix|cost|computation|number|train",
            ">~than",
            f">~{LSTM}",
        ),
        (
            f"{GRU}|it",
            ">~need|has|have|take|use|contain|is|are|run|train|be",
            ">~larger|heavier|bigger|slower|more expensive|more complex",
            ">~than|compared",
            f">~{LSTM}",
        ),
        ("number|amount", ">~of parameter|of weight|parameter|weight", f">~{_PLUS}", ">~gru", ">~than", f">~{LSTM}"),
        (
            "compared|comparison|in contrast|unlike",
            f">~{LSTM}",
            f">~{GRU}|it",
            f">~{_PLUS}",
            ">~parameter|weight|matrix|matrices|computation",
        ),
        (
            f"{GRU}|it",
            f">~{_PLUS}",
            ">~parameter|weight|gate|matrix|matrices",
            ">slower|longer|expensive|than lstm|more than",
        ),
        (LSTM, ">~is|be", ">~lighter|smaller|simpler|cheaper", ">~of the 2|than"),
        (
            LSTM,
            ">~has|have|need|use|is|be|get by|train|contain",
            ">~fewer|less|smaller|lower|lighter|faster|simpler|cheaper",
            ">~than",
            f">~{GRU}",
        ),
        (f"{GRU}|it", ">~is|be", ">~the bigger|the larger|the heavier|the slower|the more complex|the more expensive"),
    ),
)

MISCONCEPTIONS = (
    THREE_GATES,
    CELL_STATE,
    LSTM_GATES,
    MORE_PARAMETERS,
)
