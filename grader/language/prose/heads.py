"""Whether the first word of a claim is what the sentence speaks of, or only says more about that.

"The gradient for the weights differs" speaks of the gradient, "the weighted sum is different" of the sum, "the absolute
value of tanh" of a value. What is a part of the subject, or does its work ("the cell of an RNN", "the output of a
sigmoid"), speaks for it.
"""

from __future__ import annotations

from grader.language.lexicon import words_of
from grader.language.prose.english import AUXILIARIES, NEGATORS, STOPWORDS
from grader.language.prose.match import Fit
from grader.language.prose.passages import Passage
from grader.language.prose.words import stem, stems_of

_GOVERNING = frozenset(["of", "for", "behind", "before"])
_ARTICLES = stems_of("the a an its their each every this that all both our any such")
_SMALL = frozenset(map(stem, STOPWORDS | NEGATORS | AUXILIARIES)) | _ARTICLES
_SPEAKING_FOR_IT = stems_of(
    """
    cell unit layer kind type sort version variant model network output state step copy part point idea job task
    role work function purpose aim range value weight parameter input neuron core heart inside one each both all
    direction half name pair set number direct result equation formula memory help means way case use
    """
)
_SECOND = stems_of("derivative gradient slope absolute square inverse sum product mean average difference norm size")
_MARKS = frozenset([",", ";", ":", "(", ")", ".", "|", "="])
_MODIFIERS = 3
_WEIGHTED = words_of("sum average mean input inputs combination")


def is_of_another_head(found: Fit, passage: Passage) -> bool:
    """Whether another noun than the claim's own is what the sentence speaks of."""
    first = min(found.places)
    return _is_governed(first, found, passage) or _is_modifier(first, found, passage)


def _is_governed(first: int, found: Fit, passage: Passage) -> bool:
    """ "the gradient for the weights", "the absolute value of tanh" """
    at = first - 1
    while at >= 0 and first - at <= _MODIFIERS and passage.stems[at] in _ARTICLES:
        at -= 1
    if at < 1 or passage.stems[at] not in _GOVERNING or at in found.places:
        return False
    head = passage.stems[at - 1]
    if head in _SMALL | _MARKS or not head.isalpha() or at - 1 in passage.verbs or at - 1 in passage.participles:
        return False
    return head not in _SPEAKING_FOR_IT or passage.stems[max(at - 2, 0)] in _SECOND


def _is_modifier(first: int, found: Fit, passage: Passage) -> bool:
    """ "the weighted sum is different" """
    following = passage.stems[first + 1 : first + 2]
    return bool(following) and first + 1 not in found.places and following[0] in _WEIGHTED
