"""Q2 · Backpropagation through time (BPTT): how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import ERROR, STEPS, UNFOLD

UNFOLDED = (
    (UNFOLD, f"{STEPS}|rnn|network|loop|recurrent|cell|graph", "!!not unroll|without unroll"),
    (
        "copy|layer|clone|replica|duplicate|instance|frame",
        "each time step|every time step|per time step|one for each|each step|every step|per step|as many|per word|"
        "each word|each element|each moment|per timestep|each timestep|every timestep|every element|every word",
        "network|rnn|cell",
        "!!different weight|own weight",
    ),
    (
        "treat|view|become|transform|turn|seen as|regard|look like|think of|imagine|interpret",
        "deep|feedforward|feed-forward|multilayer|multi-layer|very deep|chain of|long chain",
        "network|net",
        "time|step|rnn|sequence|loop|recurrent|many layer",
    ),
    (
        "unfold|unroll|roll out|rolled out|lay out|laid out|unwrap|unwind|stretch out|straighten|spread out|"
        "untangle|cut open",
        "rnn|network|loop|cell|graph|recurrence|recurrent|copy",
    ),
)

_FIRST_TO_LAST = "!!from first|from the start|from the beginning|from the first"

BACKWARDS = (
    (
        f"{ERROR}|mistake|blame|backpropagation|we",
        "propagate|send|flow|travel|go|move|carry|pass|fed|walk|run|transport|trace|hand|transmit|step|return|push|"
        "wander|proceed|distribute|transfer",
        "backward|backwards|back|from last|from the final|in reverse|from the end|to the first|reverse order|"
        "in the opposite direction|right left|to the beginning|to the start|last to first|into the past|"
        "earlier step|previous step|end to",
        "!!from first|from the start|from the beginning|hidden state h|feed back|fed back|loop",
    ),
    (
        "apply|perform|run|carry out|work|execute|ordinary|normal|standard|usual",
        "~backpropagation|back propagation|backprop|chain rule|back-propagation",
        f"{UNFOLD}|each time step|all time steps|every time step|copy|each step",
    ),
    ("backpropagation|back propagation|backprop", ">~over|on|through|to|in", f">~{UNFOLD}", "!time|is"),
    (
        "backward pass|backward propagation|chain rule|reverse pass",
        "step|timestep|unfolded|unrolled|through time|time|back|backward|copy",
        "!!forward pass and",
    ),
    (
        ERROR,
        ">~backpropagated|back propagated|propagate",
        ">through time|time step|all time|every time|each time|timestep|step",
        "!by|using|with|via|algorithm|compute",
        _FIRST_TO_LAST,
    ),
    ("backpropagating", ">~gradient|error", ">~through time|step|timestep", "!compute|algorithm|train|calculate"),
    (
        f"{ERROR}|backpropagation|we|begin|start|it",
        "start from|starting from|from|begin|start|starting|beginning with|with",
        ">last|final|end|t",
        ">first|start|beginning|initial|previous|backward|backwards|one before|back|step 1|1|earlier|front",
    ),
    ("last|final", ">~to", ">~first|beginning|start", ERROR),
)

SUM = (
    (
        "sum|add|accumulate|collect|aggregate|total|average|summing|summed|add up|pile up",
        "gradient|derivative|contribution|loss|error|guilt|blame|partial|correction",
        "time step|step|timestep|time|copy|sequence|over t|layer|t|all|frame|position|instance|each|every",
    ),
    ("sum|add up|added up|accumulate|aggregate|add together|added together", "~gradient|derivative|contribution"),
    (
        "share|same|tie|reuse|common|identical|tied|shared|one set|only one",
        "weight|parameter|matrix|w",
        f"{STEPS}|copy|everywhere|all|each",
        "!!different|own",
    ),
    ("sum", "derivative", "l_t|w|u"),
)

UPDATE = (
    (
        "update|adjust|change|modify|correct|optimize|tune|updation|adapt|alter|nudge|shift|refine|subtract|optimise",
        "weight|parameter|matrix|model|w",
        "!!not updated|not update",
    ),
    (
        "gradient descent|optimizer|adam|sgd|optimiser|learning rate|rmsprop",
        "weight|parameter|minimize|train|learn|loss|step|update|then|with|use|apply|do|make",
    ),
    ("weight|parameter", "~learn|minimize", "gradient|loss|error"),
    ("w", "w", "eta|alpha|lr|learning rate|derivative"),
    (
        "minimize|reduce|decrease|lower|minimise|smaller|shrink",
        "~loss|error|cost",
        "weight|parameter|gradient|step|descent|update|direction",
    ),
    ("step", "~opposite|against|downhill|negative", "gradient"),
)

FIRST_TO_LAST = (
    (
        "error|gradient|loss|backpropagation|bptt|derivative",
        "propagate|flow|send|pass|travel|go|move|backpropagate|start|begin|run|transport|carry|compute|work|calculate",
        ">from first|from the first|from start|from the start|from beginning|forward from|at first|with first|"
        "first time step|first step|beginning|start of|forward in time|forwards|left right|first word|early|step 1",
        ">to last|to end|to final|until last|to the last|to the end|to the final|onward|last|end|later|forward|"
        "future|right|final",
        "!!forward pass|backward|backwards|back|reverse|last to first|input|depends",
    ),
    (
        "error|gradient",
        "travel|flow|go|propagate|move|pass|send",
        "forward in time|forwards in time|forward through time|in the same direction|same direction as",
        "!!backward|backwards|not|forward pass",
    ),
)

SEPARATE_WEIGHTS = (
    (
        "each|every|per|all",
        "~time step|step|timestep|copy|layer|frame|moment",
        "own|different|separate|independent|individual|distinct|private",
        "~weight|parameter|matrix|w",
        "!!share|same|not|identical",
    ),
    (
        "own|different|separate|independent|individual|distinct",
        "~weight|parameter|matrix|set of weight",
        "each|every|per|at",
        "~time step|step|timestep|copy|layer|frame",
        "!!share|same|not|identical",
    ),
    ("-share|shared|same|common|sharing", "~weight|parameter", "step|timestep|copy|time", "!!only|just"),
    (
        "weight|parameter|matrix",
        "update|learned|trained|adjusted|changed|tuned",
        "separately|independently|individually|on its own|own way|alone|differently",
        "step|timestep|copy|time",
        "!!not|same|share",
    ),
)

_OTHER_CURES = (
    "!!lstm|clip|clipping|truncate|truncated|gru|relu|initial|initialization|to solve|to overcome|suffer|not|still|"
    "cannot|however|gate|unfortunately|due to"
)

CURES_VANISHING = (
    (
        "bptt|backpropagation|back propagation|it|algorithm|method|thanks|unrolling|through time",
        "solve|prevent|avoid|eliminate|fix|overcome|remove|cure|rid of|mitigate|reduce|no longer|never|help",
        "vanish|explod|disappear",
        "gradient",
        _OTHER_CURES,
    ),
    (
        "bptt|backpropagation|backprop",
        "vanish|explod",
        "gradient",
        "solve|solved|avoided|prevented|gone|fixed|overcome|remove|no longer|not occur|-problem|issue|occur|happen",
        "!!lstm|clip|clipping|truncate|truncated|gru|relu|suffer|still|cannot|however|main|lead|cause|unfortunately",
    ),
    (
        "gradient",
        "-vanish|disappear|explode|fade|die out|shrink",
        "bptt|unroll*|unfold*|because|since|thank",
        "!!lstm|clip|gru|relu|gate|sure",
    ),
)
