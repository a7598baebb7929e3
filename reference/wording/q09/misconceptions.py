"""Q9 · BiLSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.directions import backpropagation, future_only, stacked

GRU_GATES = Misconception(
    "q9.gru-gates",
    message="Update and reset gates belong to the GRU. The LSTMs in a BiLSTM have forget, input and output gates.",
    against="q9.two-lstms",
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
        (
            "bilstm|lstm|it|each|both|they|direction|lstms|bilstms",
            ">~has|have|use|contain|with|:|own|find|are|gate",
            ">~reset gate|reset|update gate and reset gate|update gate and a reset gate",
            "!!gru|gated recurrent|than|bigru|memory|state be reset|sequence|batch|can reset|end",
        ),
        ("gate of", ">~bilstm|lstm", ">~update", ">~reset", "!!gru|bigru"),
        ("bilstm|lstm|it|lstms", ">~has|have|use|contain", ">2 gate", "!!gru|gated recurrent|than|bigru|not|3|third"),
        ("bilstm|lstm", ">~gate", ">~update", ">~reset", "!!gru|bigru|gated recurrent|memory"),
    ),
)

MISCONCEPTIONS = (
    future_only("q9", "BiLSTM"),
    stacked("q9", "LSTMs"),
    backpropagation("q9", "LSTM"),
    GRU_GATES,
)
