"""Q1 · RNN cell: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.ideas import STEPS

_INPUT = (
    "input|x_t|word|element|token|data point|observation|sample|item|symbol|character|letter|frame|x|new data|"
    "new information|value|reading|sentence|page|number|datum|external signal|stimulus|external input|next item|"
    "today"
)

_PREVIOUS = (
    "previous|last|prior|earlier|old|past|preceding|before|former|left over|previously|yesterday|just before|"
    "left behind|already|so far"
)

_PREVIOUS_STATE = (
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

_TAKES = (
    "combine|take|receive|mix|merge|together|use|based|add|both|concatenate|get|depend|compute|calculate|determine|"
    "function of|look|from|feed|process|join|and|with|also|given|plus|alongside|as well|besides|blend|2|sum|"
    "consider|accept|fed|enter|has|out of|fuse|multiply|see|read|come back|loop|merged|blended|added in|tanh|"
    "beside|concat|next to"
)

_WEIGHTS = (
    "weight|weighted|matrix|bias|parameter|linear combination|linearly combine|w|u|sum|multiply|affine|linear|w_x|"
    "u_h|combination|added|total"
)

_STATE = (
    "hidden state|state|h_t|output|result|information|it|h|memory|summary|note|vector|activation|context|value|"
    "what it|hidden vector|hidden value"
)

PREVIOUS_HIDDEN_STATE = Concept(
    "q1.previous-hidden-state",
    "At each time step the cell combines the current input with the previous hidden state.",
    hint="Say what goes into one step: the current input x_t and the hidden state h_{t-1} of the step before.",
    why=(
        "This is what makes a network recurrent: without h_{t-1} each step would see its own input alone, and the "
        "order of the inputs would not matter."
    ),
    says=(
        "At every step the cell looks at the current input and at the hidden state that the previous step left behind.",
        "What an RNN computes at time t depends on x_t and on h_{t-1}.",
        "The cell gets two things: the new word and its own output from the step before.",
        "The input vector and the old hidden state are both multiplied by weight matrices and added.",
        "Each word is processed along with the hidden state of the word before it.",
    ),
    says_not=(
        "A dense layer takes the current input and gives an output, without looking at any previous one.",
        "The cell takes the current input x_t only and does not use the previous hidden state.",
        "At each step the input is compared with the previous input.",
        "The network takes the previous word and the current word as its two inputs.",
        "The input of the cell is the output of the previous layer.",
    ),
    ways=(
        (
            "h|h_t|state|h_new",
            ">~=",
            ">~f|g|cell|rnn|rnn_cell|step|simplernncell",
            ">h_old|h_prev|h|state|old",
            "x|x_t|input|word",
        ),
        (
            "mix|merge|combine|join|blend|unite",
            "~come in|coming in|now|new|fresh|arrive|incoming|current",
            "already know|already knew|knew|known|remember|so far|before|old|past|previous|last|earlier",
            "!!language|vector of both",
        ),
        (
            "give|feed|pass|receive|get|given|fed|hand|take",
            "~own|itself",
            "~last|previous|old|former|earlier",
            "state|output|result|vector|h",
            "x_t|input|word|token|element|next|with|also",
        ),
        (_INPUT, _PREVIOUS_STATE, _TAKES, "!!cell state|forget gate|no memory|input gate"),
        (
            _INPUT,
            "hidden state|state|h_t|output|activation|memory|result|h|summary|note|hidden vector",
            ">~from|of|at|by|left over|it produce|computed|after",
            f">~{_PREVIOUS}",
            _TAKES,
        ),
        (
            "current input|x_t|new input|new word|present input|current word|current element|new element|fresh input|"
            "incoming",
            "past|previous|earlier|old|memory|before|already|so far|history|remember",
            "~hidden state|h_prev|information|memory|state|knowledge|context|input|output|it|summary|note|know",
            "combine|update|both|and|with|mix|together|depend",
            "!!language|dependence",
        ),
        ("x_t", "h_prev", "=|tanh|sum|both|with|from|2|and"),
        ("x_t|x", "h_prev|h", "tanh|squash|multiply|cell|concatenate|matrix", "!!gate|forget|cell state|c_t"),
        (
            "hidden layer|feedback|loop|output|state|activation|h|result",
            "~itself|back|again|own",
            f"{_INPUT}|next input",
            "fed|feed|together|alongside|merge|with|along|add|both|next to",
            "!!gate|backpropagation",
        ),
        (
            "new|current|next",
            "~state|hidden state|note|summary|output|memory|h_t|h",
            "from|function|depend|compute|made|calculate|mix|combine|consist|formed|build|built|based",
            "~old|previous|last|former",
            _INPUT,
        ),
        (
            f"{_INPUT}",
            "state of t 1|hidden state of t 1|state at t 1|h at t 1|h from t 1|state from t 1|old card|index card|"
            "concluded a moment|what it concluded|state at time t 1|one from the step before|step t 1",
            _TAKES,
        ),
        (
            "hidden state",
            ">~this one|it|which|that",
            ">~enter|go|used|flow|join",
            ">together|along|with",
            ">next word|next input|new word|x_t",
        ),
        ("state", ">~t", "function|depend|from", "t 1", "input|x"),
        (
            f"{_INPUT}",
            "what it remembers|its own past|what it knew|own memory|the memory so far|its last result|"
            "its last output|what was before|the state from before",
            _TAKES,
            "!!gate",
        ),
    ),
)

MEMORY = Concept(
    "q1.memory",
    "The hidden state is updated at every step and carried to the next one, as the memory of what came before.",
    hint="Say what the hidden state is for: it is handed on to the next step, so that the network remembers.",
    why=(
        "All that a step knows of earlier inputs has to fit into this one vector. How well it keeps them decides what "
        "the network can learn."
    ),
    says=(
        "The hidden state works as the memory of the network.",
        "After each word the hidden state is updated, so it holds a summary of everything read so far.",
        "What was computed at one time step is handed over to the next one through the hidden state.",
        "Because of the loop the network can remember earlier words of the sentence.",
        "The hidden vector carries what was seen earlier into later steps.",
    ),
    says_not=(
        "The hidden layer has 128 units.",
        "The hidden state is thrown away after each step, so nothing is remembered.",
        "A feed-forward network does not remember previous inputs.",
        "The forget gate decides what stays in the memory.",
        "The hidden layer is fully connected to the output layer.",
    ),
    ways=(
        (
            "hidden state|h|h_t|state",
            ">~is|be|act|serve|work",
            ">~memory|diary|notebook|summary|recollection|note|card",
            "!!no memory",
        ),
        (
            "seen|read|happened|came|past",
            ">~live|lives|survive|stored|kept|contained|stay|remain",
            ">~in|on",
            ">~hidden state|h|h_t|state",
        ),
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
            "!!gate|window|whole future|training data|data be",
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
        (
            "loop|feedback|cycle|self-connection|recurrent connection",
            "back|next|itself|previous|again",
            "state|output|h_t",
        ),
        (
            "output|result|hidden state|state|h_t",
            "~fed back|loops back|goes back|used again|reused|returned|re-enter|back into|flows back",
        ),
        (
            "information|trace|content|knowledge",
            ">~persist|survive|stay|kept|remain",
            ">~from|across|over",
            ">~step|next|time",
        ),
    ),
)

ACTIVATION = Concept(
    "q1.activation",
    "The new hidden state is an activation, usually tanh, of a weighted sum of input, previous state and bias.",
    hint="Give the formula: h_t = tanh(W x_t + U h_{t-1} + b), or say it in words.",
    why=(
        "Without an activation the whole sequence would be one linear function of its inputs; tanh also keeps the "
        "state between -1 and 1."
    ),
    says=(
        "The new state is the tanh of the weighted input plus the weighted old state plus a bias.",
        "h_t = tanh(W x_t + U h_{t-1} + b)",
        "Both products are added up together with a bias and then go through a non-linearity such as tanh.",
        "A tanh squashes the sum of the two terms to values between -1 and 1.",
        "An activation function is applied to the linear combination of the input and the previous state.",
    ),
    says_not=(
        "The hidden state is a weighted sum of the input and the previous state, with no activation function.",
        "tanh is a function with values between -1 and 1.",
        "The input is multiplied by the weights and the bias is added.",
        "The forget gate applies a sigmoid to the input and the previous state.",
        "The activation of the last dense layer is a sigmoid.",
    ),
    ways=(
        (
            "tanh|nonlinearity|non-linearity|activation|squash",
            "~apply|of|to|through|on|applied",
            "~wx|uh|w x|u h",
            "!!gate",
        ),
        (
            "tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|relu|hyperbolic tangent|squash",
            _WEIGHTS,
            "!!gate|cell state|perceptron|mapping",
        ),
        (
            "tanh|activation|non-linear|nonlinear|nonlinearity|non-linearity|hyperbolic tangent|relu|squash",
            "hidden state|h_t|h_prev|state|input|sum|total",
            "apply|pass|go|through|squash|use|compute|result|produce|=|by|give|function|between|into",
            "!!gate|cell state",
        ),
        ("h_t|h|state", "=", "tanh|activation|f|g|sigmoid|relu|phi", "h_prev"),
        ("state|h|new_state|h_new", ">~=", ">~tanh|activation|relu|f|g", "!!gate|cell state"),
        ("pre-activation|preactivation", "tanh|hyperbolic tangent|squash|activation", "!!gate"),
    ),
)

SAME_AT_EACH_STEP = Concept(
    "q1.same-at-each-step",
    "The cell works through the sequence one time step at a time, with the same weights at every step.",
    hint="Say that one cell, with one set of weights, is applied at every time step in turn.",
    why=(
        "Because the weights are shared, their number does not grow with the sequence, and sequences of any length "
        "can be read."
    ),
    says=(
        "The same weight matrices are used at every time step.",
        "The sequence is read one word at a time by the same cell.",
        "W, U and b do not change from step to step.",
        "Parameters are shared across all time steps.",
        "The cell is applied again and again, once for each element of the sequence.",
    ),
    says_not=(
        "Every time step has its own weight matrix.",
        "The whole sequence is processed at once, in parallel.",
        "The weights are the same in every run because the seed is fixed.",
        "The learning rate stays constant at every step of the training.",
        "The model outputs a prediction after reading the whole input.",
    ),
    ways=(
        (
            "same|one|single|just one|only one",
            "~cell|block|module|unit|function|layer",
            "again and again|over and over|repeatedly|called|reused|for each|for every|each time",
            "token|word|step|element|input|position",
            "!!gate|own weight",
        ),
        ("for x|for x_t|for t|for word|for token|for step", "~in", "cell|step|rnn|h", "!!gate|weight of"),
        (
            "same|share|identical|one set|reuse|constant|never change|not change|unchanged|one and the same|fixed|"
            "common|tied|stay|sharing|recycled",
            "weight|parameter|matrix|cell|w|u|function|operation|network|rule|unit|formula|block|w_xh|w_hh|layer",
            STEPS,
            "!!different|own weight|number of unit|same input|same number|seed|gate",
        ),
        (
            "one time step at a time|one step at a time|one element at a time|step by step|one by one|word by word|"
            "one after another|one after the other|element by element|one input at a time|one word at a time|"
            "one at a time|recursively|time step by time step|step after step|one after the next|word after word|"
            "token by token|item by item|one token at a time|after each other|one element after|piece by piece|"
            "in turn|"
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
        (
            "weight|parameter|matrix|w|u|rule",
            "-differ|change|vary|depend",
            "step|position|time|word|t|loop|moment|while",
        ),
        ("share|shared|fixed set|same set", "over|across|all|every|between|for each", "t|step|position|time|item|word"),
        ("weight|parameter|matrix|w", ">~-depend|change|differ|vary", "!!layer|training|epoch|batch|gate"),
    ),
)

CONCEPTS = (
    PREVIOUS_HIDDEN_STATE,
    MEMORY,
    ACTIVATION,
    SAME_AT_EACH_STEP,
)
