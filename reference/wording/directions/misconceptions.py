"""What students get wrong about two directions, and how they say it."""

from grader.pack.questions import Misconception

_NOT_ONLY = (
    "!!not only|both|also|before|rnn cannot|as well|two|2|not just|left and|backward layer|forward layer|backward rnn|"
    "second layer|alone|after the|after all|first output|given|delay|drawback|past are|and past|past and|h_t|online|"
    "real-time|"
    "available only|only available|sequence be|sequence have|a backward|backward gru|backward lstm|forward gru|"
    "forward lstm|page"
)


_NEVER_BOTH = "!!both|also|as well|two|2|just|unidirectional|forward rnn|backward layer|backward rnn|not only|h_t"


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
                "it|network|output|rnn|birnn|bigru|bilstm|brnn|gru|lstm|prediction|context|layer",
                ">~only|just|solely|exclusively|nothing but",
                ">~future|following|later|coming|upcoming|word that follow|word that come after|backward|backwards|"
                "in reverse|from the end|what comes later|what comes after|come after|comes after|come afterwards",
                _NOT_ONLY,
            ),
            (
                "it|network|output|rnn|birnn|bigru|bilstm|brnn|prediction",
                ">~use|base|depend|look|predict|see|take|consider|determine|know",
                ">~only|just|solely|exclusively|nothing but",
                ">~future|following|later|coming|upcoming|word that|what comes",
                _NOT_ONLY,
            ),
            (
                "it|network|output|birnn|bigru|bilstm|brnn|bidirectional",
                ">~use|predict|look|see|take|consider|base|bases",
                ">~future|following|later",
                ">~instead|rather than|not",
                _NEVER_BOTH,
            ),
            (
                "instead of",
                ">~past",
                ">it|birnn|bigru|bilstm|brnn|bidirectional|network",
                ">~use|look|see|take|consider",
                ">~future|following|later",
                _NEVER_BOTH,
            ),
            (
                "it|network|birnn|bigru|bilstm|brnn",
                ">~ignore|disregard|forget",
                ">~past|before|previous|earlier",
                ">future|following|later|after",
                _NEVER_BOTH,
            ),
            (
                "only",
                ">~following|later|future|right-hand|right",
                ">~word|context|input|element",
                ">~matter|count|available|use|known|considered|influence",
                _NOT_ONLY,
            ),
            (
                "birnn|bigru|bilstm|brnn|bidirectional|it",
                ">~look forward|looks forward|see the future|sees the future|look at the future",
                ">-look back|past|back",
                _NEVER_BOTH,
            ),
            (
                "context|output|position|prediction",
                ">following|later|future|after|what comes",
                ">past",
                ">~no interest|irrelevant|ignored|not used|does not matter",
                _NEVER_BOTH,
            ),
            ("context", ">=|is|be", ">~following|later|future|after", ">~nothing else|only|alone", _NEVER_BOTH),
            (
                "predict|output|result|state|representation|model|prediction|word|decision",
                ">~only|solely|exclusively|just",
                ">~on|from|of|by|to|with|at|made",
                ">~future|following|later|come after|comes after|after|right context|right side|next word|follow|"
                "follows",
                _NOT_ONLY,
            ),
            (
                "past|previous word|left context|earlier word|previous input|preceding word",
                ">~ignored|irrelevant|thrown away|of no interest|disregarded",
                _NEVER_BOTH,
            ),
            (
                "past|previous word|left context|earlier word|previous input|preceding word|what came before|left side",
                ">~-use|matter|consider|need|play|see|know|count|available",
                _NEVER_BOTH,
            ),
            (
                "-past|before|previous|preceding",
                ">but|only",
                ">~future|following|after|later|come",
                _NEVER_BOTH,
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
                "layer|rnn|lstm|gru|network|2|one|it",
                ">~is|are|be|sit|stand|put|arrange|connect|chain|come",
                ">~stack on top|on top of|one after the other|one after another|in series|one above the other|"
                "in a row|one behind the other|stacked on|on top|stacked , the second",
                "!!deep|word|element|step|time|several|more|bidirectional layer|bilstm layer|bigru layer|vector|model|"
                "output be|outputs be|hidden state|hidden states|read|result|results|concatenate",
            ),
            (
                "layer|rnn|lstm|gru",
                ">~are|is|be",
                ">~stack|stacked",
                "!!deep|vector|several|bidirectional layer|bilstm layer|bigru layer|output be|hidden state|result|"
                "can|may|"
                "model|concatenate|time|step|side by side",
            ),
            (
                "output|hidden state|result|it",
                ">~first|forward|lower",
                ">second|other|backward|next layer|upper",
                "~input|pass|get|feed|fed|receive|go|hand|as its|take|into",
                "!!reverse order|reversed copy|concatenate|combine|same|both|from last|independent|"
                "direction|merge|join|dense|vector|add|sum|step|word|and the second|position|side|average|one from",
            ),
            (
                "second|backward|upper|other",
                "~rnn|lstm|gru|layer|network|one",
                ">~input|get|receive|take|work on|fed|feed|process|read|refine|work",
                ">~output|result|hidden state|what|state",
                ">~first|forward|lower",
                "!!concatenate|combine|same|both|independent|merge|join|reverse order|reversed copy|dense|direction|"
                "vector",
            ),
            (
                "is|are|consist|has|have",
                ">~2|pair",
                ">~layer|lstm|gru|rnn|network|lstms|grus|rnns",
                ">~stacked|on top|above each other|one after the other|one behind the other|in series",
                "!!deep|vector|several|bidirectional layer|bilstm layer|bigru layer|output|hidden state|model|side",
            ),
            ("on top", ">~forward", ">~backward", "!!concatenate"),
            (
                "backward|second",
                "~layer|rnn|lstm|gru",
                ">~sit|stand|is",
                ">~on|on top of|behind|after",
                ">~forward|first",
                "!!concatenate|next to|side|opposite|independent",
            ),
            (
                "forward|1",
                ">~to",
                ">~backward|2",
                ">~to",
                ">~output|y|one behind the other",
                "!!concatenate|add|x to backward",
            ),
            (
                "forward|first",
                ">~pass|give|hand|send|feed|deliver|forward",
                ">output|hidden state|result|state",
                ">~to|into",
                ">~backward|second|other",
                "!!concatenate|combine|both|merge|join|dense|add|sum|independent|step to|next step",
            ),
            (
                "output|result|hidden state|hidden states|states",
                ">~of the first|of the forward|of first|of forward|first|forward",
                ">~are|is|go|serve|become|enter|get|goes",
                ">input|fed|given|passed|into|handed|sent|processed|read",
                ">~second|backward|other",
                "!!concatenate|combine|both|merge|join|dense|add|sum|independent|step to|next step|same|joined",
            ),
            (
                "forward|first|1",
                "~lstm|gru|rnn|layer",
                ">then|afterwards|after that|after it|behind it|next",
                ">~backward|second|2",
                ">~its output|output of the first|its result|its hidden state|its state|the result",
                "!!concatenate|combine|both|merge|join",
            ),
            (
                "first|forward",
                ">~layer|rnn|lstm|gru",
                ">~feed|feeds|pass|passes|give|gives|hand|hands",
                ">~second|next|other|backward",
                "!!concatenate|combine|both|merge|join|step|same",
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
                "backward|bidirectional|second direction|other direction|backwards|backward direction|"
                "reverse direction",
                ">~mean|because|call|refer|stand for|is|be|namely|=|where|used for|there for|do|does|:",
                ">~backpropagation|backpropagated|back propagation|weight update|propagate the error|error go back|"
                "error be propagated|gradient flow|gradient go|error signal|propagate the loss|update the weight|"
                "adjust the weight|error be backpropagated|propagating the loss|carry the error|backward propagation",
                "!!trained|vanish|as well as any|normal|each|both|second rnn|second lstm|second gru|another|"
                "as for any|bptt",
            ),
            (
                "backward|second direction|other direction|back",
                "~layer|lstm|gru|rnn|direction|with|pass",
                ">~propagate|carry|correct|adjust|update|send|bring|flow|go|backpropagate",
                ">~error|loss|gradient|weight",
                "!!trained|vanish|both|each|of the backward layer|for the backward|as any|bptt|as for any|also|own|"
                "afterwards",
            ),
            (
                "in",
                ">~second direction|other direction|backward direction|backward pass",
                ">~go|flow|gradient|error|weight",
                ">~gradient|error|update|backpropagated|adjust|propagate",
                "!!both|each|as any|trained|through both|afterwards|bptt",
            ),
            (
                "because|mean|since|hence|=|name|call",
                "~forward propagation|forward pass",
                ">backpropagation|backward pass|backward propagation|back propagation",
                "!!train|trained|training|through both|afterwards",
            ),
            (
                "run|go|forward",
                ">back",
                ">~error|gradient|loss",
                ">~update|correct|adjust",
                ">bidirectional|2 direction|both direction",
            ),
            (
                "backward|second|other",
                "~lstm|gru|rnn|layer|direction|one|network",
                ">~train|learn|correct|adjust|update|optimize|improve|fix|tune",
                ">~weight|parameter|error|mistake|gradient|loss",
                "!!both|each|trained|bptt|as any|also|backpropagation through time|own weight|forward",
            ),
            (
                "backward",
                "~lstm|gru|rnn|layer|direction|part",
                ">~for|is|be|serve|used|exist|responsible",
                ">~training|learning|error|loss|gradient|backpropagation|gradients",
                "!!both|each|trained|bptt|as any|also|same",
            ),
        ),
    )
