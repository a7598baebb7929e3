"""Q6 · Peephole LSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

CONNECTIONS = (
    (
        "gate|gating",
        "see|look|peek|inspect|access|view|observe|read|know|consider|connect|connected|receive|get|"
        "depend|connection|link|"
        "extra input|additional input|as input|feed|fed|examine|aware|watch|monitor",
        "cell state|memory|c_prev|c_t|internal state|constant error carousel|memory cell",
    ),
    ("gate", "~use|take", "~c_prev|c_t|cell state"),
    ("add|include|concatenate|extra|additional", "c_t|c_prev", "gate"),
    ("sigmoid|sig|f_t|i_t|o_t", "=", "c_prev", "h_prev", "!!tanh|candidate"),
    ("connection", "from", ">~cell state|memory cell", ">gate"),
)

VARIANT = (
    (
        "variant|variation|extension|modification|extend|modify|modified|version|improvement|improve|"
        "enhance|enhanced|"
        "type|kind|special|advanced",
        "lstm|long short-term memory",
    ),
    (
        "standard|normal|usual|ordinary|plain|classic|vanilla|traditional|regular|conventional|basic",
        "~lstm|long short-term memory",
        "gate|connection|only|see|no|add|extend|differ",
    ),
    (
        "lstm|long short-term memory",
        "gate",
        "also|too|additionally|as well",
        "not only|in addition to|besides",
    ),
)

BENEFIT = (
    (
        "timing|interval|exact time|when to|rhythm|counting",
        "help|learn|improve|precise|exact|task|better|measure|release|decide|event",
    ),
    (
        "decide|decision",
        "better|informed|more|good|help|enable|allow|when they|consider|accurate|precise|improve|right",
        "!!decide what to remove",
    ),
    (
        "capture|learn|handle|control|memory",
        "better|more|improve|enhance|finer|precise|precisely",
        "long-term|long-range|complex|dependency|flow|control",
    ),
    ("better|improve|finer|more precise", "~control|performance|timing|decision|memory"),
)

EACH_GATE = (
    ("output gate|o_t", "~c_t|current cell state|new cell state|updated cell state"),
    ("current|new|updated", "~cell state", "output gate"),
    ("forget gate|input gate|f_t|i_t|sigmoid", "c_prev", "=|p_f|p_i|w_cf|w_ci|v_f|peephole weight"),
    ("forget gate|input gate|f_t", "~c_prev|previous cell state|old cell state|last cell state"),
    (
        "extra|additional|own|separate|diagonal|new|peephole",
        "weight|parameter|vector",
        "gate|unit|each",
        "!!different rnn",
    ),
)

IMPLEMENTATION_2 = (
    ("implementation", ">~2", "enable|peephole", "!!not|does nothing|only changes|standard"),
    ("set|use|with|parameter", "implementation", ">~2", "peephole", "!!not|does nothing|only changes"),
)

HIDDEN_STATE = (
    (
        "peephole|additional|extra|new",
        "connection|look|see|access|peek|connect",
        ">hidden state",
        "!!cell state|not only|also|only|alone|c_t|c_prev|memory|just|beside|addition",
    ),
)

FUTURE = (
    (
        "peephole|gate|cell|it",
        "look|see|peek|access",
        "next input|future|next time step|next word|upcoming|next element",
        "!!bidirectional",
    ),
)
