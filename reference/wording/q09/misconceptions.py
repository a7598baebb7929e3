"""Q9 · BiLSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import GRU, HAS, LSTM, OLD_LSTM, said_of
from reference.wording.directions import backpropagation, future_only, stacked

GRU_GATES = Misconception(
    "q9.gru-gates",
    message="Update and reset gates belong to the GRU. The LSTMs in a BiLSTM have forget, input and output gates.",
    against="q9.two-lstms",
    about=f"{LSTM}|bilstm",
    others=f"{GRU}|bigru|{OLD_LSTM}",
    right="3|third|1|one more|state be reset|batch|end|can reset",
    says=(
        "The BiLSTM has an update gate and a reset gate.",
        "Each LSTM uses a reset gate to drop old information.",
        "The two LSTMs have two gates each.",
    ),
    says_not=(
        "The BiLSTM has no reset gate.",
        "Each LSTM has an input, a forget and an output gate.",
        "The LSTM has three gates and two states.",
        "The LSTM lacks a reset gate.",
        "The forget gate can reset the memory, and the input gate can update it.",
    ),
    ways=(
        *said_of(
            f"{LSTM}|bilstm|it|each|both|they|direction|gate",
            HAS,
            "reset gate|update gate and reset gate|update gate and a reset gate|update and reset|2 gate",
        ),
        (f"bilstm|{LSTM}|gate", ">~gate|:|update", ">~update|reset", ">~reset|update"),
    ),
)

MISCONCEPTIONS = (
    future_only("q9", "BiLSTM"),
    stacked("q9", "LSTMs"),
    backpropagation("q9", "LSTM"),
    GRU_GATES,
)
