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

from grader.pack.questions import Question, Topic
from reference.checks.directions import judge_both_directions
from reference.checks.judging import LSTM
from reference.wording import q09 as said
from reference.wording.ideas import SUBJECT

question = Question(
    9,
    "BiLSTM",
    prompt="Explain BiLSTM",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
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


judge_both_directions(question, LSTM)
