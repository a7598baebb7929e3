"""Q9 · BiLSTM: two LSTMs read the sequence, one forwards, one backwards (Graves and Schmidhuber, 2005).

A bidirectional network (question 7) whose two layers are LSTMs (question 4), each with its own weights, hidden state
and cell state:

    forward:    (a_t, c_t) = LSTM_a(x_t, a_{t-1}, c_{t-1}),   t = 1 ... T
    backward:   (z_t, e_t) = LSTM_z(x_t, z_{t+1}, e_{t+1}),   t = T ... 1
    output:     y_t = [a_t, z_t]                              concatenated (Keras: merge_mode="concat")

Each output knows what comes before it and what comes after it, over long distances in both directions.

2·4u(m + u + 1) parameters: for m = 32 and u = 64 these are 49,664; the output is (None, 10, 128). The output of step 1
depends on the last input, and equals what the reference LSTM computes from the student's own weights.

A. Graves and J. Schmidhuber, Framewise phoneme classification with bidirectional LSTM and other neural network
architectures, Neural Networks 18 (2005).
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome
from reference.recurrent import answer_sheets
from reference.recurrent.kinds import LSTM
from reference.subjects.directions import directions, sight
from reference.wording import q09 as said
from reference.wording.ideas import SUBJECT

question = Question(
    9,
    "BiLSTM",
    prompt="Explain BiLSTM",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.BILSTM,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"bi[- ]?directional (lstm|long[- ]short[- ]?term[- ]memory)s?( networks?)?( \([\w-]+\))?",
            r"\bbi[- ]?lstms?\b",
            r"\bblstms?\b",
        ),
        code=(("Bidirectional", "LSTM"),),
    ),
)


@question.check("structure", points=2)
def parameters(answer: Answer) -> Outcome:
    """Two layers of the kind asked for, with weights of their own: twice the parameters of one.

    Twice the parameters of one kind are the sign of two networks of that kind, and not of one that is used twice.
    """
    return directions(answer, LSTM).parameters()


@question.check("behaviour", points=1, after=parameters)
def sees_the_future(answer: Answer) -> Outcome:
    """The output of the first time step depends on the last input.

    Nothing shows the second direction more plainly: no forward network knows the last input at its first step.
    """
    return directions(answer, LSTM).depends()


@question.check("behaviour", points=2, after=parameters)
def computes_both_directions(answer: Answer) -> Outcome:
    """On random weights and inputs, its numbers are those of the two-way reference.

    A layer is what it computes. The numbers show which cell it is made of, both ways and in step.
    """
    return directions(answer, LSTM).computes()


@question.check("structure", points=1, after=parameters)
def output(answer: Answer) -> Outcome:
    """It gives the states of both directions: of each time step, or of the sequence.

    What follows relies on it: the states of each step are needed to label every word, those of the sequence to
    label the whole.
    """
    return directions(answer, LSTM).states()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Which output depends on which input, and where the parameters of both directions are."""
    yield from sight(answer, LSTM)
    yield from directions(answer, LSTM).blocks()
