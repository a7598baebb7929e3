"""Q5 · GRU: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_GRU = "gru|gated recurrent|it|unit"

_UNLIKE = "lstm|unlike|than|whereas|instead|long short"

THREE_GATES = Misconception(
    "q5.three-gates",
    message="A GRU has two gates, update and reset. Three gates (forget, input, output) make an LSTM.",
    against="q5.two-gates",
    says=(
        "The GRU has three gates.",
        "A GRU consists of an input gate, a forget gate and an output gate.",
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
        (
            _GRU,
            ">~has|have|use|consist|contain|need|with|own|work|:|made|compose|comprise|is|are",
            ">~3 gate|4 gate|3 different gate|3 of gate",
            "!!than|lstm|long short|like|one too many|it be called",
        ),
        (_GRU, ">~need|has|have|use", ">~3 gate", ">one more", "!!fewer|less"),
        ("3|4", ">~gate", ">~update", ">~reset", "!!lstm|long short|not|merge"),
        ("3 gate of", ">~gru", "!!lstm|than"),
        ("like|same|similar|as in|just as", "lstm", "3 gate", "!!than|but|become|merge"),
        (_GRU, ">input gate|input", ">~forget", ">~output", f"!!{_UNLIKE}|merge|combine|fuse|two|2|no|replace"),
        (
            "gru",
            ">~:|has|have|use",
            ">update gate",
            ">~reset gate",
            ">~output gate|third gate|forget gate",
            f"!!{_UNLIKE}",
        ),
        (
            "gru|grus",
            ">~has|have|use|consist|contain|need|with",
            ">~3 gate",
            "!lstm|than",
            "!!one less|fewer|one too many",
        ),
    ),
)

CELL_STATE = Misconception(
    "q5.cell-state",
    message="A GRU has no cell state: the hidden state is its only memory. A separate cell state is what an LSTM has.",
    against="q5.simpler",
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
        (
            "gru|gated recurrent|it|its|update gate|reset gate|we|there",
            ">~has|have|control|maintain|keep|update|use|with|contain|store|write|written|carry|pass|add|run|own",
            ">cell state|memory cell|c_t",
            "!!rid of|remove|eliminate|omit|dispense|lstm|merge|combine|single|both|drop|lost|in place of|"
            "hidden state "
            "take|takes over|candidate|job|work of|tilde|equivalent|act as|play|where",
        ),
        ("its", ">~cell state", ">~carry|keep|hold|store|transport|remember|is", "!!lstm"),
        (
            "cell state|memory cell|conveyor",
            ">~run|through|inside|in|of",
            ">~gru|gated recurrent",
            "!!rid of|remove|eliminate|omit|dispense|lstm|merge|drop|separate|job|work of|unit|replace",
        ),
        (
            "gru|it|gate",
            "h_t|hidden state",
            "c_t",
            "!!rid of|remove|eliminate|omit|dispense|lstm|only|merge|drop|tilde|candidate",
        ),
        ("gru", ">~has|have|keep|use|with", ">~2 state|2 separate state", "!!lstm|than"),
        (
            "memory|state|it|gru",
            ">~is|consist|made|has|have|keep",
            ">2|both|separate",
            ">cell state",
            ">~hidden state",
            "!!lstm|only|merge|drop|combine|one",
        ),
        ("gru", ">~keep|retain|has|have", ">~cell state of", ">~lstm", "!!merge|combine|drop"),
        (
            "gru|grus",
            ">~has|have|keep|use|maintain|store|contain|carry|update",
            ">~cell state|memory cell",
            "!lstm|merge|combine|candidate|drop|no",
            "!!rid of|remove|eliminate|omit|dispense|merge|in place of|takes over|act as|play|where|equivalent|job",
        ),
    ),
)

LSTM_GATES = Misconception(
    "q5.lstm-gates",
    message="Input, forget and output gates are those of the LSTM. A GRU has an update gate and a reset gate.",
    against="q5.two-gates",
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
        (
            "gru|gated recurrent|it|its|unit",
            ">~has|have|use|contain|with|consist|include|:|of|through|own",
            ">~output gate|forget gate",
            "!!lstm|combine|merge|single|similar|into|-like|fuse|replace|play|role|act|serve|sort of|kind of|work of|"
            "as in|in one|proper|together|call|corresponds|analog*|dropped|drop out|job|like|update gate",
        ),
        (
            "output gate|forget gate|input gate",
            ">~of|in|inside",
            ">~gru|gated recurrent",
            "!!rid of|eliminate|omit|dispense|lstm|combine|merge|similar|into|like|fuse|replace|role|act|serve|"
            "analog*|together|update gate",
        ),
        (
            "its|the gru",
            "~forget gate|output gate",
            ">~decide|determine|control|drop|delete|erase",
            "!!lstm|merge|update gate",
        ),
        (
            "gru|it",
            ">2 gate|3 gate|gate",
            ">~for input|input gate|input",
            ">~for forget|forget|forgetting|output",
            "!!rid of|eliminate|omit|dispense|lstm|combine|merge|similar|into|like|fuse|replace|role|act|serve|"
            "analog*|new input|current input|than|x_t|h_t|update",
        ),
        ("gate", ">~for|to", ">~input", ">~forget", "!!lstm|merge|combine|update|into|new input"),
        (
            "gru|grus",
            ">~has|have|use|contain|with",
            ">~forget gate|output gate",
            "!lstm|update gate|no",
            "!!merge|combine|role|work of|like|into|fuse|replace|single|act|proper|instead|similar",
        ),
    ),
)

MORE_PARAMETERS = Misconception(
    "q5.more-parameters",
    message=(
        "With the same number of units a GRU has fewer parameters than an LSTM: three sets of weights instead of four."
    ),
    against="q5.simpler",
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
            "gru|gated recurrent|grus",
            ">~more|larger|heavier|greater|bigger|higher|slower|additional|extra",
            ">~parameter|gate|weight|complex|slow|expensive|than|matrix|cost|computation|number",
            ">~than",
            ">~lstm",
            "!!fewer|less|efficient|faster|not|cheaper|simple|popular|compact|for the same|same number|attractive|"
            "unit|same cost|round|forget more|common|recent|robust|widely|can be",
        ),
        (
            "it",
            ">~need|has|have|take|use|contain|is",
            ">~more|larger|slower|heavier|bigger",
            ">than",
            ">~lstm",
            "!!fewer|less|efficient|not|faster|popular|compact|recent|cheaper|simple",
        ),
        (
            "gru|gated recurrent|it|grus",
            ">~is|are|run|train",
            ">~slower|heavier|bigger|larger",
            ">~than",
            ">~lstm",
            "!!can be",
        ),
        (
            "gru|it",
            ">~more|extra|additional",
            ">~parameter|weight|gate",
            ">slower|longer|expensive",
            "!!fewer|less|rnn|lstm",
        ),
        ("lstm", ">~is|be", ">~lighter|smaller|simpler|cheaper", ">~of the 2|than", "!!not|rnn"),
        (
            "lstm",
            ">~has|have|need|use|is|be|get by|train|contain",
            ">~fewer|less|smaller|lower|lighter|faster|simpler|cheaper",
            ">than",
            ">~gru",
            "!!not|more|if|unit",
        ),
        (
            "gru|it",
            ">~is|be",
            ">~the bigger|the larger|the heavier|the slower|the more complex|the more expensive",
            "!!lstm be|fewer",
        ),
    ),
)

MISCONCEPTIONS = (
    THREE_GATES,
    CELL_STATE,
    LSTM_GATES,
    MORE_PARAMETERS,
)
