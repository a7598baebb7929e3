"""Q7 · Bidirectional RNN: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

TWO_LAYERS = (
    (
        "2|pair",
        ">~rnn|grus|hidden layer|layer|network|lstm|gru|hidden state|recurrent",
        "!!stack|top of|one after|output of first|2 gate",
    ),
    (
        "forward rnn|forward layer|forward lstm|forward gru|forward network",
        "backward rnn|backward layer|backward network|backward gru|backward lstm|backward",
    ),
    (
        "one|first|1st",
        "rnn|layer|network|lstm|gru",
        "another|other|second|2nd",
        "forward|backward|reverse|direction|end",
        "!!stack|top of",
    ),
)

REAL_TIME = (
    (
        "real-time|online|streaming|live",
        "ideal|good|suitable|perfect|fit|work well|best|useful",
        "!!not|delay|offline",
    ),
)
