"""Q4 · LSTM: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.ideas import LONG_TERM_MEMORY, NO_VANISHING

CELL_STATE = Concept(
    "q4.cell-state",
    "An LSTM has a cell state (memory cell) that carries information along the sequence.",
    hint="Name the cell state: the memory that runs along the whole sequence, beside the hidden state.",
    why=(
        "The cell state is changed by adding to it, not by one more matrix product at each step, so what is in it can "
        "last."
    ),
    says=(
        "The LSTM has a cell state in addition to the hidden state.",
        "A memory cell stores information over the whole sequence.",
        "The cell state runs through the sequence like a conveyor belt.",
        "Its second state c_t is the long-term memory of the network.",
        "Information is written to the cell state and stays there until it is erased.",
    ),
    says_not=(
        "The LSTM has no cell state.",
        "An LSTM cell has 64 units.",
        "An LSTM layer needs more memory to store its weights.",
        "Nothing like a cell state is kept.",
        "The simple RNN does not have a cell state.",
    ),
    ways=(
        (
            "cell state|memory cell|memory unit|internal memory|c_t|memory block|cell memory|constant error carousel|"
            "c_prev",
            "has|have|with|use|contain|introduce|maintain|run|carry|store|keep|flow|hold|remember|preserve|retain|"
            "pass|"
            "transport|information|add|remove|write|long-term memory|conveyor|consist|through|save|transfer|update|"
            "travel|act|beside|besides|own|erase|forget|called|along|named|so-called|heart|core|key|central|centre|center|"
            "addition|additionally|additional|extra|important|backbone",
            "!!no cell state|without cell state|internal weight|weights be|weather",
        ),
        (
            "second|additional|extra|separate|another|2",
            "~state|memory",
            "hidden state|c|store|carry|h|run|lstm|h_t|keep",
        ),
        (
            "conveyor|highway|belt|assembly line|motorway|pipeline",
            "information|memory|run|carry|state|cell|through|along",
        ),
        (
            "long-term|separate|internal|inner|own|protected|dedicated|special",
            "~memory|storage|notebook|store",
            "cell|lane|track|carry|run|write|erase|keep|store|beside|hold|line|pass",
            "!!dependency|weight|matrix",
        ),
        (
            "c|c_t|cell c|cell state",
            ">~is|be|act|serve|work|like|as",
            ">~suitcase|bag|box|notebook|belt|memory|tape|diary|whiteboard|conveyor|notepad|storage|highway|archive|backpack",
        ),
        ("memory", "~lane|line|track|belt|tape|vector|cell", "run|carry|along|through|store|hold|keep|pass"),
        (
            "vector c|vector|c|state c",
            ">~act|work|serve|as|is",
            ">~memory",
            "lstm|h|it|beside|besides",
            "!!hidden state act",
        ),
    ),
)

_DOES = (
    "control|regulate|decide|determine|manage|choose|select|filter|let|allow|protect|govern|discard|keep|"
    "learn what|say|tell|pick|open|close|throw|erase|write|read|add|remove|delete|steer|guard|block|admit|show|"
    "what|how much|which|store|drop|pass|influence|direct|judge"
)

GATES = Concept(
    "q4.gates",
    "Gates (forget, input, output) control what is forgotten, stored and output.",
    hint=(
        "Name the three gates and what they do: forget, input and output gate control what is dropped, stored and "
        "shown."
    ),
    why=(
        "Gates let the network learn when to keep its memory and when to change it. A simple RNN overwrites it at "
        "every step."
    ),
    says=(
        "Three gates control what is stored, forgotten and shown.",
        "The forget gate throws away old information and the input gate lets new information in.",
        "It has an input gate, a forget gate and an output gate.",
        "Gates decide which information flows through the cell.",
        "Sigmoid gates open and close to let information through.",
    ),
    says_not=(
        "The LSTM has no gates.",
        "An LSTM cell has a cell state and a hidden state.",
        "Each gate has a weight matrix and a bias.",
        "The gates have what is called a bias.",
        "The input is passed to the gates.",
    ),
    ways=(
        (
            "f|f_t",
            ">~erase|forget|delete|drop|keep|discard|remove",
            ">~i|i_t",
            ">~write|add|store|let|admit",
            ">~o|o_t",
        ),
        (
            "let|lets|when to let|take|accept",
            ">~in|information in",
            ">keep|hold|store|protect",
            ">~release|out|let go|forget|drop|give|show",
            "!!gru",
        ),
        (
            "gate|gating|door|valve|gatekeeper|door keeper|tap|switch|guard|bouncer|knob|lock",
            _DOES,
            "information|forget|store|what|flow|cell state|memory|remove|add|which|write|keep|in|out|pass|through|new|"
            "old|content|discard|state|throw",
            "!!reset gate|2 gate|update gate|logic|file|keras|be added|was added|were added|gate weight|"
            "weights of the gate",
        ),
        ("gate", "open|close|opened|closed|shut", "information|let|memory|flow|through|control|cell|in|forget|0|1"),
        ("gate", ">~what|which|how much", ">~remove|forget|keep|store|write|add|pass|output|discard"),
        ("forget gate", "input gate", "output gate"),
        ("forget", "~input", "~output", "gate|3|f_t"),
        ("input", "~forget", "~output", "gate|3|i_t"),
        ("forget gate", "&", "input gate", "&", "output gate"),
        ("f_t", "&", "i_t", "&", "o_t"),
        ("i", "~f", "~o", "regulate|control|decide|traffic|gate|flow|number|determine"),
        ("3 gate", "forget", "input", "output"),
        ("3", ">~sigmoid|valve|door|switch|filter|keeper|guard|tap|lock|decision|gatekeeper", "!!weight|gru"),
        ("forget|erase", "~write|add|input|store", "~read|output|show|expose", "gate|sigmoid|control|decide"),
        ("i", ">~f|o", ">~o|f|i", ">~gate", "!!2 gate"),
    ),
)

LONG_TERM = Concept(
    "q4.long-term",
    "It can learn long-term dependencies.",
    hint="Say what an LSTM is good at: remembering information over many time steps (long-term dependencies).",
    why="This is why the LSTM was invented, and what it is chosen for: what matters is often many steps back.",
    says=(
        "An LSTM can remember things for a long time.",
        "It is able to learn long-term dependencies.",
        "Information from the beginning of a long text can still be used at its end.",
        "LSTMs work well on long sequences.",
        "It keeps track of what was said many steps ago.",
    ),
    says_not=(
        "The LSTM cannot learn long-term dependencies.",
        "An LSTM takes a long time to train.",
        "The model keeps training for a long time.",
        "Simple RNNs do not remember long sequences.",
        "The sequences are padded to be as long as the longest sentence, and the data are stored.",
    ),
    ways=LONG_TERM_MEMORY,
)

VANISHING = Concept(
    "q4.vanishing",
    "It mitigates the vanishing gradients of the simple RNN.",
    hint="Say which problem of the simple RNN the LSTM was made for: vanishing gradients.",
    why="Along the cell state the gradient is multiplied by the forget gate, which can stay near one for many steps.",
    says=(
        "LSTMs were invented to solve the vanishing gradient problem.",
        "The gradient can flow along the cell state without vanishing.",
        "It suffers less from vanishing gradients than a simple RNN.",
        "Thanks to the additive update the gradients do not vanish.",
        "The error can travel back over many steps undamped.",
    ),
    says_not=(
        "The LSTM suffers from vanishing gradients.",
        "The LSTM does not solve the vanishing gradient problem.",
        "Vanishing gradients are a problem that the RNN cannot handle.",
        "An LSTM is trained without gradients.",
        "The gradient goes back to the first layer without the loss.",
    ),
    ways=NO_VANISHING,
)

CONCEPTS = (
    CELL_STATE,
    GATES,
    LONG_TERM,
    VANISHING,
)
