"""Words that stand in a condition: what is said there alone is supposed, and not said.

"If the gates see the cell state, pigs can fly" says nothing of gates; "if the factors are below one, the gradient
shrinks" says of the gradient what it does. A condition goes on over "and", "which" and what is listed in it, up to a
clause with a subject of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.language.lexicon import words_of
from grader.language.prose.clauses import clause_begins, clause_verb, turns_of
from grader.language.prose.english import AUXILIARIES, PRONOUNS, STOPWORDS, Verbs

_SUPPOSING = words_of("if unless provided providing assuming supposing")
_EXCEPTING = words_of("unless")
_EXCEPTED = words_of("when where")
_WITH_THAT = words_of("provided assuming supposing")
_NAMING = words_of("call calls called named speak speaks known means")
_CLOSING = words_of("; : ) . ?")
_OPENING = words_of(", ; : ( . ? and but so because")
_PERSONAL = words_of("it we they")
_SHORT = words_of("it's they're that's there's")
_HOLDING = words_of("that which because so and or what how than of to when while as")
_LONGEST = 60


def supposed(words: Sequence[str], known: Verbs, of_subject: Callable[[str], bool]) -> frozenset[int]:
    """The places of the words that stand in a condition; none where it is said how something is called then.

    Where what follows from it has no word of the subject, all is supposed; but where it stands before the condition, a
    pronoun may stand for one ("this only works if ..."). Two conditions in one sentence tell cases apart: "if below one
    it shrinks, if above one it grows".
    """
    starts = [at for at in range(len(words)) if _begins(words, at)]
    found = frozenset(place for start in starts for place in range(start, _end(words, start + 1, known)))
    named = any(word in _NAMING and at not in found for at, word in enumerate(words))
    if not found or named:
        return frozenset()
    outside = [word for at, word in enumerate(words) if at not in found]
    behind = len(starts) == 1 and starts[0] > 0 and clause_verb(words[: starts[0]], known) is not None
    said = words[: starts[0]] if behind else outside
    speaks = any(word not in STOPWORDS | PRONOUNS and of_subject(word) for word in said)
    if not speaks and not (starts[0] > 0 and not PRONOUNS.isdisjoint(said)):
        return frozenset(range(len(words)))
    return found if len(starts) == 1 else frozenset()


def excepted(words: Sequence[str], known: Verbs) -> frozenset[int]:
    """The places of the words of an exception: where all is well unless something is so, it is not so."""
    starts = [at for at in range(len(words)) if words[at] in _EXCEPTING and _begins(words, at)]
    starts += [at for at in range(len(words)) if words[at] in _EXCEPTED and _begins(words, at)]
    return frozenset(place for start in starts for place in range(start, _end(words, start + 1, known)))


def _begins(words: Sequence[str], at: int) -> bool:
    if words[at] == "should":
        return at == 0
    if words[at] in _EXCEPTED and at and words[at - 1] == "except":
        return True
    if words[at] not in _SUPPOSING:
        return False
    return words[at] not in _WITH_THAT or words[at + 1 : at + 2] == ["that"] or at == 0


def _end(words: Sequence[str], start: int, known: Verbs) -> int:
    """Where the condition that begins there ends: at "then", or where a clause with a subject of its own begins."""
    last = min(len(words), start + _LONGEST)
    opens = start == 1 or words[start - 2] in _OPENING
    exception = words[start - 1] in _EXCEPTING | _EXCEPTED
    goes_on = (exception and not opens) or "then" in words[start:last]  # then a colon does not end it
    closing = _CLOSING - {":"} if goes_on else _CLOSING
    for at in range(start + 1, last):
        if words[at] in closing or (
            words[at] == "then" and words[at + 1 : at + 2] != [] and not _acts(words, at, known)
        ):
            return at
        if words[at] != ",":
            continue
        if words[at + 1 : at + 2] and words[at + 1] in _SUPPOSING:
            last = at
            break
        if clause_verb(words[start:at], known) is not None and clause_begins(words, at + 1, known):
            return at
    begun = [at for at in turns_of(words[:last], known) if at > start]
    begun += [at for at in range(start + 2, last - 1) if _goes_on_with_a_pronoun(words, start, at, known)]
    return min(begun, default=last) if opens else last


def _goes_on_with_a_pronoun(words: Sequence[str], start: int, at: int, known: Verbs) -> bool:
    """ "if it gets very small | we speak of", "if you leave it there for long | it's still there" """
    if words[at] not in _SHORT and not (words[at] in _PERSONAL and _acts(words, at, known)):
        return False
    before = words[at - 1]
    return (
        before not in _HOLDING and not _acts(words, at - 2, known) and clause_verb(words[start:at], known) is not None
    )


def _acts(words: Sequence[str], at: int, known: Verbs) -> bool:
    """ "gradient descent then updates": no clause begins behind "then"."""
    return words[at + 1] in known.forms or words[at + 1] in AUXILIARIES | _NAMING
