"""Q8 · Gates of the LSTM: what a good answer says, and how students say it."""

from grader.pack.questions import Concept

_REMOVE = (
    "discard|remove|forget|forgotten|throw|thrown|erase|delete|drop|keep|kept|retain|retained|lose|clear|preserve|"
    "reset|eliminate|filter out|rid of|wipe|stay|remain|survive|scale|old|previous|leave|left|go away|thrown away|"
    "cut|go out|goes out|past|c_prev|fade|maintain|purge|washed|removed|let through|multiply"
)

_ADD = (
    "add|added|store|stored|write|written|update|insert|enter|save|let|new information|new value|new content|"
    "remember|new|let in|admit|put|come in|take in|accept|candidate|put in|incoming|fresh|saved|record|flow in|"
    "into|come inside"
)

_DROPS = (
    "drop|delete|erase|clean|lose|prune|clear|wipe|wiped|remove|discard|throw|thrown|old|stale|expired|drain|"
    "reduce|scale down|keep|kept|past|previous|retain|remain|stay|fade"
)

_TAKES_IN = (
    "store|write|add|new|insert|insertion|fill|put|let in|candidate|gain|take in|absorb|admit|incorporate|comes in|"
    "come in|included|novel|enter|added|stored|written|update|incoming"
)

_MEMORY = "memory|cell state|content|information|c|c_prev|past|old|tank|cell|long-term memory|candidate|new|stuff|food"

_FORGETS = (
    (
        "f|f_t",
        ">~" + "leave|leaves|drop|dropped|removed|remove|erase|erased|stay|stays|keep|kept|delete|discard|forget|"
        "thrown|wiped|survive",
        "!i|i_t|o|o_t",
    ),
    (
        "forget gate|f_t|forget|f gate",
        f">{_REMOVE}",
        "!input gate|output gate|i_t|o_t|read|use|take",
        "!!both the forget",
    ),
    (_REMOVE, ">~by|through|via|with|of", ">~forget gate|f_t|f", "!input gate"),
    (
        _DROPS,
        "~forget|f_t|f|f gate|f_j",
        "!input gate|input",
        "!!take the|takes the|reads the|read the|use the old|both the forget",
    ),
    ("forget gate", "first|1", f"{_REMOVE}"),
    ("0|1", "erase|wipe|delete|forget|keep|leave|drop|remove|throw", "forget|f_t|c_prev|f"),
    (_DROPS, _MEMORY, "gate|valve|door|one|first|1|keeper|f", "!input gate"),
)

_ENTERS = (
    "enter|enters|add|added|allow|allows|come in|comes in|write|written|new|store|stored|let in|admitted|allowed in|"
    "goes in|enters"
)
_ADDS = (
    ("i|i_t", f">~{_ENTERS}", "!f|f_t|o|o_t"),
    ("input gate|i_t|i gate", f">{_ADD}", "!forget gate|output gate|f_t|o_t"),
    (_ADD, ">~by|through|via|with|of", ">~input gate|i_t|i", "!forget gate"),
    (_TAKES_IN, "~input|i_t|i gate|i_j|time i", "!forget gate|forget"),
    ("input gate", "second|2|other", f"{_ADD}"),
    (_TAKES_IN, _MEMORY, "valve|door|one|other|second|2|another|i", "!forget gate|forget|output gate|output"),
)
"""What the forget and the input gate do to the cell state, actively or passively."""

FORGET_AND_INPUT = Concept(
    "q8.forget-and-input",
    "The forget gate decides what is removed from the cell state, the input gate what is added to it.",
    hint="Say what the two gates do to the cell state: the forget gate removes from it, the input gate adds to it.",
    why="There are two gates so that the network can drop the old and store the new independently of each other.",
    says=(
        "The forget gate decides what is removed from the cell state and the input gate decides what is added.",
        "With the forget gate old content is erased. With the input gate new content is written.",
        "f_t says how much of the old memory is kept, i_t how much of the candidate is stored.",
        "Old values are dropped by the forget gate, new ones are let in by the input gate.",
        "The input gate controls which new information enters the cell, while the forget gate controls which "
        "information leaves it.",
    ),
    says_not=(
        "The forget gate adds new information and the input gate removes old information.",
        "The LSTM has a forget gate, an input gate and an output gate.",
        "The forget gate does not remove anything and the input gate does not add anything.",
        "The update gate keeps the old state and the reset gate drops it.",
        "The forget gate came first and the input gate second, and then we add the output gate.",
    ),
    ways=tuple((*forgets, "&", *adds) for forgets in _FORGETS for adds in _ADDS),
)

_SHOWS = (
    "decide|determine|control|select|filter|regulate|produce|give|extract|how much|what|which|choose|manage|govern|"
    "responsible|expose|compute|let|show|reveal|pick|tell|say|pass|open|send|read|scale|release|present|make|allow|"
    "part|portion|amount|how many|emit|publish|when|mask|leave|leaves|define|set"
)

OUTPUT = Concept(
    "q8.output",
    "The output gate decides what part of the cell state becomes the hidden state.",
    hint="Say what the output gate does: it decides how much of the cell state is shown as the hidden state.",
    why="What is remembered and what is shown are two things: a value can wait in the cell until it is needed.",
    says=(
        "It is up to the output gate which part of the memory is handed out as hidden state.",
        "What is shown to the outside is controlled by the output gate.",
        "o_t selects which values of tanh(c_t) are passed on as h_t.",
        "The output gate filters the memory before it is given out.",
    ),
    says_not=(
        "The output gate is a sigmoid of the input and the previous hidden state.",
        "The LSTM has an output gate.",
        "The output layer gives the prediction.",
        "The output gate has its own weights for the hidden state.",
        "The input gate lets new values into the cell.",
    ),
    ways=(
        (
            "visible|shown|outer|external|hidden|h_t|h|output",
            "~state|h_t|output|vector",
            "gated|filtered|masked|scaled",
            "~version|copy|view|part|cell state|c_t|c",
            "cell state|c_t|c|memory|cell",
            "!forget gate|input gate",
        ),
        (
            "output gate|o_t|o|output gate o_t",
            f">{_SHOWS}",
            ">hidden state|h_t|output|expose|exposed|next|pass|shown|show|visible|reveal|cell state|memory|outside|"
            "out|"
            "h|outwards|read|world|cell|visible part|result",
            "!forget gate|input gate|bias|f_t|i_t|removed|computed from|make use|previous hidden|h_prev|reads the",
        ),
        (
            "hidden state|h_t|output|what",
            "determine|control|decide|filter|select|regulate|produce|obtain|chosen|picked|scaled|let|governed|set|"
            "given",
            ">~by|with|through|of",
            ">~output gate|o_t",
        ),
        (
            "last|third|final|3",
            "~gate|one",
            "output|o_t|o",
            "hidden state|h_t|cell state|memory|outside|shown|visible|expose|next",
            "decide|filter|which|what|how|control|determine|select",
        ),
        (
            "output gate|o_t|o",
            "h_t|hidden state|h",
            "filter|select|relevant|part|some|which|what|whether|how much|shown|show|visible|appear|silent|let|reveal|"
            "expose|piece|tell|pick",
            "!forget gate|input gate|w_o|b_o|bias|computed from|previous",
        ),
        (
            "third|last|3|another|one",
            "~gate|valve|door|one",
            "out|h_t|h|hidden state|outside|shown|show",
            "part|some|what|let|take|which|only|select|run",
            "!forget|input",
        ),
        (
            "output",
            "~read|show|tell|reveal|expose|pick|select",
            "c|memory|cell|h|outside",
            "!forget|input|previous",
        ),
        (
            "h_t|hidden state",
            "output gate|o_t",
            "part|portion|filter|fraction|how much|only what|visible|select|version",
        ),
        (
            "o|o_t|output gate",
            ">~what|which|how much|part",
            ">c|cell state|memory",
            ">~becomes|hand on|as|is shown|goes out|visible|h|passed on",
            "!f|i|forget|input",
        ),
        (
            "how much|what part|which part",
            ">~cell|memory|c",
            ">~visible|shown|seen|exposed|let out",
            ">~output gate|o_t|o",
        ),
        ("output gate", ">~hide|hides|conceal|keep back|hold back|cover", "!!forget"),
    ),
)

CONCEPTS = (
    FORGET_AND_INPUT,
    OUTPUT,
)
