"""Q8 · Gates of the LSTM, with equations: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import ADDS, FORGETS

FORGET_AND_INPUT = tuple((*forgets, "&", *adds) for forgets in FORGETS for adds in ADDS)

_SHOWS = (
    "decide|determine|control|select|filter|regulate|produce|give|extract|how much|what|which|choose|manage|govern|"
    "responsible|expose|compute|let|show|reveal|pick|tell|say|pass|open|send|read|scale|release|present|make|allow|"
    "part|portion|amount|how many|emit|publish|when|mask|leave|leaves|define|set"
)

OUTPUT = (
    (
        "output gate|o_t|o|output gate o_t",
        f">{_SHOWS}",
        ">hidden state|h_t|output|expose|exposed|next|pass|shown|show|visible|reveal|cell state|memory|outside|out|"
        "h|outwards|read|world|cell|visible part|result",
        "!forget gate|input gate|bias|f_t|i_t",
    ),
    (
        "hidden state|h_t|output|what",
        "determine|control|decide|filter|select|regulate|produce|obtain|chosen|picked|scaled|let|governed|set|given",
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
        "expose|piece|read|tell|pick",
        "!forget gate|input gate|w_o|b_o",
    ),
    (
        "third|last|3|another|one",
        "~gate|valve|door|one",
        "out|h_t|h|hidden state|outside|shown|show",
        "part|some|what|let|take|which|only|select|run",
        "!forget|input",
    ),
    ("output", "~read|show|tell|reveal|expose|pick|select", "c|memory|cell|h|hidden state|outside", "!forget|input"),
    ("h_t|hidden state", "output gate|o_t", "part|portion|filter|fraction|how much|only what|visible|select|version"),
)

_WRITES = "add|write|store new|added|insert|store|save|saved|written|stored|let in|admit|new information|put in"
_ERASES = (
    "discard|remove|erase|delete|forget|discarded|removed|forgotten|throw|what to discard|drop|deleted|erased|wipe|"
    "clear|rid of|thrown|wiped|cleared|dropped"
)
_LETS_IN = "add|store|write|update|keep|new|let|allow|save|insert|written|added|enter|admit|stored|saved"

SWAPPED_GATES = (
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
)

SIGMOID_RANGE = (
    ("sigmoid", ">negative", "!tanh|not|no|never|candidate|and 1"),
    (
        "sigmoid",
        "between|range|value|output|from|lie|give|number|go|interval|squash|map|to|into|in",
        ">~minus 1",
        "!tanh|hyperbolic|while|whereas|not|candidate",
    ),
    ("gate", ">between|range|value|from|number", ">~minus 1", "!tanh|hyperbolic|while|whereas|not|candidate|sigmoid"),
)

TANH_RANGE = (
    ("tanh", ">0 to 1|0 and 1|zero to one|0 1", "!sigmoid|minus|gate"),
    ("tanh", ">~only|just", ">~positive"),
    (
        "tanh|hyperbolic tangent",
        "between|range|value|output|from|lie|give|number|go|interval|squash|map|to|into|in",
        ">~0 and 1|0 to 1|0 , 1|0 1",
        "!sigmoid|minus|while|whereas|not|gate|0 at",
    ),
)
