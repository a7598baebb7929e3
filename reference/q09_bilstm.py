"""Q9 · BiLSTM."""

from grader.assignment import Question, Topic

question = Question(
    9,
    "BiLSTM",
    prompt="Explain BiLSTM",
    topic=Topic(
        phrases=(
            r"bi-?\s?directional (lstm|long short[- ]?term memory)s?",
            r"\bbi-?\s?lstms?\b",
        ),
        code=(("Bidirectional", "LSTM"),),
    ),
)
