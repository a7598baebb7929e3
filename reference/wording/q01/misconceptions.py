"""Q1 · RNN cell: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_GATE = "input gate|forget gate|output gate|update gate|reset gate|gate"

_KINDS_OF_GATE = "input gate|forget gate|output gate|update gate|reset gate"

_OTHER_NETWORKS = "lstm|long short|gru|gated recurrent|unlike|variant|later|advanced"

GATES = Misconception(
    "q1.gates",
    message=(
        "A plain RNN cell has no gates: it is tanh of a weighted sum of the input and the previous hidden state. "
        "Input, forget and output gates belong to the LSTM, update and reset gates to the GRU."
    ),
    against="q1.activation",
    says=(
        "The RNN cell has an input gate that decides what enters the hidden state.",
        "A simple RNN uses a forget gate to drop old information.",
        "The update gate of the RNN cell mixes the old and the new state.",
    ),
    says_not=(
        "A simple RNN has no gates.",
        "Unlike the LSTM, the RNN cell does not have an input gate or a forget gate.",
        "There is nothing like a gate in a plain recurrent cell.",
        "Gated cells such as the GRU were invented later.",
        "What is missing in a basic cell are the gates.",
    ),
    ways=(
        (
            "rnn|cell|it|recurrent network|recurrent unit|architecture|rnns",
            ">~has|have|with|contain|use|consist|compose|comprise|include|own|possess|decide|equipped|made up|by",
            f">~{_GATE}",
            f"!!{_OTHER_NETWORKS}|gated cell|gated network",
        ),
        (
            _KINDS_OF_GATE,
            ">~of|in|inside|decide|determine|control|choose|select|throw|drop|delete|erase|mix|open|close|let|filter|"
            "keep|remove|discard",
            f"!!{_OTHER_NETWORKS}",
        ),
        (_KINDS_OF_GATE, ">~of|in|inside", ">~rnn|cell|recurrent", f"!!{_OTHER_NETWORKS}"),
        ("pass|past|through|by|inside|in", f">~{_KINDS_OF_GATE}", f"!!{_OTHER_NETWORKS}"),
        ("rnn|cell|recurrent", ">gate", ">~control|decide|determine|regulate|filter", f"!!{_OTHER_NETWORKS}"),
        ("inside|in|within", ">~rnn|cell|recurrent", ">~there|are|work|sit", ">~gate", f"!!{_OTHER_NETWORKS}|need"),
        ("3 gate|2 gate|4 gate", ">~of|in|inside", ">~rnn|cell|recurrent", f"!!{_OTHER_NETWORKS}"),
        (
            "rnn|rnn cell|recurrent cell|simple rnn",
            ">~has|have|use|contain|consist|with",
            f">~{_KINDS_OF_GATE}",
            "!lstm|gru|no|than",
            "!!later|came|variant|added|introduced",
        ),
    ),
)

CELL_STATE = Misconception(
    "q1.cell-state",
    message="A plain RNN cell keeps one state, the hidden state. A second one, the cell state, is what the LSTM added.",
    against="q1.memory",
    says=(
        "The RNN keeps a cell state next to the hidden state.",
        "At each step the hidden state and the cell state are handed to the next step.",
        "The RNN cell stores long-term information in its cell state.",
    ),
    says_not=(
        "A plain RNN has no cell state, only a hidden state.",
        "The state of the cell is called the hidden state.",
        "The cell state was introduced by the LSTM, not by the simple RNN.",
        "The cell keeps its state from one step to the next.",
        "A simple RNN lacks a cell state.",
    ),
    ways=(
        (
            "rnn|cell|it|recurrent network|network|there|simplernn",
            ">~maintain|has|have|keep|use|contain|update|store|carry|remember|with|pass|hold|own|hand|possess",
            ">cell state|long-term state|memory cell|c_t|c_prev",
            f"!!{_OTHER_NETWORKS}|called|call",
        ),
        ("memory", ">~rnn|network|recurrent", ">~is|be", ">~cell state|c_t|memory cell", f"!!{_OTHER_NETWORKS}"),
        ("c_t|cell state", ">~is|be", ">~memory|state", ">~of|in", ">~rnn|simplernn|recurrent", f"!!{_OTHER_NETWORKS}"),
        ("hidden state|h_t", "~and|plus|with", "~cell state|c_t", f"!!{_OTHER_NETWORKS}|or|call|called"),
        ("c|c_t", ">~is|be", ">~cell state", f"!!{_OTHER_NETWORKS}"),
        (
            "cell state|c_t|memory cell|long-term state",
            ">~run|carry|carries|store|keep|hold|transport|remember|contain|pass|update|updated|preserve|save|protect",
            f"!!{_OTHER_NETWORKS}|or|call|called|some|so-called",
        ),
        ("2 state|two state", ">~hidden|h_t|h", ">~cell|c_t|c", f"!!{_OTHER_NETWORKS}"),
        (
            "rnn|rnn cell|recurrent cell",
            ">~has|have|keep|use|maintain|store|contain|carry",
            ">cell state",
            "!lstm|gru|no|than",
            "!!call|called|introduced|added|later",
        ),
    ),
)

DIFFERENT_WEIGHTS = Misconception(
    "q1.different-weights",
    message=(
        "The weights W, U and b are the same at every time step; only the hidden state changes. That is why an RNN "
        "can read sequences of any length."
    ),
    against="q1.same-at-each-step",
    says=(
        "Each time step has its own weights.",
        "The weights are different at every time step.",
        "For every word of the sentence a separate weight matrix is learned.",
        "The network uses new parameters at each step.",
    ),
    says_not=(
        "Each time step has its own hidden state, but the weights are shared.",
        "The weights change during training, after every batch.",
        "Each layer of a deep network has its own weights.",
        "There are no separate weights for each time step.",
        "The weights are updated at each training step.",
    ),
    ways=(
        (
            "each|every|per|for the",
            "~time step|step|timestep|element|word|position|moment",
            ">~has|have|get|learn|with|got|own|need|:|use|uses|are|is",
            ">~different|separate|own|distinct|new|individual|another|fresh|independent|other",
            ">~weight|parameter|matrix|w|u",
            "!!same|share|layer|identical|than|gradient descent|epoch|training",
        ),
        (
            "each|every|per|for the",
            "~time step|step|timestep|element|word|position|moment",
            ">use|need|learn|apply|employ",
            ">~different|separate|own|distinct|new|individual|another|fresh|independent|other",
            ">~weight|parameter|matrix|w|u",
            "!!same|share|layer|identical|than|gradient descent|epoch|training",
        ),
        (
            "each|every|per",
            "~time step|step|timestep|element|word|position|moment",
            ">different|separate|own|distinct|new|individual|another|fresh|independent|other",
            ">~weight|parameter|matrix|w|u",
            ">~learn|used|needed|trained|stored|and bias",
            "!!2 different|same|share|layer|identical|than|gradient descent|epoch|training",
        ),
        (
            "network|rnn|cell|it|recurrent",
            ">~use|learn|has|have|need|get|apply",
            ">~different|separate|own|distinct|new|individual|another|fresh|independent|other",
            ">~weight|parameter|matrix|w|u",
            ">~each|every|per",
            ">~time step|step|timestep|element|word|position|moment",
            "!!same|share|layer|identical|gradient descent|epoch|training",
        ),
        (
            "weight|matrix|parameter|w|u",
            ">~change|differ|vary|different|separate",
            ">~from|between|at|with|for|each|every|in",
            ">~step|time step|timestep|word|element|position",
            "!!same|share|gate|identical|training|epoch|batch|update|gradient|layer|2 different|both",
        ),
        (
            "weight|matrix|parameter|w|u",
            ">~-share|same|shared|identical|reuse|common|tied",
            ">~step|timestep|time|position|word",
            "!!feed*|mlp|ordinary|only|layer|different from|gate",
        ),
        ("w_1|w_t", "~w_2|u_t", "!!same|share|layer|gradient"),
        ("w_t", "u_t", "!!same|share"),
        (
            "weight|matrix|w|u|parameter",
            ">~depend on|depends on|belong to|specific to|vary with|change with|different for|another for|new for",
            ">~t|step|time|position|word|time step|each|every",
            "!!same|share|gradient|training|epoch|input",
        ),
        (
            "own|separate|different|another|new",
            ">~weight|w|matrix|parameter",
            ">~for|at|in|per|with",
            ">~each|every",
            ">~step|word|time step|timestep|position|moment|element",
            "!!same|share|layer|identical|gradient|training|2 different|network would|epoch",
        ),
    ),
)

NO_MEMORY = Misconception(
    "q1.no-memory",
    message=(
        "Memory is what makes the cell recurrent: each step uses the hidden state that the step before left behind."
    ),
    against="q1.memory",
    says=(
        "An RNN has no memory of previous inputs.",
        "The RNN cell treats every word independently.",
        "The hidden state is reset at each time step.",
        "A recurrent network cannot remember what came before.",
    ),
    says_not=(
        "A feed-forward network has no memory, but an RNN does.",
        "An RNN cannot remember inputs that are very far in the past.",
        "An RNN is never without memory of the past.",
        "The RNN does not need to store the whole sequence.",
        "The cell does not know the future, only the past.",
    ),
    ways=(
        (
            "rnn|recurrent|cell|network|it",
            ">~-memory|remember|previous hidden state|previous state|h_prev|keep|store|retain|know|recall",
            ">~-past|before|earlier|previous|prior|came|seen",
            "!!feed*|ordinary|traditional|long|longer|lstm can|cnn|dense|only|limit*|few|many|very|forward|perceptron|"
            "mlp|more than|forget|for ever|forever|much|normal|vanish|compared|far|well|distant|gru|step before|all|"
            "whole|every|hundred|itself|themselves|while|separate|besides|explicit|copy|verbatim|as such|gate|100|"
            "thousand|dozen|some|certain|after",
        ),
        (
            "rnn|recurrent|cell|it|input|word|network|each",
            ">treat|process|handle|look|consider|compute|read|see",
            "independently|separately|isolation|for itself|on its own|independent|isolate|in isolation|from scratch",
            "!!feed*|ordinary|traditional|not|than|also|dense|mlp|direction|layer|cnn",
        ),
        (
            "hidden state|state|memory",
            ">~reset|cleared|thrown away|discarded|erased|deleted|start from zero|empty|set to zero",
            ">~each|every|after each|before each|between",
            ">~time step|step|timestep|word|input|element",
            "!!sequence|batch|epoch|not|sentence",
        ),
        (
            "rnn|cell|it|network",
            ">~forget",
            ">~everything|all|past|previous",
            ">~after each|after every|at each|at every|immediately|at once",
            "!!feed*",
        ),
        ("rnn|it|cell", ">~-memory", ">~-past|previous|earlier|before", "!!feed*|long|only|limit*|few|much|all|whole"),
        (
            "rnn|recurrent|cell|network|it",
            ">~-any memory|memory at all|kind of memory|sort of memory|memory of it|memory of its",
            "!!feed*|long|only|limit*|gate|separate",
        ),
        (
            "rnn|recurrent|cell|network|it",
            ">~-use|take|consider|get|look|need|depend",
            ">~-previous hidden state|previous state|h_prev|earlier input|previous input|past input|last state",
            "!!feed*|only|directly|gate|dense",
        ),
        ("need", "~lstm|gru", "to remember|memory", "-memory|keep|remember"),
        ("only", ">~lstm|gru|they", ">have|has|can", ">memory|remember", "!!long|longer"),
        (
            "rnn|cell|output|h_t|network|recurrent|result",
            ">~depend|see|look|use|know|consider|take|computed|calculated|process|determined|based",
            ">~only|just|nothing but|solely|exclusively",
            ">~current input|current word|x_t|present input|current time step|current element|input of the moment",
            "!!feed*|dense|mlp|hidden|h_prev|previous|gate|plus|old|state",
        ),
        (
            "hidden state|state|information|memory|output|it|h_t",
            ">~-pass|carry|hand|keep|take over|transfer|kept|reused",
            ">~-next step|from one step|between step|next time step|next one|to the next|later step",
            "!!feed*|dense|batch|sequence",
        ),
        (
            "each|every",
            ">~word|input|step|element|time step",
            ">~start|begin",
            ">~from zero|from scratch|anew|with an empty|with zero",
            "!!sequence|batch|feed*",
        ),
    ),
)

MISCONCEPTIONS = (
    GATES,
    CELL_STATE,
    DIFFERENT_WEIGHTS,
    NO_MEMORY,
)
