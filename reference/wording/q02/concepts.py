"""Q2 · Backpropagation through time: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.ideas import STEPS

_UNFOLD = "unfold|unroll|unfolding|unrolling|unrolled|unwrap|expand|spread"

_ERROR = "error|gradient|loss|derivative|signal"

UNFOLDED = Concept(
    "q2.unfold",
    "The network is unfolded (unrolled) over the time steps of the sequence.",
    hint="Say that the network is unfolded over the sequence: one copy of the cell for each time step.",
    why=(
        "Unfolded, a recurrent network is a deep network with one layer for each time step, so all that is known of "
        "backpropagation applies to it."
    ),
    says=(
        "First the RNN is unrolled over all time steps of the sequence.",
        "We unfold the loop and get one copy of the cell per time step.",
        "Seen this way the recurrent net becomes a deep feed-forward network with one layer per time step.",
        "The network is spread out in time before the gradients are computed.",
        "For a sentence of ten words the cell is copied ten times, once for each word.",
    ),
    says_not=(
        "The network has several layers that are trained one after the other.",
        "Each time step of the sequence is one word.",
        "A deep network has many layers.",
        "A copy of the data set is made for each epoch.",
    ),
    ways=(
        (
            "cycle|cyclic|loop|recurrence|recursion",
            ">~become|turn|replace|convert|transform|dissolve",
            ">acyclic|chain|line|directed|row|sequence of",
        ),
        (
            "written out|write out|spell out|spelled out|draw out|drawn|repeat|repeated",
            "~for|over|along|once",
            "~all|every|each|t",
            "~step|time|word|moment|position",
            "network|computation|rnn|cell|loop|graph|recurrence|it",
            "!!error|epoch|gradient",
        ),
        (
            "node|layer|copy|stage|box|cell",
            ">~for each|for every|per|for all",
            ">~point|moment|step|word|time|position",
            "graph|network|deep|chain|long|row",
            "!!weight|own",
        ),
        (
            "rnn|network|it|loop",
            ">~written|drawn|seen|viewed|read|treated|becomes|become|is",
            ">~deep net|deep network|chain",
            "layer|step|t|cell",
        ),
        (
            _UNFOLD,
            f"{STEPS}|rnn|network|loop|recurrent|cell|graph",
            "!!epoch|not unroll|without unroll|image|table|input layer|into a vector",
        ),
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
            "!!image|table|input layer",
        ),
        ("h_0|h0|h_1", ">~to", ">~h_1|h1|h_2", ">~to", "!!error|gradient"),
        (
            "deploy|deployed|drawn|drawing|lay|lays|laid|written|pull|pulled",
            "~out|once|apart|time|over",
            "time|step|axis|sequence|every step",
            "rnn|network|cell|loop|it|net",
            "!!error|epoch",
        ),
        ("chain|stack|row|series", ">~of", ">~identical|copy|equal|same", ">~cell|network|layer|copy"),
        (
            "unroll|unrolled|unfold|unfolded|unrolling|unfolding",
            "h_0|h_1|x_1|t|step|sequence|word|time",
            "!!image|table|into a vector",
        ),
        (
            "one|1",
            ">~copy|layer|cell|network",
            ">~per|for each|for every",
            ">~step|word|token|time step|element",
            "!!weight",
        ),
        ("after unrolling|after unfolding|once unrolled|once unfolded|unrolled network|unfolded network",),
        ("t|as many|n", ">~copy|layer", ">~as|one|step|sequence|time|word", "!!epoch|weights of"),
        ("deep|depth|deeper", "~as|than", "long|sequence|step", "!!epoch"),
    ),
)

_FIRST_TO_LAST = (
    "!!epoch|to the output|last layer to the output|from first|from the start|from the beginning|from the first"
)

BACKWARDS = Concept(
    "q2.backwards",
    "Ordinary backpropagation runs through the unfolded network: the error flows from the last step back to the first.",
    hint="Say which way the error goes: from the last time step back to the first, by the chain rule.",
    why="Something can only be learned from an early input if the error of the later outputs comes back to it.",
    says=(
        "The error is sent back from the last time step to the first one.",
        "Using the chain rule, gradients flow backwards through the unrolled network.",
        "We start at the final step and work our way back to the beginning, computing derivatives.",
        "The loss is propagated backward in time.",
        "Normal backpropagation is applied to the unfolded network.",
    ),
    says_not=(
        "The input flows forward from the first step to the last one.",
        "The hidden state is passed back into the cell.",
        "In the backward layer of a BiLSTM the sequence is read from the last word to the first.",
        "The error of the last epoch is lower than that of the first.",
        "The loss goes down from the first epoch to the last.",
    ),
    ways=(
        ("gradient|derivative|error|signal|delta", "h_t", ">~to", ">~h_prev"),
        (
            "chain rule|differentiate|derivative|gradient",
            "~backwards|back|into the past|to the past|in reverse|against time",
            "step|time|state|copy|layer",
        ),
        ("t", ">~down to|back to|to", ">~1", "chain rule|gradient|derivative|error|delta|backward|back"),
        (_ERROR, ">~end|last", ">until|till|to", ">~first|beginning|start", "!!epoch|forward pass"),
        (
            f"{_ERROR}|mistake|blame|backpropagation|we",
            "propagate|send|flow|travel|go|move|carry|pass|fed|walk|run|transport|trace|hand|transmit|step|return|"
            "push|"
            "wander|proceed|distribute|transfer",
            "backward|backwards|back|from last|from the final|in reverse|from the end|to the first|reverse order|"
            "in the opposite direction|right left|to the beginning|to the start|last to first|into the past|"
            "earlier step|previous step|end to",
            "!!from first|from the start|from the beginning|hidden state h|feed back|fed back|loop",
        ),
        (
            "apply|perform|run|carry out|work|execute|ordinary|normal|standard|usual",
            "~backpropagation|back propagation|backprop|chain rule|back-propagation",
            f"{_UNFOLD}|each time step|all time steps|every time step|copy|each step",
        ),
        ("backpropagation|back propagation|backprop", ">~over|on|through|to|in", f">~{_UNFOLD}", "!time|is"),
        (
            "backward pass|backward propagation|chain rule|reverse pass",
            "step|timestep|unfolded|unrolled|through time|time|back|backward|copy",
            "!!forward pass and",
        ),
        (
            _ERROR,
            ">~backpropagated|back propagated|propagate",
            ">through time|time step|all time|every time|each time|timestep|step",
            "!by|using|with|via|algorithm|compute",
            _FIRST_TO_LAST,
        ),
        ("backpropagating", ">~gradient|error", ">~through time|step|timestep", "!compute|algorithm|train|calculate"),
        (
            f"{_ERROR}|backpropagation|we|begin|start|it",
            "start from|starting from|from|begin|start|starting|beginning with|with",
            ">last|final|end|t",
            ">first|start|beginning|initial|previous|backward|backwards|one before|back|step 1|1|earlier|front",
        ),
        ("last|final", ">~to", ">~first|beginning|start", _ERROR),
        (
            "last step|last time step|final step|from the last|from end|from the end|end of sequence|step t|"
            "last word|from t",
            ">to|until|towards|down to",
            ">~first|beginning|start|early|1",
            "gradient|error|multiplication|multiply|multiplied|chain|back|derivative|loss|backward pass|delta|"
            "backpropagation",
            "!!forward pass",
        ),
        (
            "retropropagate*|retro-propagate*|propagates backward|goes back in time|back in time|travel back|run back",
            "error|gradient|time|step|loss",
        ),
        ("backward", ">~t", ">~to", ">~1", "!!layer"),
        ("delta|delta_t", ">~to", ">~delta|delta_1"),
    ),
)

SUM = Concept(
    "q2.sum",
    "All time steps share the same weights, so their gradients are summed over the steps.",
    hint=(
        "Say that the weights are shared by all steps, and that their gradients are therefore added up over the steps."
    ),
    why=(
        "Each step has its own gradient for the shared weights, but the weights can move only once: by the sum of "
        "them all."
    ),
    says=(
        "The gradients of all time steps are added up.",
        "Since the weights are shared between the steps, their gradients are summed.",
        "Every copy of the network uses the same weights.",
        "Each time step contributes to the gradient, and the contributions are accumulated over the whole sequence.",
        "dL/dW is the sum of the derivatives at every t.",
    ),
    says_not=(
        "Each step has a gradient of its own, and they are not added.",
        "The inputs are summed over all time steps.",
        "The losses of all epochs are plotted.",
        "The same loss function is used at every step.",
        "The average loss over the epochs is printed.",
    ),
    ways=(
        (
            "use|used|occur|occurs|appear|appears",
            "~t|every step|each step|many|several",
            "~time|times|step|place",
            "gradient|derivative",
            "~t term|sum|added|add|total|accumulate|terms",
            "!!epoch",
        ),
        ("what", ">~each|every", ">~step|copy|place", ">~add|added|sum|summed|total|collect|collected|pile"),
        (
            "sum|add|accumulate|collect|aggregate|total|average|summing|summed|add up|pile up",
            "gradient|derivative|contribution|loss|error|guilt|blame|partial|correction",
            "time step|step|timestep|time|copy|sequence|over t|layer|t|all|frame|position|instance|each|every",
            "!!message|log|sample|dropout|epoch",
        ),
        ("sum|add up|added up|accumulate|aggregate|add together|added together", "~gradient|derivative|contribution"),
        (
            "share|same|tie|reuse|common|identical|tied|shared|one set|only one",
            "weight|parameter|matrix|w",
            f"{STEPS}|copy|everywhere|all|each",
            "!!different|own|sample",
        ),
        ("sum", "derivative", "l_t|w|u"),
        ("dw|gradient", ">~=", ">~sum", "!!loss"),
        ("adds|add|added|total|sum", "~what", ">~step|copy|place", "weight|w|contribute|say|says"),
        ("gradient", ">~is|be", ">~total|sum", ">~of"),
    ),
)

UPDATE = Concept(
    "q2.update",
    "The gradients of the loss are used to update the weights, by gradient descent.",
    hint="Say what the gradients are for: they update the weights so that the loss falls.",
    why="Gradients alone teach nothing. The network learns when its weights take a step against them.",
    says=(
        "With these gradients the optimizer changes the weights.",
        "Finally the weights are updated by gradient descent.",
        "The parameters take a small step against the gradient.",
        "An optimizer such as Adam then uses the gradients to make the loss smaller.",
        "The weights are adjusted so that the error goes down.",
    ),
    says_not=(
        "The hidden state is updated at each time step.",
        "The gradients are computed but the weights are not updated.",
        "The weights are initialised at random.",
        "The loss is computed from the predictions.",
    ),
    ways=(
        ("step|descend|move|go|walk", "~down|against|opposite|along negative", "gradient|slope|loss surface|hill"),
        (
            "update|adjust|change|modify|correct|optimize|tune|updation|adapt|alter|nudge|shift|refine|subtract|"
            "optimise",
            "weight|parameter|matrix|model|w",
            "!!not updated|not update|version|gate|unit|kernel|evaluation",
        ),
        (
            "gradient descent|optimizer|adam|sgd|optimiser|learning rate|rmsprop",
            "weight|parameter|minimize|train|learn|loss|step|update|then|with|use|apply|do|make",
            "!!how long|decide how",
        ),
        ("weight|parameter", "~learn|minimize", "gradient|loss|error"),
        ("w", "w", "eta|alpha|lr|learning rate|derivative"),
        (
            "minimize|reduce|decrease|lower|minimise|smaller|shrink",
            "~loss|error|cost",
            "weight|parameter|gradient|descent|update|direction",
            "!!lower with",
        ),
        ("step", "~opposite|against|downhill|negative", "gradient"),
        ("w", ">~=", ">~w", "dw|eta|lr|alpha|gradient|derivative|learning rate"),
        ("weight|parameter|w", ">~move|moved|step|push|turn", ">~downhill|against|opposite|direction"),
        ("w", ">~minus|-=|- =", ">~eta|lr|alpha|dw|gradient"),
    ),
)

CONCEPTS = (
    UNFOLDED,
    BACKWARDS,
    SUM,
    UPDATE,
)
