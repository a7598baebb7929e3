"""Q1 · RNN cell: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import INPUT, PREVIOUS, PREVIOUS_STATE, STEPS, TAKES, WEIGHTS

_STATE = (
    "hidden state|state|h_t|output|result|information|it|h|memory|summary|note|vector|activation|context|value|"
    "what it|hidden vector|hidden value"
)

PREVIOUS_HIDDEN_STATE = (
    (INPUT, PREVIOUS_STATE, TAKES, "!!cell state|forget gate|no memory"),
    (
        INPUT,
        "hidden state|state|h_t|output|activation|memory|result|h|summary|note|hidden vector",
        ">~from|of|at|by|left over|it produce|computed|after",
        f">~{PREVIOUS}",
        TAKES,
    ),
    (
        "current input|x_t|new input|new word|present input|current word|current element|new element|fresh input|"
        "incoming",
        "past|previous|earlier|old|memory|before|already|so far|history|remember",
        "~hidden state|h_prev|information|memory|state|knowledge|context|input|output|it|summary|note|know",
        "combine|update|both|and|with|mix|together|depend",
    ),
    ("x_t", "h_prev", "=|tanh|sum|both|with|from|2|and"),
    ("x_t|x", "h_prev|h", "tanh|squash|multiply|cell|concatenate|matrix", "!!gate|forget|cell state|c_t"),
    (
        "hidden layer|feedback|loop|output|state|activation|h|result",
        "~itself|back|again|own",
        f"{INPUT}|next input",
        "fed|feed|together|alongside|merge|with|along|add|both|next to",
        "!!gate|backpropagation",
    ),
    (
        "new|current|next",
        "~state|hidden state|note|summary|output|memory|h_t|h",
        "from|function|depend|compute|made|calculate|mix|combine|consist|formed|build|built|based",
        "~old|previous|last|former",
        INPUT,
    ),
)

MEMORY = (
    ("update|updated|overwrite|refresh|replace|rewrite|revise", "~hidden state|h_t|state|memory|note|summary"),
    (
        _STATE,
        "pass|carry|hand|feed|fed|go|reuse|used again|propagate|flow|give|send|back|transfer|forward|enter|return|"
        "loop|travel|deliver|recycle|transport|take along|taken|move|become|serve",
        "next|following|subsequent|later|future|again|into the cell|from one|along|itself",
        "step|time|cell|itself|input|timestep|iteration|one|word|element|moment|position|call|stage|on",
        "!!next layer",
    ),
    (
        "hidden state|hidden layer|memory|loop|cell|network|rnn|it|recurrent|state|h_t|h|vector",
        "remember|retain|store|maintain|keep|hold|persist|capture|memorize|contain|preserve|save|summarize|"
        "summarise|accumulate|encode|know|compress|collect|track|represent|carry|recall|reflect",
        "previous|past|earlier|before|so far|seen|old|history|prior|memory|came before|track|until now|up to now|"
        "already|previously|everything|up to",
        "!!gate|window|whole future",
    ),
    (
        "maintain|keep|carry",
        "~hidden state",
        ">across|over|through|between|from one",
        ">~step|time|sequence",
    ),
    ("hidden state|state|loop|feedback|recurrent|h_t|h_prev", "memory|remember|memorize|summary"),
    (
        "memory|summary|trace|digest|diary|notebook|record",
        "have|keep|act|work|serve|as|of|is",
        "previous|past|earlier|network|so far|sequence|information|step|before|seen|history|until now|everything",
    ),
    ("loop|feedback|cycle|self-connection|recurrent connection", "back|next|itself|previous|again", "state|output|h_t"),
    (
        "output|result|hidden state|state|h_t",
        "~fed back|loops back|goes back|used again|reused|returned|re-enter|back into|flows back",
    ),
)

ACTIVATION = (
    (
        "tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|relu|hyperbolic tangent|squash",
        WEIGHTS,
        "!!gate|cell state",
    ),
    (
        "tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|hyperbolic tangent|relu|squash",
        "hidden state|h_t|h_prev|state|input|sum|total",
        "apply|pass|go|through|squash|use|compute|result|produce|=|by|give|function|between|into",
        "!!gate|cell state",
    ),
    ("h_t|h|state", "=", "tanh|activation|f|g|sigmoid|relu|phi", "h_prev"),
)

SAME_AT_EACH_STEP = (
    (
        "same|share|identical|one set|reuse|constant|never change|not change|unchanged|one and the same|fixed|"
        "common|tied|stay|-change|sharing|recycled",
        "weight|parameter|matrix|cell|w|u|function|operation|network|rule|unit|formula|block|w_xh|w_hh|layer",
        STEPS,
        "!!different|own weight",
    ),
    (
        "one time step at a time|one step at a time|one element at a time|step by step|one by one|word by word|"
        "one after another|one after the other|element by element|one input at a time|one word at a time|"
        "one at a time|recursively|time step by time step|step after step|one after the next|word after word|"
        "token by token|item by item|one token at a time|after each other|one element after|piece by piece|in turn|"
        "successively|consecutively|frame by frame|character by character|one item at a time|at a time",
        "!!-gate",
    ),
    ("each|every", "~time step|step|timestep", "~output|prediction|y_t"),
    ("output|prediction|y_t|result", "~each|every|all", "~time step|step|timestep|element"),
    (
        "process|apply|repeat|perform|execute|operate|run",
        "each|every|all",
        "~time step|step|timestep|element|item|word|token|position",
        "!!different",
    ),
    ("parameter|weight", "~share|sharing|tie|tying", "!!no|not"),
    ("weight|parameter|matrix|w|u|rule", "-differ|change|vary|depend", "step|position|time|word|t|loop|moment|while"),
    ("share|shared|fixed set|same set", "over|across|all|every|between|for each", "t|step|position|time|item|word"),
)

_GATE = "input gate|forget gate|output gate|update gate|reset gate|gate"
_OTHER_NETWORKS = "lstm|long short|gru|gated recurrent|unlike|variant|later|advanced"

GATES = (
    (
        "rnn|cell|it|recurrent|architecture",
        "has|have|with|contain|use|consist|compose|comprise|include|part|control|decide|through|by|thank|of|own",
        _GATE,
        f"!!{_OTHER_NETWORKS}|no|without|not",
    ),
    (
        _GATE,
        "responsible|decide|control|update|determine|choose|filter|open|close|let|throw|select|delete|erase",
        f"!!{_OTHER_NETWORKS}|no|without|not",
    ),
    (f"!!{_OTHER_NETWORKS}|no|without|not", "input gate|forget gate|output gate", "rnn|cell|hidden|it"),
)

CELL_STATE = (
    (
        "rnn|cell|it|network|there|state",
        "maintain|has|have|keep|use|contain|update|store|carry|remember|next to|beside|besides|own|with|pass|hold|is",
        ">cell state|long-term state|memory cell|c_t|c_prev",
        f"!!{_OTHER_NETWORKS}",
    ),
    ("hidden state|h_t", "~and|plus|with", "~cell state|c_t", f"!!{_OTHER_NETWORKS}"),
)

DIFFERENT_WEIGHTS = (
    (
        "different|separate|its own|own|distinct|new set|new|individual|another|fresh|independent|other",
        "~weight|parameter|matrix|w|u",
        "each|every|per|from step",
        "~time step|step|timestep|element|word|position|moment|input",
        "!!same|share|than|gate|identical|not",
    ),
    (
        "weight|matrix|parameter|w_t|u_t",
        "change|differ|vary|different|separate|own",
        "~from|between|at|with|for|each|every",
        "~step|time step|timestep|word|element|each|every",
        "!!same|share|than|gate|identical|not|never|training|epoch|batch|update",
    ),
    ("w_t", "u_t", "!!same|share"),
    (
        "each|every",
        "~time step|step|timestep|word|position",
        ">has|have|use|get|learn|with|got",
        ">~own|different|separate|new",
        ">~weight|parameter|matrix|set",
        "!!same|share|than|identical",
    ),
    ("weight", "-share|same|shared", "step|timestep|time", "!!unlike|only"),
)

NO_MEMORY = (
    (
        "rnn|recurrent|cell|it|network",
        "-memory|remember|previous hidden state|previous state|h_prev|keep|store|past|before|earlier|retain|know|"
        "recall",
        "!!feed*|unlike|ordinary|traditional|long|lstm can|cnn|dense|only|limit*|few|many|very|forward|perceptron|"
        "mlp|more than|forget|for ever|forever|much|normal|would|if|vanish|compared|whereas|far|well|distant|gru",
    ),
    (
        "rnn|recurrent|cell|it",
        "treat|process|handle|see|look|consider|compute|read",
        "input|word|step|element|state",
        "independently|separately|isolation|for itself|on its own|independent|only the current|nothing but|alone|"
        "in isolation|fresh|from scratch",
        "!!unlike|feed*|ordinary|traditional|not|than|instead|also",
    ),
    (
        "hidden state|state|memory",
        "reset|cleared|thrown away|discarded|erased|deleted|start from zero|empty|lost|set to zero",
        "each|every|after each|before each|between",
        "~time step|step|timestep|word|input|element",
        "!!sequence|batch|epoch|not",
    ),
    ("need", "~lstm|gru", "to remember|memory", "-memory|keep|remember"),
    ("only", ">~lstm|gru|they", ">have|has|can", ">memory|remember", "!!long|longer"),
)
