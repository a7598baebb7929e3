"""Q5 · GRU: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import LONG_TERM_MEMORY, NO_VANISHING

TWO_GATES = (
    ("update gate|update|z", "reset gate|reset and update gate"),
    ("update gate|update|z_t", "~reset|r_t"),
    ("reset gate|reset|r_t", "~update|z_t"),
    ("update|updating|z_t", "&", "reset|resetting|r_t"),
    ("z_t|z", "=|gate|sigmoid", "&", "r_t|r", "=|gate|sigmoid"),
    ("reset", "update", "2|gate|both|switch|knob|door|one"),
    ("2 gate|2 gating|2 sigmoid gate|only 2 gate",),
)

_SETS = (
    "decide|determine|control|tell|how much|how many|balance|interpolate|choose|regulate|select|what|responsible|"
    "help|mix|blend|say|pick|set|let|weigh|average|keep|copy|hold|carry|when|if|near|close to|amount|proportion|"
    "fraction|govern|which|how far|whether|replace|overwrite|allow|used to|drop|forget|ignore|erase|wipe"
)
_OLD = (
    "past|previous|old|keep|retain|kept|retained|pass along|forget|forgotten|h_prev|history|carry|carried|combine|"
    "former|before|earlier|prior|memory|last|ignore|drop|discard|existing|yesterday|hidden state|wipe|erase"
)

GATE_ROLES = (
    (
        "update gate|update|z_t|z",
        f">{_SETS}",
        f">{_OLD}|new|candidate|draft",
        "!reset|cell state|memory cell|weight",
        "!!2 state",
    ),
    (
        "reset gate|reset|r_t|r",
        f">{_SETS}",
        ">past|previous|old|forget|forgotten|ignore|h_prev|drop|discard|history|former|before|earlier|prior|last|"
        "hidden state",
        "!update gate|update|cell state|memory cell",
    ),
)

_LESS = (
    "fewer|less|simpler|simplified|cheaper|faster|efficient|lighter|slimmer|quicker|smaller|lower|reduced|cheap|"
    "streamlined|simplify|simplification|lightweight|save|leaner|lean|compact|light|speed up|slim|shorter|minimal|"
    "down"
)

SIMPLER = (
    (
        _LESS,
        "parameter|lstm|gate|computation|computationally|train|compute|weight|architecture|structure|complex|"
        "expensive|cost|memory|resource|calculation|matrix|operation|arithmetic|version|variant",
    ),
    ("simple|fast", "~than|compared|version|variant|alternative|architecture|structure", "lstm", "!!complicated|rnn"),
    ("-cell state|memory cell|c_t|cell memory|output gate",),
    (
        "no|without|drop|omit|rid of|remove|eliminate|dispense|lack",
        "~cell state|c_t|c|separate cell|memory cell|memory lane|separate memory|output gate",
    ),
    ("merge|combine|unify|single|fuse|join", "cell state|forget|input gate", "hidden state|single|one|update gate|1"),
    ("only|just|single|one|1", "~hidden state|state|state vector|vector", "gru|it|has|have|instead|h|lstm", "!!rnn"),
    ("3", ">weight|matrix|block|set|parameter|suffice|instead|rather|here|only", ">4|lstm", "!!3 gate"),
    ("4", ">~weight|matrix|block|set", ">3", "!!3 gate"),
    ("parameter|weight|size", "lstm", "0.75|75|quarter|3 4|third", "gru|it|about|only"),
    ("-heavy|complex|expensive|complicated", "lstm"),
    ("2 gate|2", ">~instead|rather|versus|compared|than|while|but", ">~3|lstm"),
)

LONG_TERM = (*LONG_TERM_MEMORY, *NO_VANISHING)

_GRU = "gru|gated recurrent|it|unit"
_UNLIKE = "lstm|unlike|than|whereas|instead|long short"

THREE_GATES = (
    (
        f"{_GRU}|gate|inside|we",
        "3 gate|4 gate|3 different gate|3 of gate",
        "!!than|unlike|whereas|instead|while|lstm|long short",
    ),
    ("3|4", ">~gate", ">update|reset", "!!rid of|remove|eliminate|omit|dispense|lack|lstm|long short"),
    ("like|same|similar|as in|just as", "lstm", "3 gate", "!!than|unlike|whereas|but"),
    (_GRU, ">input gate|input", ">~forget", ">~output", f"!!{_UNLIKE}|merge|combine|fuse|two|2|no|replace"),
)

CELL_STATE = (
    (
        "gru|gated recurrent|it|its|gate|update gate|reset gate|we",
        ">has|have|control|maintain|keep|update|use|its|with|contain|to|run|store|write|written|by|carry|through|call",
        ">cell state|memory cell",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|merge|combine|separate|single|unlike|whereas|instead|"
        "both|no|without|drop",
    ),
    (
        "cell state|memory cell|conveyor",
        ">run|through|inside|in|of",
        ">~gru|gated recurrent",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|merge|unlike|whereas|instead|no|without|drop|separate",
    ),
    (
        "gru|it|gate",
        "h_t|hidden state",
        "c_t",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|no|without|only|merge|unlike|instead|drop|tilde|candidate",
    ),
    ("gru", "2 state", "!!rid of|remove|eliminate|omit|dispense|lack|lstm|unlike|no|instead|than"),
    (
        "gru",
        ">cell state",
        ">hidden state",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|no|without|only|merge|unlike|instead|drop|combine|separate",
    ),
)

LSTM_GATES = (
    (
        "gru|gated recurrent|it",
        ">has|have|use|contain|with|consist|include|:|gate|through|of",
        ">output gate|forget gate",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|single|instead|similar|whereas|"
        "into|-like|fuse|no|replace|play|role|act|serve",
    ),
    (
        "output gate|forget gate|input gate",
        ">~of|in|inside",
        ">~gru|gated recurrent",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|instead|similar|whereas|into|like|"
        "fuse|no|replace|role|act|serve|analog*",
    ),
    (
        "2 gate|3 gate|gate",
        "input|for input|input gate",
        "~for forget|forget|forgetting|output",
        "!!rid of|remove|eliminate|omit|dispense|lack|lstm|combine|merge|unlike|instead|similar|whereas|into|like|"
        "fuse|no|replace|role|act|serve|analog*|new input|current input|than|x_t|h_t|update",
    ),
)

MORE_PARAMETERS = (
    (
        "gru|gated recurrent|it|this|gate|gating",
        ">more|larger|heavier|greater|bigger|additional|extra|slower",
        ">~parameter|gate|weight|complex|slow|expensive|than|matrix|cost",
        "lstm",
        "!!fewer|less|efficient|no|faster|lstm has|lstm need|lstm have|not|lstm use|cheaper|simple",
    ),
    ("gru|gated recurrent|it", ">slower|heavier", ">~than", ">~lstm"),
    (
        "gru|it",
        ">~more|extra|additional",
        ">~parameter|weight",
        "slower|longer|expensive|more",
        "!!fewer|less|rnn|no",
    ),
)
