"""Q1 · RNN cell."""

from grader.assignment import Question, Topic

question = Question(
    1,
    "RNN cell",
    prompt="Explain the basic architecture of RNN cell.",
    topic=Topic(
        phrases=(r"\b(simple |basic |vanilla )?r(ecurrent )?n(eural )?n(etwork)?s? cell",),
        code=(
            ("SimpleRNNCell",),
            ("SimpleRNN",),
        ),
    ),
)
