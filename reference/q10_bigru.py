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

from grader.pack.questions import Question, Topic
from reference.checks.directions import judge_both_directions
from reference.checks.judging import GRU
from reference.wording import q10 as said
from reference.wording.ideas import SUBJECT

question = Question(
    10,
    "BiGRU",
    prompt="Explain BiGRU",
    concepts=said.CONCEPTS,
    subject=SUBJECT,
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


judge_both_directions(question, GRU)
