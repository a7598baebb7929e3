"""Words of English that the reading of sentences relies on: verbs, negations, and words that are no misspellings."""

from __future__ import annotations

AUXILIARIES = frozenset(
    """is are was were be been being am has have had having do does did can could will would may might must should shall
    cannot can't don't doesn't isn't aren't won't dont doesnt isnt cant it's there's that's they're""".split()
)

_BASES = """accept access accumulate achieve act adapt add adjust aim allow apply avoid base become begin belong bring
build calculate call capture carry cause choose combine come compare compute concatenate connect consider consist
contain contribute control converge copy create decay decide decrease define depend describe design detect determine
develop differ diminish discard drop eliminate employ enable encode ensure erase explode expose extend extract fade feed
fix flow focus follow forget generate get give go grow handle happen help hold ignore implement improve include increase
inspect introduce join keep know lead learn leave let link look lose maintain make manage mean memorize merge mitigate
mix modify move multiply need obtain occur offer overcome pass peek perform preserve prevent process produce propagate
provide read receive reduce refer regulate rely remain remember remove repeat replace represent require resolve retain
retrieve return run save scale see select send share shrink solve squash start stay stop store struggle suffer sum take
tell tend throw train transform travel treat understand unfold unroll update use utilize vanish work write yield""".split()

_NOUNS_TOO = frozenset("access add act control cause copy design process sum update look share train start run".split())


def _forms(base: str) -> set[str]:
    if base.endswith("y") and base[-2] not in "aeou":
        return {base, base[:-1] + "ies"}
    third = base + ("es" if base.endswith(("s", "x", "ch", "sh", "o")) else "s")
    stem = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    return {base, third, stem + "ing", base + base[-1] + "ing"}


BASES = frozenset(_BASES)
"""Verbs as they stand at the beginning of an instruction, "update the weights": many are nouns elsewhere."""

VERBS = frozenset(form for base in _BASES for form in _forms(base) if form not in _NOUNS_TOO) - frozenset(
    "vanishing exploding learning training processing".split()
)
"""Forms that make a string of words a statement. Participles in -ed are left out: "shared weights" states nothing."""

STOPWORDS = frozenset(
    """a an the of to in on at by for with from as and or that this these those it its their is are was be been which so
    then also into than such we our you i they he she there here has have had do does can will would may""".split()
)

NEGATORS = frozenset(
    """not no never none neither nor without cannot can't cant don't dont doesn't doesnt isn't isnt aren't arent won't
    wont didn't didnt wasn't hasn't haven't couldn't shouldn't lack lacks lacking unable fail fails failed failing unlike
    struggle struggles struggled difficult difficulty hard impossible ignore ignores ignoring""".split()
)

NOT_A_NEGATION_AFTER = {
    "not": frozenset("only just merely simply necessarily alone solely to".split()),
    "no": frozenset("matter doubt sooner wonder".split()),
}
"""`not only`, `no matter` deny nothing."""

DENIES_ITSELF_ALONE = frozenset(
    """need needed needs relevant important useful required necessary wanted limited restricted confined bound enough too
    so as very longer lose loses losing lost forget forgets forgetting ignore ignores discard vanish vanishes disappear
    suffer suffers overwrite fade miss drop fail fails struggle struggles stop stops limit restrict neglect""".split()
)
"""After a negation these take it upon themselves: `not needed`, `not limited to`, `does not forget`."""

CLAUSE_ENDS = frozenset(
    """, ; : ( ) but however because since so while whereas although though which who where when unless except instead
    rather therefore hence thus if =""".split()
)

PRONOUNS = frozenset("it they we this these he she one that there".split())

FALSEHOOD = frozenset("wrong false incorrect untrue myth misconception mistake mistaken".split())

COMMON = frozenset(
    """about above across after again against almost along already although always among amount another answer around
    because become before began begin behind being below between beyond bring called cannot certain change changes check
    children class clear close color common complete consider could count course cover create death degree different
    doing during early earth eight either energy engine enough equal every exact example except express fields final
    finally find first follow found function general given going great green group happen heard heart heavy height human
    hundred image images important inside instead issue language large later learn letter level light likely little
    local lower major making many matter means measure might minute model models money month mostly mother moving music
    natural nearly never night noise normal north notes nothing notice number object offer often order other paper
    parts pattern people perhaps phone photo piece pieces place plain plane plant plants point power present pretty
    problem product program progress proper provide public quick quite quiet quote rather ready really reason recent
    record region result right round sample scale school science second seems sense serve seven several shape sharp
    short should since sixth small smart solid solver sorted sound source south space speak special speech speed spent
    stage stand start stated static station status still stock stone stood stop store story straight street strong study
    style subject sudden suggest summer supply surface table taken talk teach teams terms their theory there these thing
    things think third those though thought three through times today together tonight total touch toward track trade
    trails train travel trees tried trust truth twice under until upper usage usual value values various vector verify
    video voice wanted watch water where whether which while white whole whose within without woman women words world
    would write writes wrote years young yours""".split()
)
"""Correct words that must not be "corrected" to a word of the vocabulary one letter away."""
