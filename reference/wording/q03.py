"""Q3 · Vanishing and exploding gradients: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import LARGE, SMALL

GRADIENT_SHRINKS = (
    ("vanish", f">{SMALL}", "!explod|explosion"),
    (SMALL, ">vanish", "!!explod|explosion"),
    (
        "gradient|derivative|slope|signal",
        ">~too small|very small|smaller and smaller|extremely small|tiny|zero|0|decay|fade|shrink",
        "!!explod|explosion",
    ),
)

GRADIENT_GROWS = (
    ("explod|explode|explosion", f">{LARGE}", "!vanish", "!!larger learning rate"),
    (LARGE, ">explod|explode|explosion", "!!vanish", "!!larger learning rate"),
    (
        "gradient|derivative|slope|signal",
        ">~too small or too large|too large|very large|larger and larger|extremely large|huge|blow up|"
        "blows|very big|"
        "grow exponentially|increase exponentially|grow without|too big|infinity",
        "!!vanish",
    ),
)

CAUSE = (
    (
        "multiply|product|multiplication|multiplying|repeatedly|again and again|power",
        "derivative|factor|gradient|weight|matrix|number|layer|step|value|eigenvalue|small|jacobian",
        "!!clip",
    ),
    ("chain rule", "multiply|product|layer|small|repeated|repeatedly|many"),
    (
        "sigmoid|tanh|saturate|saturating|saturation",
        "vanish|small|derivative|gradient|zero",
        "cause|because|due|lead|reason|result|occur|squash|saturate|make|at most|between|typical|range|happen|arise",
    ),
    (
        "weight|initial*",
        "~large|high|big|too big|bad|improper|poor|wrong",
        ">cause|lead|result|make|explod|so",
        "!update",
    ),
    (
        "cause|because|due|reason|typical|happen|occur|arise",
        ">weight|initial*",
        "~large|high|big|greater|bad|poor",
        "!update|lead",
    ),
    (
        "singular value|eigenvalue|spectral radius|derivative|factor|weight|value",
        "~less than|below|smaller than|greater than|above|larger than|bigger than|more than|<|>|between 0",
        ">~1|one|0.25|unity",
    ),
)

EFFECT = (
    (
        "learn|train|convergence|converge|update|weight|layer|model|network",
        "slow|stop|stall|hardly|unstable|instability|diverge|divergence|nan|difficult|fail|poor|hinder|"
        "jump|overflow|"
        "stuck|barely|oscillate|hard|challenging|unable|ineffective|long time|longer|never converge|"
        "prevent|stagnate|"
        "slowly|slower|impossible|hamper|struggle|crash",
        "!!prevent explod|prevent vanish",
    ),
    ("-learn|converge|update|train|change|learned|convergence|reach|improve", "!!in a good"),
    ("unstable|instability|diverge|divergence|nan|overflow",),
    ("large|huge|small|tiny|negligible|big|quickly", "~update", "weight|parameter|step"),
)

SWAPPED = (
    (
        "vanish",
        ">~gradient",
        ">become|get|grow|increase",
        ">~large|larger|big|bigger|huge|high|exponentially",
        "!explod|network|number|prevent|small",
    ),
    (
        "explod",
        ">~gradient",
        ">become|get|shrink|decrease",
        ">~small|smaller|tiny|zero|0|vanish",
        "!vanish|rate|clip|prevent|avoid|large",
    ),
)

CLIPPING_CURES_VANISHING = (
    ("clip", ">solve|fix|prevent|avoid|help|use|mitigate|address", ">~vanish", "!!explod"),
    ("vanish", ">solve|fix|prevent|avoid|mitigate|address", ">gradient clip|clip", "!!explod"),
)
