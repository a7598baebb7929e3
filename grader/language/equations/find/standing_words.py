"""Words around equations that tell how they stand: as wrong, as somebody else's, as a draft, as the one that counts."""

from __future__ import annotations

import re

_BAD = (
    r"(?:wrong|incorrect|false|invalid|untrue|erroneous|mistaken|not (?:correct|right|true|valid)|nonsense|rubbish|lies"
    r"|a lie|fake|falsch\w{0,2}|faux|fausses?|incorrect[ao]s|errad[ao]s?)\b(?! (?:for|in|when|if|of|with|about)\b)"
)
_THING = r"(?:equations?|versions?|formula[es]?|forms?|systems?|answers?|ways?|ones?|definitions?)"
_WE = r"(?:I|we|you|one|students)"
MANY_WRONG = re.compile(
    rf"\b(?:following|these|below|next|(?:everything|all that|what) (?:follows|below|here|in this)|folgende\w?"
    rf"|suivantes|siguientes|seguintes)\b[^.\n:]{{0,40}} (?:\w+ ){{0,2}}{_BAD}"
    rf"|\b{_BAD} {_THING}(?<=s)\b[^.\n=]{{0,30}}$|\bdo(?: not|n['’]t) use (?:them|these)\b"
    r"|\b(?:ignore|disregard|discard|skip|(?:do not|don['’]t|never) (?:believe|trust|use|copy|take))\b[^.\n:]{0,30}"
    r"\b(?:following|below|these|next)\b|\b(?:what|how) (?:not|never) to (?:write|do|use|say)\b",
    re.IGNORECASE,
)
"""Of all that follow."""
ONE_WRONG = re.compile(
    rf"\b(?:false|wrong|incorrect|not true|untrue|not the case) that\W{{0,12}}$"
    rf"|\b(?:wrong|incorrect|false|invalid|erroneous|mistaken)(?: {_THING})?\W{{0,3}}[:\-–—]\W{{0,12}}$"
    rf"|\n[^\w\n]{{0,9}}(?:wrong|incorrect|false|not true|nonsense)[^\w\n]{{0,4}}!\W{{0,12}}$"
    rf"|\b(?:lie|lies|myth|nonsense|strike (?:this|that|it)(?: out)?|struck(?: out)?|deleted?|removed?|crossed out"
    rf"|cancelled)\W{{0,3}}:\W{{0,12}}$"
    rf"|\b(?:faux que|falso que|falsa que|falsch,? dass|incorrecto que|errado que)\W{{0,12}}$"
    rf"|[❌✗✘👎🚫⛔][^\w\n]{{0,12}}$|\n[ \t]{{0,9}}[❌✗✘👎🚫⛔]\W{{0,12}}$"
    rf"|\b(?:instead of|rather than|anything but|far from|other than|unlike)\W{{0,12}}$"
    rf"|\bnever (?:write|use|put|say|compute)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:mistake|error|wrong|incorrect|false) to (?:write|use|put|say|claim|set|have)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:not|never)[^\w.!?]{{0,12}}$"
    rf"|\b(?:(?:is|are|was) (?:not|never)|isn['’]t|aren['’]t) (?:given|computed|calculated|defined|written|described"
    rf"|expressed|obtained|equal|the same|updated)\b[^.\n;:]{{0,24}}$"
    rf"|\b{_WE} (?:(?:do|must|should|may|would) not|don['’]t|cannot|can['’]t) (?:use|write|compute|have)\b"
    rf"[^.\n;:]{{0,24}}$"
    rf"|\b(?:do|does|did|must|should) ?n[o'’]t (?:compute|equal|look like|follow|obey|write)\b[^.\n;:]{{0,24}}$"
    rf"|\b(?:common|typical|frequent|popular|widespread|usual) (?:mistake|error|misconception|misunderstanding"
    rf"|myth|fallac(?:y|ie)|pitfall|confusion)s?\b[^.\n]{{0,60}}$",
    re.IGNORECASE,
)
"""Of the one that follows."""
WRONG_BEFORE = re.compile(
    rf"\b(?:above|previous|preceding|earlier|all (?:of )?(?:the|these|those|them|it|this|four|five|six|equations)"
    rf"|everything)\b[^.\n=]{{0,40}}\b(?:are|is|were|was)\b[^.\n=]{{0,15}} {_BAD}|\(all (?:are )?{_BAD}",
    re.IGNORECASE,
)
"""Of all that stand before."""
WRONG_BEHIND = re.compile(
    rf"[^\w\n]{{0,6}}[❌✗✘👎🚫⛔]|[^\w\n]{{0,6}}nope\b"
    rf"|\W{{0,6}}(?:(?:no|nope|oops)\W{{1,3}})?(?:(?:this|it|which|that)\W{{1,2}})?(?:(?:is"
    rf"|was)\W{{1,2}})?(?:all )?{_BAD}(?!\W{{0,3}}:|\W{{1,2}}{_THING})"
    rf"|\W{{0,6}}(?:this|it|which|that) (?:is|was) (?:the|an?) (?:\w{{1,12}} )?{_BAD} {_THING}"
    rf"|\W{{0,6}}(?:does not|doesn['’]t|do not|don['’]t|cannot|can['’]t) (?:hold|work|apply|make sense)"
    rf"(?=[ ]?(?:[.!;\n]|\Z| at all| true))"
    rf"|\W{{0,6}}(?:(?:but|however|yet),? )?(?:this|it|that) is not (?:how|what|the way)\b",
    re.IGNORECASE,
)
"""Of the one before."""
TAKEN_BACK = re.compile(
    r"\bnone of (?:the|these|those|them|this)\b[^.\n=]{0,40}\b(?:true|right|correct|valid|holds?)\b"
    r"|\b(?:I|we) (?:do not|don['’]t|never|cannot|can['’]t) (?:believe|trust|stand by|agree with|vouch for|claim)"
    r"(?: in| a word of)? (?:any|all|these|this|them|it|those|the above)\b(?: of (?:this|it|these|them|those))?"
    r"(?: equations?| formulas?)?[ ]?(?:[.!:]|$)"
    r"|\b(?:ignore|disregard|discard)\b[^.\n=]{0,30}\b(?:above|previous|these|those|them|everything)\b"
    r"|\b(?:above|previous|preceding|these|those|all of (?:this|it|them)|everything|all this|it all)\b[^.\n=]{0,40}"
    r"\b(?:nonsense|rubbish|made[ -]up(?! of)|a lie|lies|a joke|guesses|guesswork|fake)\b"
    r"|\b(?:I|we) (?:just |only )?(?:made (?:this|it|them|these|all)|invented|guessed)\b",
    re.IGNORECASE,
)
"""By which an author leaves equations: those before, or those behind a colon."""
NOT_MINE = re.compile(
    r"\W{0,12}(?:(?:holds?|is (?:true|valid|used|right)|applies),? )?(?:only (?:if|when|for|in|on|at)|unless"
    r"|if and only if|except (?:if|when|that|for)|as long as|provided|in no case|under no circumstances|at no time)\b"
    r"|[^\w\n]{0,6}(?:says?|said|claims?|claimed|writes?|wrote|thinks?|believes?|according to) "
    r"(?:my|an?|some|the|chatgpt|gpt|copilot|nobody|no one|somebody|someone)\b"
    r"(?! (?:book|paper|lecture|authors?|course))",
    re.IGNORECASE,
)
"""Behind an equation that holds in some cases only, or is somebody else's."""
ONE_CASE = re.compile(
    r"[,;&\s]{0,9}(?:\\q?quad\s?)?\\(?:text|mbox|textrm|mathrm)\s?\{\s{0,3}(?:only )?(?:if|when|wenn|falls|si)\b"
    r"(?=[^{}\n]{0,9}\}?\s{0,3}\$?(?:t\s?=\s?0|otherwise|else|not\b|the (?:label|target)"
    r"|[|(]?[^t\s\d{}\\|(][\w_]{0,8}[|)]?\s?[<>=≤≥]))"
)
"""Behind an equation that is one branch of several, and not that for all steps."""
EXPECTED = re.compile(
    r"\b(?:expected|reference|model answer|sample solution|solution sheet)\W{0,3}:\W{0,12}$"
    r"|\b(?:supposedly|allegedly|reportedly|purportedly|angeblich|soi-disant|supuestamente)\W{0,12}$",
    re.IGNORECASE,
)
"""Before one that is quoted."""
DRAFT = re.compile(
    r"\bdrafts?\b|\bfirst (?:try|attempt|version|guess|idea)\b|\bold(?:er)? versions?\b"
    r"|\b(?:earlier|previous|initial) (?:version|attempt|try|guess|answer)\b|\b(?:at first|initially"
    r"|originally),? I\b"
    r"|\bI (?:first|initially|originally) (?:wrote|thought|had)\b|\bsuperseded\b|\bbrouillon\b|\bEntwurf\b"
    r"|\bborrador\b",
    re.IGNORECASE,
)
FINAL = re.compile(
    r"\bfinal(?:ly)?(?: (?:version|answer|equations?|form|system))?\W{0,4}:|\bfinal (?:version|answer)\b"
    r"|\bcorrect(?:ed)? (?:version|equations?|forms?|formula[es]?|ones?|definition|system)\b|\bcorrections?\b"
    r"|\bright (?:version|equations?|one)\b|\b(?:right|correct|corrected|true)\W{0,3}:|[✅✓✔]|\bversion [2-9]\b"
    r"|\bthis one counts\b|\b(?:second|last|new) (?:try|attempt|version)\b"
    r"|\bafter (?:reading|checking|thinking)\b[^.\n]{0,40}\b(?:again|over)\b|\bshould (?:be|read|have been)\b"
    r"|\brevised\b"
    r"|\binstead\b|\bactually\b|\bin fact\b|\berrat(?:a|um)\b|\bbetter\W{0,3}:|\bEdit:|\brather:|\bI mean\b"
    r"|\bversion finale\b"
    r"|\bendgültig|\bversión final\b",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:if|when|whenever|suppose|assum\w{1,4}|e\.g|for (?:example|instance)|special case|extreme|would|were"
    r"|without"
    r"|derivative|gradient|wenn|falls|si|quand|cuando|se|если)\b[^.!?\n]{0,80}$",
    re.IGNORECASE,
)
