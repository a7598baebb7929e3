"""What the wrong statements of several questions share: names of networks, verbs, and both voices of a claim."""

from __future__ import annotations

LSTM = "lstm|long short-term|long short"
OLD_LSTM = "original|originally|variant|coupled|cousin|relative|early version|first version|first lstm"
GRU = "gru|grus|gated recurrent|gated unit"
SIMPLE_RNN = (
    "rnn|simplernn|recurrent network|recurrent neural|recurrent cell|recurrent unit|plain-cell|simple-cell|basic-cell|"
    "vanilla|elman"
)
BIDIRECTIONAL = "bidirectional|brnn|brnns|birnn|birnns|bilstm|bilstms|bigru|bigrus"
FEED_FORWARD = (
    "feed-forward|feedforward|forward network|mlp|dense|perceptron|cnn|convolutional|convolution|transformer|"
    "deep network|ordinary network|normal network|traditional network|conventional network|linear network"
)

HAS = (
    "has|have|had|use|contain|consist|with|comprise|compose|include|own|possess|made of|"
    "made up|made from|need|built of|built from|"
    "equipped|keep|maintain|get by|come with|feature|there be|employ|hold|:|="
)
GATED = (
    "gated cell|gated network|gated unit|gated rnn|gated architecture|gated variant|gated version|gated one|"
    "gated recurrent|gated model|gated relative|gated successor"
)
_IS_THERE = "is|are|be|work|sit|find|found|live|exist"
_DONE = "controlled|regulated|decided|governed|done|managed|chosen|selected|steered"
_PRONOUNS = frozenset(["it", "its", "they", "there", "we", "each", "both"])
_WITHIN = "of|in|inside|within|by|for"


def described(qualities: str, nouns: str) -> str:
    """Each quality with each noun, as phrases: "own weight|own matrix|..."."""
    return "|".join(f"{quality} {noun}" for quality in qualities.split("|") for noun in nouns.split("|"))


def said_of(subject: str, verb: str, thing: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say that a subject does something to a thing: active, and with the thing in front of it."""
    named = "|".join(name for name in subject.split("|") if name not in _PRONOUNS)
    return (
        (subject, f">~{verb}", f">{thing}"),
        (thing, f">~{verb}|{_IS_THERE}", f">~{_WITHIN}", f">~{named}"),
        (thing, f">~{_WITHIN}", f">~{named}", f">~{verb}|decide|be|let|drop|store|throw|carry"),
        (_WITHIN, f">~{named}", f">~{verb}|{_IS_THERE}", f">~{thing}"),
        (subject, f">~{_DONE}|be", ">~by|through|via", f">~{thing}"),
        (_DONE, f">~{_WITHIN}", f">~{named}", ">~by|through|via", f">~{thing}"),
    )
