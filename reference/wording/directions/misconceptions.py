"""What students get wrong about two directions, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import BIDIRECTIONAL, described

_SUBJECT = f"{BIDIRECTIONAL}|it|network|rnn|rnns|gru|lstm"

_ONE_HALF = (
    "backward layer|backward rnn|backward lstm|backward gru|forward layer|forward rnn|forward lstm|forward gru|"
    "forward network|second layer|second rnn|second lstm|second gru|other rnn|other lstm|other gru|other layer|"
    "one layer|one lstm|one gru|one rnn|unidirectional|reader|half|backward one|forward one|partner|first layer|"
    "backward part|forward part|gate|single|usual|normal|ordinary|simple"
)

_FUTURE = (
    "future|following|later|coming|upcoming|word that follow|word that come after|what comes later|what comes after|"
    "come after|comes after|come afterwards|next word|right context|right side|right-hand|"
    "after it|word to the right|to the right"
)

_PAST = "past|previous|before|preceding|earlier|left context|left side|what came before|came before"

_ONLY = "only|just|solely|exclusively|nothing but|merely|alone|nothing else"

_BOTH = "both|also|as well|two|2|left and|past and|and past|past are|together|too|otherwise"

_WHOLE = "deep|several|bidirectional layer|bilstm layer|bigru layer|vector|model|row of|word|element|dense|multi-layer"

_JOINED = (
    "concatenate|concatenated|merge|merged|join|joined|side|average|parallel|next to|opposite|"
    "same|both|independent|independently|"
    "reverse order|reversed copy"
)

_FORWARD = "forward|first|1|lower"

_BACKWARD = "backward|second|2|upper|other"

_RNN = "rnn|lstm|gru|layer|network|lstms|grus|rnns|one"

_RESULT = "output|hidden state|hidden states|result|state|states|what"

_ERROR = (
    "backpropagation|backpropagated|back propagation|weight update|gradient|error|loss|propagate|adjust|"
    "update the weight|backward propagation"
)

_TRAINED = (
    "trained|vanish|both|each|bptt|as any|also|own weight|normal|afterwards|another|as always|as usual|every|"
    "nothing|confuse"
)


def future_only(question: str, network: str) -> Misconception:
    """Only what comes after a position is used."""
    return Misconception(
        f"{question}.future-only",
        message=f"A {network} uses the past as well as the future of each position.",
        against=f"{question}.context",
        about=BIDIRECTIONAL,
        others=_ONE_HALF,
        right=_BOTH,
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
                f"{_SUBJECT}|output|prediction|context|layer",
                f">~{_ONLY}",
                f">~{_FUTURE}|backward|backwards|in reverse|from the end",
            ),
            (
                f"{_SUBJECT}|output|prediction",
                ">use|base|depend|look|predict|see|take|consider|determine|know|read|run|rely|make|go",
                f">{_FUTURE}|backwards|from right to left|in reverse",
                f">~{_ONLY}",
            ),
            (
                f"{_SUBJECT}|output|prediction",
                ">~use|base|depend|look|predict|see|take|consider|determine|know|read|run|rely|make|go",
                f">~{_ONLY}",
                f">~{_FUTURE}|backwards|from right to left|in reverse",
            ),
            (
                _SUBJECT,
                ">~use|predict|look|see|take|consider|base|bases",
                f">~{_FUTURE}",
                ">~instead|rather than|not|ignore|without",
            ),
            ("instead of", ">~past", f">{_SUBJECT}", ">~use|look|see|take|consider", f">~{_FUTURE}"),
            (_SUBJECT, ">~ignore|disregard|forget", f">~{_PAST}", f">{_FUTURE}"),
            (
                "only|just",
                ">~following|later|future|right-hand|right|next",
                ">~word|context|input|element",
                ">~matter|count|available|use|known|considered|influence",
            ),
            (
                _SUBJECT,
                ">~look forward|looks forward|see the future|sees the future|look at the future",
                ">-look back|past|back",
            ),
            (
                "context|output|position|prediction",
                f">{_FUTURE}|after",
                ">past",
                ">~no interest|irrelevant|ignored|not used|does not matter",
            ),
            ("context", ">=|is|be", f">~{_FUTURE}|after", ">~nothing else|only|alone"),
            (
                "predict|output|result|state|representation|model|prediction|decision",
                f">~{_ONLY}",
                ">~on|from|of|by|to|with|at|made",
                f">~{_FUTURE}|after",
            ),
            (_PAST, ">~ignored|irrelevant|thrown away|of no interest|disregarded|no role|not matter|not count"),
            (_PAST, ">~-use|matter|consider|need|play|see|know|count|available|used|considered|seen|role"),
            (f"-{_PAST}", ">but|only", f">~{_FUTURE}|after|come"),
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
        about=BIDIRECTIONAL,
        others="deep network|deep rnn|multi-layer",
        right=f"{_WHOLE}|{_JOINED}|{described('first|second|each|stacked', BIDIRECTIONAL)}",
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
                f"{_RNN}|2|it",
                ">~is|are|be|sit|stand|put|arrange|connect|chain|come|stack|connected|arranged",
                ">~stack on top|on top of|one after the other|one after another|in series|one above the other|"
                "in a row|one behind the other|stacked on|on top|stacked , the second|one on the other|"
                "above each other",
            ),
            ("layer|rnn|lstm|gru|grus|lstms|rnns", ">~are|is|be", ">~stack|stacked"),
            (
                _RESULT,
                f">~{_FORWARD}",
                ">pass|get|feed|fed|receive|go|hand|as its|into|input|be|sent|processed|read|then",
                f">~{_BACKWARD}",
            ),
            (
                _BACKWARD,
                f"~{_RNN}",
                ">~input|get|receive|take|work on|fed|feed|process|read|refine|work|use",
                f">~{_RESULT}",
                f">~{_FORWARD}",
            ),
            ("on top of", f">~{_FORWARD}", ">~sit|stand|is|come|lie|be|put|stack", f">~{_BACKWARD}"),
            (_BACKWARD, f"~{_RNN}", ">~sit|stand|is|come|be", ">~on|on top of|behind|after", f">~{_FORWARD}"),
            (_FORWARD, ">~to", f">~{_BACKWARD}", ">~to", ">~output|y|one behind the other"),
            (
                _FORWARD,
                ">~pass|give|hand|send|feed|deliver|forward",
                f">{_RESULT}",
                ">~to|into",
                f">~{_BACKWARD}",
            ),
            (
                _FORWARD,
                f"~{_RNN}",
                ">then|afterwards|after that|after it|behind it|next|whose",
                f">~{_BACKWARD}",
                ">~its output|output of the first|its result|its hidden state|its state|the result",
            ),
            (_FORWARD, f"~{_RNN}", f">~{_RESULT}", ">~input|fed|given|go|passed", f">~{_BACKWARD}"),
            (_FORWARD, f">~{_RNN}", ">~feed|feeds|pass|passes|give|gives|hand|hands", f">~{_BACKWARD}|next"),
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
        about=BIDIRECTIONAL,
        others="one-directional|unidirectional|forward network",
        right=_TRAINED,
        unless=(f"{question}.context",),
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
                ">~mean|because|call|refer|stand for|is|be|namely|=|where|used for|there for|do|does|:|"
                "responsible|exist|serve",
                ">~backpropagation|backpropagated|back propagation|weight update|propagate the error|error go back|"
                "error be propagated|gradient flow|gradient go|error signal|propagate the loss|update the weight|"
                "adjust the weight|error be backpropagated|propagating the loss|carry the error|backward propagation|"
                "error go backward|for the gradient|of the error",
            ),
            (
                "backward|second direction|other direction|back|second|other",
                "~layer|lstm|gru|rnn|direction|one",
                ">~propagate|carry|correct|adjust|update|send|bring|flow|go|backpropagate|backpropagates|optimize|improve|fix|tune|run",
                ">~error|loss|gradient|weight|parameter|mistake",
            ),
            (
                "in",
                ">~second direction|other direction|backward direction|backward pass|backward one",
                ">~gradient|error|weight|loss",
                ">~flow|go|update|backpropagated|adjust|propagate|run|travel|be",
            ),
            (
                "in",
                ">~second direction|other direction|backward direction|backward pass|backward one",
                ">~flow|go|run|travel",
                ">~gradient|error|loss",
            ),
            (
                "because|mean|since|hence|=|name|call|direction",
                "~forward propagation|forward pass",
                ">backpropagation|backward pass|backward propagation|back propagation",
            ),
            (
                "run|go|forward|data",
                ">back|backward",
                ">~error|gradient|loss",
                ">bidirectional|2 direction|both direction|direction",
            ),
            (
                "bidirectional|2 direction|both direction|direction",
                ">forward|data",
                ">error|gradient|loss",
                ">~back|backward|backwards",
            ),
            (
                "backward",
                "~lstm|gru|rnn|layer|direction|part",
                ">~for|is|be|serve|used|exist|responsible",
                ">~for training|for learning|error|loss|gradient|backpropagation|gradients|for correcting",
            ),
        ),
    )
