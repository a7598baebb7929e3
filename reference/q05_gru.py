"""Q5 · GRU."""

from grader.assignment import Question, Topic

question = Question(
    5,
    "GRU",
    prompt="Explain Gated recurrent unit (GRU)",
    topic=Topic(
        phrases=(
            r"gated recurrent units?",
            r"\bgrus?\b",
        ),
        code=(
            ("GRU",),
            ("GRUCell",),
        ),
    ),
)
