"""Headings and labels that say that what stands under them is not so, or not yet said: "Common myths", "To do"."""

from __future__ import annotations

from collections.abc import Sequence

from grader.language.lexicon import words_of

_MYTHS = words_of(
    """
    myth myths misconception misconceptions mistake mistakes misunderstanding misunderstandings pitfall pitfalls fallacy
    fallacies falsehood falsehoods misbelief misbeliefs lie lies wrong false incorrect untrue falsch nonsense
    """
)
_AROUND_MYTHS = words_of(
    """
    a an the very some common commonly popular frequent typical widespread often heard usual known statement statements
    claim claims answer answers idea ideas belief beliefs student students beginner beginners my to avoid about of and
    people make made by that in are is what here not true correct list few most number no with get gets got getting
    think believe beginners others everyone everybody many we i they have has often read heard where things thing
    """
)
_TALES = words_of(
    """
    myth myths misconception misconceptions lie lies falsehood falsehoods fallacy fallacies misunderstanding
    misunderstandings superstition superstitions rumour rumours rumor rumors hoax hoaxes jokes fiction satire nonsense
    """
)
_BAD = words_of(
    """
    wrong false incorrect untrue fake bogus bad invented falsified erroneous mistaken nonsensical made-up trap decoy
    rejected refuted debunked disproved disproven discarded retracted misleading unverified unchecked untested
    """
)
_DENIED = words_of(
    "debunked refuted disproved disproven retracted rejected denied falsified untrue false dismissed busted"
)
_UNFINISHED = words_of(
    """
    placeholder dummy wip lorem filler untested unverified unchecked unconfirmed hypothesis conjecture rumour rumor todo
    fixme joke spoiler quiz exercise tbd prank scratchpad scribble speculation satire sarcasm
    """
)
_REPORTED = words_of("not found missing mentioned covered explained said stated read")
_OF_A_REPORT = words_of(
    "in your our the answer answers text yet still is was are were what expected hint feedback here far so"
)
_LEFT_OUT = (
    "i disagree",
    "i don't agree",
    "i do not agree",
    "we disagree",
    "to be ignored",
    "be ignored",
    "ignore this",
    "do not read",
    "don't read",
    "do not mark",
    "not to be graded",
    "not to be marked",
    "not for grading",
    "not graded",
    "do not fall for",
    "don't fall for",
    "not my opinion",
    "not my view",
    "i reject",
    "do not believe",
    "don't believe",
)
_INVERSE = words_of("opposite reverse contrary negation inverse converse")
_LONGEST_UNFINISHED = 10
_TEXTS = words_of(
    """
    answer answers statement statements claim claims sentence sentences assertion assertions explanation explanations
    definition definitions facts notes text version equation equations formula formulas formulae
    """
)
_NOT_SO = ("not true", "untrue", "false", "not so", "not the case", "not correct", "not right", "incorrect")
_NOT_YET = (
    "to be corrected",
    "to be deleted",
    "to be removed",
    "to be checked",
    "to be verified",
    "to be proved",
    "to be written",
    "to be done",
    "to do",
    "to do list",
    "todo",
    "todos",
    "todo list",
    "open questions",
    "wish list",
    "opposite day",
    "not my answer",
    "not my own answer",
    "do not grade",
)
_TRUE = words_of("fact facts truth true reality correct right correction instead")
_TRULY = ("in fact", "in truth", "in reality", "actually", "the truth", "the fact")
_LONGEST, _LONGEST_OF_TEXTS, _NEAR = 8, 12, 3


def is_of_falsehoods(words: Sequence[str]) -> bool:
    """ "Common mistakes", "NOT TRUE", "Wrong answers that I found", "What is not true", "To do"."""
    named = [word for word in words if word not in {":", "-"}]
    if not named or len(named) > _LONGEST_OF_TEXTS:
        return False
    line = " ".join(named)
    if line.startswith(("not true", "not correct")) and _is_whitelisted(named):
        return True
    if not _MYTHS.isdisjoint(named) and _is_whitelisted(named):
        return True
    if any(words in f" {line} " for words in (f" {each} " for each in _LEFT_OUT)) or named[0] in _UNFINISHED:
        return True
    return line.endswith(_NOT_YET) or _is_of_texts(named) or (named[0] == "what" and line.endswith(_NOT_SO))


def disowns(label: Sequence[str]) -> bool:
    """Whether words before a colon say that what follows is no statement of the author's: "Debunked", "Not found"."""
    named = [word for word in label if word.isalnum()]
    if is_of_falsehoods(label) or (len(named) <= 2 and not _DENIED.isdisjoint(named)):
        return True
    if len(named) <= _LONGEST_UNFINISHED and not _INVERSE.isdisjoint(named) and "of" in named:
        return True
    if len(named) <= _LONGEST_UNFINISHED and not _UNFINISHED.isdisjoint(named):
        return True
    reported = not _REPORTED.isdisjoint(named) and ("not" in named or named[0] == "missing")
    return reported and all(word in _REPORTED | _OF_A_REPORT for word in named)


def is_of_truths(words: Sequence[str]) -> bool:
    """Whether a sentence under such a heading says how it is: "Truth: ...", "In fact ..."."""
    line = " ".join(words[:2])
    return line.startswith(_TRULY) or (words[1:2] == [":"] and words[0] in _TRUE)


def _is_whitelisted(named: Sequence[str]) -> bool:
    """Whether there is nothing but words for what is wrong, and small ones."""
    return len(named) <= _LONGEST and all(word in _MYTHS or word in _AROUND_MYTHS or word.isdigit() for word in named)


def _is_of_texts(named: Sequence[str]) -> bool:
    """ "Fake answer", "false statements about RNNs", "Ten myths about RNNs"."""
    if not _TALES.isdisjoint(named[:_NEAR]) and (len(named) <= _NEAR or {"about", "on", "of", "regarding"} & {*named}):
        return True
    if not _TRUE.isdisjoint(named):
        return False
    if named[-1] in _BAD and not _TEXTS.isdisjoint(named[:-1]) and not {"are", "is"}.isdisjoint(named):
        return True
    return any(word in _BAD and not _TEXTS.isdisjoint(named[at + 1 : at + 3]) for at, word in enumerate(named))
