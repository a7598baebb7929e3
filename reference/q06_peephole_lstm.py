"""Q6 · Peephole LSTM."""

from grader.assignment import Question, Topic

question = Question(
    6,
    "Peephole LSTM",
    prompt="Explain Peephole LSTM",
    topic=Topic(
        phrases=(r"peep-?\s?holes?( lstm| long short[- ]?term memory| connections?)?",),
        code=(("PeepholeLSTMCell",),),
    ),
)
