"""Q3 · Vanishing and exploding gradients: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import LARGE, SMALL

_SLOPE = "gradient|derivative|slope|signal|error signal|product|norm"

GRADIENT_SHRINKS = (
    ("vanish", f">{SMALL}", "!explod|explosion", "!!learning rate"),
    (SMALL, ">vanish", "!!explod|explosion|small learning rate"),
    (
        _SLOPE,
        ">~too small|very small|smaller and smaller|extremely small|tiny|zero|0|decay|fade|shrink|less and less|"
        "weaker|approach 0|nothing|almost 0|nearly 0|close to 0|die out|die|evaporate|dwindle|dries up|dry up|"
        "negligible|peter out|disappear|exponentially small|shrivel|smaller|minuscule|thin|lost|"
        "vanish exponentially|decrease",
        "!!learning rate|weight initial|prevent",
    ),
    (
        "less than 1|below 1|< 1|smaller than 1",
        "0|zero|shrink|vanish|smaller|disappear|decay",
        "product|power|n|gradient",
    ),
    ("product|power|multiply|gradient", ">~0|zero", "exponential*|vanish|fast|quickly|quick"),
)

GRADIENT_GROWS = (
    ("explod|explode|explosion", f">{LARGE}", "!vanish", "!!larger learning rate"),
    ("explod|exploding|explosion", ">~opposite|reverse|contrary|other way", "!!learning rate"),
    (LARGE, ">explod|explode|explosion", "!!vanish", "!!larger learning rate"),
    (
        _SLOPE,
        ">~too small or too large|too large|very large|larger and larger|extremely large|huge|blow up|blows|"
        "very big|grow exponentially|increase exponentially|grow without|too big|infinity|bigger and bigger|grow|"
        "giant|enormous|astronomic*|sky|out of control|without limit|larger|bigger|gigantic|immense|amplify|"
        "amplified|exploding exponentially|snowball|escalate|swell|more and more|overflow|skyrocket",
        "!!learning rate|weight initial|prevent|vanish",
    ),
    ("too small", "too large|too big|explode", "gradient|derivative"),
    ("infinity|grow|larger", ">~explod", "!vanish"),
    (
        "greater than 1|above 1|> 1|larger than 1|bigger than 1|more than 1",
        "infinity|grow|explode|larger|huge|bigger|blow",
        "product|power|n|gradient|it",
    ),
    ("product|power|multiply|gradient", ">~infinity|infinite", "exponential*|explod|fast|quickly|quick|to"),
)

CAUSE = (
    (
        "multiply|product|multiplication|multiplying|repeatedly|again and again|power|multiplied|times itself|raised",
        "derivative|factor|gradient|weight|matrix|number|layer|step|value|eigenvalue|small|jacobian|slope|term",
        "!!clip|lstm|learning rate",
    ),
    ("same|again|repeatedly|over and over", "~matrix|weight|w", "eigenvalue|multiply|power|apply|decide"),
    ("chain rule", "multiply|product|layer|small|repeated|repeatedly|many|long"),
    (
        "sigmoid|tanh|saturate|saturating|saturation|activation",
        "vanish|small|derivative|gradient|zero|flat|slope",
        "cause|because|due|lead|reason|result|occur|squash|saturate|make|at most|between|typical|range|happen|"
        "arise|since|only|never|maximum|when|max",
        "!!relu|instead|avoid|replace|remedy|solution|prevent",
    ),
    (
        "weight|initial*",
        "~large|high|big|too big|bad|improper|poor|wrong|small|greater|unlucky|badly",
        ">cause|lead|result|make|explod|so|grow|vanish|amplify|produce|give",
        "!update",
        "!!avoid|prevent|solution",
    ),
    (
        "cause|because|due|reason|typical|happen|occur|arise|origin|from|when|if|since",
        ">weight|initial*",
        "~large|high|big|greater|bad|poor|small",
        "!update|lead",
        "!!avoid|prevent|solution",
    ),
    (
        "singular value|eigenvalue|spectral radius|derivative|factor|weight|value|number|term|norm|slope",
        "~less than|below|smaller than|greater than|above|larger than|bigger than|more than|<|>|between 0|under|"
        "over|exceed|at most",
        ">~1|one|0.25|unity",
    ),
    ("0.25|1 4|quarter", "sigmoid|derivative|factor", "multiply|power|layer|maximum|most|max|step|at"),
)

EFFECT = (
    (
        "learn|train|convergence|converge|update|weight|layer|model|network|training|optimization",
        "slow|stop|stall|hardly|unstable|instability|diverge|divergence|nan|difficult|fail|poor|hinder|jump|"
        "overflow|stuck|barely|oscillate|hard|challenging|unable|ineffective|long time|longer|never converge|"
        "prevent|stagnate|slowly|slower|impossible|hamper|struggle|crash|freeze|frozen|wild|wildly|useless|halt|"
        "overshoot|stand still|standstill|erratic|collapse|bounce|almost no|scarcely|inf|destroy|break down|ruin|"
        "chaotic|no longer|out of control|unlearn",
        "!!prevent explod|prevent vanish|need|more data|difficult to get|good model",
    ),
    (
        "-learn|converge|update|train|change|learned|convergence|reach|improve|move|adapt|adjust|learnt",
        "layer|network|weight|model|step|rnn|early|first|it|training|anything|long",
        "!!in a good",
    ),
    ("unstable|instability|diverge|divergence|nan|overflow|oscillate",),
    (
        "large|huge|small|tiny|negligible|big|quickly|giant|enormous|microscopic",
        "~update|step",
        "weight|parameter|step",
    ),
    (
        "-remember|capture|learn|see|know|influence|reach|feel",
        "long-term|early|earlier|far|distant|long|beginning|first",
        "!!window",
    ),
    (
        "early|first|front|lower|initial|distant|far",
        "layer|step|word|input",
        "no signal|no information|no gradient|almost nothing|nothing|untrained|stay|unchanged|random|hardly|barely",
    ),
)

_CURES = (
    "solve|fix|prevent|avoid|help|use|mitigate|address|cure|against|remedy|handle|overcome|remove|deal|reduce|combat"
)

SWAPPED = (
    (
        "vanish",
        ">~gradient",
        ">become|get|grow|increase|mean|is|are|when|reach|rise|occur",
        ">~large|larger|big|bigger|huge|high|exponentially|infinity|enormous|grow|without bound|giant|"
        "out of control|too large",
        "!explod|network|number|prevent|small|smaller|shrink|weight|zero|0",
    ),
    (
        "explod|explosion",
        ">~gradient",
        ">become|get|shrink|decrease|mean|is|are|when|reach|drop|occur|fall",
        ">~small|smaller|tiny|zero|0|vanish|shrink|disappear|nothing",
        "!vanish|rate|clip|prevent|avoid|large|larger|huge|big|grow",
    ),
    ("explod", ">when|if|because|due|by", ">~less than 1|below 1|smaller than 1|< 1", "!vanish|greater|larger|more"),
    ("vanish", ">when|if|because|due|by", ">~greater than 1|above 1|larger than 1|> 1", "!explod|less|smaller|below"),
)

CLIPPING_CURES_VANISHING = (
    ("clip|clipping", f">{_CURES}", ">~vanish", "!!explod|exploding|not|no|cannot|only"),
    ("vanish", f">{_CURES}", ">gradient clip|clip|clipping", "!!explod|exploding|not|no|cannot|relu|lstm"),
    ("clip|clipping", "so that|otherwise|then|thus|raise|keep", "vanish|too small|disappear", "!!explod|not|large"),
    ("clip|clipping", "both", "vanish|problem", "!!not|only"),
    (
        "clip|clipping",
        "vanish",
        "explod",
        "solve|cure|fix|prevent|avoid|remedy|help|against|both",
        "!!relu|lstm|gru|gate|initial*|skip|not|whereas|while|only|respectively|residual|norm*|cannot",
    ),
)
