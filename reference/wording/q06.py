"""Q6 · Peephole LSTM: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

_MEMORY = (
    "cell state|memory|c_prev|c_t|internal state|constant error carousel|memory cell|cell content|"
    "content of the cell|long-term memory|inner state|cell memory|what is stored|stored value|what is in the cell|"
    "cell value|carousel|state of the cell|inside of the cell|inside the cell"
)
_SEE = (
    "see|look|peek|inspect|access|view|observe|read|know|consider|connect|connected|receive|get|depend|connection|"
    "link|extra input|additional input|as input|feed|fed|examine|aware|watch|monitor|glance|visible|window|wire|"
    "peep|spy|enter|influence|use|take|check|given|give|input|add|include|via|through|shown|allow|glimpse|"
    "visibility|consult|line|path|weigh|informed|base|let|into|appear|keyhole|pass|sneak|leak"
)

CONNECTIONS = (
    (
        "gate|gating",
        _SEE,
        _MEMORY,
        "!!gate decide what|without access|add to the cell state|removed from",
    ),
    ("gate", "~use|take", "~c_prev|c_t|cell state"),
    ("gate", "~see|look|peek|get|read|know", "~c|c_prev|c_t"),
    ("add|include|concatenate|extra|additional", "c_t|c_prev", "gate"),
    ("sigmoid|sig|f_t|i_t|o_t", "=", "c_prev", "h_prev", "!!tanh|candidate"),
    ("connection|arrow|line|wire|link|path", "from|between", ">~cell state|memory cell|cell|memory|c", ">gate"),
    ("f_t|i_t|o_t", "=", "c_prev|c_t", "h_prev|w_cf|w_ci|w_co|v_f|v_i|v_o|p_f|p_i|p_o"),
)

_STANDARD = (
    "standard|normal|usual|ordinary|plain|classic|vanilla|traditional|regular|conventional|basic|original|common"
)

VARIANT = (
    (
        "variant|variation|extension|modification|extend|modify|modified|version|improvement|improve|enhance|"
        "enhanced|type|kind|special|advanced|upgrade|flavour|flavor|refinement|tweak|adaptation|built on|derive|"
        "augment|addition|add|expand|relative|sibling|cousin|form|change",
        "lstm|long short-term memory",
        "!!bidirectional lstm",
    ),
    (
        _STANDARD,
        "~lstm|long short-term memory|cell|gate|one",
        "gate|connection|only|see|no|add|extend|differ|but|while|whereas|unlike|compare|than|contrast|plus|with|just",
    ),
    (
        "lstm|long short-term memory",
        "gate",
        "also|too|additionally|as well|besides|not only|in addition|moreover|plus",
        "not only|in addition to|besides|not just|only|beyond|apart from|x_t|h_prev|hidden state",
    ),
    ("lstm", "~with|plus|has|adds", "extra|additional|more|further|peephole", "connection|link|input|peephole"),
    ("without peephole|no peephole|lstm without", "gate|blind|only|see|know|lstm"),
    ("gate", "only|just|nothing but|merely", "~x_t|h_prev|input|hidden state", "lstm|there|normally|usual|before"),
)

BENEFIT = (
    (
        "timing|interval|exact time|when to|rhythm|counting|count|duration|spike|beat|clock|time interval|"
        "precise moment|periodic|how long|distance between|time lag|at the right moment|right time|exactly when|"
        "delay|temporal|counter|rhythmic",
        "help|learn|improve|precise|exact|task|better|measure|release|decide|event|precisely|exactly|useful|good|"
        "know|allow|possible|can|important|need|generate|advantage|well|superior|accurately|distinguish|count|"
        "suit*|ease",
    ),
    (
        "decide|decision|choice|choose|judge|judgement|judgment|determine|act|control",
        "better|informed|more|good|help|enable|allow|when they|consider|accurate|precise|improve|right|knowing|"
        "aware|know|exact|finer|smarter|sharper|wiser|on the basis|full knowledge|blind|sensible|careful|precisely",
        "!!decide what to remove|decide what to keep",
    ),
    (
        "capture|learn|handle|control|memory",
        "better|more|improve|enhance|finer|precise|precisely",
        "long-term|long-range|complex|dependency|flow|control",
    ),
    ("better|improve|finer|more precise|sharper", "~control|timing|decision|memory|timed"),
    (
        "know|aware|knowledge|informed|information",
        "gate",
        "what is stored|what is in|full|already|current content|how full|memory|before|stored|inside",
        "open|close|decide|let|choose|write|erase|act|so|can|when",
    ),
    ("even if|even when|also when", "output gate", "closed|shut|zero", "see|know|information|access|learn|look|get"),
    ("output gate", "closed|shut|zero", "still|nevertheless|anyway", "see|know|information|access|learn|look|get"),
)

EACH_GATE = (
    ("output gate|o_t|o|output", "~c_t|current cell state|new cell state|updated cell state|new one|current one|fresh"),
    (
        "current|new|updated|fresh|just updated|just computed",
        "~cell state|memory|c_t|c|state",
        "output gate|o_t|output",
    ),
    ("forget gate|input gate|f_t|i_t|sigmoid", "c_prev", "=|p_f|p_i|w_cf|w_ci|v_f|peephole weight"),
    (
        "forget gate|input gate|f_t|i_t|forget and input|input and forget|f|i|other 2|first 2",
        "~c_prev|previous cell state|old cell state|last cell state|old memory|previous memory|old c|previous state",
    ),
    (
        "extra|additional|own|separate|diagonal|new|peephole|3|individual|different",
        "~weight|parameter|vector|matrix",
        "gate|unit|each|w_ci|w_cf|w_co|p_f|3u|per|every|3",
        "!!different rnn|candidate have",
    ),
    ("w_ci|w_i|p_i|v_i|w_cf|p_f|v_f", "w_co|w_o|p_o|v_o", "c_prev|c_t|vector|weight|diagonal|peephole"),
    (
        "c_prev|previous cell state|old cell state|previous memory|old memory",
        "forget|input|f|i|f_t|i_t",
        "c_t|current cell state|new cell state|updated|new",
        "output|o|o_t",
    ),
)

_NOT = "!!not|does nothing|only changes|standard|no|wrong|ordinary|only change"

IMPLEMENTATION_2 = (
    ("implementation", ">~2", "enable|peephole", _NOT),
    ("set|use|with|parameter", "implementation", ">~2", "peephole", _NOT),
    ("implementation", "peephole", "keras|argument|set|parameter|lstm", _NOT),
)

HIDDEN_STATE = (
    (
        "peephole|additional|extra|new",
        "connection|look|see|access|peek|connect|give|let|allow|receive|get|feed|into|add|is",
        "hidden state|h_prev|h_t|previous output|last output",
        "!!cell state|not only|also|only|alone|c_t|c_prev|memory|just|beside|addition|besides|cell content|"
        "carousel|internal|apart",
    ),
    (
        "peephole|extra|new|additional",
        "see|look|access|connection|peek|get|allow|let",
        "hidden state|h_prev",
        "as well|also|too",
        "!!cell state|c_t|c_prev|memory|carousel|internal|c|apart|besides|in addition to",
    ),
)

FUTURE = (
    (
        "peephole|gate|cell|it|network|connection|lstm",
        "look|see|peek|access|glance|know|view|glimpse|peep|spy|read|anticipate|prepare|preview|look ahead|feed",
        "next input|future|next time step|next word|upcoming|next element|coming|x_t 1|ahead|what comes next|later|"
        "what will|next step|following|next token|tomorrow",
        "!!bidirectional|not|cell state|previous|c_t|c_prev|no|memory|current cell",
    ),
)
