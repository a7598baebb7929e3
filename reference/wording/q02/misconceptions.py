"""Q2 · Backpropagation through time: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import FEED_FORWARD, GRU, LSTM, described

_ERROR = "error|gradient|backpropagation|bptt|backprop|backward pass|derivative|loss|it|delta"

_BPTT = (
    "bptt|backpropagation through time|backpropagation|backprop|through time|unroll|unrolled|unrolling|unfold|"
    "unfolded|unfolding"
)

_STEP = "time step|step|timestep|copy|layer|frame|moment|time|position|word"

_OWN = "own|different|separate|independent|individual|distinct|private"

_WEIGHT = "weight|parameter|matrix|w|w_t|set of weight"

_FREE_OF = (
    "solve|prevent|avoid|eliminate|fix|overcome|remove|cure|rid of|mitigate|reduce|remedy|"
    "protect|help against|help with|get around|"
    "stop the|stop gradient|free of|immune|keep gradient|keep the|save from"
)

_MENDED = (
    "solved|avoided|prevented|gone|fixed|overcome|no-longer|not-occur|eliminated|cured|"
    "impossible|cannot-occur|removed|mitigated|not-a-problem"
)

_OTHER_CURES = f"{LSTM}|{GRU}|clip|clipping|truncate|truncated|relu|initialization|residual|gate|normalization|norm"

FIRST_TO_LAST = Misconception(
    "q2.first-to-last",
    message=(
        "In BPTT the error goes backwards in time, from the last time step to the first. It is the forward pass that "
        "goes from the first to the last."
    ),
    against="q2.backwards",
    others="forward pass|forward propagation|hidden state|input|forward layer|data",
    right="back|reverse|opposite|backward-in|backward-through|backward-from|other way",
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
            _ERROR,
            ">propagate|flow|send|pass|travel|go|move|backpropagate|start|begin|run|transport|carry|wander",
            ">~from first|from the first|from start|from the start|from beginning|at first|with first|"
            "first time step|first step|beginning|start of|first word|step 1|t = 1|x_1|from left|from 1",
            ">to last|to end|to final|until last|to the last|to the end|to the final|onward|to t|t = t|step t|"
            "until the end|up to|last one|last word|last step|last time step|to the second|to step 2|right",
        ),
        (
            _ERROR,
            ">~travel|flow|go|propagate|move|pass|send|run",
            ">~forward in time|forwards in time|forward through time|forward along|in the same direction|"
            "same direction as|reading direction|forwards|into the future|in direction of time|direction of the input",
        ),
        (
            _ERROR,
            ">~of|at|from|in",
            ">~step 1|first step|first time step|first word|beginning",
            ">pass|send|carry|hand|go|propagate|flow|travel|move",
            ">~to step 2|to the second|to second|to the next|to step t|next|second|following|later|last",
        ),
        (
            "backward pass|backpropagation|bptt|backprop",
            ">~at|with|in",
            ">~1|first",
            ">~to|until|up to|toward|arrive",
            ">~t|last|end",
        ),
        (
            _ERROR,
            ">~forward|forwards",
            ">~through time|in time|through the sequence|along the sequence|to the end|to the last|through the step",
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
    others=f"{FEED_FORWARD}|gate|direction",
    right="share|same|identical|shared|common",
    unless=("q2.sum",),
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
            "time step|step|timestep|copy|each frame|each moment|each position|each word",
            ">~has|have|get|learn|use|own|with|need|update|adjust|possess|receive|train",
            f">~{described(_OWN, _WEIGHT)}",
        ),
        (described(_OWN, _WEIGHT), ">~is|are|for|learn|exist|per", ">~each|every|step|copy", f">~{_STEP}"),
        ("weight|parameter|copy|they", ">~-share|shared|same|common|sharing", f">~{_STEP}|weight|parameter"),
        (
            f"{_WEIGHT}|copy|step",
            ">~update|learned|trained|adjusted|changed|tuned|corrected",
            ">~separately|independently|individually|on its own|own way|alone|differently|by itself|for itself",
        ),
        ("each|every|copy", ">~update|adjust|correct", ">~weight of its step|own weight|its own"),
        ("gradient|each", ">~update", ">~weight", ">~of its|of that|of this|its own", ">~step|copy"),
        ("gradient", ">~-sum|add|summed|added|accumulate|combined", "step|copy|each|since|own|differ|weight"),
        (_WEIGHT, ">~differ|vary|different", ">~from|between|for|at", f">~{_STEP}"),
        (
            _WEIGHT,
            ">~of each|of every|at each|per|of the",
            f">~{_STEP}",
            ">~separately|own|different|independent|independently|individually|differ",
        ),
    ),
)

_NO_VANISHING = (
    "not-vanish|no-longer-vanish|cannot-vanish|can't-vanish|never-vanish|no-vanishing|don't-vanish|not-explode|"
    "no-more-vanishing|not-disappear|cannot-disappear|no-longer-disappear|not-fade|without-vanishing|not-shrink|"
    "can-no-longer-vanish|never-disappear|no-longer-explode|cannot-explode|not-die"
)

CURES_VANISHING = Misconception(
    "q2.cures-vanishing",
    message=(
        "BPTT does not cure vanishing gradients, it is where they occur: the error is multiplied by a factor at each "
        "step back in time. LSTM and GRU cells mitigate this."
    ),
    against="q2.backwards",
    others=_OTHER_CURES,
    right="still|unfortunately|hard|prone|difficult",
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
        (f"{_BPTT}|it|this|method|algorithm", f">{_FREE_OF}", ">~vanish|explod|disappear|vanishing"),
        (
            "vanish|explod|vanishing",
            ">~gradient|problem",
            f">~{_MENDED}|{_FREE_OF}",
            ">~by|through|thank|due",
            f">~{_BPTT}",
        ),
        (_BPTT, ">~vanish|explod|vanishing", ">~gradient|problem", f">~{_MENDED}"),
        (f"{_BPTT}|thank", f">{_NO_VANISHING}", "gradient"),
        ("gradient", f">~{_NO_VANISHING}", ">because|since|thank|due|with|if", f">~{_BPTT}"),
        (
            f"{_BPTT}|it",
            ">as a remedy|remedy|cure|solution|answer|developed|invented",
            ">~against|for|to",
            ">~vanish|explod|vanishing",
        ),
        (_BPTT, ">gradient", ">~stay|remain|keep|be kept", ">~stable|large|alive|constant|strong|healthy|same size"),
    ),
)

MISCONCEPTIONS = (
    FIRST_TO_LAST,
    SEPARATE_WEIGHTS,
    CURES_VANISHING,
)
