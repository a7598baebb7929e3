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
            ">~add|adds|write|insert|store|let in|admit|adding|put in|writes|save|introduce",
            "!input gate|remove|discard|output gate|keep|drop|delete|erase|throw|wipe|clear|i_t|old|previous|"
            "lose|no longer|retain|stay|only|stored|multiply|was|were|bias|,",
        ),
        (
            "forget gate",
            ">~decide|determine|control|choose|tell|select|responsible|pick|regulate|:",
            ">~new|added|add|adding|stored|store|written|write|come in|enter|let in",
            "!input gate|remove|discard|output gate|drop|delete|erase|throw|wipe|clear|i_t|old|previous|lose|keep|"
            "before|while|stay|remain|stored any longer|stored in the cell state be",
        ),
        (
            "forget gate",
            ">~what to store|what be new|what to add|which new|what new",
            "!!erase|keep|retain|throw|discard|before|removed by",
        ),
        (
            "new|information|what be new",
            ">~let|add|enter|written|stored|come",
            ">~by|through",
            ">~forget gate",
            "!!input gate|old|drop|erase",
        ),
        ("input gate", f">~{_ERASES}", f"!forget gate|{_LETS_IN}|output gate|f_t|candidate|irrelevant|over"),
        (
            "input gate",
            ">~decide|determine|control|choose|tell|select|responsible|used|look|regulate|:|pick",
            f">~{_ERASES}",
            f"!{_LETS_IN}|forget gate|f_t|output gate|over",
        ),
        (
            "input gate",
            ">choose|decide|look|determine",
            ">~what|which",
            ">~thrown out|thrown away|removed|erased|thrown",
            "!forget gate|output gate|over",
        ),
        ("i_t|i", ">~decide|determine|tell|say|control", f">~{_ERASES}", "!f_t|f|forget gate|add|new"),
        (
            "f_t|f",
            ">~decide|determine|tell|say|control",
            ">~added|new|written|store|enter|add",
            "!i_t|i|keep|old|erase|forget|drop|lose",
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
        (
            "sigmoid",
            ">~can|may|become|is|are|get",
            ">~negative",
            "!tanh|candidate|and 1|input|weight|large|very|number|value to",
        ),
        (
            "sigmoid",
            ">~between|range|value|output|lie|give|number|go|interval|squash|map|return|are|is|:|function|lies",
            ">minus 1",
            "!tanh|hyperbolic|while|candidate|0|derivative|input|half|times|times",
        ),
        (
            "gate",
            ">~between|range|value|number|are|is|lie|take",
            ">~minus 1",
            "!tanh|hyperbolic|while|candidate|sigmoid|multiply|input|0|scale",
        ),
        ("gate", ">~can|may|is|are|become|be", ">~negative|below zero|below 0", "!!tanh|not|candidate|input|state"),
        ("sigmoid", ">~minus 1", ">~1", "!!tanh|candidate|0|derivative|input|half|times|hyperbolic|while"),
        (
            "minus 1",
            ">~1",
            ">~by|because|due|with|using|through|as",
            ">~sigmoid",
            "!tanh|and the",
            "!!tanh|candidate|0",
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
        ("tanh", ">~only|just|always", ">~positive", "!!input|if|for|not"),
        (
            "tanh|hyperbolic tangent",
            ">~between|range|value|output|from|lie|give|number|go|interval|squash|map|to|into|in|is|:|know|has|have|"
            "return",
            ">~0 and 1|0 to 1|0 , 1|0 1|zero to one|zero and one|0",
            ">~1|one|1",
            "!sigmoid|minus|while|gate|0 at|c_t|o_t|multiply|scale|input|c",
            "!!positive|derivative|twice|square|number from|minus 1",
        ),
        ("tanh", ">probability", ">~lie in|between|in", ">~0", ">~1", "!sigmoid|minus"),
        ("tanh", ">~-negative|below 0|below zero|smaller than 0|less than 0", "!!input|sigmoid|only|weight"),
        (
            "0 and 1|0 to 1|0 , 1",
            ">~by|because|due|with|using|through|as",
            ">~tanh",
            "!sigmoid|gate|and",
            "!!sigmoid|minus",
        ),
    ),
)

MISCONCEPTIONS = (
    SWAPPED_GATES,
    SIGMOID_RANGE,
    TANH_RANGE,
)
