"""Q7 · Bidirectional RNN."""

from grader.assignment import Question, Topic

question = Question(
    7,
    "Bidirectional RNN",
    prompt="Bidirectional RNNs",
    topic=Topic(
        phrases=(
            r"bi-?\s?directional (rnn|recurrent neural network)s?",
            r"\bbi-?rnns?\b",
        ),
        code=(
            ("Bidirectional",),
            ("Bidirectional", "SimpleRNN"),
        ),
    ),
)
