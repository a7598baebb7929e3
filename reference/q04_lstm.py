"""Q4 · LSTM."""

from grader.assignment import Question, Topic

question = Question(
    4,
    "LSTM",
    prompt="Explain Long short-term memory (LSTM)",
    topic=Topic(
        phrases=(
            r"long short[- ]?term memory",
            r"\blstms?\b",
        ),
        code=(
            ("LSTM",),
            ("LSTMCell",),
        ),
    ),
)
