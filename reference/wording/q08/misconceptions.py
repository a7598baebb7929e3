"""Q8 · Gates of the LSTM: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_WRITES = "add|write|store new|added|insert|store|save|saved|written|stored|let in|admit|new information|put in"

_ERASES = (
    "discard|remove|erase|delete|to forget|what forget|be forgotten|discarded|removed|"
    "forgotten|throw|what to discard|drop|deleted|erased|wipe|"
    "clear|rid of|thrown|wiped|cleared|dropped"
)

_LETS_IN = "add|store|write|update|keep|new|let|allow|save|insert|written|added|enter|admit|stored|saved"

_DECIDES = (
    "decide|determine|control|choose|tell|select|responsible|pick|regulate|:|say|be for|let|say|is|be|serve|show|job"
)

_RANGE = (
    "between|range|value|output|lie|give|number|go|interval|squash|map|return|are|is|:|lies|from|squashes|know|has|have|"
    "take|in|into|to|be"
)

SWAPPED_GATES = Misconception(
    "q8.swapped-gates",
    message=("The forget gate decides what is removed from the cell state, the input gate what is added to it."),
    against="q8.forget-and-input",
    others="input gate|forget gate|output gate",
    right=(
        "irrelevant|over|bias|any longer|before|free of|so that|"
        "candidate is thrown|candidate is discarded|candidate is dropped"
    ),
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
            ">~add|adds|write|insert|let in|admit|put in|writes|save|introduce",
            ">~new|information|candidate|content|value|to the cell|to the memory|into the cell|fresh|input|what",
        ),
        ("f_t|f", ">~decide|determine|tell|say|control", ">~added|new|written|store|enter|add"),
        ("i_t|i", ">~decide|determine|tell|say|control", f">~{_ERASES}"),
        (
            "forget gate",
            f">~{_DECIDES}",
            ">~new|added|add|adding|store new|written|write|come in|enter|let in|what be new|which new|what to store",
        ),
        (
            "new|information|what be new|candidate",
            ">~let|add|enter|written|stored|come|write|in",
            ">~by|through",
            ">~forget gate",
        ),
        ("input gate", f">~{_ERASES}"),
        ("input gate", f">~{_DECIDES}", f">~{_ERASES}|thrown out|thrown away"),
        (f"{_ERASES}", ">~by", ">~input gate"),
    ),
)

SIGMOID_RANGE = Misconception(
    "q8.sigmoid-range",
    message="The sigmoid lies between 0 and 1; that is what makes it a gate. It is tanh that lies between -1 and 1.",
    against="q8.output",
    others="tanh|hyperbolic|candidate|sigmoid (",
    right="derivative|input|half|times|weight|very|0|scale|never",
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
        ("sigmoid|gate", ">~can|may|become|is|are|get|be", ">~negative|below zero|below 0"),
        ("sigmoid|gate", f">~{_RANGE}|function|number", ">minus 1"),
        ("sigmoid", ">~minus 1", ">~1"),
        ("minus 1", ">~1", ">~by|because|due|with|using|through|as|out of|since", ">~sigmoid"),
    ),
)

TANH_RANGE = Misconception(
    "q8.tanh-range",
    message="tanh lies between -1 and 1. It is the sigmoid that lies between 0 and 1.",
    against="q8.output",
    others="sigmoid|gate|derivative|f_t|i_t|o_t|tanh (",
    right="minus|derivative|turn 0|map 0|twice|square|input|number from|multiply|scale|positive input|times",
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
        ("tanh", ">~only|just|always|never", ">~positive|negative|below 0"),
        (
            "tanh|hyperbolic tangent",
            f">~{_RANGE}",
            ">~0-and-1|0-to-1|0 , 1|zero-to-one|zero-and-one",
        ),
        ("tanh|hyperbolic tangent", f">~{_RANGE}", ">~between 0|from 0", ">~1"),
        ("tanh", ">probability", ">~lie in|between|in", ">~0", ">~1"),
        ("tanh", ">~-negative|below 0|below zero|smaller than 0|less than 0"),
        ("0 and 1|0 to 1|0 , 1", ">~by|because|due|with|using|through|as", ">~tanh"),
        ("by|through|with|using", ">~tanh", ">~to|into|between|from", ">~0", ">~1"),
    ),
)

MISCONCEPTIONS = (
    SWAPPED_GATES,
    SIGMOID_RANGE,
    TANH_RANGE,
)
