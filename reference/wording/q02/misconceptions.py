"""Q2 · Backpropagation through time: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

FIRST_TO_LAST = Misconception(
    "q2.first-to-last",
    message=(
        "In BPTT the error goes backwards in time, from the last time step to the first. It is the forward pass that "
        "goes from the first to the last."
    ),
    against="q2.backwards",
    says=(
        "The error is propagated from the first time step to the last.",
        "In BPTT gradients flow forward in time.",
        "Backpropagation starts at the first step and goes on until the last one.",
        "The gradients travel in the same direction as the input, from left to right to the end.",
    ),
    says_not=(
        "In the forward pass the data flow from the first time step to the last.",
        "The error is not propagated from the first step to the last, but the other way round.",
        "The gradient has to travel from the end of the sequence to the start.",
        "The gradient of the first step is computed last.",
        "The error from the final word flows to the early words and at the end to the input.",
    ),
    ways=(
        (
            "error|gradient|backpropagation|bptt|backprop|backward pass|derivative|loss|it",
            ">propagate|flow|send|pass|travel|go|move|backpropagate|start|begin|run|transport|carry|compute|work",
            ">~from first|from the first|from start|from the start|from beginning|at first|with first|"
            "first time step|first step|beginning|start of|first word|step 1|t = 1|x_1",
            ">to last|to end|to final|until last|to the last|to the end|to the final|onward|to t|t = t|step t|"
            "until the end|up to|last one|last word|last step|last time step|to the second|to step 2",
            "!!forward pass|back to|back from|reverse|last to first|input|depends|forward layer|"
            "ends|arrive there|come|comes",
        ),
        (
            "error|gradient",
            ">~travel|flow|go|propagate|move|pass|send",
            ">~forward in time|forwards in time|forward through time|forward along|in the same direction|"
            "same direction as",
            "!!backward|backwards|forward pass",
        ),
        (
            "gradient|error",
            ">~of|at|from|in",
            ">~step 1|first step|first time step",
            ">~pass|send|carry|hand|go|propagate",
            ">~to step 2|to the second|to second|to the next|to step t",
            "!!backward|backwards|forward pass|back",
        ),
        (
            "backward pass|backpropagation|bptt|backprop",
            ">~at|with|in",
            ">~1|first",
            ">~to|until|up to|toward|arrive",
            ">~t|last|end",
            "!!reverse|down to 1|from t",
        ),
        (
            "error|gradient",
            ">~of|at|in",
            ">~first step|first time step|first word|step 1|beginning",
            ">pass|carry|go|hand|flow|travel|move",
            ">~next|second|following|later|last",
            "!!back|reverse|forward pass",
        ),
        (
            "gradient|error|backpropagation|bptt",
            ">~forward|forwards",
            ">~through time|in time|through the sequence|along the sequence|to the end|to the last|through the step",
            "!!back|reverse|forward pass|backward",
        ),
    ),
)

SEPARATE_WEIGHTS = Misconception(
    "q2.separate-weights",
    message=(
        "The copies of an unfolded network share one set of weights. That is why the gradients of the steps are added "
        "up and the weights are changed once."
    ),
    against="q2.sum",
    says=(
        "Each copy of the network has its own weights.",
        "After unrolling, every time step learns a separate weight matrix.",
        "The weights of each time step are updated independently.",
    ),
    says_not=(
        "The copies do not have separate weights, they share one set.",
        "Each time step has its own gradient, and these are summed for the shared weights.",
        "In an ordinary deep network each layer has its own weights, in the unrolled one they are the same.",
        "Each copy has its own input and its own hidden state.",
        "No copy has its own weights.",
    ),
    ways=(
        (
            "each|every|per|all",
            "~time step|step|timestep|copy|layer|frame|moment",
            ">~has|have|get|learn|use|own|with|need|update|adjust|possess",
            ">~own|different|separate|independent|individual|distinct|private",
            ">~weight|parameter|matrix|w|w_t",
            "!!share|same|identical|deep network|ordinary|gradient|feed*|mlp|connection",
        ),
        (
            "step|timestep|copy|time step",
            ">~has|have|get|learn|use|possess",
            ">~own|different|separate|independent|individual|distinct|private",
            ">~weight|parameter|matrix|w|w_t",
            "!!share|same|identical|deep network|ordinary|gradient|feed*|mlp|connection|layer has|input",
        ),
        (
            "own|different|separate|independent|individual|distinct",
            ">~weight|parameter|matrix|set of weight",
            ">~is|are|for|learn|exist",
            ">~each|every|per",
            ">~time step|step|timestep|copy|frame",
            "!!share|same|identical|input|gradient|recurrent",
        ),
        (
            "weight|parameter|copy",
            ">~-share|shared|same|common|sharing",
            ">~step|timestep|copy|time|weight|parameter",
            "!!only|just|mlp|deep network|feed*|ordinary|input|gradient|gate",
        ),
        (
            "weight|parameter|matrix",
            ">~step|timestep|copy|time",
            ">~update|learned|trained|adjusted|changed|tuned",
            ">~separately|independently|individually|on its own|own way|alone|differently",
            "!!same|share",
        ),
        (
            "each|every|copy",
            ">~update|adjust|correct",
            ">~weight of its step|own weight|its own",
            "!!same|share|mlp|layer",
        ),
        (
            "gradient|each",
            ">~update",
            ">~weight",
            ">~of its|of that|of this|its own",
            ">~step|copy",
            "!!same|share|mlp",
        ),
        (
            "gradient",
            ">~-sum|add|summed|added|accumulate|combined|up",
            "step|copy|each|since|own",
            "!!vanish|back|mlp",
        ),
        (
            "weight|parameter|matrix",
            ">~of each|of every|at each|per|of the",
            ">~step|copy|time step|copies",
            ">~separately|own|different|independent|independently|individually|differ",
            "!!same|share|sum|gradient of",
        ),
    ),
)

_OTHER_CURES = (
    "!!lstm|clip|clipping|truncate|truncated|gru|relu|initial|initialization|to solve|to overcome|suffer|not|still|"
    "cannot|however|gate|unfortunately|due to"
)

_NO_VANISHING = (
    "not-vanish|no-longer-vanish|cannot-vanish|can't-vanish|never-vanish|no-vanishing|don't-vanish|not-explode|"
    "no-more-vanishing|not-disappear|cannot-disappear|no-longer-disappear|not-fade|without-vanishing|not-shrink|"
    "can-no-longer-vanish|never-disappear|no-longer-explode|cannot-explode|not-die"
)

_OTHER_CURES_ONLY = "!!lstm|clip|clipping|truncate|truncated|gru|relu|initial|initialization|gate|suffer from them"

CURES_VANISHING = Misconception(
    "q2.cures-vanishing",
    message=(
        "BPTT does not cure vanishing gradients, it is where they occur: the error is multiplied by a factor at each "
        "step back in time. LSTM and GRU cells mitigate this."
    ),
    against="q2.backwards",
    says=(
        "BPTT solves the vanishing gradient problem.",
        "Thanks to backpropagation through time the gradients no longer vanish.",
        "The gradients do not vanish because the network is unrolled.",
        "BPTT prevents gradients from exploding.",
    ),
    says_not=(
        "BPTT does not solve the vanishing gradient problem.",
        "BPTT suffers from vanishing gradients.",
        "Clipping is used with BPTT to prevent exploding gradients.",
        "BPTT makes it hard to avoid vanishing gradients.",
        "With long sequences BPTT is prone to vanishing gradients, which can be reduced by ReLU.",
    ),
    ways=(
        (
            "bptt|backpropagation through time|unroll|unrolled|unrolling|unfold|unfolded|unfolding|it|this|method|"
            "algorithm|through time",
            ">solve|prevent|avoid|eliminate|fix|overcome|remove|cure|rid of|mitigate|reduce|remedy|protect|help|"
            "get around|stop|free of|immune|keep",
            ">~vanish|explod|disappear|vanishing",
            f"{_OTHER_CURES}|hard|nothing|number of step|may vanish|bptt may|norm|watch|problem :",
        ),
        (
            "bptt|backpropagation|backprop|through time|unroll|unrolled|unrolling|unfold|unfolded|unfolding",
            ">~vanish|explod|vanishing",
            ">~gradient|problem",
            ">~solved|avoided|prevented|gone|fixed|overcome|no-longer|not-occur|eliminated|cured|impossible|"
            "cannot-occur",
            "!!lstm|clip|clipping|truncate|truncated|gru|relu|suffer|still|however|main|lead|cause|unfortunately|limit",
        ),
        (
            "bptt|backpropagation|through time|unroll|unrolled|unrolling|unfold|unfolded|unfolding|thank",
            f">{_NO_VANISHING}",
            "gradient",
            "!!lstm|clip|gru|relu|gate|nothing|residual|truncate",
        ),
        (
            "gradient",
            f">~{_NO_VANISHING}",
            ">because|since|thank|due|with|if",
            ">~bptt|unroll|unrolled|unrolling|unfold|unfolded|unfolding|network be unroll|backpropagation",
            "!!lstm|clip|gru|relu|gate",
        ),
        (
            "it|bptt|through time",
            ">as a remedy|remedy|cure|solution|answer|developed|invented",
            ">~against|for|to",
            ">~vanish|explod|vanishing",
            _OTHER_CURES_ONLY,
        ),
        (
            "bptt|backpropagation through time|through time",
            ">gradient",
            ">~stay|remain|keep|be kept",
            ">~stable|large|alive|constant|strong|healthy|same size",
            "!!lstm|gru|clip|gate|truncate",
        ),
    ),
)

MISCONCEPTIONS = (
    FIRST_TO_LAST,
    SEPARATE_WEIGHTS,
    CURES_VANISHING,
)
