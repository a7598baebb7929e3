"""Q10 · BiGRU: two GRUs read the sequence, one forwards, one backwards (Cho et al., 2014; Bahdanau et al., 2015).

A bidirectional network (question 7) whose two layers are GRUs (question 5), each with its own weights and hidden state:

    forward:    a_t = GRU_a(x_t, a_{t-1}),   t = 1 ... T
    backward:   z_t = GRU_z(x_t, z_{t+1}),   t = T ... 1
    output:     y_t = [a_t, z_t]             concatenated (Keras: merge_mode="concat")

Each output knows what comes before it and what comes after it. There is no cell state, and the gates are update and
reset gates.

2·3u(m + u + 2) parameters with Keras' default reset_after=True: for m = 32 and u = 64 these are 37,632, where a BiLSTM
has 49,664. The output is (None, 10, 128). The output of step 1 depends on the last input, and equals what the reference
GRU computes from the student's own weights.

D. Bahdanau, K. Cho and Y. Bengio, Neural machine translation by jointly learning to align and translate, ICLR 2015: its
encoder is a bidirectional network of gated units.
"""

from collections.abc import Iterator

from grader.answer.answer import Answer
from grader.pack.pictures import Picture
from grader.pack.questions import Question, Topic
from grader.pack.verdict import Outcome
from reference.recurrent import answer_sheets
from reference.recurrent.kinds import GRU
from reference.subjects.directions import directions, sight
from reference.wording import q10 as said
from reference.wording.ideas import SUBJECT

question = Question(
    10,
    "BiGRU",
    prompt="Explain BiGRU",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
    sheet=answer_sheets.BIGRU,
    misconceptions=said.MISCONCEPTIONS,
    topic=Topic(
        phrases=(
            r"bi[- ]?directional (gru|gated recurrent unit)s?( networks?)?( \([\w-]+\))?",
            r"\bbi[- ]?grus?\b",
            r"\bbgrus?\b",
        ),
        code=(("Bidirectional", "GRU"),),
    ),
)


@question.check("structure", points=2)
def parameters(answer: Answer) -> Outcome:
    """Two layers of the kind asked for, with weights of their own: twice the parameters of one.

    Twice the parameters of one kind are the sign of two networks of that kind, and not of one that is used twice.
    """
    return directions(answer, GRU).parameters()


@question.check("behaviour", points=1, after=parameters)
def sees_the_future(answer: Answer) -> Outcome:
    """The output of the first time step depends on the last input.

    Nothing shows the second direction more plainly: no forward network knows the last input at its first step.
    """
    return directions(answer, GRU).depends()


@question.check("behaviour", points=2, after=parameters)
def computes_both_directions(answer: Answer) -> Outcome:
    """On random weights and inputs, its numbers are those of the two-way reference.

    A layer is what it computes. The numbers show which cell it is made of, both ways and in step.
    """
    return directions(answer, GRU).computes()


@question.check("structure", points=1, after=parameters)
def output(answer: Answer) -> Outcome:
    """It gives the states of both directions: of each time step, or of the sequence.

    What follows relies on it: the states of each step are needed to label every word, those of the sequence to
    label the whole.
    """
    return directions(answer, GRU).states()


@question.picture
def pictures(answer: Answer) -> Iterator[Picture]:
    """Which output depends on which input, and where the parameters of both directions are."""
    yield from sight(answer, GRU)
    yield from directions(answer, GRU).blocks()
