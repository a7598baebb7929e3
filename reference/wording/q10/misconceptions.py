"""Q10 · BiGRU: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.directions import backpropagation, future_only, stacked

_UNLIKE = (
    "!!rid of|remove|eliminate|omit|dispense|lack|lstm|bilstm|combine|merge|unlike|whereas|no|without|not|fuse|"
    "instead|than"
)

LSTM_GATES = Misconception(
    "q10.lstm-gates",
    message="Input, forget and output gates are those of the LSTM. The GRUs in a BiGRU have update and reset gates.",
    against="q10.two-grus",
    says=(
        "The BiGRU has input, forget and output gates.",
        "Each GRU has three gates.",
        "Both GRUs use a forget gate.",
    ),
    says_not=(
        "The BiGRU has update and reset gates.",
        "The BiGRU does not have an output gate.",
        "The input passes through the update gate of each GRU.",
        "It lacks a forget gate.",
        "A forget gate is missing in both GRUs.",
    ),
    ways=(
        (
            "bigru|gru|it|network|bidirectional|each|both|they|grus|direction|which",
            "has|have|with|use|contain|only|control|decide|through|by|own|its|and|of",
            "forget gate|output gate|input gate",
            _UNLIKE,
        ),
        ("bigru|gru|each|it|both", ">3 gate", _UNLIKE),
        ("input", "~forget", "~output", "gate", _UNLIKE),
    ),
)

CELL_STATE = Misconception(
    "q10.cell-state",
    message="A GRU has no cell state, and so a BiGRU has none: the hidden states are its only memory.",
    against="q10.two-grus",
    says=(
        "Each GRU has a cell state.",
        "The BiGRU keeps a cell state and a hidden state in both directions.",
        "The two GRUs store information in their memory cells.",
    ),
    says_not=(
        "The BiGRU has no cell state.",
        "Each GRU has a hidden state only.",
        "The state of each cell is passed on in its direction.",
        "The BiGRU lacks a cell state.",
        "It is only the hidden state that each GRU keeps, as there was never a cell state.",
    ),
    ways=(
        (
            "bigru|gru|it|network|bidirectional|each|both|they|grus|direction|2",
            "has|have|with|use|contain|maintain|keep|carry|store|own|pass|and|in|run|of|through|update",
            "cell state|memory cell|c_t",
            _UNLIKE,
        ),
    ),
)

MISCONCEPTIONS = (
    future_only("q10", "BiGRU"),
    stacked("q10", "GRUs"),
    backpropagation("q10", "GRU"),
    LSTM_GATES,
    CELL_STATE,
)
