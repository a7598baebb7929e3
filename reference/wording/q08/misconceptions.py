"""Q8 · Gates of the LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_WRITES = "add|write|store new|added|insert|store|save|saved|written|stored|let in|admit|new information|put in"

_ERASES = (
    "discard|remove|erase|delete|forget|discarded|removed|forgotten|throw|what to discard|drop|deleted|erased|wipe|"
    "clear|rid of|thrown|wiped|cleared|dropped"
)

_LETS_IN = "add|store|write|update|keep|new|let|allow|save|insert|written|added|enter|admit|stored|saved"

SWAPPED_GATES = Misconception(
    "q8.swapped-gates",
    message=(
        "It is the other way round: the forget gate decides what is removed from the cell state, the input gate what "
        "is added to it."
    ),
    against="q8.forget-and-input",
    says=(
        "The input gate decides what is thrown away.",
        "The input gate removes old information from the memory.",
    ),
    says_not=(
        "The forget gate decides what is thrown away, the input gate what is stored.",
        "The forget gate does not add anything.",
        "The input gate decides what to write over what the forget gate has erased.",
        "When the input gate is zero, nothing is written and nothing is erased.",
        "The forget gate decides what to do with each value before new information comes in.",
    ),
    ways=(
        (
            "forget gate",
            f">~{_WRITES}",
            "!input gate|remove|discard|forget|output gate|keep|drop|delete|erase|throw|wipe|clear|i_t|old|previous|"
            "lose|not|no longer|retain|stay",
        ),
        (
            "forget gate",
            ">decide|determine|control|choose|tell|select|responsible|which|what",
            ">new information|new content|new value|new data|new things|new candidate",
            "!input gate|remove|discard|forget|output gate|drop|delete|erase|throw|wipe|clear|i_t|old|previous|lose",
        ),
        ("input gate", f">~{_ERASES}", f"!forget gate|{_LETS_IN}|output gate|f_t|candidate|irrelevant|not"),
        (
            "input gate",
            ">~decide|determine|control|choose|tell|select|responsible",
            f">{_ERASES}",
            f"!{_LETS_IN}|forget gate|f_t|output gate|not",
        ),
    ),
)

SIGMOID_RANGE = Misconception(
    "q8.sigmoid-range",
    message="The sigmoid lies between 0 and 1; that is what makes it a gate. It is tanh that lies between -1 and 1.",
    against="q8.output",
    says=(
        "The sigmoid gives values between -1 and 1.",
        "The gates take values from -1 to 1.",
        "A sigmoid can become negative.",
    ),
    says_not=(
        "The sigmoid gives values between 0 and 1.",
        "The sigmoid never becomes negative.",
        "For very negative inputs the sigmoid is close to 0.",
        "One minus the sigmoid gives the other share.",
        "The derivative of the sigmoid is the sigmoid times 1 minus the sigmoid.",
    ),
    ways=(
        ("sigmoid", ">negative", "!tanh|not|no|never|candidate|and 1"),
        (
            "sigmoid",
            "between|range|value|output|from|lie|give|number|go|interval|squash|map|to|into|in",
            ">~minus 1",
            "!tanh|hyperbolic|while|whereas|not|candidate",
        ),
        (
            "gate",
            ">between|range|value|from|number",
            ">~minus 1",
            "!tanh|hyperbolic|while|whereas|not|candidate|sigmoid",
        ),
    ),
)

TANH_RANGE = Misconception(
    "q8.tanh-range",
    message="tanh lies between -1 and 1. It is the sigmoid that lies between 0 and 1.",
    against="q8.output",
    says=(
        "tanh gives values between 0 and 1.",
        "tanh squashes the candidate to the range from 0 to 1.",
        "The tanh function has only positive values.",
    ),
    says_not=(
        "tanh gives values between -1 and 1.",
        "tanh does not lie between 0 and 1.",
        "The tanh is multiplied by a gate between 0 and 1.",
    ),
    ways=(
        ("tanh", ">0 to 1|0 and 1|zero to one|0 1", "!sigmoid|minus|gate"),
        ("tanh", ">~only|just", ">~positive"),
        (
            "tanh|hyperbolic tangent",
            "between|range|value|output|from|lie|give|number|go|interval|squash|map|to|into|in",
            ">~0 and 1|0 to 1|0 , 1|0 1",
            "!sigmoid|minus|while|whereas|not|gate|0 at",
        ),
    ),
)

MISCONCEPTIONS = (
    SWAPPED_GATES,
    SIGMOID_RANGE,
    TANH_RANGE,
)
