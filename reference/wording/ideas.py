"""Wordings that several questions share: alternatives for one slot of a statement, by the idea they stand for."""

SUBJECT = (
    "rnn|lstm|gru|bilstm|bigru|birnn|brnn|bptt|network|recurrent|recurrence|cell|layer|neuron|neural|hidden|state|"
    "gradient|backpropagation|weight|bias|matrix|vector|activation|sigmoid|tanh|relu|softmax|model|sequence|timestep|"
    "input|output|error|loss|derivative|h_t|h_prev|c_t|c_prev|x_t|z_t|r_t|f_t|i_t|o_t|unroll|unfold|update|reset|"
    "forget|bidirectional|forward|backward|concatenate|embedding|token|vanish|explode|clipping|parameter|keras|"
    "tensorflow|dependency|implementation|connection"
)
"""Words of the subject: an explanation that has none of them is about something else."""

INPUT = (
    "input|x_t|word|element|token|data point|observation|sample|item|symbol|character|letter|frame|x|new data|"
    "new information|value|reading|sentence|page|number|datum|external signal|stimulus|external input|next item|"
    "today"
)
PREVIOUS = (
    "previous|last|prior|earlier|old|past|preceding|before|former|left over|previously|yesterday|just before|"
    "left behind|already|so far"
)
PREVIOUS_STATE = (
    "h_prev|previous hidden state|previous state|last hidden state|old hidden state|earlier hidden state|"
    "previous hidden|prior hidden state|past hidden state|past state|old state|last state|previous memory|"
    "hidden state before|old memory|previous output|own output|past memory|memory so far|state so far|former state|"
    "earlier state|previous activation|prior state|previous step|previous time step|preceding step|step before|"
    "last time step|moment before|last step|memory of before|previous result|old note|summary so far|"
    "one step earlier|previous timestep|past information|recurrent input|preceding state|preceding hidden state|"
    "state before|what it remembers|its own state|its memory|its state|moment earlier|step earlier|own previous|"
    "old h|previous h|last h|last hidden vector|previous hidden vector|earlier activation|own earlier|"
    "result of the last|output of the last|result of last step|hidden layer of the previous|own old|old hidden|"
    "hidden vector of before|previous vector|state of before"
)
TAKES = (
    "combine|take|receive|mix|merge|together|use|based|add|both|concatenate|get|depend|compute|calculate|determine|"
    "function of|look|from|feed|process|join|and|with|also|given|plus|alongside|as well|besides|blend|2|sum|"
    "consider|accept|fed|enter|has|out of|fuse|multiply|see|read|come back|loop|merged|blended|added in|tanh|"
    "beside|concat|next to"
)
WEIGHTS = (
    "weight|weighted|matrix|bias|parameter|linear combination|linearly combine|w|u|sum|multiply|affine|linear|w_x|"
    "u_h|combination|added|total"
)
STEPS = (
    "time step|timestep|step|time|sequence|copy|input|element|layer|word|position|moment|item|unrolled|token|"
    "always|iteration|sentence|whole"
)
UNFOLD = "unfold|unroll|unfolding|unrolling|unrolled|unwrap|expand|spread"
ERROR = "error|gradient|loss|derivative|signal"

LONG_TERM = (
    "long-term|long-range|long-distance|longterm|long time|long period|longer period|long distance|long sequence|"
    "longer sequence|long span|long while|many step|many time steps|extended sequence|extended period|distant|"
    "over long|far apart|far back|for long|long ago|long stretch|long interval|long gap|long text|long sentence|"
    "long context|long-lasting|longer term|longer time|hundred|dozen|thousand|far away|far-away|big distance|"
    "large distance|great distance|wide gap|much earlier|much later|remote|early word|beginning of|start of|"
    "very long|long way|large gap|lag|long dependency|ages ago|several step|across step|lots of steps|lot of time"
)
KEEP = (
    "learn|capture|remember|retain|handle|keep|store|hold|preserve|model|maintain|cope|deal|memorize|carry|bridge|"
    "recall|manage|good at|understand|detect|propagate|keep track|survive|stay|persist|last|connect|relate|link|"
    "transport|travel|save|use|arrive|know|access|influence|protect|not forget|flow|work with|reach|kept|learnt"
)
CONTENT = (
    "dependency|information|context|step|pattern|relationship|relation|connection|word|past|sequence|data|thing|"
    "correlation|input|event|memory cell|memory|state|element|detail|fact|text|it|sentence|signal|them|what|"
    "content|subject|something"
)
REMEDY = (
    "solve|avoid|prevent|mitigate|overcome|address|reduce|fix|combat|eliminate|alleviate|tackle|help|against|"
    "resolve|counter|cure|deal|remove|handle|lessen|minimize|resist|robust|protect|suffer less|diminish|ease|"
    "soften|cope|defeat|beat|weaken|attenuate|remedy|answer|invented|counteract|escape|rid of|battle|relieve|"
    "immune|fight|less prone|less sensitive|circumvent"
)
DIES = (
    "vanish|disappear|die|die out|fade|shrink|decay|become zero|go to zero|evaporate|get lost|dwindle|die away|smaller"
)

LONG_TERM_MEMORY = (
    (KEEP, LONG_TERM, CONTENT),
    ("long-term dependency|long-range dependency|long-term relationship", "effective|able|capable|ability|possible"),
    (f"-{KEEP}", LONG_TERM, "overcome|solve|fix|address|improve|designed to|introduced to|remedy|lstm can|gru can"),
    (
        "good|suitable|suited|better|useful|able|effective|work well|perform well",
        "~long sequence|longer sequence|long text|long sentence|long-term",
    ),
    ("-forget|lose", "beginning|start|early|earlier|long|previous|past|first", "!!no more|irrelevant"),
    ("long-term memory|longer memory", "has|have|provide|give|get|with|possess|act|serve|thank|due"),
)
"""The network keeps information over long distances; or plain RNNs do not, which it was made to change."""

NO_VANISHING = (
    (REMEDY, "vanish|vanishing|vanished|fading gradient", "gradient|problem|issue"),
    ("vanish", ">overcome|solve|fix|address|avoid|mitigate|tackle|remedy|resolve|reduce", ">this|problem|issue|it"),
    ("no|less|without|free of|not affected|not as", ">~vanish|fade|disappear", ">~gradient"),
    (
        "gradient|error|signal",
        ">survive|preserved|stay alive|flow unchanged|constant error|-vanish|flow better|flow freely|alive",
    ),
    (f"-{DIES}", "gradient|error signal|derivative|error", "!no"),
    (
        "gradient|error|error signal|derivative",
        ">flow|pass|travel|propagate|preserve|go|run|come|reach",
        ">unchanged|easily|better|longer|without|long|undisturbed|unhindered|undamped|intact|freely|far|well|"
        "direct|highway|uninterrupted",
        "!!forget gate",
    ),
)
"""The gradient is kept from vanishing."""

FORWARD = (
    "forward|forwards|left right|start end|beginning end|first last|front back|normally|normal|natural order|"
    "original order|usual|as it is|as is|chronological|chronologically|in order|regular|straight|from the start|"
    "from the beginning|from the first|from front|past to future|positive time|in the given order|head tail|"
    "ascending|start to finish|as written|original sequence|original|given order|first to last|forth"
)
BACKWARD = (
    "backward|backwards|reverse|reversed|reversely|reversal|right left|end start|end beginning|last first|"
    "from the end|from back|from the last|back front|opposite|other way|future to past|negative time|inverted|"
    "flipped|from behind|tail head|descending|back to the start|towards front|towards the start|"
    "towards the beginning|mirrored|finish to start|anti-chronological|reversed copy|back to front"
)
READING = (
    "process|read|run|scan|pass|traverse|train|take|go|goes|fed|feed|handle|sequence|input|data|direction|analyse|"
    "analyze|look|twice|sentence|layer one|time order|move|consist|work|one|get|see|start|begin|walk|travel|"
    "consume|text|series|receive|treat|once|other|order"
)
BOTH_WAYS = (
    "both direction|2 direction|both side|both way|either direction|each direction|2 opposite direction|directions|"
    "both end|opposite direction|2 way|either end|both order"
)
SECOND = "second|another|other|additional|extra|2nd|twin"

BOTH_DIRECTIONS = (
    (
        BOTH_WAYS,
        "process|read|run|scan|pass|traverse|train|sequence|input|data|one for|rnn|lstm|gru|network|time|go|walk|"
        "work|text|sentence|move|travel|look|start|series",
    ),
    (FORWARD, BACKWARD, READING, "!!forward propagation|forward pass|backpropagation|stack"),
    ("forward", ">backward|reverse", "direction"),
    ("one|1", ">~forward", ">~one|other|another|1", ">~backward|reverse"),
    ("first|start|beginning", ">~last|end", ">~last|end", ">~first|start|beginning", READING),
    (
        "one|first|1",
        ">start|begin|beginning|from|at|with",
        ">~first|start|beginning|left|front|head",
        ">other|another|second|1",
        ">last|end|right|back|tail|final",
    ),
    (
        "one|first|1",
        ">start|begin|from|at|with",
        ">~last|end|right|back|tail|final",
        ">other|another|second|1",
        ">first|start|beginning|left|front|head",
    ),
    (
        SECOND,
        "read|run|go|goes|work|start|begin|move|process|travel|walk|scan|come|traverse",
        "backward|backwards|from the end|from the last|in reverse|towards the front|towards the start|to the start|"
        "to the beginning|reversed|other way|from the back|right left|at the end|last word|last element|last step",
        "!!stack|top of|backpropagation|error",
    ),
    ("x_1", ">x_t", ">x_t", ">x_1"),
    ("x_1", ">~to", ">~x_t", "x_t", ">~to", ">~x_1"),
    ("1", ">~t", ">t", ">~1"),
    ("left", ">right", ">right", ">left"),
    (
        "also|additionally|in addition|as well|too|plus|not only|once more|again",
        "backward|backwards|in reverse|reversed|from the end|right left|from the back|opposite direction",
        "read|process|run|scan|go|goes|look|pass|work|sequence|sentence|through",
        "!!stack|top of|backpropagation|error|only backward",
    ),
)
"""The sequence is read forwards and backwards."""

COMBINE = (
    "concatenate|concat|concatenation|combine|combination|merge|merged|join|joined|sum|summation|summed|average|"
    "averaged|fuse|fusion|put together|stack together|glue|glued|stick together|stuck together|paste|append|attach|"
    "unite|side by side|next to each other|bring together|add up|appended|chain together|become one|collapse|stick"
)
RESULT = (
    "output|hidden state|result|vector|representation|state|both side|information from both|prediction|halves|"
    "both of them|each word|each step|every step|every position|each position|what|h_t|dimension"
)
_JOIN = "concatenate|concat|concatenation|merge|join|sum|average|glue|put together|side by side|add up|append"
COMBINED = (
    (COMBINE, RESULT, "!!concept|stack|benefit of"),
    ("add", "~together|both|element-wise", "output|hidden state|result|direction"),
    (_JOIN, "~both|2", "~rnn|lstm|gru|network|layer|direction", "!!concept|stack|idea|benefit of|strength"),
    (
        "2|both",
        ">~layer|direction|rnn|lstm|gru|network",
        ">same output|output layer|one output|single output",
        "!!stack",
    ),
    ("merge_mode",),
    (
        _JOIN,
        "2|both|forward",
        "direction|backward|rnn|lstm|gru",
        "!!concept|stack|idea|benefit of|strength|lstm and gru|advantage",
    ),
)
"""The results of the two directions are put together."""

PAST = (
    "past|previous|before|preceding|earlier|precede|prior|came before|backward context|left context|behind|"
    "in front|already|history|gone by|come before|previously|to the left|left side|preceded|heretofore|predecessor|"
    "ahead of it"
)
FUTURE = (
    "future|next|after|following|later|subsequent|follow|upcoming|come later|forward context|right context|ahead|"
    "behind|afterwards|remaining|rest|coming|to come|yet to come|to the right|right side|succeeding|successor|"
    "follows|comes next|not yet|lie ahead"
)
KNOWS = (
    "context|information|word|input|step|element|token|know|see|capture|access|consider|data|depend|use|available|"
    "aware|understand|understanding|representation|meaning|shape|contain|include|have|has|incorporate|cover|take|"
    "look|both|as well|also|side|too|neighbour|neighbor|surround|determine|influence|summarize|summarise|knowledge|"
    "clue|hint|learn|note|benefit|reflect|part|sentence"
)
PAST_AND_FUTURE = (
    ("past", "future", KNOWS),
    (PAST, FUTURE, KNOWS, "!!pass|h_prev|only from the future|only the future"),
    ("left", "right", KNOWS, "!!left-to-right|right-to-left"),
    ("both side|both direction|each side|2 side|either side|both end", "~context|information|surround|neighbour|know"),
    ("entire|whole|full|complete|surrounding", "~context|surroundings|picture"),
    ("context", ">entire|whole|full|complete", ">~sequence|sentence|input"),
    (
        "word|element|token|position|step|output|prediction|result|state|it|model|network|each|every|vector",
        "know|see|seen|access|depend|has|have|use|contain|consider|include|aware|read|take|available|based|look|about",
        "whole|entire|complete|full|all|everything|every",
        "~sentence|sequence|text|input|series|word|time step|element",
        "!!process|before|stored",
    ),
    ("come|came|appear|stand|occur|happen", "later", "earlier|before", "!!h_prev"),
)
"""A position knows what comes before it and what comes after it."""

_NOT_STACKED = "!!stack|top of|output of first|concept|2 gate"


def two_of(network: str) -> tuple[tuple[str, ...], ...]:
    """There are two of them, one for each direction; `network` has what one of them is called."""
    forwards = "|".join(f"forward {name}" for name in (*network.split("|"), "layer", "direction", "pass"))
    return (
        (
            "2|pair",
            f">~{network}|hidden layer|recurrent layer|recurrent network|copy",
            "!!stack|top of|one after|output of first|concept|2 gate|output of both|result of both|state of both",
        ),
        (forwards, "backward"),
        (
            "one|first|1st|1",
            network,
            f"{SECOND}|one for the backward|1",
            "forward|backward|backwards|reverse|direction|end|right|last|back|opposite|reversed|front",
            _NOT_STACKED,
        ),
        (SECOND, f"~{network}", f"{BACKWARD}|end|front|start", _NOT_STACKED),
        ("copy|duplicate|clone", network, "2|second|set of weight|backward|reverse", _NOT_STACKED),
        ("both", ">~are", f">~{network}"),
        ("each|both|2|per", "~direction", "own|separate|independent|its own|one", network, "!!same weight|share"),
        ("2 direction|both direction|forward", "own|separate|independent", "weight|parameter|layer|state"),
        (network, "twice|duplicate|double|mirrored|copy", f"{BACKWARD}|direction|once", "!!read twice|stack"),
        ("2", f"~{network}|layer|copy|one|machine|reader", "independent|separate|own weight|parallel|side by side"),
    )


_NOT_ONLY = "!!not only|past|previous|both|forward|also|before|rnn cannot|as well|two|2|not just|left and"
ONLY_FUTURE = (
    ("only|just|solely|exclusively|nothing but", ">~future|next|after|later|coming|following|upcoming", _NOT_ONLY),
    (
        "only|just|solely|exclusively|nothing but",
        "future|later|coming|following",
        "predict|prediction|use|look|information|context|see|depend|from",
        "bidirectional|birnn|bigru|bilstm|brnn|output|it",
        "!!not only|both|also|as well|two|2|not just|rnn cannot|unlike|normal|instead of only|before and after",
    ),
    ("only", ">~backward|reverse|from the end|right left", "!!not only|both|forward|also|as well|two|2|not just|not"),
    ("instead of|rather than|not", "past|previous", "future|later|following", "!!only|both|also|as well|two|2|just"),
)
STACKED = (
    (
        "stack|stacked|on top of|one after another|one after the other|in series|chained|one above the other|in a row",
        "layer|rnn|lstm|gru|network|first|2",
        "!!not|instead|unlike|rather|can|deep|word|element|step|time",
    ),
    (
        "output|pass|hidden state|result|sequence|feed|fed|go|hand|give|deliver",
        "first|forward",
        ">second|other|backward|next layer",
        "input|pass|get|feed|fed|receive|go|hand|as its|take|process",
        "!!not|reverse|reversed|forwards|unlike|instead|concatenate|combine|same|both|from last|independent|"
        "direction|merge|join|one from",
    ),
    (
        "second|backward|other",
        "~rnn|lstm|gru|layer|network",
        "input|get|receive|take|work on|fed|feed|process|read|refine",
        "output|result|hidden state",
        ">~first|forward",
        "!!not|unlike|instead|concatenate|combine|same|both|independent|merge|join|reverse order|reversed copy",
    ),
)
BACKPROPAGATION = (
    (
        "backward|bidirectional|reverse|2 direction|both direction|back|backwards|second direction|other direction",
        "mean|because|call|refer|stand for|due to|is|are|namely|since|so|as|where|when|while|during|by|for|and",
        "backpropagation|backpropagated|back propagation|weight update|propagate the error|error goes|error flow|"
        "gradient flow|gradient go|error signal|gradient|error|update the weight|adjust the weight|learning step",
        "!!not|trained|vanish|as well as any|unlike|normal|lstm cell|second rnn|second lstm|second gru|another",
    ),
    (
        "forward propagation|forward pass",
        "backpropagation|backward pass|backward propagation|back propagation",
        "bidirectional|both direction|direction|that is why|name|2",
        "!!train|trained|training|not",
    ),
)
"""Misconceptions about two directions."""

SMALL = (
    "small|smaller|shrink|zero|0|decrease|diminish|tiny|decay|fade|less|lower|negligible|disappear|nothing|weak|"
    "minimal|reduce|almost no|approach 0|near 0|insignificant"
)
LARGE = (
    "gigantic|giant|large|larger|huge|big|bigger|grow|increase|blow|blows|infinity|high|higher|enormous|unbounded|"
    "out of control|excessive|excessively|massive|accumulate|without bound|uncontrollable|uncontrollably"
)

REMOVE = (
    "discard|remove|forget|forgotten|throw|thrown|erase|delete|drop|keep|kept|retain|retained|lose|clear|preserve|"
    "reset|eliminate|filter out|rid of|wipe|stay|remain|survive|scale|old|previous|leave|left|go away|thrown away|"
    "cut|past|c_prev|fade|maintain|purge|washed|removed|let through|multiply"
)
ADD = (
    "add|added|store|stored|write|written|update|insert|enter|save|let|new information|new value|new content|"
    "remember|new|let in|admit|put|come in|take in|accept|candidate|put in|incoming|fresh|saved|record|flow in|"
    "into|come inside"
)
_DROPS = (
    "drop|delete|erase|clean|lose|prune|clear|wipe|wiped|remove|discard|throw|thrown|old|stale|expired|drain|"
    "reduce|scale down|keep|kept|past|previous|retain|remain|stay|fade"
)
_TAKES_IN = (
    "store|write|add|new|insert|insertion|fill|put|let in|candidate|gain|take in|absorb|admit|incorporate|comes in|"
    "come in|included|novel|enter|added|stored|written|update|incoming"
)
_MEMORY = "memory|cell state|content|information|c|c_prev|past|old|tank|cell|long-term memory|candidate|new|stuff|food"
FORGETS = (
    ("forget gate|f_t|forget|f gate", f">{REMOVE}", "!input gate|output gate|i_t|o_t"),
    (REMOVE, ">~by|through|via|with|of", ">~forget gate|f_t|f", "!input gate"),
    (_DROPS, "~forget|f_t|f|f gate|f_j", "!input gate|input"),
    ("forget gate", "first|1", f"{REMOVE}"),
    ("0|1", "erase|wipe|delete|forget|keep|leave|drop|remove|throw", "forget|f_t|c_prev|f"),
    (_DROPS, _MEMORY, "gate|valve|door|one|first|1|keeper|f", "!input gate"),
)
ADDS = (
    ("input gate|i_t|i gate", f">{ADD}", "!forget gate|output gate|f_t|o_t"),
    (ADD, ">~by|through|via|with|of", ">~input gate|i_t|i", "!forget gate"),
    (_TAKES_IN, "~input|i_t|i gate|i_j|time i", "!forget gate|forget"),
    ("input gate", "second|2|other", f"{ADD}"),
    (_TAKES_IN, _MEMORY, "valve|door|one|other|second|2|another|i", "!forget gate|forget|output gate|output"),
)
"""What the forget and the input gate do to the cell state, actively or passively."""
