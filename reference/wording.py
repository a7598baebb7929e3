"""Wordings that several questions share: alternatives for one slot of a statement, by the idea they stand for."""

INPUT = "input|x_t|word|element|token|data point|observation|sample"
PREVIOUS = "previous|last|prior|earlier|old|past|preceding|before|former"
PREVIOUS_STATE = (
    "h_prev|previous hidden state|previous state|last hidden state|old hidden state|earlier hidden state|previous "
    "hidden|"
    "prior hidden state|past hidden state|past state|old state|last state|previous memory|hidden state before"
)
TAKES = (
    "combine|take|receive|mix|merge|together|use|based|add|both|concatenate|get|depend|compute|calculate|determine|"
    "function of|look|from|feed|process|join|and|with|also"
)
WEIGHTS = "weight|weighted|matrix|bias|parameter|linear combination|linearly combine|w|u"
STEPS = "time step|timestep|step|time|sequence|copy|input|element|layer"
UNFOLD = "unfold|unroll|unfolding|unrolling|unrolled|unwrap|expand|spread"
ERROR = "error|gradient|loss|derivative|signal"

LONG_TERM = (
    "long-term|long-range|long-distance|longterm|long time|long period|longer period|long distance|long sequence|"
    "longer sequence|long span|long while|many step|many time steps|extended sequence|extended period|distant|"
    "over long|far apart|far back|for long|long ago"
)
KEEP = (
    "learn|capture|remember|retain|handle|keep|store|hold|preserve|model|maintain|cope|deal|memorize|carry|bridge|"
    "recall|manage|good at|understand|detect|propagate|keep track"
)
CONTENT = (
    "dependency|information|context|step|pattern|relationship|relation|connection|word|past|sequence|data|thing|"
    "correlation|input|event|memory cell"
)
REMEDY = (
    "solve|avoid|prevent|mitigate|overcome|address|reduce|fix|combat|eliminate|alleviate|tackle|help|against|resolve|"
    "counter|cure|deal|remove|handle|lessen|minimize|resist|robust|protect|suffer less"
)

LONG_TERM_MEMORY = (
    (KEEP, f"{LONG_TERM}", CONTENT),
    ("long-term dependency|long-range dependency|long-term relationship", "effective|able|capable|ability|possible"),
    (f"-{KEEP}", LONG_TERM, "overcome|solve|fix|address|improve|designed to|introduced to|remedy"),
)
"""The network keeps information over long distances; or plain RNNs do not, which it was made to change."""

NO_VANISHING = (
    (REMEDY, "vanish", "gradient|problem|issue"),
    ("vanish", ">overcome|solve|fix|address|avoid|mitigate|tackle|remedy|resolve", ">this|problem|issue|it"),
    ("no|less|without|free of|not affected|not as", ">~vanish", ">~gradient"),
    ("gradient", ">survive|preserved|stay alive|flow unchanged|constant error|-vanish|flow better|flow freely"),
    ("-vanish|disappear|die", "gradient", "!no"),
    ("gradient", ">flow|pass|travel|propagate|preserve", ">unchanged|easily|better|longer|without|long|undisturbed"),
)
"""The gradient is kept from vanishing."""

FORWARD = (
    "forward|left right|start end|beginning end|first last|front back|normal order|natural order|original order|"
    "chronological|from the start|from the beginning|from front|past to future|positive time"
)
BACKWARD = (
    "backward|backwards|reverse|reversed|right left|end start|end beginning|last first|from the end|from back|"
    "back front|opposite|future to past|negative time"
)
READING = (
    "process|read|run|scan|pass|traverse|train|take|go|goes|fed|feed|handle|sequence|input|data|direction|analyse|"
    "analyze|look|twice|sentence|layer one|time order|move|consist|work|one"
)
BOTH_WAYS = (
    "both direction|2 direction|both side|both way|either direction|each direction|2 opposite direction|directions"
)

BOTH_DIRECTIONS = (
    (BOTH_WAYS, "process|read|run|scan|pass|traverse|train|sequence|input|data|one for|rnn|lstm|gru|network|time"),
    (FORWARD, BACKWARD, READING, "!!forward propagation|forward pass|backpropagation|stack"),
    ("forward", ">backward|reverse", "direction"),
    ("one", ">~forward", ">~one|other|another", ">~backward|reverse"),
    ("first|start|beginning", ">~last|end", ">~last|end", ">~first|start|beginning", READING),
)
"""The sequence is read forwards and backwards."""

COMBINE = (
    "concatenate|concat|concatenation|combine|combination|merge|join|"
    "sum|summation|average|fuse|fusion|put together|stack together"
)
RESULT = "output|hidden state|result|vector|representation|state|both side|information from both|prediction"
COMBINED = (
    (f"{COMBINE}", RESULT, "!!concept|stack|benefit of"),
    ("add", "~together|both|element-wise", "output|hidden state|result|direction"),
    (COMBINE, "~both|2", "~rnn|lstm|gru|network|layer|direction", "!!concept|stack|idea|benefit of|strength"),
)
"""The results of the two directions are put together."""

PAST = "past|previous|before|preceding|earlier|precede|prior|came before|backward context|left context|behind"
FUTURE = "future|next|after|following|later|subsequent|follow|upcoming|come later|forward context|right context|ahead"
PAST_AND_FUTURE = (
    (
        "past",
        "future",
        "context|information|word|input|step|element|token|know|see|capture|access|consider|data|depend",
    ),
    (
        PAST,
        FUTURE,
        "context|information|know|see|knows|depend|capture|access|consider|understand|use|available|aware|"
        "representation|meaning|shape",
        "!!pass|h_prev",
    ),
    ("both side|both direction|each side|2 side", "~context|information|surround"),
    ("entire|whole|full|complete|surrounding", "~context|surroundings"),
    ("context", ">entire|whole|full|complete", ">~sequence|sentence|input"),
)
"""A position knows what comes before it and what comes after it."""

ONLY_FUTURE = (
    ("only|just|solely", ">~future|next|after|later", "!!not only|past|previous|both|forward|also|before|rnn cannot"),
)
STACKED = (
    (
        "stack|stacked|on top of|one after another|one after the other",
        "layer|rnn|lstm|gru|network|first",
        "!!not|instead|unlike|rather|can|deep",
    ),
    ("output|pass", "first", ">second", "input|pass|get|feed|fed|receive", "!!not|reverse|forward|unlike|instead"),
)
BACKPROPAGATION = (
    (
        "backward|bidirectional|reverse|2 direction|both direction",
        "mean|because|call|refer|stand for|due to",
        "backpropagation|backpropagated|back propagation|weight update|propagate the error",
    ),
    (
        "forward propagation|forward pass",
        "backpropagation|backward pass|backward propagation|back propagation",
        "bidirectional|both direction",
        "!!train|trained|training",
    ),
)
"""Misconceptions about two directions."""

SMALL = (
    "small|smaller|shrink|zero|0|decrease|diminish|tiny|decay|fade|less|lower|negligible|disappear|nothing|weak|"
    "minimal|"
    "reduce|almost no|approach 0|near 0|insignificant"
)
LARGE = (
    "large|larger|huge|big|bigger|grow|increase|blow|blows|infinity|high|higher|enormous|unbounded|out of control|"
    "excessive|excessively|massive|accumulate|without bound|uncontrollable|uncontrollably"
)

REMOVE = (
    "discard|remove|forget|forgotten|throw|thrown|erase|delete|drop|keep|kept|retain|retained|lose|clear|preserve|"
    "reset|"
    "eliminate|filter out|get rid"
)
ADD = "add|added|store|stored|write|written|update|insert|enter|save|let|new information|new value|new content|remember"
FORGETS = (
    ("forget gate|f_t", f">{REMOVE}", "!input gate|output gate"),
    (REMOVE, ">~by|through|via|with", ">~forget gate", "!input gate"),
)
ADDS = (
    ("input gate|i_t", f">{ADD}", "!forget gate|output gate"),
    (ADD, ">~by|through|via|with", ">~input gate", "!forget gate"),
)
"""What the forget and the input gate do to the cell state, actively or passively."""
