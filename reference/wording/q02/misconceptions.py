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
            "error|gradient|loss|backpropagation|bptt|derivative",
            "propagate|flow|send|pass|travel|go|move|backpropagate|start|begin|run|transport|carry|compute|work|"
            "calculate",
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
    ),
)

_OTHER_CURES = (
    "!!lstm|clip|clipping|truncate|truncated|gru|relu|initial|initialization|to solve|to overcome|suffer|not|still|"
    "cannot|however|gate|unfortunately|due to"
)

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
            "!!lstm|clip|clipping|truncate|truncated|gru|relu|suffer|still|cannot|however|main|lead|cause|"
            "unfortunately",
        ),
        (
            "gradient",
            "-vanish|disappear|explode|fade|die out|shrink",
            "bptt|unroll*|unfold*|because|since|thank",
            "!!lstm|clip|gru|relu|gate|sure",
        ),
    ),
)

MISCONCEPTIONS = (
    FIRST_TO_LAST,
    SEPARATE_WEIGHTS,
    CURES_VANISHING,
)
