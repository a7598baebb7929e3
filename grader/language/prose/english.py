"""Words of English that the reading of sentences relies on: verbs, negations, and small words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from grader.language.lexicon import words_of
from grader.pack.vocabulary import PLAIN, Vocabulary

AUXILIARIES = words_of(
    """
    is are was were be been being am has have had having do does did can could will would may might must should
    shall cannot can't don't doesn't isn't aren't won't dont doesnt isnt cant it's there's that's they're
    """
)

QUESTION_WORDS = words_of("how what which whether")
"""These begin a clause: "how much of the past" says something."""

PREDICATES = words_of("good useful helpful suitable suited better able")
"""These state something without a verb: "good for precise timing"."""

STOPWORDS = words_of(
    """
    a an the of to in on at by for with from as and or that this these those it its their is are was be been which
    so then also into than such we our you i they he she there here has have had do does can will would may
    """
)

NEGATORS = words_of(
    """
    not no never none neither nor nothing without cannot can't cant don't dont doesn't doesnt isn't isnt aren't arent
    won't wont didn't didnt wasn't hasn't haven't couldn't shouldn't lack lacks lacking unable fail fails failed failing
    unlike struggle struggles struggled difficult difficulty hard impossible ignore ignores ignoring
    """
)

MERELY = words_of("only just merely simply necessarily alone solely")

_MERELY_OR_EXPECTED = MERELY | words_of("surprising accidental unexpected")

NOT_A_NEGATION_AFTER = {
    **dict.fromkeys(
        words_of("not isn't isnt aren't arent don't dont doesn't doesnt won't wasn't"), _MERELY_OR_EXPECTED
    ),
    "no": words_of("matter doubt sooner wonder"),
    "nothing": words_of("but"),
}
"""`not only`, `doesn't just`, `no matter` deny nothing."""

DENIES_ITSELF_ALONE = words_of(
    """
    need needed needs relevant important useful required necessary wanted limited restricted confined bound enough
    too so as very longer lose loses losing lost ignore ignores discard disappear suffer
    suffers overwrite fade miss drop fail fails struggle struggles stop stops limit restrict neglect
    """
)

CLAUSE_ENDS = words_of(
    """
    , ; : ( ) but however because since so while whereas although though which who where when unless except instead
    rather therefore hence thus if =
    """
)

PRONOUNS = words_of("it they we this these he she one that there")

FALSEHOOD = words_of("wrong false incorrect untrue myth misconception mistake mistaken")

LABELS = words_of(
    """
    question answer ans explain describe discuss define what how why following follow below here given detail note
    explanation q a b briefly
    """
)
"""What introduces a question or an answer, and says nothing about its subject."""

_BASES = words_of(
    """
    absorb accept access accumulate achieve act adapt add adjust admit aim allow amplify appear append apply
    approximate arise arrive assess attach attenuate avoid base bear become begin behave believe belong blend blow
    bounce bring build calculate call capture carry cause choose clamp combine come compare comprise compute
    concatenate connect consider consist consume contain continue contribute control converge copy crash create cure
    decay decide decline decrease define delete deliver demand denote depend derive describe design detect determine
    develop differ differentiate digest diminish discard dissolve distinguish diverge divide drag drop dwell earn
    eliminate embrace emerge emit employ enable encode ensure enter erase estimate evaluate evaporate exchange exclude
    exist expand exploit expose express extend extract fade fail feed fetch fix flow focus follow forecast fuse gain
    generate get give glance glue go govern grow guess guide handle happen help hide hold identify ignore implement
    imply impose improve include increase indicate insert inspect integrate introduce invert investigate join judge
    keep know lack lead learn leave let lie link live look lose maintain make manage mean memorise memorize merge miss
    mitigate mix modify move multiply need notice observe obtain occur offer operate originate oscillate overcome
    overwrite own pass perform persist possess pour predict prefer preserve prevent proceed process produce propagate
    protect prove provide pull push put range reach react read realize recall receive recognise recognize reduce refer
    regain regulate relate release rely remain remedy remember remove repeat replace represent require rescue resemble
    resolve respond restrict retain retrieve return reveal rewrite ride rise rotate run save scale see select send
    separate serve settle share shield show shrink shut sit solve squash squeeze stagnate stall stand start stay stick
    stop store strengthen struggle subtract succeed suffer suggest sum surround survive swallow swap swell tackle take
    teach tell tend think throw train transform transmit transport travel treat understand unite update use utilize
    vary want watch weaken weigh wipe work wrap write yield
    """
)
_NOUNS_TOO = words_of("access add act control cause copy design process sum update look share train start run")
_PARTICIPLES = words_of("learning training processing")


def _forms(base: str) -> set[str]:
    if base.endswith("y") and base[-2] not in "aeou":
        return {base, base[:-1] + "ies"}
    third = base + ("es" if base.endswith(("s", "x", "ch", "sh", "o")) else "s")
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    return {base, third, stem + "ing", base + base[-1] + "ing"}


@dataclass(frozen=True, slots=True)
class Verbs:
    """The words that state something, in English and in the subject.

    `bases` are verbs as they stand at the beginning of an instruction, "update the weights": many are nouns elsewhere.
    `forms` make a string of words a statement; participles in -ed are left out: "shared weights" states nothing. After
    a negation those in `denying` take it upon themselves: `not needed`, `not limited to`, `does not forget`.
    `nouns` are words of the subject that look like verbs, or may be one.
    """

    bases: frozenset[str]
    forms: frozenset[str]
    denying: frozenset[str]
    nouns: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def verbs(terms: Vocabulary = PLAIN) -> Verbs:
    """Those of English, and those of a subject."""
    bases = _BASES | terms.verbs
    forms = frozenset(form for base in bases for form in _forms(base) if form not in _NOUNS_TOO)
    return Verbs(bases, forms - _PARTICIPLES - terms.qualities, DENIES_ITSELF_ALONE | terms.losing, terms.nouns)
