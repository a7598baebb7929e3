"""Q2 · Backpropagation through time (BPTT): how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import ERROR, STEPS, UNFOLD

UNFOLDED = (
    (UNFOLD, f"{STEPS}|rnn|network|loop|recurrent|cell|graph"),
    (
        "copy|layer",
        "each time step|every time step|per time step|one for each|each step|every step",
        "network|rnn|cell",
    ),
    (
        "treat|view|become|transform|turn|seen as|regard",
        "deep|feedforward|feed-forward|multilayer|multi-layer",
        "network",
        "time|step|rnn|sequence",
    ),
)

BACKWARDS = (
    (
        ERROR,
        "propagate|send|flow|travel|go|move|carry|pass|fed",
        "backward|backwards|back|from last|from the final|in reverse|from the end|to the first",
        "!!from first|from the start|from the beginning",
    ),
    (
        "apply|perform|run|carry out|work",
        "~backpropagation|back propagation|backprop|chain rule|back-propagation",
        f"{UNFOLD}|each time step|all time steps|every time step",
    ),
    ("backpropagation|back propagation|backprop", ">~over|on|through|to|in", f">~{UNFOLD}", "!time|is"),
    (
        "backward pass|backward propagation|chain rule",
        "step|timestep|unfolded|unrolled|through time",
        "!!forward pass and",
    ),
    (
        ERROR,
        ">~backpropagated|back propagated|propagate",
        ">through time|time step|all time|every time|each time|timestep|step",
        "!by|using|with|via|algorithm|compute",
        "!!from first|from the start|from the beginning",
    ),
    (
        "backpropagating",
        ">~gradient|error",
        ">~through time|step|timestep",
        "!compute|algorithm|train|calculate",
    ),
    (
        ERROR,
        "start from|starting from|from",
        "last|final|end",
        ">first|start|beginning|initial|previous|backward|backwards",
    ),
)

SUM = (
    (
        "sum|add|accumulate|collect|aggregate|total|average|summing|summed",
        "gradient|derivative|contribution|loss|error",
        "time step|step|timestep|time|copy|sequence|over t|layer",
    ),
    ("sum|add up|added up|accumulate|aggregate", "~gradient|derivative"),
    ("share|same|tie|reuse", "weight|parameter|matrix", STEPS, "!!different|own"),
)

UPDATE = (
    ("update|adjust|change|modify|correct|optimize|tune|updation", "weight|parameter|matrix|model"),
    ("gradient descent|optimizer|adam|sgd", "weight|parameter|minimize|train|learn|loss|step"),
    ("weight|parameter", "~learn|minimize", "gradient|loss|error"),
)

FIRST_TO_LAST = (
    (
        "error|gradient|loss",
        "propagate|flow|send|pass|travel|go|move|backpropagate",
        ">from first|from the first|from start|from beginning|forward from",
        ">to last|to end|to final",
        "!!forward pass",
    ),
)

SEPARATE_WEIGHTS = (
    (
        "each|every",
        "~time step|step|timestep|copy",
        "own|different|separate|independent",
        "~weight|parameter",
        "!!share|same",
    ),
)

CURES_VANISHING = (
    (
        "bptt|backpropagation|back propagation",
        "solve|prevent|avoid|eliminate|fix|overcome|remove",
        ">vanish|explod",
        ">~gradient",
        "!!lstm|clip|truncate|gru|relu|initial|to solve|to overcome|suffer",
    ),
)
