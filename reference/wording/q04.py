"""Q4 · LSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

CELL_STATE = (
    (
        "cell state|memory cell|memory unit|internal memory|c_t|memory block|cell memory|constant error carousel",
        "has|have|with|use|contain|introduce|maintain|run|carry|store|keep|flow|hold|remember|preserve|"
        "retain|pass|"
        "transport|information|add|remove|write|long-term memory|conveyor|consist|through|save|"
        "transfer|update",
    ),
)

GATES = (
    (
        "gate|gating",
        "control|regulate|decide|determine|manage|choose|select|filter|let|allow|protect|govern|"
        "discard|keep|learn what",
        "information|forget|store|what|flow|cell state|memory|remove|add|which|write|keep",
        "!!reset gate|2 gate",
    ),
    ("gate", ">~what|which|how much", ">~remove|forget|keep|store|write|add|pass|output|discard"),
    ("forget gate", "input gate", "output gate"),
    ("forget gate", "&", "input gate", "&", "output gate"),
    ("3 gate", "forget", "input", "output"),
)

TWO_GATES = (
    (
        "lstm|long short-term memory|it",
        ">2 gate|only 2 gate",
        "!!gru|gated recurrent|unlike|than|whereas|first 2",
    ),
)

GRU_GATES = (("lstm|long short-term memory|it|gate", "reset gate", "!!gru|gated recurrent|unlike|than|whereas"),)

NOT_RECURRENT = (
    ("lstm|long short-term memory", ">is", ">~feed-forward|feedforward", "!!unlike|than|not|rather"),
    ("lstm|long short-term memory", "-recurrent|recurrence", "!!only|just|simple|ordinary"),
)
