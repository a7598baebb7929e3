"""Q9 · BiLSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import two_of

TWO_LSTMS = two_of("lstm|hidden layer|reader|lstm layer")

GRU_GATES = (
    (
        "bilstm|lstm|it|gate|which|each|both|they|network|cell|direction|have|has|use",
        "reset gate",
        "!!gru|gated recurrent|unlike|than|whereas|bigru",
    ),
    ("reset", "~update", "gate", "!!gru|gated recurrent|unlike|than|whereas|bigru"),
    ("lstm|bilstm|it", ">2 gate", "!!gru|gated recurrent|unlike|than|whereas|bigru|not|3"),
)
