"""Q4 · LSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

CELL_STATE = (
    (
        "cell state|memory cell|memory unit|internal memory|c_t|memory block|cell memory|constant error carousel|"
        "c_prev",
        "has|have|with|use|contain|introduce|maintain|run|carry|store|keep|flow|hold|remember|preserve|retain|pass|"
        "transport|information|add|remove|write|long-term memory|conveyor|consist|through|save|transfer|update|"
        "travel|act|beside|besides|own|erase|forget|called|along|named|so-called",
        "!!no cell state|without cell state",
    ),
    ("second|additional|extra|separate|another|2", "~state|memory", "hidden state|c|store|carry|h|run|lstm|h_t|keep"),
    ("conveyor|highway|belt|assembly line|motorway|pipeline", "information|memory|run|carry|state|cell|through|along"),
    (
        "long-term|separate|internal|inner|own|protected|dedicated|special",
        "~memory|storage|notebook|store",
        "cell|lane|track|carry|run|write|erase|keep|store|beside|hold|line|pass",
        "!!dependency",
    ),
    ("memory", "~lane|line|track|belt|tape|vector|cell", "run|carry|along|through|store|hold|keep|pass"),
)

_DOES = (
    "control|regulate|decide|determine|manage|choose|select|filter|let|allow|protect|govern|discard|keep|"
    "learn what|say|tell|pick|open|close|throw|erase|write|read|add|remove|delete|steer|guard|block|admit|show|"
    "what|how much|which|store|drop|pass|influence|direct|judge"
)

GATES = (
    (
        "gate|gating|door|valve",
        _DOES,
        "information|forget|store|what|flow|cell state|memory|remove|add|which|write|keep|in|out|pass|through|new|"
        "old|content|discard|state|throw",
        "!!reset gate|2 gate|update gate|logic",
    ),
    ("gate", "open|close|opened|closed|shut", "information|let|memory|flow|through|control|cell|in|forget|0|1"),
    ("gate", ">~what|which|how much", ">~remove|forget|keep|store|write|add|pass|output|discard"),
    ("forget gate", "input gate", "output gate"),
    ("forget", "~input", "~output", "gate|3|f_t"),
    ("input", "~forget", "~output", "gate|3|i_t"),
    ("forget gate", "&", "input gate", "&", "output gate"),
    ("f_t", "&", "i_t", "&", "o_t"),
    ("3 gate", "forget", "input", "output"),
    ("forget|erase", "~write|add|input|store", "~read|output|show|expose", "gate|sigmoid|control|decide"),
)

TWO_GATES = (
    (
        "lstm|long short-term memory|it|gate|there",
        "2 gate|only 2 gate|2 kind of gate|2 type of gate",
        "!!gru|gated recurrent|unlike|than|whereas|first 2|other 2|these 2|3|remaining|last 2",
    ),
    ("lstm", ">~only|just", ">~1 gate|single gate|one gate|2 gate", "!!gru"),
    ("lstm", "update gate", "!!gru|input gate|called|also|output gate|gated recurrent|unlike|than|whereas"),
)

GRU_GATES = (
    (
        "lstm|long short-term memory|it|gate|which|cell|we",
        "reset gate",
        "!!gru|gated recurrent|unlike|than|whereas|also called|variant",
    ),
    ("lstm", "reset", "~update", "!!gru|gated recurrent|unlike|than|whereas|variant"),
)

NOT_RECURRENT = (
    (
        "lstm|long short-term memory|it",
        ">is|as|work|like|belong",
        ">~feed-forward|feedforward|forward network",
        "!!unlike|than|not|rather|gate|contrast to feed*|rnn|vanilla",
    ),
    (
        "lstm|long short-term memory|it",
        "-recurrent|recurrence|loop|feedback|feedback loop|rnn|recursion|recurrent connection|fed back",
        "!!only|simple|ordinary|suffer|problem|like|vanish|gate|plain|regular|standard|traditional",
    ),
    ("feedback|loop|recurrence|recurrent", "-any|need|exist|more|there|has|have|present", "!!only|just|vanish"),
    ("no|without|not any", ">~feedback|loop|recurrence|recurrent connection|recursion", "!!only|just|rnn|vanish"),
    (
        "feed-forward|feedforward",
        "lstm|it|data|information",
        "straight|just go|goes through|only forward|no memory|through it|instead of recurrent|not recurrent",
        "!!unlike|than|contrast to|rnn",
    ),
)
