"""Which words of a sentence belong to one claim: its clauses, chained where they speak of the same subject.

"The forget gate erases and the input gate writes" makes two claims; "the GRU, which is newer, has two gates and needs
less memory" makes one: a clause without a subject of its own, or with a pronoun, goes on about that of the clause
before it. Subject and verb are told without a parser: a clause has a verb, and its subject stands before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from grader.language.lexicon import SUBORDINATING, words_of
from grader.language.prose.english import AUXILIARIES, MERELY, NEGATORS, PRONOUNS, STOPWORDS, Verbs

_STRONG = frozenset([";", ".", "?"])
_WEAK = frozenset([",", ":", "(", ")", "|"])


_JOINING = SUBORDINATING | words_of("but so and or as yet")
_AGAINST = words_of("while whereas but although though")
_WHEN = words_of("when if because since as")
_WHAT = words_of("what which how whether")
_RELATIVE = words_of("which that who whose what how whether")
_DETERMINERS = words_of("a an the its their each every this that these those both no any some one two three")
_MODIFIERS = words_of(
    """
    then thus therefore hence also only just even not never still both again always often usually now later instead
    there here however so already simply mainly mostly first finally one other others another each all any such which
    that who where if when because since while whereas although though and or but as than until unless what how whether
    """
)
_NOT_SUBJECTS = STOPWORDS | PRONOUNS | _MODIFIERS | NEGATORS | MERELY
_PREPOSITIONS = words_of(
    """
    in on at by for with from to of into through via without within during after before over under between per inside
    unlike like compared contrary along thanks due despite besides beside until
    """
)
_GAP, _NAME = 6, 3
_INFLECTED = ("s", "ed")
_HELPED = 2
_IRREGULAR = words_of(
    "given taken lost left made done put kept cut built held fed read written thrown broken split spread run led shown"
)
_VERBS = words_of(
    """
    sits stands stays goes knows grows dies fades updates controls copies adds acts
    looks shares trains starts runs sums decides serves plays wants likes reaches means leaves holds lies works counts
    depends relies forgot went came grew began became took gave kept made knew saw got sees had
    """
)


def chains(words: Sequence[str], known: Verbs) -> tuple[int, ...]:
    """For each word the number of the chain of clauses that it stands in. Numbers rise by one at the first word."""
    numbers: list[int] = []
    current, stated = 0, False
    turns = turns_of(words, known)
    pieces = list(_pieces(words, turns))
    for at, (start, end) in enumerate(pieces):
        piece = words[start:end]
        verb = clause_verb(piece, known)
        verb = _gap(piece, words[:start]) if verb is None and stated else verb
        label = at > 0 and verb is None and _is_named(piece, words[end : end + 1])
        own = _has_subject(piece, verb) if verb is not None else label
        own = own or (verb is not None and _opener(piece) in _AGAINST and not _goes_on(piece, verb))
        own = own or start in turns
        follows = end in turns or _has_two_verbs(piece, known)
        own = own or (_opener(piece) in _WHEN and piece[0] in _WEAK and follows)
        own = own and not _is_object(piece, words[start - 1] if start else "", known)
        aside = piece[0] == "(" and verb is not None
        if at and (aside or (stated and (own or (piece[0] in _STRONG and not _goes_on(piece, verb))))):
            current, stated = current + 1, False
        stated = stated or verb is not None or label or (end < len(words) and words[end] in _STRONG)
        numbers.extend([current] * len(piece))
    return tuple(numbers)


def verb_places(words: Sequence[str], known: Verbs) -> frozenset[int]:
    """The places of verbs that take an object: no auxiliaries, no participles, no nouns ("the forget gate")."""
    return frozenset(
        place
        for place, word in enumerate(words)
        if word in _VERBS
        or (
            word in known.forms
            and not word.endswith("ing")
            and (place == 0 or words[place - 1] not in _DETERMINERS | _PREPOSITIONS - {"to"})
        )
    )


def participles(words: Sequence[str]) -> frozenset[int]:
    """The places of past participles that an auxiliary goes with: "is trained", "has also given up"."""
    return frozenset(
        place
        for place, word in enumerate(words)
        if ((word.endswith("ed") and not word.endswith("eed")) or word in _IRREGULAR)
        and not AUXILIARIES.isdisjoint(words[max(0, place - _HELPED) : place])
    )


def _pieces(words: Sequence[str], turns: Collection[int]) -> Iterator[tuple[int, int]]:
    """From one possible beginning of a clause to the next; what begins it stands in it."""
    start = 0
    for place, word in enumerate(words):
        begins = place in turns or word in _STRONG | _WEAK | _JOINING | _RELATIVE
        if place > start and begins and not _only_openers(words[start:place]):
            yield start, place
            start = place
    if start < len(words):
        yield start, len(words)


def turns_of(words: Sequence[str], known: Verbs) -> frozenset[int]:
    """Where what follows from a condition begins without a comma: "when it vanishes | the training gets slow"."""
    found: set[int] = set()
    for start, word in enumerate(words):
        if word not in _WHEN:
            continue
        end = next((at for at in range(start + 1, len(words)) if words[at] in _STRONG | _WEAK), len(words))
        first = clause_verb(words[start:end], known)
        if first is not None:
            openers = [at for at in range(start + first + 1, end) if _opens(words, at)]
            spans = pairwise((*openers, end))
            begun = [at for at, until in spans if _begins_clause(words[at:until], known)]
            found.update(at for at in begun[:1] if words[at] not in PRONOUNS)
    return frozenset(found)


def _opens(words: Sequence[str], at: int) -> bool:
    """Whether a subject may begin there."""
    opener = words[at] in (_DETERMINERS | PRONOUNS) - _RELATIVE
    return opener and words[at - 1] not in _PREPOSITIONS | _RELATIVE


def _begins_clause(piece: Sequence[str], known: Verbs) -> bool:
    """Whether a subject and its verb stand there."""
    verb = clause_verb(["", *piece[1:]], known)
    return verb is not None and (verb > 1 or piece[0] in PRONOUNS)


def _only_openers(words: Sequence[str]) -> bool:
    """ ", and", "; because": these begin one clause together."""
    return all(word in _STRONG | _WEAK | _JOINING for word in words)


def clause_begins(words: Sequence[str], at: int, known: Verbs) -> bool:
    """Whether a clause with a subject of its own begins there, which nothing joins to the one before."""
    end = next((i for i in range(at, len(words)) if words[i] in _STRONG | _WEAK), len(words))
    piece = words[at:end]
    if not piece or piece[0] in _JOINING | _RELATIVE:
        return False
    verb = clause_verb(["", *piece], known)
    return verb is not None and (piece[0] in PRONOUNS | {"i", "you"} or _has_subject(piece, verb - 1))


def clause_verb(piece: Sequence[str], known: Verbs) -> int | None:
    """The place of the first verb that is no infinitive and no part of a noun ("the forget gate")."""
    weak = None
    for place, word in enumerate(piece):
        before = piece[place - 1] if place else ""
        if word in AUXILIARIES or word in _VERBS:
            return place
        if word == "=" and 0 < place <= _NAME and weak is None:
            weak = place
        if word not in known.forms or before == "to" or word.endswith("ing"):
            continue
        if word.endswith(_INFLECTED):
            return place
        if weak is None and before not in _DETERMINERS | _PREPOSITIONS and place:
            weak = place
    return weak


def _is_named(piece: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a subject stands by itself: "input gate: adds", ", the input gate what is added"."""
    if following == [":"]:
        return True
    return bool(_WHAT.intersection(following)) and piece[0] in _WEAK | {"and"} and _has_subject(piece, len(piece))


def _has_two_verbs(piece: Sequence[str], known: Verbs) -> bool:
    """ ", when it is below one it vanishes": a condition with what follows from it."""
    first = clause_verb(piece, known)
    return first is not None and clause_verb(["", *piece[first + 2 :]], known) is not None


def _opener(piece: Sequence[str]) -> str:
    return next((word for word in piece if word not in _STRONG | _WEAK), "")


def _is_object(piece: Sequence[str], before: str, known: Verbs) -> bool:
    """Whether a clause is what is said or meant in the one before: "backward means that the error is ..." """
    return _opener(piece) in _RELATIVE and (before in AUXILIARIES or before in _VERBS or before in known.forms)


def _gap(piece: Sequence[str], before: Sequence[str]) -> int | None:
    """Where the verb is left out that stood in the clause before: "..., tanh between -1 and 1"."""
    said = [place for place, word in enumerate(piece[:_GAP]) if word in _PREPOSITIONS - {"of"}]
    return said[0] if said and said[0] > 1 and piece[said[0]] in before[-2 * _GAP :] else None


def _has_subject(piece: Sequence[str], verb: int) -> bool:
    """Whether a noun of its own stands before the verb, outside a phrase that only says where or when."""
    inside = False
    for word in piece[:verb]:
        if word in _RELATIVE and word not in {"that"}:
            return False
        if word in _PREPOSITIONS:
            inside = True
        elif word in _DETERMINERS and inside is False:
            continue
        elif word not in _NOT_SUBJECTS and word not in _STRONG | _WEAK and word.isidentifier() and not inside:
            return True
    return False


def _goes_on(piece: Sequence[str], verb: int | None) -> bool:
    """ "; it forgets", "; but then loses it" """
    said = [word for word in piece if word not in _STRONG | _WEAK | _JOINING]
    if not said or said[0] in PRONOUNS:
        return bool(said)
    return verb is not None and said[0] not in _PREPOSITIONS and not _has_subject(piece, verb)
