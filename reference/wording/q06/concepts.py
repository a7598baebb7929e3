"""Q6 · Peephole LSTM: what a good answer says, and how students say it."""

from grader.pack.questions import Concept

_MEMORY = "memory|cell state|content|information|c|c_prev|past|old|tank|cell|long-term memory|candidate|new|stuff|food"

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

CONNECTIONS = Concept(
    "q6.connections",
    "Peephole connections let the gates see the cell state.",
    hint="Say what a peephole is: a connection from the cell state to a gate.",
    why=(
        "In a plain LSTM a closed output gate hides the memory from the gates as well. A peephole lets them look "
        "inside."
    ),
    says=(
        "The gates are allowed to look at the cell state.",
        "A peephole is a connection from the cell to its gates.",
        "In addition to x_t and h_{t-1} each gate gets c_{t-1} as input.",
        "Peepholes let the gates see what is stored in the memory.",
        "The cell state is added to the inputs of all gates.",
    ),
    says_not=(
        "The gates of a standard LSTM cannot see the cell state.",
        "The forget gate decides what is removed from the cell state.",
        "A peephole LSTM has three gates.",
        "The gates do not get the cell state as input.",
        "In the standard LSTM only the hidden state is given to the gates, not the memory.",
        "f_t = σ(W_f x_t + U_f h_{t-1} + b_f), o_t = σ(W_o x_t + U_o h_{t-1} + b_o), c_t = f_t c_{t-1} + i_t g_t",
        "o_t = σ(W_o x_t + U_o h_{t-1} + b_o)\nc_t = f_t * c_{t-1} + i_t * g_t\nh_t = o_t * tanh(c_t)",
    ),
    ways=(
        (
            "f|o|i and f|gates|gate",
            ">~get to know|learn of|told|informed|informed of|know",
            ">~c|c_t|c_prev|cell|memory|content|contents",
            "!!cannot|hidden state only|standard lstm|ordinary lstm|normal lstm",
        ),
        (
            "gate|gating",
            _SEE,
            _MEMORY,
            "!!gate decide what|without access|add to the cell state|removed from|add new value|what enter|"
            "what enters|"
            "let a part|lets a part|take away|takes away|which part|how much of|multiply|multiplies|kept|is shown",
        ),
        ("gate", "~use|take", "~c_prev|c_t|cell state"),
        ("gate", "~see|look|peek|get|read|know", "~c|c_prev|c_t"),
        ("add|include|concatenate|extra|additional", "c_t|c_prev", "gate"),
        ("f_t|i_t|o_t", ">~=", ">c_prev|c_t", "h_prev", "!!tanh|candidate"),
        (">~=", ">~sigmoid|sig", ">c_prev|c_t", "h_prev", "!!tanh|candidate"),
        ("connection|arrow|line|wire|link|path", "from|between", ">~cell state|memory cell|cell|memory|c", ">gate"),
        ("f_t|i_t|o_t", ">~=", ">c_prev|c_t", "w_cf|w_ci|w_co|v_f|v_i|v_o|p_f|p_i|p_o"),
        (
            "gate|gates|they",
            ">~know|aware|informed|peek|look|see",
            ">~stored|in the cell|in cell|inside|at c|into c|room|what be in|content|currently",
            "!!hidden state only|cannot",
        ),
        ("gate", ">~see|get|look|take|use", ">peephole", ">c|c_t|c_prev|cell state|c into account"),
        ("gate", ">~take", ">~c|cell state|c_t|memory", ">~into account|account"),
        ("gate", "~look|peek|see|glance|peep", ">~into|inside|at", ">~cell|memory|c", "!!cannot|blind"),
        ("gate|f|i|o|f_t|i_t|o_t", ">~=", ">p|p_f|p_i|p_o|v|peephole", ">~c|c_prev|c_t"),
        ("peephole", ">x_t|x", ">~h_prev|h", ">~c|c_prev|c_t"),
        (
            "memory|cell state|c|cell",
            ">~visible|wired|connected|linked|shown|open",
            "gate",
            "!!not visible|hidden from",
        ),
        ("f|i|o|f_t|i_t|o_t", ">~=", "p_f|p_i|p_o|w_cf|w_ci|w_co|v_f|v_i|v_o", "c_prev|c_t|c"),
        ("peephole|hole|keyhole", ">look|see|peek|view", ">~room|inside|cell|tank|memory|what is in"),
    ),
)

_STANDARD = (
    "standard|normal|usual|ordinary|plain|classic|vanilla|traditional|regular|conventional|basic|original|common"
)

VARIANT = Concept(
    "q6.variant",
    "It extends the standard LSTM, whose gates see only the input and the previous hidden state.",
    hint="Compare the peephole LSTM with the standard LSTM, whose gates see only x_t and h_{t-1}.",
    why="What is new is best seen beside what was there: one more term in each gate, and all the rest as before.",
    says=(
        "It is a variant of the LSTM.",
        "Normal LSTM gates only see the input and the previous hidden state.",
        "The peephole LSTM extends the usual LSTM.",
        "Compared with a standard LSTM it has additional connections.",
        "It is an LSTM with extra connections from the cell to the gates.",
    ),
    says_not=(
        "A peephole LSTM has gates.",
        "The GRU is a simpler network.",
    ),
    ways=(
        (
            "lstm",
            ">~plus|with|and",
            ">~few|some|3|extra|more|additional|new",
            ">~connection|weight|link|wire|arrow",
            "!!bidirectional",
        ),
        ("build|builds|built|based|rest|rests|start|starts", ">~on|upon|from", ">~lstm", "!!bidirectional|gru"),
        (
            "variant|variation|extension|modification|extend|modify|modified|version|improvement|improve|enhance|"
            "enhanced|type|kind|special|advanced|upgrade|flavour|flavor|refinement|tweak|adaptation|built on|derive|"
            "augment|addition|add|expand|relative|sibling|cousin|form|change",
            "lstm|long short-term memory",
            "!!bidirectional lstm|a gru|unit|by training|form of the output|input that|tokenizer|candidate|add a lstm|"
            "add an lstm|layer change|layer changes",
        ),
        (
            _STANDARD,
            "~lstm|long short-term memory|cell|gate|one",
            "gate|connection|only|see|no|add|extend|differ|but|while|whereas|unlike|compare|than|contrast|plus|with|"
            "just",
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
        ("lstm", ">~:|x_t|=", ">h_prev", ">peephole", ">c|c_t|c_prev"),
        ("lstm", ">~x_t|x", ">~h_prev|h", "!!c|c_prev|c_t|peephole", "&", "peephole", ">c|c_prev|c_t"),
        ("lstm", ">~:|=", "x|x_t", "h|h_prev", "!!peephole", "&", "peephole", ">=|:", ">c|c_prev|c_t"),
        (
            "original lstm|normal lstm|plain lstm|standard lstm|regular lstm|ordinary lstm",
            "lack|only|does not have|no such|in the corridor|without|never|just|apart",
            "!!bidirectional",
        ),
        ("apart from|except for|besides", ">connection|peephole|weight|term", ">~like|same|identical|as", ">~lstm"),
        ("same as|like|as in", ">~lstm", ">~plus|but|except|with", "peephole|connection|extra|weight|term|c"),
    ),
)

BENEFIT = Concept(
    "q6.benefit",
    "The gates can decide with knowledge of the memory, which helps for instance with precise timing.",
    hint=(
        "Say what peepholes are good for: gates that know the memory decide better, for example when to release it "
        "(timing)."
    ),
    why=(
        "This is what they were introduced for: to measure an interval, a gate has to see how the count in the cell "
        "stands."
    ),
    says=(
        "This helps the network to learn precise timing.",
        "Gates that know the content of the memory can make better decisions.",
        "It can learn to count the steps between two events.",
        "The network gets finer control over when to open and close its gates.",
        "It is useful for tasks where exact intervals matter.",
    ),
    says_not=(
        "The LSTM takes more time to train.",
        "It is not better at timing than a standard LSTM.",
        "The gates decide what is kept.",
        "The peephole LSTM has more parameters.",
        "The accuracy is better.",
    ),
    ways=(
        (
            "gate|gates|decision|decide",
            ">~act|made|make|based|rest|rely|depend|work",
            ">~stored|memory|content|contents|cell state|view|knowledge|in store",
            "really|actual|actually|view|basis|on what|knowledge|instead|true",
            "!!cannot|x_t",
        ),
        ("closed|shut|zero", "~output gate", "inform|informed|know|see|aware|learn|look", "!!cannot|blind|nothing"),
        ("exact|precise|right|exactly|precisely", "~moment|time|timing|rhythm|instant|interval|count|beat"),
        ("moment|timing|rhythm|interval|beat", ">~matter|count|important|crucial|decisive|needed"),
        (
            "gate|they",
            ">not guess|not have to guess|don't have to guess|know what|know how|decide better|"
            "better decision|judge better",
            "cell|memory|c|in there|stored|decide|content",
            "!!cannot|standard lstm",
        ),
        (
            "timing|interval|exact time|when to|rhythm|counting|count|duration|spike|beat|clock|time interval|"
            "precise moment|periodic|how long|distance between|time lag|at the right moment|right time|exactly when|"
            "delay|counter|rhythmic|exact moment|moment matter|pace|frequency",
            "help|learn|improve|precise|exact|task|better|measure|release|decide|event|precisely|exactly|useful|good|"
            "know|allow|possible|can|need|generate|advantage|well|superior|accurately|distinguish|count|matter|"
            "suit*|ease",
            "!!epoch|submission|parameter|the loss|good result",
        ),
        (
            "decide|decision|choice|choose|judge|judgement|judgment|determine|act|control",
            "better|informed|more|good|help|enable|allow|when they|consider|accurate|precise|improve|right|knowing|"
            "aware|know|exact|finer|smarter|sharper|wiser|on the basis|full knowledge|blind|sensible|careful|"
            "precisely",
            "!!decide what to remove|decide what to keep|epoch|loss be|loss is",
        ),
        (
            "capture|learn|handle|control|memory",
            "better|more|improve|enhance|finer|precise|precisely",
            "long-term|long-range|complex|dependency|flow|control",
        ),
        ("better|finer|more precise|sharper", "~control|timing|decision|timed"),
        (
            "know|aware|knowledge|informed|information",
            "gate",
            "what is stored|what is in|full|already|current content|how full|memory|before|stored|inside",
            "open|close|decide|let|choose|write|erase|act|so|can|when",
        ),
        (
            "even if|even when|also when",
            "output gate",
            "closed|shut|zero",
            "see|know|information|access|learn|look|get",
        ),
        ("output gate", "closed|shut|zero", "still|nevertheless|anyway", "see|know|information|access|learn|look|get"),
        (
            "decide|decision|choose",
            "know|see|peek|guess|look|aware|visible|view",
            "better|what is in|therefore|guess|informed|so that",
            "gate|it|they|lstm|network",
            "!!decide what to keep",
        ),
        ("gate|it|they", ">~react|respond", ">~stored|memory|cell|content|inside"),
        (
            "good|useful|help|suited|well",
            "~for|in|with",
            "exact|precise|rhythm|music|timing|moment|interval|count|counting|how many step|duration",
            "!!epoch",
        ),
        (
            "tell|know|measure|count",
            "~how long|how many step|how many",
            "since|ago|going on|passed|past|between",
            "!!epoch",
        ),
        (
            "gate|it|they|network",
            ">know|knows|see|sees",
            ">~how the memory|how full|what the memory|how much|how the cell",
            "good|matter|useful|help|exact|decide|better",
        ),
    ),
)

EACH_GATE = Concept(
    "q6.each-gate",
    "Each gate has its own peephole weights: forget and input gates see c_{t-1}, the output gate sees the new c_t.",
    hint=(
        "Say which cell state each gate sees (c_{t-1} for the forget and input gates, c_t for the output gate), or "
        "that each gate gets its own peephole weights."
    ),
    why="The order matters: the forget and input gates act before the cell state is updated, the output gate after it.",
    says=(
        "The forget gate and the input gate look at c_{t-1}, the output gate looks at c_t.",
        "Each gate has its own peephole weights.",
        "The output gate sees the new cell state.",
        "There is one extra weight vector for each of the three gates.",
        "The input and forget gates use the old cell state.",
    ),
    says_not=(
        "f_t = σ(W_f x_t + U_f h_{t-1} + b_f), c_t = f_t c_{t-1} + i_t g_t and h_t = o_t tanh(c_t)",
        "i_t = σ(W_i x_t + U_i h_{t-1})\nc_t = f_t * c_{t-1} + i_t * g_t\nh_t = o_t * tanh(c_t)",
        "All gates share the same weights.",
        "The output gate sees the hidden state.",
        "There are no extra weights.",
        "The output gate decides what is shown.",
        "The output gate does not see the new cell state.",
    ),
    ways=(
        (
            "output gate|o_t|o",
            "~c_t|current cell state|new cell state|updated cell state|new one|current one|fresh",
            "!!tanh",
        ),
        (
            "current|new|updated|fresh|just updated|just computed",
            "~cell state|memory|c_t|c|state",
            "output gate|o_t|exit",
            "!!multiply|multiplies|tanh|shown",
        ),
        ("forget gate|input gate|f_t|i_t", ">~=", ">c_prev", "!!tanh|candidate"),
        ("forget gate|input gate|f_t|i_t|sigmoid", "c_prev", "p_f|p_i|w_cf|w_ci|v_f|peephole weight"),
        (
            "forget gate|input gate|f_t|i_t|forget and input|input and forget|f|i|other 2|first 2",
            "~c_prev|previous cell state|old cell state|last cell state|old memory|previous memory|old c|"
            "previous state|c from the step before|c of the step before",
            "!!multiply|multiplies|multiplied|how much|kept|keep|erase|remove|removed|discard|tanh|=",
        ),
        (
            "extra|additional|own|separate|diagonal|new|peephole|3|individual|different",
            "~weight|parameter|vector|matrix",
            "gate|unit|each|w_ci|w_cf|w_co|p_f|3u|per|every|3",
            "!!different rnn|candidate have|as in any|weight matrix|share|shared",
        ),
        ("w_ci|w_i|p_i|v_i|w_cf|p_f|v_f", "w_co|w_o|p_o|v_o", "c_prev|c_t|vector|weight|diagonal|peephole"),
        (
            "c_prev|previous cell state|old cell state|previous memory|old memory",
            "forget|input|f|i|f_t|i_t",
            "c_t|current cell state|new cell state|updated|new",
            "output|o|o_t",
            "!!=",
        ),
        (
            "input gate|forget gate",
            ">~see|look|get|use|peek",
            ">~c from the step before|c_prev|c of the last step|old c|t 1",
        ),
        ("forget", "input", ">t 1", "output", ">t"),
    ),
)

CONCEPTS = (
    CONNECTIONS,
    VARIANT,
    BENEFIT,
    EACH_GATE,
)
