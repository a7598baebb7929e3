"""Q1 · RNN cell: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import INPUT, PREVIOUS, PREVIOUS_STATE, STEPS, TAKES, WEIGHTS

PREVIOUS_HIDDEN_STATE = (
    (INPUT, PREVIOUS_STATE, TAKES),
    (
        INPUT,
        "hidden state|state|h_t|output|activation",
        ">~from|of|at|by|left over",
        f">~{PREVIOUS}",
        TAKES,
    ),
    (
        "current input|x_t|new input",
        "past|previous|earlier",
        "~hidden state|h_prev",
        "combine|update|both|and",
    ),
    ("x_t", "h_prev", "=|tanh|sum"),
)

MEMORY = (
    ("update|updated|overwrite", "hidden state|h_t|state"),
    (
        "hidden state|state|h_t|output|result|information|it",
        "pass|carry|hand|feed|fed|go|reuse|used again|propagate|flow|give|send|back",
        "next|following|subsequent|later|future|again|into the cell|from one",
        "step|time|cell|itself|input|timestep|iteration|one",
    ),
    (
        "hidden state|hidden layer|memory|loop|cell|network|rnn|it|recurrent",
        "remember|retain|store|maintain|keep|hold|persist|capture|memorize|contain|preserve|save",
        "previous|past|earlier|before|so far|seen|old|history|prior|memory|came before|track",
    ),
    (
        "maintain|keep|carry",
        "~hidden state",
        ">across|over|through|between|from one",
        ">~step|time|sequence",
    ),
    ("hidden state|state|loop|feedback|recurrent", "memory|remember|memorize"),
    (
        "memory",
        "have|keep|act|work|serve|as|of",
        "previous|past|earlier|network|so far|sequence|information|step",
    ),
)

ACTIVATION = (
    ("tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|relu|hyperbolic tangent", WEIGHTS),
    (
        "tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|hyperbolic tangent",
        "hidden state|h_t|h_prev|state",
        "apply|pass|go|through|squash|use|compute|result|produce|=",
    ),
    ("h_t", "=", "tanh|activation|f|g|sigmoid|relu|phi", "h_prev"),
)

SAME_AT_EACH_STEP = (
    (
        "same|share|identical|one set|reuse|constant",
        "weight|parameter|matrix|cell|w|u|function|operation|network",
        STEPS,
        "!!different",
    ),
    (
        "one time step at a time|one step at a time|one element at a time|step by step|one by one|word "
        "by word|"
        "one after another|one after the other|element by element|one input at a time|one word at a time|"
        "one at a time|recursively|time step by time step|step after step|one after the next",
    ),
    ("each|every", "~time step|step|timestep", "~output|prediction|y_t"),
    ("output|prediction|y_t|result", "~each|every|all", "~time step|step|timestep|element"),
    (
        "process|apply|repeat|perform|execute|operate",
        "each|every|all",
        "~time step|step|timestep|element|item|word",
        "!!different",
    ),
)

GATES = (
    (
        "rnn|cell|it|recurrent|architecture",
        "has|have|with|contain|use|consist|compose|comprise|include|part",
        "input gate|forget gate|output gate|update gate|reset gate",
        "!!lstm|long short|gru|gated recurrent|unlike|variant",
    ),
    (
        "input gate|forget gate|output gate|update gate|reset gate",
        ">responsible|decide|control|update",
        ">hidden state",
        "!!cell state|lstm|gru|long short|candidate",
    ),
)

CELL_STATE = (
    (
        "rnn|cell|it|network",
        "maintain|has|have|keep|use|contain|update",
        ">cell state",
        "!!lstm|gru|long short|unlike|variant|gate",
    ),
)

DIFFERENT_WEIGHTS = (
    (
        "different|separate|its own|distinct|new set",
        "~weight|parameter|matrix",
        "each|every|per",
        "~time step|step|timestep|element",
        "!!same|share|than",
    ),
)

NO_MEMORY = (
    (
        "rnn|recurrent|cell",
        "-memory|remember|previous hidden state|previous state|h_prev",
        "!!feed*|unlike|ordinary|traditional|long|lstm|cnn|dense|only|limit*",
    ),
    (
        "rnn|recurrent",
        "treat|process|handle",
        "input|word|step|element",
        "independently|separately|isolation",
        "!!unlike|feed*|ordinary|traditional|not|than|instead",
    ),
)
