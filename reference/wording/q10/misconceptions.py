"""Q10 · BiGRU: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.directions import backpropagation, future_only, stacked

_UNLIKE = (
    "!!rid of|remove|eliminate|omit|dispense|lack|lstm|bilstm|combine|merge|unlike|whereas|no|without|not|fuse|"
    "instead|than"
)

_UNLIKE_BUT_GATES = f"{_UNLIKE}|update gate|role|work of|like"

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
            "bigru|gru|grus|it|each|both|they|direction",
            ">~has|have|with|use|contain|own|of|:|through",
            ">~forget gate|output gate|input gate|input , forget",
            _UNLIKE_BUT_GATES,
        ),
        ("bigru|gru|each|it|both|grus", ">~has|have|use|with|contain", ">~3 gate", _UNLIKE),
        (
            "forget gate|output gate|input gate",
            ">~of|in|inside",
            ">~gru|grus|bigru|direction",
            _UNLIKE_BUT_GATES,
        ),
        ("same gate", ">~lstm|bilstm", ">gru|bigru"),
        ("direction", ">~forget gate", ">~input gate|output gate", _UNLIKE),
        ("input", ">~forget", ">~output", ">~gate", _UNLIKE),
        (
            "forget gate|output gate|input gate",
            ">~decide|throw|control|determine|let|remove|write|keep|delete|erase|drop",
            _UNLIKE_BUT_GATES,
        ),
        ("3 gate", ">~per|in|of|each|for", ">~direction|gru|each|grus", _UNLIKE),
    ),
)

_CELL_UNLIKE = "!!rid of|remove|eliminate|omit|dispense|combine|merge|fuse|lstm has|lstm have|than"

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
            "bigru|gru|grus",
            ">~has|have|with|use|contain|maintain|keep|carry|store|own|pass|run|update|are|is|fill",
            ">cell state|memory cell|c_t|hidden and cell state",
            f"{_CELL_UNLIKE}|work of|only|just|job|merely|save",
            "!lstm|bilstm",
        ),
        (
            "each|both|it",
            ">~keep|has|have|carry",
            ">~hidden",
            ">~cell state",
            "!!lstm has|bilstm|only|merge|no|without|than",
        ),
        (
            "it|each|both|they|direction|2|there",
            ">~has|have|with|use|contain|maintain|keep|carry|store|own|pass|run|update|are|is|fill",
            ">cell state|memory cell|c_t",
            f"{_UNLIKE}|work of|only|just|job|merely|save",
        ),
        (
            "cell state|memory cell|c_t",
            ">~carry|transport|keep|store|run|pass|hold|protect|flow|remember",
            f"{_UNLIKE}|work of|only|just|job|merely|save",
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
