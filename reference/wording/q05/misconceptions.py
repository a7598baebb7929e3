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
            f"{_GRU}|gate|inside|we",
            "3 gate|4 gate|3 different gate|3 of gate",
            "!!than|unlike|whereas|instead|while|lstm|long short",
        ),
        ("3|4", ">~gate", ">update|reset", "!!rid of|remove|eliminate|omit|dispense|lack|lstm|long short"),
        ("like|same|similar|as in|just as", "lstm", "3 gate", "!!than|unlike|whereas|but"),
        (_GRU, ">input gate|input", ">~forget", ">~output", f"!!{_UNLIKE}|merge|combine|fuse|two|2|no|replace"),
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
            "gru|gated recurrent|it|its|gate|update gate|reset gate|we",
            ">has|have|control|maintain|keep|update|use|its|with|contain|to|run|store|write|written|by|carry|through|"
            "call",
            ">cell state|memory cell",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|merge|combine|separate|single|unlike|whereas|instead|"
            "both|no|without|drop",
        ),
        (
            "cell state|memory cell|conveyor",
            ">run|through|inside|in|of",
            ">~gru|gated recurrent",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|merge|unlike|whereas|instead|no|without|drop|separate",
        ),
        (
            "gru|it|gate",
            "h_t|hidden state",
            "c_t",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|no|without|only|merge|unlike|instead|drop|tilde|"
            "candidate",
        ),
        ("gru", "2 state", "!!rid of|remove|eliminate|omit|dispense|lack|lstm|unlike|no|instead|than"),
        (
            "gru",
            ">cell state",
            ">hidden state",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|no|without|only|merge|unlike|instead|drop|combine|"
            "separate",
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
            "gru|gated recurrent|it",
            ">has|have|use|contain|with|consist|include|:|gate|through|of",
            ">output gate|forget gate",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|single|instead|similar|whereas|"
            "into|-like|fuse|no|replace|play|role|act|serve",
        ),
        (
            "output gate|forget gate|input gate",
            ">~of|in|inside",
            ">~gru|gated recurrent",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|instead|similar|whereas|into|like|"
            "fuse|no|replace|role|act|serve|analog*",
        ),
        (
            "2 gate|3 gate|gate",
            "input|for input|input gate",
            "~for forget|forget|forgetting|output",
            "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|instead|similar|whereas|into|like|"
            "fuse|no|replace|role|act|serve|analog*|new input|current input|than|x_t|h_t|update",
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
            "gru|gated recurrent|it|this|gate|gating",
            ">more|larger|heavier|greater|bigger|additional|extra|slower",
            ">~parameter|gate|weight|complex|slow|expensive|than|matrix|cost",
            "lstm",
            "!!fewer|less|efficient|no|faster|lstm has|lstm need|lstm have|not|lstm use|cheaper|simple",
        ),
        ("gru|gated recurrent|it", ">slower|heavier", ">~than", ">~lstm"),
        (
            "gru|it",
            ">~more|extra|additional",
            ">~parameter|weight",
            "slower|longer|expensive|more",
            "!!fewer|less|rnn|no",
        ),
    ),
)

MISCONCEPTIONS = (
    THREE_GATES,
    CELL_STATE,
    LSTM_GATES,
    MORE_PARAMETERS,
)
