"""Q8 · Gates of the LSTM, with equations: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import ADDS, FORGETS

FORGET_AND_INPUT = tuple((*forgets, "&", *adds) for forgets in FORGETS for adds in ADDS)

OUTPUT = (
    (
        "output gate|o_t",
        ">decide|determine|control|select|filter|regulate|produce|give|extract|how much|what|which|"
        "choose|manage|govern|"
        "responsible|expose|compute",
        ">hidden state|h_t|output|expose|exposed|next|pass|shown|show|visible|reveal|cell state|memory",
        "!forget gate|input gate",
    ),
    (
        "hidden state|h_t",
        "determine|control|decide|filter|select|regulate|produce|obtain",
        ">~by|with|through",
        ">~output gate|o_t",
    ),
)

SWAPPED_GATES = (
    (
        "forget gate",
        ">~add|write|store new|added|insert",
        "!input gate|remove|discard|forget|output gate|keep|drop|delete|erase|throw",
    ),
    (
        "input gate",
        ">~discard|remove|erase|delete|forget|discarded|removed|forgotten|throw|what to discard",
        "!forget gate|add|store|write|update|keep|output gate|new|let|allow",
    ),
    (
        "input gate",
        ">~decide|determine|control",
        ">~discard|remove|erase|delete|forget|forgotten|throw",
        "!add|store|write|new|let|allow",
    ),
)

SIGMOID_RANGE = (("sigmoid", ">between|range|value|output|from", ">~minus 1", "!tanh|hyperbolic|while|whereas"),)

TANH_RANGE = (
    (
        "tanh|hyperbolic tangent",
        ">between|range|value|output|from",
        ">~0 and 1|0 to 1|0 , 1",
        "!sigmoid|minus|while|whereas",
    ),
)
