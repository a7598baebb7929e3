"""Q10 · BiGRU."""

from grader.assignment import Question, Topic

question = Question(
    10,
    "BiGRU",
    prompt="Explain BiGRU",
    topic=Topic(
        phrases=(
            r"bi-?\s?directional (gru|gated recurrent unit)s?",
            r"\bbi-?\s?grus?\b",
        ),
        code=(("Bidirectional", "GRU"),),
    ),
)
