"""Words that are known without a question at hand: enough to tell a word from half of one."""

from __future__ import annotations

from importlib.resources import files

from grader.pack.vocabulary import PLAIN, Vocabulary


def words_of(text: str) -> frozenset[str]:
    """The words of a text in which blanks alone part them: how lists of words are written here."""
    return frozenset(text.split())


COORDINATING = words_of("and or nor plus")
"""What joins words side by side."""
ACCOMPANYING = words_of("with along together")
"""What joins a word to another as company."""
SUBORDINATING = words_of("because while although though since whereas when if unless until where")
"""What joins a clause to the one on which it hangs."""

COMMON = words_of(files("grader.language").joinpath("english.txt").read_text(encoding="utf-8"))
"""Common words of five letters and more. They must not be "corrected" to a word of the vocabulary one letter away.

Those words of the English frequency list of pyspellchecker (MIT licence) that are frequent, or usual in technical text.
"""

_SHORT = words_of(
    """
    able add all also an and any are as at back bad be both but by call can case cell copy data deal deep do does done
    down drop each easy end even fact far fast feed few find fix flow for from full get give go goes good grow had
    hard has have he help here high hold how idea if in into is it its just keep kept key know last less like line long
    loss lost low made make many may mean more most much must near need new next no node not now of off old on one only
    or our out over part pass past path plus read real role rule run same see self set she show side sign size slow so
    some step stop such sum take task tell term than that the them then they this time to too turn two type up us use
    used vary very was way we well were what when who why will with word work you zero
    """
)
_TECHNICAL = words_of(
    """
    backprop backpropagate backpropagated backpropagates backpropagating backpropagation concatenate convolutional
    elementwise feedforward handwriting hyperbolic keras minibatch nonlinear nonlinearity overfitting perceptron
    pretrained relu saturate saturated saturating sigmoid softmax tanh tensorflow
    """
)


def is_word(word: str, terms: Vocabulary = PLAIN) -> bool:
    """Whether this is a word by itself, in any case and number, of English or of the subject; one letter is none."""
    lower = word.lower()
    known = (COMMON, _SHORT, _TECHNICAL, terms.words)
    return any(form in words for form in (lower, lower.removesuffix("s")) for words in known)
