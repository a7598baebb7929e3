"""Q9 · BiLSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

TWO_LSTMS = (
    ("2|pair", ">~lstm|hidden layer|recurrent", "!!stack|top of|one after|output of first|concept"),
    ("forward lstm|forward layer", "backward lstm|backward layer|backward"),
    (
        "one|first|1st",
        "lstm",
        "another|other|second|2nd|one for the backward",
        "forward|backward|reverse|direction|end",
        "!!stack|top of",
    ),
    ("each direction|both direction|2 direction", "own|separate|independent", "lstm"),
)

GRU_GATES = (("bilstm|lstm|it|gate", "reset gate", "!!gru|gated recurrent|unlike|than|whereas|bigru"),)
