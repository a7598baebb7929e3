"""What students get wrong about two directions, and how they say it."""

from grader.pack.questions import Misconception

_NOT_ONLY = "!!not only|past|previous|both|forward|also|before|rnn cannot|as well|two|2|not just|left and"


def future_only(question: str, network: str) -> Misconception:
    """Only what comes after a position is used."""
    return Misconception(
        f"{question}.future-only",
        message=f"A {network} uses the past as well as the future of each position.",
        against=f"{question}.context",
        says=(
            "It only uses future context.",
            "The output depends only on the words that follow.",
            "The network reads the sequence only backwards.",
            "It predicts from the future instead of the past.",
        ),
        says_not=(
            "It uses the past and the future.",
            "It does not only use the future but also the past.",
            "The backward layer only knows what comes after a word, the forward layer knows what comes before it.",
            "A forward network only knows the past.",
            "Not the past alone, the future counts too.",
        ),
        ways=(
            (
                "only|just|solely|exclusively|nothing but",
                ">~future|next|after|later|coming|following|upcoming",
                _NOT_ONLY,
            ),
            (
                "only|just|solely|exclusively|nothing but",
                "future|later|coming|following",
                "predict|prediction|use|look|information|context|see|depend|from",
                "bidirectional|birnn|bigru|bilstm|brnn|output|it",
                "!!not only|both|also|as well|two|2|not just|rnn cannot|unlike|normal|instead of only|before and after",
            ),
            (
                "only",
                ">~backward|reverse|from the end|right left",
                "!!not only|both|forward|also|as well|two|2|not just|not",
            ),
            (
                "instead of|rather than|not",
                "past|previous",
                "future|later|following",
                "!!only|both|also|as well|two|2|just",
            ),
        ),
    )


def stacked(question: str, layers: str) -> Misconception:
    """One layer reads what the other one gives."""
    return Misconception(
        f"{question}.stacked",
        message=(
            f"The two {layers} are not stacked. They read the same input side by side, in opposite directions, and "
            "their outputs are combined."
        ),
        against=f"{question}.two-{layers.lower()}",
        says=(
            "The second layer is stacked on top of the first one.",
            "The output of the forward layer is the input of the backward layer.",
            "The two layers are arranged one after the other.",
        ),
        says_not=(
            "The two layers are not stacked, they read the same input.",
            "The outputs of the forward and the backward layer are concatenated.",
            "The backward layer does not get the output of the forward layer.",
            "The outputs are stacked together to one vector of twice the size.",
            "The second layer takes the same input as the first layer.",
        ),
        ways=(
            (
                "stack|stacked|on top of|one after another|one after the other|in series|chained|one above the other|"
                "in a row",
                "layer|rnn|lstm|gru|network|first|2",
                "!!not|instead|unlike|rather|can|deep|word|element|step|time",
            ),
            (
                "output|pass|hidden state|result|sequence|feed|fed|go|hand|give|deliver",
                "first|forward",
                ">second|other|backward|next layer",
                "input|pass|get|feed|fed|receive|go|hand|as its|take|process",
                "!!not|reverse|reversed|forwards|unlike|instead|concatenate|combine|same|both|from last|independent|"
                "direction|merge|join|one from",
            ),
            (
                "second|backward|other",
                "~rnn|lstm|gru|layer|network",
                "input|get|receive|take|work on|fed|feed|process|read|refine",
                "output|result|hidden state",
                ">~first|forward",
                "!!not|unlike|instead|concatenate|combine|same|both|independent|merge|join|reverse order|reversed copy",
            ),
        ),
    )


def backpropagation(question: str, layer: str) -> Misconception:
    """The backward direction is taken for the way of the error."""
    return Misconception(
        f"{question}.backpropagation",
        message=(
            f"The backward direction is not backpropagation: it is a second {layer} that computes outputs from the "
            "sequence read in reverse. Every network is trained with backpropagation."
        ),
        against=f"{question}.both-directions",
        says=(
            "Backward means that the error is backpropagated.",
            "It is bidirectional because of forward propagation and backpropagation.",
            "In the second direction the gradients flow and the weights are updated.",
        ),
        says_not=(
            "Backward does not mean backpropagation.",
            "Both directions are trained with backpropagation.",
            "The backward direction has nothing to do with the backward pass of training.",
            "Gradients flow through both directions during training.",
            "The network is trained by backpropagation as any other, also the backward layer.",
        ),
        ways=(
            (
                "backward|bidirectional|reverse|2 direction|both direction|back|backwards|second direction|"
                "other direction",
                "mean|because|call|refer|stand for|due to|is|are|namely|since|so|as|where|when|while|during|by|for|and",
                "backpropagation|backpropagated|back propagation|weight update|propagate the error|error goes|"
                "error flow|gradient flow|gradient go|error signal|gradient|error|update the weight|"
                "adjust the weight|learning step",
                "!!not|trained|vanish|as well as any|unlike|normal|lstm cell|second rnn|second lstm|second gru|another",
            ),
            (
                "forward propagation|forward pass",
                "backpropagation|backward pass|backward propagation|back propagation",
                "bidirectional|both direction|direction|that is why|name|2",
                "!!train|trained|training|not",
            ),
        ),
    )
