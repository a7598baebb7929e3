"""Q10 · BiGRU: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import GRU, HAS, LSTM, said_of
from reference.wording.directions import backpropagation, future_only, stacked

_SUBJECT = f"{GRU}|bigru|it|each|both|they|direction|there"

_LIKENING = "role|work of|job|play|part|instead"

LSTM_GATES = Misconception(
    "q10.lstm-gates",
    message="Input, forget and output gates are those of the LSTM. The GRUs in a BiGRU have update and reset gates.",
    against="q10.two-grus",
    about=f"{GRU}|bigru",
    others=f"{LSTM}|bilstm",
    right=f"{_LIKENING}|update gate|neither",
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
        *said_of(_SUBJECT, f"{HAS}|through", "forget gate|output gate|input gate|input , forget|3 gate"),
        ("same gate", ">~lstm|bilstm", ">gru|bigru"),
        ("direction", ">~forget gate", ">~input gate|output gate"),
        ("input", ">~forget", ">~output", ">~gate"),
        (
            "forget gate|output gate|input gate",
            ">~decide|throw|control|determine|let|remove|write|keep|delete|erase|drop",
        ),
        ("3 gate", ">~per|in|of|each|for", ">~direction|gru|each|grus"),
    ),
)

CELL_STATE = Misconception(
    "q10.cell-state",
    message="A GRU has no cell state, and so a BiGRU has none: the hidden states are its only memory.",
    against="q10.two-grus",
    about=f"{GRU}|bigru",
    others=f"{LSTM}|bilstm",
    right=f"{_LIKENING}|only|just|merely|save|no",
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
        *said_of(
            f"{_SUBJECT}|2",
            f"{HAS}|carry|store|pass|run|update|fill|save",
            "cell-state|memory-cell|c_t|hidden and cell state",
        ),
        ("cell-state|memory-cell|c_t", ">~carry|transport|keep|store|run|pass|hold|protect|flow|remember"),
        ("memory|information", ">~store|keep|hold|carry|is|be", ">~in|by", ">~cell-state|memory-cell"),
    ),
)

MISCONCEPTIONS = (
    future_only("q10", "BiGRU"),
    stacked("q10", "GRUs"),
    backpropagation("q10", "GRU"),
    LSTM_GATES,
    CELL_STATE,
)
