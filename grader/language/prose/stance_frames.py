"""The frames in which an author says something without asserting it, as patterns over the words of a sentence.

The words are in lower case with one blank between them, punctuation apart; every repeat is short.
"""

from __future__ import annotations

import re

from grader.language.prose.attitudes import ATTITUDES, PERSONS, SAYS, TASKS, TOPICS, TRAILING

_W = r"(?:[a-z']{1,15} )"
_IS_NOT = r"(?:not|isn't|isnt|aren't|wasn't|never)"
UNTRUE = (
    rf"wrong|false|untrue|incorrect|mistaken|nonsense|absurd|rubbish|invalid|falsch|"
    r"(?:far from|anything but) (?:true|right|the truth)|"
    r"the (?:reverse|opposite|contrary) of (?:true|the truth)|"
    rf"{_IS_NOT} {_W}?(?:true|correct|right|the case|so|the truth)|"
    rf"an? {_W}{{0,2}}(?:myth|misconception|mistake|error|lie|fallacy|misunderstanding|rumou?r|falsehood|misbelief|"
    rf"legend)"
)
_FRAMES = (
    rf"(?:{PERSONS}) {_W}{{0,3}}(?:{SAYS})",
    rf"(?:some|many|several|certain|most|a few) {_W}{{1,2}}(?:{SAYS})",
    rf"(?!(?:i|we) (?:would|could|may|might) {_W}?say )(?:one|you|we|i) (?:might|may|could|would|"
    r"should not|must not|shouldn't|mustn't|cannot|can't|used to|first|"
    rf"once|had|at first|originally|always|never) {_W}{{0,3}}(?:{SAYS}|be led to)",
    r"(?:i|we) (?:thought|believed|assumed|was told|were told|imagined|expected|guessed)",
    r"used to (?:think|believe|assume|say|claim)",
    r"tempt(?:ed|ing) to (?:think|believe|say|assume)",
    rf"(?:is|was|are|were) {_W}{{0,2}}(?:said|believed|thought|assumed|claimed|rumou?red) (?:that|to)",
    rf"(?:i|we) {_W}?(?:doubt|deny|reject|refuse|question|dispute)",
    r"(?:doubt|deny|denies|refute|disprove|reject|dispute)s? (?:that|the claim|the idea|whether|if)",
    rf"(?:is|it's|seems) {_W}?(?:doubtful|questionable|unclear|uncertain|unlikely|debatable|unknown|open)(?: to me)? "
    r"(?:that|whether|if)",
    r"(?:not sure|unsure|don't know|do not know|dont know|no idea|(?<!if you )wonder|wondering|cannot say|can't say|"
    r"ask myself|asked myself|forgot|not certain|could not find out|couldn't find out) "
    r"(?:that|whether|if|how|what|why)",
    r"(?:cannot|can't|can not|could not|never) be (?:said|claimed|true|right|the case) that",
    rf"(?:under no circumstances|by no means|in no way|at no time|on no account) {_W}{{0,3}}that",
    r"(?:does not|doesn't|do not|never) (?:hold|follow|mean|imply) that",
    rf"contrary to (?:the |a |what ){_W}{{0,2}}(?:opinions?|beliefs?|view|claims?|idea|myth|assumption|statement|"
    r"people|many|some|think|believe)",
    r"(?<!on the )(?<!by the )(?<!key )(?<!main )(?<!basic )(?<!central )(?:opinion|belief|view|claim|idea|myth|"
    r"rumou?r|lie|misconception|misunderstanding|fallacy|legend|superstition|nonsense|notion|assertion|allegation|illusion|"
    r"impression|fantasy|hoax) that",
    rf"(?:it is|it's|it was|is it|es ist|would be|be) {_W}{{0,2}}(?:{UNTRUE}) (?:that|,? ?dass|to (?:think|believe|"
    r"say|assume|claim|call|state|conclude|write|teach|learn|tell|answer|imagine|suppose|repeat|argue|insist|maintain|"
    r"suggest|hold|expect|infer|report))",
    rf"(?:exercise|todo|to do|task|homework) {_W}{{0,4}}:",
    r"(?:prove or disprove|true or false|right or wrong|discuss whether|say whether)",
    rf"(?:according to|as claimed by|to quote) {_W}?(?:chatgpt|gpt|copilot|some|people|friend|blog|rumou?r)",
    r"(?:as if|as though|were it|if only)",
    *ATTITUDES,
)
FRAME = re.compile(rf"\b(?:{'|'.join(_FRAMES)})(?![a-z0-9_'])")
"""What follows is reported, doubted, or denied."""

AFFIRMED = re.compile(
    rf"\b(?:nobody|no one|not|never|cannot|can't|hardly|no|don't) {_W}{{0,2}}(?:doubts?|deny|denies|denied|disputed?|"
    r"question|questioned)\b|\bno doubt\b"
)
"""A doubt that is denied."""

TURN = re.compile(
    r" ; | , (?:but|however|yet|though|in fact|in reality|in truth|actually|they|while|because|since) | but | "
    r"however | whereas | in fact | in reality | actually "
)
"""Where the author speaks again."""

TURN_OF_DENIAL = re.compile(rf"{TURN.pattern}| : (?=(?:it|they|there|in|instead|each|all|both) )")
DENIAL = re.compile(
    rf"(?:it is|it's|it was|would be|be) {_W}{{0,2}}(?:{UNTRUE}) to (?:think|believe|say|assume|claim|call|state)"
)
""" "It would be a mistake to call it a new network: it is ..." """

TRAILED = re.compile(TRAILING)
TASK = re.compile(TASKS)
TOPIC = re.compile(TOPICS)

VERDICT = re.compile(
    rf"(?:\b(?:which|this|that|it|they|these|those|both|such a claim|the claim|the opposite) (?:is|are|was|were|"
    rf"would be)(?: all| just| simply| of course| clearly| actually| plainly| however| ,){{0,2}}|\bthat's|\bit's|\bis|"
    rf"\bare|\bisn't) (?:{UNTRUE})(?![a-z])(?! (?:that|to|dass)\b)|\b(?:this|that|it|which) (?:isn't|isnt|wasn't) "
    r"(?:true|correct|right|the case|so)\b|\bthe opposite (?:is true|holds|is the case|is right)|"
    r"\band (?:got|gets|received|earned|was given|scored|had) (?:zero|no|0|nothing|none|an? f)\b|"
    r"\band (?:failed|flunked|was wrong|were wrong|is wrong|was mistaken|lied|was laughed at)\b"
)
"""What stands before it is called wrong."""

_LEAD = r"(?:but |no , |well , |and ){0,2}"
_THIS = r"(?:this|that|it|they|these|those|both|all of this|which|the last sentence)"
SHORT_VERDICT = re.compile(
    rf"{_LEAD}(?:{_THIS} (?:is|are|was|were|would be) |that's |it's |{_THIS} (?=isn't|wasn't|aren't))?(?:all |just |"
    rf"simply |of course |clearly |actually |plainly |however |, ){{0,3}}(?:{UNTRUE})(?: ,(?: [a-z']{{1,15}}){{1,6}})?|"
    rf"not at all|no|nope|{_LEAD}(?:i|we) could not find (?:this|it|that) out|"
    rf"{_LEAD}(?:i|we) (?:do not|don't) (?:believe|think) (?:so|this|that|it)"
)
"""A sentence that does nothing but call the one before it wrong."""

ABOUT_NEXT = re.compile(
    rf"\b(?:following|next) {_W}?(?:sentence|statement|claim|line|assertion) (?:is|would be) {_W}?(?:{UNTRUE})"
)
UNTRUE_ANYWHERE = re.compile(rf"\b(?:{UNTRUE})(?![a-z])")
CONDITION = re.compile(r"\b(?:if|unless|were|suppose|imagine|had)\b")
WOULD = re.compile(r"\b(?:would|wouldn't|[a-z]{1,9}'d|were to|could have|might have)(?![a-z'])")
WHICH = re.compile(r"(?:which|what|how|who|when|where)\b")
