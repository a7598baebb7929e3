"""What a good answer says about two directions, and how students say it."""

from grader.pack.questions import Concept

_FORWARD = (
    "forward|forwards|left right|start end|beginning end|first last|front back|normally|normal|natural order|"
    "original order|usual|as it is|as is|chronological|chronologically|in order|regular|straight|from the start|"
    "from the beginning|from the first|from front|past to future|positive time|in the given order|head tail|"
    "as we do|as one reads|as usual|in reading order|from the top|ascending|start to finish|as written|"
    "original sequence|original|given order|first to last|forth|from its beginning|from its start|from the left|"
    "left end|on the left|way there|walk up|from its first|to the right|one way|in sequence"
)

_BACKWARD = (
    "backward|backwards|reverse|reversed|reversely|reversal|right left|end start|end beginning|last first|"
    "from the end|from back|from the last|back front|opposite|other way|future to past|negative time|inverted|"
    "flipped|from behind|tail head|descending|back to the start|towards front|towards the start|"
    "towards the beginning|mirrored|finish to start|anti-chronological|reversed copy|back to front|vice versa|"
    "contrary direction|contrary order|opposite order|begin at the end|start at the end|"
    "starts with the last|begins with the last|last one first|turned around|"
    "turned round|full stop to|from the bottom|upside down|from its end|"
    "right end|on the right|way back|walk down|turned over|to the left|from its back|starting from the end|"
    "from its last|wrong way round|last word to|last token to|last to the first|from the right"
)

_READING = (
    "process|read|run|scan|pass|traverse|train|take|go|goes|fed|feed|handle|sequence|input|data|direction|analyse|"
    "analyze|look|twice|sentence|layer one|time order|move|consist|work|one|get|see|start|begin|walk|travel|"
    "consume|text|series|receive|treat|once|other|order|reader"
)

_BOTH_WAYS = (
    "both direction|2 direction|both side|both way|either direction|each direction|2 opposite direction|"
    "both end|each end|opposite direction|2 way|either end|both order"
)

_SECOND = "second|another|other|additional|extra|2nd|twin"


def both_directions(question: str, why: str) -> Concept:
    """The sequence is read forwards and backwards."""
    return Concept(
        f"{question}.both-directions",
        "The sequence is processed in both directions, forwards and backwards.",
        hint="Say that the sequence is read twice: from the first element to the last and from the last to the first.",
        why=why,
        says=(
            "The sequence is read from left to right and from right to left.",
            "One network goes forward through the sentence, the other one backward.",
            "The input is processed in both directions.",
            "It runs once from the first word to the last and once from the last to the first.",
            "A second layer reads the reversed sequence.",
        ),
        says_not=(
            "The sequence is read from left to right.",
            "The forward pass is followed by backpropagation.",
            "It takes one step forward in time for each input and no step back.",
            "The input is not processed in both directions.",
            "First the last layer is trained, then the first one is trained last.",
        ),
        ways=(
            (
                "twice|2 times|2 passes",
                "reverse|reversed|backwards|from the end|back to front|flipped",
                "!!gradient|error",
            ),
            (
                "forward|forwards",
                ">~as well as|and also|and|plus|but also",
                ">~backward|backwards|in reverse",
                "time|sequence|read|run|process|text|sentence",
                "!!gradient|error|loss|forward pass|propagation|output|state|concatenate|vector",
            ),
            (
                _BOTH_WAYS,
                "process|read|run|scan|pass|traverse|train|sequence|input|data|one for|rnn|lstm|gru|network|time|go|"
                "walk|work|text|sentence|move|travel|look|start|series",
                "!!output of the 2 direction|output of both direction|result of both direction|"
                "state of both direction|"
                "output of 2 direction|vector of both direction",
            ),
            (_FORWARD, _BACKWARD, _READING, "!!forward propagation|forward pass|backpropagation|stack|gradient|error"),
            ("forward", ">backward|reverse", "direction"),
            ("one|1", ">~forward", ">~one|other|another|1", ">~backward|reverse"),
            ("first|start|beginning", ">~last|end", ">~last|end", ">~first|start|beginning", _READING),
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
                _SECOND,
                "read|run|go|goes|work|start|begin|move|process|travel|walk|scan|come|traverse",
                "backward|backwards|from the end|from the last|in reverse|towards the front|towards the start|"
                "to the start|to the beginning|reversed|other way|from the back|right left|at the end|last word|"
                "last element|last step",
                "!!stack|top of|backpropagation|error",
            ),
            ("x_1", ">x_t", ">x_t", ">x_1"),
            ("first", ">~first", ">~second|other", ">~last", ">~first", "!!gradient|error|loss|epoch"),
            (
                "once|one|also|first",
                "~normally|normal order|reading order|forward",
                "in reverse|reversed|reversed order|backwards|played in reverse|full stop|opposite order",
                "!!gradient|error|stack",
            ),
            ("mirror image|mirrored|reversed version|reversed copy", "~both|also|too|as well", "!!gradient|error|loss"),
            ("twice|2 times", "~beginning|front|start|left|first", "~end|back|right|last", "!!gradient|error"),
            (
                "start|begin|starts|begins",
                ">~first|1|top|beginning|left|front",
                ">start|begin|starts|begins|walk|go|read",
                ">~last|end|bottom|back|right",
                "!!gradient|error|loss|epoch",
            ),
            ("from top|from the top|at the top", ">from bottom|from the bottom|at the bottom"),
            (
                "one|first|1",
                ">~order",
                ">other|second",
                ">~reversed|reverse|turned|flipped|inverted",
                "!!gradient|error",
            ),
            ("x_1", ">~to", ">~x_t", "x_t", ">~to", ">~x_1"),
            ("1", ">~t", ">t", ">~1"),
            ("left", ">right", ">right", ">left"),
            (
                "also|additionally|in addition|as well|too|plus|not only|once more|again",
                "backward|backwards|in reverse|reversed|from the end|right left|from the back|opposite direction",
                "read|process|run|scan|go|goes|look|pass|work|sequence|sentence|through",
                "!!stack|top of|backpropagation|error|only backward",
            ),
            ("one|1", ">~from left|from the left|from front", ">~from right|from the right|from the back|from the end"),
            ("x_1|x1|1", ">~to", ">~x_t|t", "!!gradient|error|loss", "&", "x_t|t", ">~to", ">~x_1|x1|1"),
            (
                "forward rnn|forward gru|forward lstm|forward layer|forward network",
                "backward rnn|backward gru|backward lstm|backward layer|backward network|reverse rnn|reverse gru|"
                "reverse lstm",
                "!,",
                "!!stack|error|gradient|loss|output of forward",
            ),
            (
                "also|too",
                ">~read|run|go|process",
                ">back to front|backwards|in reverse|from the end|from behind",
                "!!error|gradient",
            ),
            ("first", ">~last|end", "!!error|gradient", "&", "last|end", ">~first|start|beginning", "!!error|gradient"),
            ("once", ">~forwards|forward", ">~once|and", ">~backwards|backward|reverse", "!!gradient|error"),
            (
                "there and back|to and fro|back and forth|from both ends|from two ends",
                "read|run|go|process|sequence|sentence|text|it",
                "!!gradient|error",
            ),
            ("against", "~reading direction|the order|order of time|reading order", "!!gradient|error"),
            (
                "mirror image|mirrored|flipped|reversed copy|reversed input|reversed sequence|reverse order|"
                "reversed order",
                "second|other|also|too|one|twin",
                "!!error|gradient|loss|only",
            ),
        ),
    )


_COMBINE = (
    "concatenate|concat|concatenation|combine|combination|merge|merged|join|joined|sum|summation|summed|average|"
    "averaged|fuse|fusion|put together|stack together|glue|glued|stick together|stuck together|paste|append|attach|"
    "unite|side by side|next to each other|bring together|add up|appended|chain together|become one|collapse|stick"
)

_RESULT = (
    "note|finding|view|opinion|answer|impression|report|"
    "output|hidden state|result|vector|representation|state|both side|information from both|prediction|halves|"
    "both of them|each word|each step|every step|every position|each position|what|h_t|dimension"
)

_JOIN = "concatenate|concat|concatenation|merge|join|sum|average|glue|put together|side by side|add up|append"


def combined(question: str, outputs_of: str) -> Concept:
    """The results of the two directions are put together."""
    return Concept(
        f"{question}.combined",
        f"At each time step the outputs of {outputs_of} are combined, usually concatenated.",
        hint="Say what happens with the two outputs: they are combined at each step, usually concatenated.",
        why="Only together do they give each position one vector that the next layer can use.",
        says=(
            "The outputs of the two directions are concatenated.",
            "At each step the forward and the backward hidden state are joined to one vector.",
            "Their results are added or averaged.",
            "Both outputs are merged before the dense layer.",
            "merge_mode decides how the outputs are put together.",
        ),
        says_not=(
            "The two outputs are kept apart.",
            "The outputs of both directions are not combined.",
            "It combines the ideas of two networks.",
            "The layers are stacked.",
            "The network combines the advantages of GRU and bidirectional networks.",
        ),
        ways=(
            (
                _COMBINE,
                _RESULT,
                "!!concept|stack on|stacked on|benefit of|loss|accuracy|previous hidden|list|past input|h_prev|length|"
                "joined to a sentence|appended to|combination of word",
            ),
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
                "2|both|pair",
                ">~vector|answer|state|result|output|opinion|half",
                ">~one|single|1|united|joined|melted|made into|turn into",
            ),
            ("h|h_t|y|y_t|out|output", ">=", ">~h_forward|h_fwd|h_f|forward", ">~h_backward|h_bwd|h_b|backward|h_r"),
            ("output|y|y_t|prediction|layer", ">~use|uses|see|take|get|based", ">~both", "!!direction be"),
            ("consist|made|composed|contain", ">~2|both", ">~half|halves|part", "direction|forward|one from|each"),
            (
                _JOIN,
                "2|both|forward",
                "direction|backward|rnn|lstm|gru",
                "!!concept|stack|idea|benefit of|strength|lstm and gru|advantage",
            ),
            (
                "put|puts|bring|brings|tie|join|glue|stick|hang|hung",
                ">~2|both|outputs|states|results",
                ">together|end to end|side by side",
            ),
            (
                "put together|hung together|hang together|joined end|tied together|packed together|merged into|"
                "stacked into",
            ),
            ("stack|put|pack|merge|turn", ">~into|to", ">~one|single|1", ">~vector|state|output"),
            ("forward h|forward h_t|h_t forward", ">~backward h|backward h_t|h_t backward", "!!only|contain"),
            (
                "output|result|state|impression|note|vector",
                ">~of both|of the 2|both|from both",
                ">~combined|concatenated|merged|added|summed|joined|put together|united",
            ),
            (
                "both|2",
                ">~go|goes|enter|feed|fed|flow",
                ">~into|to",
                ">~output layer|dense|softmax|next layer|classifier|output unit",
            ),
            (
                "become|form|give|yield|make",
                ">~one|single|1|long",
                ">~vector|representation",
                "both|2|forward|half|halves",
            ),
            ("first half", ">other half|second half", "vector|output|forward|come|made"),
            (
                "mix|blend|pool|unify|link|couple|fold",
                ">~2|both",
                ">~output|state|result|vector|answer|opinion|view|half",
            ),
        ),
    )


_PAST = (
    "past|previous|before|preceding|earlier|precede|prior|came before|came from|has led|led to|what led|"
    "happened before|backward context|left context|behind|"
    "in front|already|history|gone by|come before|previously|to the left|left side|preceded|heretofore|predecessor|"
    "ahead of it|went before|gone before|was said|has been said|look back|looks back|led up|lead up|leads up|so far|"
    "what was|read already"
)

_FUTURE = (
    "future|next|after|following|later|subsequent|follow|upcoming|come later|forward context|right context|ahead|"
    "behind|afterwards|remaining|rest|coming|to come|yet to come|to the right|right side|succeeding|successor|"
    "will be|will be said|what is to come|those that follow|look ahead|looks ahead|comes afterwards|"
    "follows|comes next|not yet|lie ahead|going to happen|will happen|lead to|going to|to the end|still to come"
)

_KNOWS = (
    "context|information|word|input|step|element|token|know|see|capture|access|consider|data|depend|use|available|"
    "aware|understand|understanding|representation|meaning|shape|contain|include|have|has|incorporate|cover|take|"
    "look|both|as well|also|side|too|neighbour|neighbor|surround|determine|influence|summarize|summarise|knowledge|"
    "at hand|tell|based|judgement|informed|"
    "clue|hint|learn|note|benefit|account|judge|interpret|clear|neighbours|reflect|part|sentence"
)


def context(question: str, why: str) -> Concept:
    """A position knows what comes before it and what comes after it."""
    return Concept(
        f"{question}.context",
        "So every output knows the context on both sides: what comes before and what comes after.",
        hint="Say what is gained: each output knows past and future context.",
        why=why,
        says=(
            "Every position knows its left and its right context.",
            "The output at each step depends on past and future inputs.",
            "For every word the words before and after it are taken into account.",
            "The network sees the whole sentence at each position.",
            "It has access to information from both sides.",
        ),
        says_not=(
            "The output depends on past inputs only.",
            "A normal RNN only knows the past.",
            "The whole sequence is stored in memory.",
            "The previous step passes its state and the next step uses it.",
            "A one-directional network knows the previous words but not the following ones.",
        ),
        ways=(
            ("past", "future", _KNOWS, "!!in the future"),
            (
                _PAST,
                _FUTURE,
                _KNOWS,
                "!!pass on|passes its|passed to|h_prev|only from the future|only the future|next step take|"
                "after reading|"
                "next step takes|after that the|lost|in the future",
            ),
            ("left", "right", _KNOWS, "!!left-to-right|right-to-left"),
            (
                "both side|both direction|each side|2 side|either side|both end",
                "~context|information|surround|neighbour|know",
            ),
            ("entire|whole|full|complete|surrounding", "~context|surroundings|picture"),
            ("context", ">entire|whole|full|complete", ">~sequence|sentence|input"),
            (
                "word|element|token|position|step|output|prediction|result|state|it|model|network|each|every|vector",
                "know|see|seen|access|depend|has|have|use|contain|consider|include|aware|read|take|available|based|"
                "look|about",
                "whole|entire|complete|full|all|everything|every",
                "~sentence|sequence|text|input|series|word|time step|element",
                "!!process|before|stored|output of|concatenate",
            ),
            ("come|came|appear|stand|occur|happen", "later", "earlier|before", "!!h_prev"),
            ("word|both|neighbours|context", ">~on|from|to", ">~both side|either side|each side|both end"),
            (
                "whole|entire|complete|full",
                ">~input|sequence|sentence|text",
                ">~known|seen|visible|available|at hand|accessible",
            ),
            ("t 1", ">t 1", "use|know|depend|see|both|too|also", "!!h_prev|gradient"),
            ("past", ">~and", ">~future", "!!only|normal|unidirectional|h_prev"),
            (
                "what|everything|all",
                ">~before|precede|came before|happened before|behind|led to",
                ">~after|follow|follows|going to|to come|lead to|ahead",
                "!!h_prev|step before|next step|only",
            ),
            (
                "before|came from",
                ">~it|here|this",
                ">~going to|going|will happen|will come|to happen|comes next|comes after",
            ),
            (
                "before|preceding",
                ">~as well as|and|but also",
                ">~follow|follows|that follow|after|behind|following",
                "!!h_prev|gradient|error|pass",
            ),
            (
                "left",
                ">~and",
                ">~right",
                "word|side|neighbour|context|know|everything",
                "!!left to right|right left|left right",
            ),
            ("nothing", ">~sentence|text|sequence", ">~hidden|unknown|unseen"),
            (
                "knowledge|information|informed|aware",
                ">everything|what|all",
                ">~before|precede|left",
                ">follow|after|right|next|later",
            ),
            (
                "what follows|what comes later|what comes next|rest of the sentence|following word|words after|"
                "later word|future",
                "also|too|as well|additionally|in addition|even|already",
                "!!only|normal|unidirectional|pass|error|gradient|next step|cannot|h_prev",
            ),
            (
                "both neighbour|either side|left and right neighbour|both end|surroundings|neighbourhood|"
                "words around|all around|around it",
                "word|position|step|output|vector|token|it|each",
            ),
            (
                "full|complete|whole|entire",
                ">~view|knowledge|overview|picture|sentence|text",
                "each|every|position|output|step|at hand",
            ),
            ("look ahead|looks ahead|see ahead|peek ahead", "!!only|cannot|peephole"),
            ("know|see|knows|sees", ">~how", ">~end|go on|goes on|continue|continues", "!!only|cannot"),
        ),
    )


_NOT_STACKED = "!!stack|top of|output of first|concept|2 gate"


def two_of(network: str) -> tuple[tuple[str, ...], ...]:
    """There are two of them, one for each direction; `network` has what one of them is called."""
    forwards = "|".join(f"forward {name}" for name in (*network.split("|"), "layer", "direction", "pass"))
    backwards = "|".join(f"backward {name}" for name in (*network.split("|"), "layer", "direction", "pass"))
    backwards += "|backward"
    return (
        (
            "2|pair",
            f">~{network}|hidden layer|recurrent layer|recurrent network|copy",
            "!!stack|top of|one after|output of first|concept|2 gate|output of both|result of both|state of both|"
            "compare|"
            "compared|hidden layer with|64 unit|encoder",
        ),
        (forwards, backwards),
        (
            "one|first|1st|1",
            network,
            f"{_SECOND}|one for the backward|1",
            "forward|backward|backwards|reverse|direction|end|right|last|back|opposite|reversed|front",
            _NOT_STACKED,
        ),
        (
            "one|1",
            f">~{network}|runs|reads|for",
            ">~forward|forwards",
            ">one|other|1|second",
            ">~backward|backwards|reverse",
        ),
        (f"{network}", ">~number one|number 1|no 1|one", f">{network}", ">~number two|number 2|no 2|two"),
        ("not|instead of", ">~one|a single", f">~{network}", ">~but", ">~2"),
        ("direction|half|halves|part|side|way", "~own|separate|different", ">~weight|parameter|layer|its own|state"),
        ("way there|there", ">~way back|back", network),
        (_SECOND, f"~{network}|network", "own|separate|next to|beside|alongside|parallel|besides", _NOT_STACKED),
        (
            "2|both|pair",
            ">~them|of them|half|halves|part|reader|person|people|detective|friend|student|scanner|"
            "narrator|pair of eye",
            "parallel|independent|separate|independently|share|own|forward|talk|each other|other|"
            "beginning|front|opposite",
            _NOT_STACKED,
        ),
        tuple(
            slot
            for name in network.split("|")[:1]
            for slot in (f"{name}1|{name}_1|{name} 1|{name} a", f">{name}2|{name}_2|{name} 2|{name} b")
        ),
        tuple(
            slot
            for name in network.split("|")[:1]
            for slot in (f"{name}1|{name}_1|{name} 1", "&", f"{name}2|{name}_2|{name} 2")
        ),
        ("different|another", f">~{network}", ">~for", "!!stack|top of|task|word|step"),
        ("twice as many|double the|2 times as many", ">~weight|parameter", "direction|one"),
        (_SECOND, f"~{network}", f"{_BACKWARD}|end|front|start", _NOT_STACKED),
        ("copy|duplicate|clone", network, "2|second|set of weight|backward|reverse", _NOT_STACKED),
        ("both", ">~are", f">~{network}", "one|direction|read|forward|separate"),
        ("each|both|2|per", "~direction", "own|separate|independent|its own|one", network, "!!same weight|share"),
        ("2 direction|both direction|forward", "own|separate|independent", "weight|parameter|layer|state"),
        (network, "twice|duplicate|double|mirrored|copy", f"{_BACKWARD}|direction|once", "!!read twice|stack"),
        ("2", f"~{network}|layer|copy|one|machine|reader", "independent|separate|own weight|parallel|side by side"),
    )
