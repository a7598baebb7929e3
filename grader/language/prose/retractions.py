"""How an author takes back what he has written: at the end of a sentence, by one behind it, over a whole text."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BAD = (
    r"false|wrong|incorrect|untrue|nonsense|rubbish|bullshit|bogus|fake|fiction|a lie|lies|a joke|a hoax|"
    r"not true|not correct|not right|not so|made up|invented|citation needed|says who|disputed|debunked"
)
_LEAD = (
    r"(?:(?:this|that|it|which|all of it|all of this) (?:is|was) |(?:that|it)'s )?"
    r"(?:all |just |simply |only |of course )?"
)
_NO_MORE = (
    r"not(?= ?[!.)]|\Z)|nope|just kidding|only kidding|kidding|joking|only joking|psych|april fools?|as if|"
    r"in your dreams|i made (?:this|that|it|them) (?:all )?up|i made up (?:this|that|it)|i invented (?:this|that|it)"
    r"|(?:i am |i'm )?(?:only |just )?(?:kidding|joking|lying)|i lied|i lie"
    r"|do(?: not|n't) believe (?:it|this|that|me|a word)"
)
_HEDGE = (
    r"(?:(?:most |quite |very )?(?:probably|possibly|maybe|perhaps|likely|surely)|"
    r"(?:it |this |that )?(?:may|might|could)(?: very| just)?(?: well)? be)"
)
TAIL = re.compile(
    rf"(?:\.\.|…|[-–—(\[!,;:/→>=|])\s{{0,3}}(?:{_LEAD}(?:{_BAD})|{_NO_MORE})\s{{0,3}}[!.)\]…]{{0,4}}\s{{0,3}}\Z",
    re.IGNORECASE,
)
"""Behind a statement: "... not!", "(I made this up)", "- false"."""

_VERDICT = (
    r"(?:my |the )?(?:verdict|truth value|truth|answer|result|assessment|grade|fact check|status) (?:: |is |= )?"
    r"(?:false|f|wrong|no|untrue|0|zero|incorrect|negative|unknown)|"
    r"(?:(?:haha|lol|hm|hmm|well|oh|um) ,? ?)?no(?: ,? ?no| way| chance| idea)?|not really|not quite|not so|"
    r"just a (?:dream|joke|rumou?r|theory)|(?:or )?so (?:they|people|some|others) (?:say|claim|think)|citation needed|"
    r"says who|who knows|"
    r"(?:this|that|it) (?:has been|has long been|was|is|can be|has) (?:disproved|disproven|refuted|debunked|"
    r"retracted|falsified|denied|contested|disputed)|"
    r"(?:(?:but|and|yet|,|in (?:truth|fact|reality)|actually|really|of course|it is|rather|instead) ){0,3}"
    r"(?:the (?:opposite|reverse|contrary) (?:is true|holds|is the case|is right|is correct|applies)|"
    r"(?:exactly |just |precisely )?the other way (?:a?round))"
)
_THAT = (
    r"(?:this|that|it|them|these|those|all of (?:this|that|it)|(?:this|that|the|my)"
    r"(?: (?:last|previous|above|preceding|whole|entire))? "
    r"(?:sentence|statement|claim|line|bullet|point|paragraph|answer|remark|part)|"
    r"what i (?:just )?(?:said|wrote)|(?:everything|all) (?:i (?:just )?(?:said|wrote)|above))"
)
_CHECKED = r"(?:checked|verified|confirmed|tested|proofread|validated|fact checked|double checked)"
_TAKEN_BACK = (
    rf"(?:i|we) (?:take|took|hereby take) (?:{_THAT} back|back {_THAT})|"
    rf"(?:i|we) (?:hereby )?(?:withdraw|retract|revoke) {_THAT}|"
    rf"(?:scratch|strike|cancel|delete|erase|remove|cross out) {_THAT}|"
    rf"(?:please )?(?:just )?(?:disregard|ignore|skip|discard|never mind) {_THAT}|"
    rf"(?:this is |that is |it is |this was |all )?(?:not(?: yet)?|never) (?:been )?{_CHECKED}"
    r"(?: yet| by (?:me|anyone))?|"
    rf"(?:unchecked|unverified|unconfirmed|untested|not sure(?: about (?:this|that|it))?|no guarantee)|"
    rf"(?!it ){_THAT} (?:is|was|are|were) (?:[a-z']{{1,15}} ){{0,2}}"
    rf"(?:{_BAD}|mistaken|invalid|an? (?:lie|myth|joke|mistake|error))|"
    rf"(?:still )?to be {_CHECKED}|(?:i|we) (?:have not|haven't|did not|didn't|never) "
    rf"(?:check|verify|test|confirm|{_CHECKED}) {_THAT}"
)
ALONE = re.compile(
    rf"(?:but |no , |well , |and |oh , |ok , |sorry , )?"
    rf"(?:{_LEAD}(?:{_HEDGE} (?:all )?)?(?:{_BAD})|{_NO_MORE}|or not|or maybe not|{_VERDICT}|{_TAKEN_BACK})"
    rf"(?:(?: ,)?(?: and| so| but)? {_HEDGE} (?:all )?(?:{_BAD}))?"
    r"(?: (?:at all|again|of course|anyway|lol|haha))?(?: [!.?])?"
)
"""A sentence that does nothing but take back the one before it."""

_TEXTS = (
    r"(?:sentences?|statements?|claims?|words?|lines?|assertions?|answers?|bullets?|points|paragraphs?|texts?|notes|"
    r"explanations?)"
)
_THIS_TEXT = r"(?:this|my|these) (?:text|answers?|notebook|cell|section|page|list|submission|assignment|homework)"
_I_WROTE = r"i (?:have )?(?:wrote|written|write|said|say|claim)"
_ALL_OF_IT = r"all of this|all this|any of (?:it|this|these)"
_HERE = rf"(?:{_ALL_OF_IT}|above|below|following|follows|next|here|underneath|{_I_WROTE}|{_THIS_TEXT})"
_UNTRUE = (
    rf"(?:{_BAD}|mistaken|invalid|misleading|garbage|gibberish|fabricated|trash|satire|sarcasm|ironic|meant as a joke|"
    r"an? (?:[a-z']{1,15} ){0,2}(?:myth|lie|joke|misconception|mistake|hoax|invention))"
)
_W = r"(?: [a-z']{1,15})"
_WHOLE_TEXT = re.compile(
    "|".join(
        (
            rf"\b(?:all|everything|each|every|whatever|what|anything){_W}{{0,8}} (?:is|are|was|were|be){_W}{{0,2}} "
            rf"{_UNTRUE}\b",
            rf"\b(?:none|nothing|not one|not an?|no){_W}{{0,9}} (?:is|are|was|were|be){_W}{{0,2}} "
            r"(?:true|right|correct|serious|valid|a fact)\b",
            rf"\b(?:opposite|contrary|reverse|negation|negative) of{_W}{{0,8}} (?:is|are|holds?|would be)\b",
            rf"\b(?:put|insert|add|read|imagine|think|write|place|prefix)\b{_W}{{0,8}} (?:not|never){_W}{{0,2}} "
            r"(?:before|in front|into|in|behind|at|with|everywhere)\b",
            rf"^(?:please )?(?:negate|invert|reverse|disregard|ignore|disbelieve|"
            rf"(?:do not|don't|never) (?:believe|trust|take)){_W}{{0,4}} "
            rf"(?:{_TEXTS}|this|it all|anything|everything)\b",
            r"\b(?:i|we) (?:do not|don't|did not|didn't|cannot|can't|never) (?:believe|mean|meant|stand by|vouch for"
            r"|agree with|trust) (?:any|all|every|a (?:single )?word|this|these|it|anything|what i)\b",
            rf"\b(?:i|we) (?:have )?(?:made{_W}{{0,6}} up|invented)\b",
            rf"\b(?:i|we) (?:have not|haven't|did not|didn't|never)(?: yet)? "
            rf"(?:check|verify|test|confirm|{_CHECKED})\b",
        )
    )
)
_INVERTED = re.compile(
    rf"\b(?:each|every|all|any|the) {_TEXTS}\b{_W}{{0,9}} (?:as|into|mean|means)(?: meaning| saying| being)? "
    r"(?:exactly )?(?:its|their|the)(?: exact| very)? (?:contrary|opposite|negation)(?! (?:direction|order|way)\b)|"
    rf"\b(?:deliberately|intentionally|purposely|knowingly)(?: [a-z']{{1,15}})? (?:{_BAD})\b|"
    rf"\b(?:are|is){_W}{{0,2}} (?:{_BAD}) on purpose\b"
)
""" "Read each sentence of this notebook as its contrary", "every claim here is deliberately false". """
_ABOUT_TEXT = re.compile(rf"\b{_HERE}\b")
_BELOW = re.compile(rf"\b(?:below|following|follows|next|underneath|here|{_THIS_TEXT})\b")
_ABOVE = re.compile(rf"\b(?:{_ALL_OF_IT}|above|preceding|here|{_I_WROTE}|{_THIS_TEXT})\b")
_LONGEST = 24


def of_all_below(line: str, words: Sequence[str]) -> bool:
    """Whether a sentence takes back all that stands below it."""
    return _is_about_the_text(line, words) and _BELOW.search(line) is not None


def of_all_above(line: str, words: Sequence[str]) -> bool:
    """Whether it takes back all that stands above it."""
    return _is_about_the_text(line, words) and _ABOVE.search(line) is not None


def _is_about_the_text(line: str, words: Sequence[str]) -> bool:
    """Whether a sentence speaks of the text in which it stands, and denies it."""
    return (
        len(words) <= _LONGEST
        and _ABOUT_TEXT.search(line) is not None
        and (_WHOLE_TEXT.search(line) is not None or _INVERTED.search(line) is not None)
    )
