"""What the wrong statements of several questions share: names of networks, verbs, and both voices of a claim."""

from __future__ import annotations

LSTM = "lstm|long short-term|long short"
OLD_LSTM = "original|originally|variant|coupled|cousin|relative|early version|first version|first lstm"
GRU = "gru|grus|gated recurrent|gated unit"
SIMPLE_RNN = (
    "rnn|simplernn|recurrent network|recurrent neural|recurrent cell|recurrent unit|plain cell|simple cell|basic cell|"
    "vanilla|vanilla cell|elman"
)
BIDIRECTIONAL = "bidirectional|brnn|brnns|birnn|birnns|bilstm|bilstms|bigru|bigrus"
FEED_FORWARD = (
    "feed-forward|feedforward|forward network|mlp|dense|perceptron|cnn|convolutional|convolution|transformer|"
    "deep network|ordinary network|normal network|traditional network|conventional network|linear network"
)

HAS = (
    "has|have|had|use|contain|consist|with|comprise|compose|include|own|possess|made|build|equipped|need|keep|"
    "maintain|get by|come with|work|feature|combine|there be|rely|own|hold|employ|find|exist|sit|live|there are|"
    "provided|give|got|control|controlled|regulate|manage|are|be|=|:"
)
_WITHIN = "of|in|inside|within|by|for"


def said_of(subject: str, verb: str, thing: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say that a subject does something to a thing: active, and with the thing in front of it."""
    return (
        (subject, f">~{verb}", f">{thing}"),
        (thing, f">~{verb}|work|sit", f">~{_WITHIN}", f">~{subject}"),
        (thing, f">~{_WITHIN}", f">~{subject}", f">~{verb}|decide|be|let|drop|store|throw|carry"),
        (_WITHIN, f">~{subject}", f">~{verb}|be", f">~{thing}"),
        (subject, ">~by|through|with|via|with the help", f">~{thing}"),
    )
