"""Q10 · BiGRU: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import two_of

TWO_GRUS = two_of("gru|grus|hidden layer|reader|gru layer")

_UNLIKE = (
    "!!rid of|remove|eliminate|omit|dispense|lack|lstm|bilstm|combine|merge|unlike|whereas|no|without|not|fuse|"
    "instead|than"
)

LSTM_GATES = (
    (
        "bigru|gru|it|network|bidirectional|each|both|they|grus|direction|which",
        "has|have|with|use|contain|only|control|decide|through|by|own|its|and|of",
        "forget gate|output gate|input gate",
        _UNLIKE,
    ),
    ("bigru|gru|each|it|both", ">3 gate", _UNLIKE),
    ("input", "~forget", "~output", "gate", _UNLIKE),
)

CELL_STATE = (
    (
        "bigru|gru|it|network|bidirectional|each|both|they|grus|direction|2",
        "has|have|with|use|contain|maintain|keep|carry|store|own|pass|and|in|run|of|through|update",
        "cell state|memory cell|c_t",
        _UNLIKE,
    ),
)
