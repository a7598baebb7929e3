"""What a sentence denies.

For every word of a sentence: the places of the negations that cover it. A negation reaches from its place to the end of
its clause, with the exceptions that make naive rules fail: "not only ... but also", "no longer limited", "information
that is not needed", "does not forget", "cannot ... without".
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.language.prose.english import (
    AUXILIARIES,
    CLAUSE_ENDS,
    FALSEHOOD,
    NEGATORS,
    NOT_A_NEGATION_AFTER,
    PRONOUNS,
    STOPWORDS,
    Verbs,
    verbs,
)

REACH = 9
_TURNS = frozenset([";", "but", "instead", "actually", "rather"])
_COMPOUND = {("instead", "of"), ("rather", "than")}


def denials(words: Sequence[str], known: Verbs | None = None) -> list[frozenset[int]]:
    """For each word, the indices of the negations whose scope it is in (a negation is not in its own scope).

    `known` are the verbs, without it those of English alone.
    """
    known = known or verbs()
    cover: list[set[int]] = [set() for _ in words]
    cancelled: set[int] = set()
    for at, word in enumerate(words):
        if at in cancelled or not _negates(words, at):
            continue
        scope = _scope(words, at, known)
        inner = [i for i in scope if words[i] in NEGATORS]
        if word != "without" and any(words[i] == "without" for i in inner):
            cancelled.update(inner)
            continue
        cancelled.update(inner)
        for i in scope:
            cover[i].add(at)
    return [frozenset(places) for places in cover]


def _negates(words: Sequence[str], at: int) -> bool:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if (word, following) in _COMPOUND:
        return True
    if word in FALSEHOOD:
        return any(w in {"that", "to"} for w in words[at + 1 : at + 5])
    if word not in NEGATORS or following in NOT_A_NEGATION_AFTER.get(word, frozenset()):
        return False
    return not (at and words[at - 1] in {"if", "or", "whether", "why"} and word in {"not", "no"})


def _scope(words: Sequence[str], at: int, known: Verbs) -> list[int]:
    first = at + 1
    if words[at] in FALSEHOOD or _is_falsehood_denied(words, at):
        turn = next((i for i in range(first, len(words)) if _turns(words, i)), len(words))
        return list(range(first, turn))
    content = [i for i in range(first, min(first + 3, len(words))) if words[i] not in STOPWORDS | {"be", "any"}]
    if content and words[content[0]] in known.denying:
        return list(range(first, content[1] if words[content[0]] == "longer" and len(content) > 1 else content[0] + 1))
    scope: list[int] = []
    for i in range(first, min(first + REACH, len(words))):
        if _ends_clause(words, i, first, known):
            break
        scope.append(i)
    return scope


def _turns(words: Sequence[str], i: int) -> bool:
    """ "It is wrong to call it a stack: it has two layers." """
    return words[i] in _TURNS or (words[i] == ":" and words[i + 1 : i + 2] != [] and words[i + 1] in PRONOUNS)


def _is_falsehood_denied(words: Sequence[str], at: int) -> bool:
    return words[at] == "not" and words[at + 1 : at + 3] in (["true", "that"], ["correct", "that"], ["right", "that"])


def _ends_clause(words: Sequence[str], i: int, first: int, known: Verbs) -> bool:
    word = words[i]
    if word in CLAUSE_ENDS and i > first:
        return True
    if word in AUXILIARIES and i > first and words[i - 1] != "to":
        return True
    if word == "and" and i + 1 < len(words):
        clause = any(later in AUXILIARIES for later in words[i + 1 : i + 5])
        return clause or words[i + 1] in known.forms | PRONOUNS
    return False
