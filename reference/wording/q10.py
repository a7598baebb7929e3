"""Q10 · BiGRU: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

TWO_GRUS = (
    (
        "2|pair",
        ">~gru|grus|hidden layer|recurrent",
        "!!stack|top of|one after|output of first|concept|2 gate",
    ),
    ("forward gru|forward layer", "backward gru|backward layer|backward"),
    (
        "one|first|1st",
        "gru",
        "another|other|second|2nd",
        "forward|backward|reverse|direction|end",
        "!!stack|top of",
    ),
    ("each direction|both direction|2 direction", "own|separate|independent", "gru"),
)

LSTM_GATES = (
    (
        "bigru|gru|it|network|bidirectional",
        "has|have|with|use|contain|only",
        "forget gate|output gate",
        "!!lstm|bilstm|combine|merge|unlike|whereas",
    ),
)

CELL_STATE = (
    (
        "bigru|gru|it|network|bidirectional",
        "has|have|with|use|contain|maintain|keep",
        "cell state",
        "!!lstm|bilstm|merge|unlike|whereas|instead",
    ),
)
