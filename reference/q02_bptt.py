"""Q2 · Backpropagation through time."""

from grader.assignment import Question, Topic

question = Question(
    2,
    "Backpropagation through time",
    prompt="Explain Backpropagation through time (BPTT)",
    topic=Topic(
        phrases=(
            r"back-?\s?propagation through time",
            r"\bbptt\b",
        ),
        code=(
            ("SimpleRNN", "fit"),
            ("SimpleRNN", "GradientTape"),
        ),
    ),
)
