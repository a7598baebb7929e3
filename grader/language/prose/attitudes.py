"""Attitudes to a statement other than asserting it, as patterns over the words of a sentence.

Somebody else holds it, it is doubted or not yet shown, supposed, wished, dreamt of, asked about, or still to be
written. The words are in lower case with one blank between them, punctuation apart; every repeat is short.
"""

from __future__ import annotations

_W = r"(?:[a-z']{1,15} )"
_IS = r"(?:is|are|was|were|am|remains?|seems?)"
_HEARSAY = (
    r"people|students?|beginners?|laymen|somebody|someone|everybody|everyone|anybody|anyone|nobody|no one|persons?|"
    r"friends?|buddy|pal|colleagues?|neighbou?rs?|roommates?|classmates?|flatmates?|mother|father|mum|mom|dad|uncle|"
    r"aunt|cousin|brother|sister|grandmother|grandfather|grandma|grandpa|wife|husband|girlfriend|boyfriend|boss|barber|"
    r"dentist|landlord|bartender|fools?|idiots?|liars?|clown|hamster|cat|dog|parrot|goldfish|horse|blogs?|posts?|"
    r"tweets?|forums?|websites?|internet|reddit|youtube|facebook|tiktok|chatgpt|gpt|chatbots?|bots?|copilot|gemini|"
    r"claude|myths?|rumou?rs?|legend|horoscope|critics|sceptics|skeptics|others"
)
PERSONS = rf"{_HEARSAY}|whoever|those who|who|many|some|most|few|he|she|they"
"""Whose word is not the author's. Teachers, papers, books and their authors are no such persons."""

SAYS = (
    r"says?|said|claims?|claimed|believes?|believed|thinks?|thought|assumes?|assumed|argues?|argued|insists?|insisted|"
    r"supposes?|supposed|suspects?|suspected|suggests?|suggested|maintains?|maintained|pretends?|pretended|"
    r"states?|stated|writes?|wrote|has it|have it|imagines?|imagined|expects?|expected|hears?|heard|"
    r"tells?|told|asserts?|asserted|swears?|swore|alleges?|alleged|reckons?|reckoned|repeats?|repeated|mumbles?|posted|tweeted|"
    rf"(?:is|are|was|were|be) {_W}{{0,2}}(?:convinced|persuaded|adamant|certain|sure|of the opinion|of the view)|"
    r"under the (?:impression|illusion)"
)
_GROUNDED = (
    r"convinced|persuaded|certain|sure|clear|obvious|evident|proven|proved|shown|established|confirmed|known|"
    r"understood|verified|plausible|credible|decided"
)
_TELL = r"(?:say|claim|state|mention|explain|describe|argue|pretend|repeat|write|answer|note|put down|copy|tell)"
_SHOWN = r"(?:shown|seen|proven|proved|verified|confirmed|checked|tested|clarified|found out)"
_WRITTEN = rf"(?:{_SHOWN}|written|explained|described|filled in|completed|added|done|decided)"

ATTITUDES = (
    # held by others
    rf"according to {_W}{{0,2}}(?:{_HEARSAY}|some)",
    rf"in the (?:opinion|view|minds?|words|eyes|dreams?) of {_W}{{0,2}}(?:{_HEARSAY})",
    rf"(?:seems|appears|looks|is obvious|is clear) to (?:{_HEARSAY}|some|many|most)",
    r"(?:allegedly|supposedly|purportedly|reputedly|rumou?r has it|legend has it|word has it|it is alleged)",
    r"would have (?:us|you|me|one|everybody|everyone|people) (?:believe|think)",
    r"(?:make|makes|made|want|wants|wanted|lead|leads|led|trick|tricks|tricked|persuade|persuades|persuaded|convince|"
    r"convinces|convinced|fool|fools|fooled) (?:us|you|me|one|people|students|him|her|them) (?:to |into )?"
    r"(?:believe|believing|think|thinking|say|saying|assume)",
    rf"(?:grader|examiner|teacher|tutor|professor|lecturer|autograder|checker|script|computer|machine|they) {_W}?"
    r"(?:wants?|likes?|expects?|wishes|hopes|looks|wanted|needs) (?:us |me |you )?(?:to|for) "
    r"(?:read|hear|see|find|have|write|say|be told)",
    # doubted, or without a ground
    rf"far from {_W}?(?:{_GROUNDED})",
    rf"(?:{_IS} (?:not|never|hardly|no longer|by no means)|isn't|aren't|wasn't) {_W}{{0,2}}(?:{_GROUNDED}) {_W}{{0,2}}"
    r"(?:that|whether|if)",
    rf"(?:have|has|am|is|are|was) yet to {_W}?(?:see|find|hear|meet|learn|read)",
    rf"(?:no|without|little|hardly any|any|lack of) {_W}?(?:evidence|proof|reason|grounds?|sign|indication|argument)"
    rf" {_W}{{0,3}}that",
    rf"(?:remains|still|yet|needs?|has|have|is|are) to be {_SHOWN} (?:that|whether|if|:)",
    r"(?:hard|difficult|impossible|foolish|silly|naive|ridiculous|crazy|stupid|unwise) to "
    r"(?:believe|claim|assume|accept)",
    rf"(?:sceptical|skeptical|dubious|unconvinced|suspicious) {_W}?(?:that|whether|if|of|about)",
    r"(?:i|we) (?:hesitate|refuse|decline|would never|will never|shall never|cannot bring myself) to "
    r"(?:say|believe|claim|think|see|accept|repeat|write)",
    rf"(?:i|we) {_W}?(?:don't|do not|did not|didn't|cannot|can't|could not|couldn't|won't|will not|never) {_W}{{0,2}}"
    rf"(?:think|believe|say|claim|accept|agree|confirm|see|mean|know|understand|buy|assert|guarantee) {_W}{{0,2}}"
    r"(?:that|whether|if|why|how)",
    r"avoid (?:saying|writing|claiming|stating|the (?:claim|statement|idea))",
    # supposed, wished, dreamt of
    r"(?:suppose|supposing|imagine|(?<!we )(?<!i )pretend)(?: for a (?:moment|second|minute|while))? that",
    r"(?:let us|let me|let's) (?:just )?(?:pretend|make believe)",
    rf"(?:i|we) {_W}?(?:wish|hope|hoped|fear|dream|dreamt|dreamed|pray)",
    rf"(?:in|from) (?:my|a|an|the|some|your|his|her|another) {_W}?(?:dreams?|nightmares?|fairy tales?|fairytales?|"
    r"imagination|fantasy|parallel universe|parallel world|alternative universe|alternative world|other universe|"
    r"ideal world|perfect world|movies?|films?)",
    r"(?:once upon a time|in wonderland|in a galaxy far|for the sake of argument|for argument's sake)",
    r"(?:would be|were) (?:so |very |really )?(?:nice|good|great|lovely|interesting|wonderful|useful|fun|cool|news) "
    r"(?:to (?:know|see|hear|learn|read|find out|ask|show|prove|check)|if|to me)",
    # what somebody would say
    r"(?<!i )(?<!we )would (?:ever |never |still |really |seriously )?"
    r"(?:say|claim|believe|think|argue|assert|maintain)",
    rf"(?:what kind of|only|just|even|no) {_W}{{0,3}}(?:{PERSONS}) {_W}{{0,2}}(?:{SAYS})",
    # asked
    r"(?:find|finding|figure|figuring) out (?:if|whether)",
    rf"(?:teacher|professor|tutor|lecturer|exam|examiner|question|quiz|{PERSONS}) {_W}{{0,2}}"
    r"(?:asks?|asked|wonders?|wondered|wants? to know|wanted to know) (?:me |us |you )?(?:whether|if)",
    r"(?:true or false|right or wrong|correct or not|false or true|fact or fiction|agree or disagree|confirm that)",
    # to be written, or written because somebody asks
    rf"(?:ask|asks|asked|tell|tells|told|expect|expects|want|wants|wanted|beg|begs) (?:me|us|you) "
    rf"to {_TELL}",
    rf"(?:asked|told|expected|supposed|ordered|forced|paid|required|obliged) to {_TELL}",
    rf"(?:i|we|you|one) (?:still )?(?:must|should|needs? to|have to|has to|had to|ought to|want to|wanted to|plan to) "
    rf"{_TELL} {_W}{{0,3}}(?:that|how|why|what|whether)",
    rf"(?:remember|remind me) to {_TELL}",
    rf"(?:to be|still|not yet) {_WRITTEN} {_W}{{0,3}}:",
)
"""What follows such words is not asserted, up to where the author turns."""

TRAILING = (
    r" , or so (?:i|we|they|it|people|some|others|everyone|everybody|the [a-z']{1,15})(?: [a-z']{1,15}){1,7}"
    r"(?: [.!])?\Z"
    r"| , (?:or )?(?:at least )?(?:so |as |that is what |that's what |this is what )?"
    rf"(?:{_W}{{0,3}}(?:{_HEARSAY}) {_W}?(?:{SAYS})"
    rf"|(?:{SAYS}) (?:my |a |an |the |some |our |every |no )?{_W}?(?:{_HEARSAY}))"
    r"(?: [a-z']{1,15}){0,3}(?: [.!])?\Z"
    r"| , if (?:you|one|we) (?:believe|trust|ask)s?(?: [a-z']{1,15}){1,6}(?: [.!])?\Z"
    r"| , (?:supposedly|allegedly|or not|or maybe not|or perhaps not)(?: [.!?])?\Z"
)
"""What stands before it is somebody else's."""

_ASKING = (
    r"(?:say|mention|tell|show|prove|disprove|explain|describe|discuss|argue|demonstrate|derive|justify|state|write|"
    r"verify|check|convince|persuade|remind|illustrate|motivate|refute|examine|investigate|find out|point out|"
    r"make clear)"
)
_ALSO = r"(?:please |also ){0,2}"
TASKS = (
    r"(?:please )?(?:say|mention)(?: me| us)? (?:that|what|which|how|why|whether|if|where)\b"
    rf"|(?:please |then |now |first |also ){{0,2}}{_ASKING} (?:[a-z']{{1,15}} ){{0,5}}(?:that|whether|if)\b"
    r"|(?:please )?(?:name|give|compare|list|mention|state) (?:the|a|an|one|two|three|four|each|both|all|some|your)\b"
    r"|please (?:check|mark|correct|verify|decide|judge|confirm)\b"
    rf"|{_ALSO}(?:give|state|name|list) (?:what|which|how|why|(?:the |a |one |its )?(?:causes?|effects?|reasons?|"
    r"benefits?|advantages?|definition|differences?|formula|equations?))\b"
    rf"|{_ALSO}(?:tell|write|state|specify|add) (?:down )?(?:that|what|which|how|why|whether)\b"
)
"""How a sentence begins that tells somebody what to do."""

TOPICS = rf"{_ALSO}(?:mention|describe|explain|discuss|point out|elaborate on) [a-z0-9_']"
"""How one begins that names what is to be written about; it may be written right behind it."""
