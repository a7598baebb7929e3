"""Q1 · RNN cell: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_GATE = "input gate|forget gate|output gate|update gate|reset gate|gate"

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
            "rnn|cell|it|network|there|state",
            "maintain|has|have|keep|use|contain|update|store|carry|remember|next to|beside|besides|own|with|pass|"
            "hold|is",
            ">cell state|long-term state|memory cell|c_t|c_prev",
            f"!!{_OTHER_NETWORKS}",
        ),
        ("hidden state|h_t", "~and|plus|with", "~cell state|c_t", f"!!{_OTHER_NETWORKS}"),
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
    ),
)

MISCONCEPTIONS = (
    GATES,
    CELL_STATE,
    DIFFERENT_WEIGHTS,
    NO_MEMORY,
)
