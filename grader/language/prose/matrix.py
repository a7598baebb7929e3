"""The clause on which a statement hangs: "nobody would say that ...", "it is a fairy tale that ...".

What stands behind such a "that" is asserted as far as the clause before it asserts it: not where a word in it denies,
doubts or dreams, or where it only says what somebody has to write. "There is no doubt that" and "not surprising that"
assert. In "a state that carries" no clause hangs on anything: a verb follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.language.lexicon import words_of
from grader.language.prose.english import AUXILIARIES, NEGATORS, verbs

_SUBJECTS = words_of(
    """
    the a an it its their they there each every all both two three at in with by when while one no some many most what
    if information h_t c_t x_t
    """
)
_PREPOSITIONS = words_of("for by of to with from do in on at like as")
_DENYING = (
    NEGATORS
    - words_of(
        "ignore ignores ignoring difficult difficulty hard fail fails failed failing unlike lack lacks lacking unable"
    )
) | words_of(
    """
    nobody hardly scarcely barely seldom rarely disagree disagrees deny denies denied denying doubt doubts doubted
    refute refuted refutes reject rejects rejected dispute disputes disputed contest contested retracted disproved
    disproven debunked refuse refuses hesitate pretend pretends wish wishes hope hopes hoped fear fears lie lies lied
    myth tale tales rumour rumor hoax joke error mistake fallacy dream dreams dreamt fantasy fiction nonsense opposite
    contrary false wrong untrue incorrect unlikely improbable impossible doubtful questionable absurd mistaken further
    farther anything debated forbidden ashamed imagined supposed
    """
)
_ONCE_HELD = words_of("assumed believed thought claimed supposed suspected")
_DUTIES = words_of("should must could might would will shall wants want need needs have has had going plan")
_TELLING = words_of("say write explain mention check hear claim tell prove verify confirm repeat add state")
_TO_BE_KEPT = words_of(
    """
    overlook ignore neglect surprising surprise wonder secret coincidence doubt deny doubts denies only remember change
    """
)
_MINE = words_of("i we")
_CLAUSE_BEGINS = words_of(", ; : ( but because since so therefore hence thus and")
_UNDECIDED = words_of("unclear wonder wonders debated disputed doubtful unknown uncertain questionable")
_DECIDED = words_of("know knows knew known tell sure certain clear say")
_NAMED = words_of("the a an its their this that these each every of no any")
_SAYINGS = words_of(
    "statement statements claim claims view opinion evidence proof fact sense belief way chance reason world universe"
)
_VERBS = verbs()
_LONGEST = 12


def hanging(words: Sequence[str]) -> Iterator[int]:
    """Where in a sentence something begins that its author does not assert, for the clause on which it hangs."""
    for at in range(1, len(words)):
        if words[at] not in ("that", "whether", "if"):
            continue
        first = max(0, at - _LONGEST)
        begin = next((i + 1 for i in range(at - 1, first - 1, -1) if words[i] in _CLAUSE_BEGINS), first)
        matrix = words[begin:at]
        if words[at] == "that":
            denied = _is_complement(at, words) and (_denies(matrix) or _owes(matrix))
        else:
            last = matrix[-1] if matrix else ""
            denied = last in _UNDECIDED or (last in _DECIDED and _denies(matrix))
        if denied:
            yield begin


def _is_complement(at: int, words: Sequence[str]) -> bool:
    """Whether a whole clause follows "that", and not what is said of the noun before: "the memory that they see"."""
    following, behind = [*words[at + 1 : at + 3], "", ""][:2]
    plural = following.endswith("s") and following not in _VERBS.forms | AUXILIARIES and behind not in _NAMED
    if words[at - 1] in _PREPOSITIONS or not (following in _SUBJECTS or plural):
        return False
    noun = words[at - 1]
    return at < 2 or words[at - 2] not in _NAMED or noun in _SAYINGS or noun in _DENYING


def _denies(matrix: Sequence[str]) -> bool:
    """Whether a word of the clause denies or doubts, and none denies the doubt."""
    cues = [word for word in matrix if word in _DENYING]
    if not cues and not (_ONCE_HELD.intersection(matrix) and _MINE.isdisjoint(matrix)):
        return False
    return _TO_BE_KEPT.isdisjoint(matrix) or len([word for word in cues if word not in _TO_BE_KEPT]) != 1


def _owes(matrix: Sequence[str]) -> bool:
    """ "I have to write", "the examiner wants to hear"; but "I would say", "we can say"."""
    said = next((at for at, word in enumerate(matrix) if word in _TELLING), None)
    if said is None or _DUTIES.isdisjoint(matrix[:said]):
        return False
    return not (
        matrix[said] == "say" and matrix[said - 1] in ("would", "could", "might") and not _MINE.isdisjoint(matrix)
    )
