"""Q5 · GRU: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import LONG_TERM_MEMORY, NO_VANISHING

TWO_GATES = (
    ("update gate|update|z", "reset gate|reset and update gate"),
    ("update gate", "&", "reset gate"),
    ("2 gate|2 gating",),
)

GATE_ROLES = (
    (
        "update gate|z_t|z",
        ">decide|determine|control|tell|how much|how many|balance|interpolate|choose|regulate|select|"
        "what|responsible|"
        "help|mix|blend",
        ">past|previous|old|keep|retain|kept|retained|pass along|forget|new|candidate|h_prev|history|carry|combine",
        "!reset",
    ),
    (
        "reset gate|r_t|r",
        ">decide|determine|control|tell|how much|how many|choose|regulate|select|what|responsible|help|allow|used to",
        ">past|previous|old|forget|forgotten|ignore|h_prev|drop|discard|history",
        "!update gate",
    ),
)

SIMPLER = (
    (
        "fewer|less|simpler|simplified|simple|cheaper|faster|fast|efficient|lighter|slimmer|quicker|"
        "smaller|"
        "streamlined|simplify|simplification|lightweight",
        "parameter|lstm|gate|computation|computationally|train|compute|weight|architecture|structure|complex|expensive",
    ),
    ("-cell state|memory cell",),
    ("merge|combine|unify|single", "cell state|forget|input gate", "hidden state|single|one|update gate"),
    ("only|just|single", "hidden state", "gru|it|has|have", "!!rnn"),
    ("-heavy|complex|expensive|complicated", "lstm"),
)

LONG_TERM = (*LONG_TERM_MEMORY, *NO_VANISHING)

THREE_GATES = (("gru|gated recurrent|it", ">3 gate|4 gate", "!!lstm|unlike|than|whereas|instead"),)

CELL_STATE = (
    (
        "gru|gated recurrent|it|its|gate",
        ">has|have|control|maintain|keep|update|use|its|with|contain|to",
        ">cell state",
        "!!lstm|merge|combine|separate|single|unlike|whereas|instead|both",
    ),
)

LSTM_GATES = (
    (
        "gru|gated recurrent|it",
        ">has|have|use|contain|with|consist|include|:",
        ">output gate|forget gate",
        "!!lstm|combine|merge|unlike|single|instead|similar|whereas|into|-like",
    ),
)

MORE_PARAMETERS = (
    (
        "gru|gated recurrent|it",
        ">more|larger",
        ">~parameter|gate|weight|complex",
        ">~than",
        ">~lstm",
        "!fewer|less|efficient",
    ),
    ("gru|gated recurrent|it", ">slower", ">~than", ">~lstm"),
)
