"""Q3 · Vanishing and exploding gradients: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_CURES = (
    "solve|fix|prevent|avoid|help|use|mitigate|address|cure|against|remedy|handle|overcome|remove|deal|reduce|combat"
)

_VANISHING = "vanish gradient|vanish mean|vanish|vanish gradient problem"

_EXPLODING = "explode gradient|explode mean|explode|explosion"

_LARGE = (
    "very large|too large|larger and larger|bigger and bigger|so large|extremely large|huge|infinity|infinite|"
    "enormous|"
    "giant|out of control|without bound|without limit|too big|very big|so big|grow|growing|extremely big|become large|"
    "get large|get bigger|become bigger|become larger|be large|very high|too high|become big|exponentially large|"
    "exponential growth|overflow|nan|become huge|unbounded|larger than before|increase exponentially"
)

_SMALL = (
    "very small|too small|smaller and smaller|so small|extremely small|tiny|zero|0|shrink|vanish|disappear|"
    "become small|get small|become smaller|get smaller|close to 0|almost 0|shrinking|negligible|fade|die out|decrease"
)

_VANISH_TRULY = (
    "!!explod|network|number|prevent|small|smaller|shrink|zero|0|issue|risk|problem get|problem be big|problem in|"
    "depth|"
    "layer get|tiny|input|loss|worse|effect|activation|large problem|larger problem|bigger problem|vanish to|saturate"
)

_EXPLODE_TRULY = (
    "!vanish|rate|clip|prevent|avoid|or very large|or too large|large|larger|huge|big|grow|change|problem|common|"
    "reduce|rare|norm|less|issue|"
    "learning"
)

_BOTH = (
    "!!vanish and explod|vanish or explod|explod and vanish|or very large|or too large|or large|respectively|"
    "or very small|or too small"
)

SWAPPED = Misconception(
    "q3.swapped",
    message=(
        "It is the other way round: a vanishing gradient shrinks towards zero, an exploding one grows without bound."
    ),
    against="q3.gradient-shrinks",
    says=(
        "Vanishing gradients become very large.",
        "Exploding gradients shrink to zero.",
        "The gradient explodes when the factors are smaller than 1.",
        "Gradients vanish if the weights are greater than 1.",
    ),
    says_not=(
        "Vanishing gradients do not become large, they become small.",
        "The vanishing gradient gets smaller as the depth gets larger.",
        "Exploding gradients can be made smaller by clipping.",
        "The explosion of gradients is less common.",
    ),
    ways=(
        (
            f"{_VANISHING}",
            ">~become|get|grow|increase|mean|is|are|reach|rise|make|when|if|be when|has|have|refer",
            f">~{_LARGE}",
            f"{_VANISH_TRULY}",
        ),
        (
            f"{_VANISHING}",
            ">~that|when|if|because|:",
            ">~gradient|value|they|it|derivative|error",
            f">~{_LARGE}",
            f"{_VANISH_TRULY}",
        ),
        ("vanish", ">~gradient", ">~value|gradient|norm|derivative|error|signal", f">~{_LARGE}", f"{_VANISH_TRULY}"),
        (
            f"{_EXPLODING}",
            ">~become|get|shrink|decrease|mean|is|are|reach|drop|fall|approach|go|when|if|make|tend|has|have|refer",
            f">~{_SMALL}",
            f"{_EXPLODE_TRULY}",
            _BOTH,
        ),
        (
            f"{_EXPLODING}",
            ">~that|when|if|because|:",
            ">~gradient|value|they|it|derivative|error",
            f">~{_SMALL}",
            f"{_EXPLODE_TRULY}",
            _BOTH,
        ),
        ("gradient", ">~explode", ">~they|and|to", f">~{_SMALL}", f"{_EXPLODE_TRULY}", _BOTH),
        (
            "explod",
            ">~when|if|because|due|by|for",
            ">~less than 1|below 1|below one|smaller than 1|< 1|less than one|smaller than one|under 1|too small",
            "!vanish|greater|larger|more|or",
        ),
        (
            "vanish",
            ">~when|if|because|due|by|for",
            ">~greater than 1|above 1|larger than 1|> 1|above one|greater than one|larger than one|bigger than 1|"
            "over 1",
            "!explod|less|smaller|below|or",
        ),
        (
            "greater than 1|above 1|above one|larger than one|larger than 1|greater than one|bigger than one|"
            "they be above one",
            ">~gradient|it|they",
            ">~vanish|shrink|die",
            "!explod|less|smaller|below",
        ),
        (
            "less than 1|below 1|below one|smaller than one|smaller than 1|less than one",
            ">~gradient|it|they",
            ">~explode|blow up|grow",
            "!vanish|greater|larger|above",
        ),
        (
            f"{_EXPLODING}",
            ">~update|gradient|weight|step|value",
            ">~so small|too small|very small|tiny|near zero|close to zero|almost zero|close to 0|almost 0",
            f"{_EXPLODE_TRULY}",
            _BOTH,
        ),
        (f"{_VANISHING}", ">~=|:", ">~large|big|huge|growing|grow|too large", f"{_VANISH_TRULY}"),
        (f"{_EXPLODING}", ">~=|:", ">~small|tiny|shrink|shrinking|zero", f"{_EXPLODE_TRULY}", _BOTH),
    ),
)

CLIPPING_CURES_VANISHING = Misconception(
    "q3.clipping-cures-vanishing",
    message=(
        "Gradient clipping limits gradients that are too large, so it helps against explosion. It cannot restore a "
        "gradient that has vanished; ReLU, initialization, skip connections or gated cells help there."
    ),
    against="q3.effect",
    says=(
        "Gradient clipping solves the vanishing gradient problem.",
        "To fix vanishing gradients we use gradient clipping.",
        "Vanishing gradients are avoided by clipping the gradients.",
        "Clipping helps against both problems.",
    ),
    says_not=(
        "Gradient clipping does not help against vanishing gradients.",
        "Clipping cures exploding gradients, while LSTM cells cure vanishing ones.",
        "Clipping is useless if the gradient vanishes.",
        "Clipping solves one of the two problems, but vanishing gradients need another remedy.",
        "Batch normalization helps with vanishing gradients and clipping with exploding ones.",
    ),
    ways=(
        (
            "clip|clipping",
            f">~{_CURES}",
            ">~vanish",
            "!!explod|exploding|only|of little use|residual|relu|lstm|skip|large|other",
        ),
        (
            "vanish",
            f">~{_CURES}",
            ">~gradient clip|clip|clipping",
            "!!explod|exploding|only|relu|lstm|residual|skip|other|large",
        ),
        (
            "clip|clipping",
            f">~{_CURES}",
            ">~both",
            "!!only|whereas",
        ),
        ("both", ">~vanish|explod", f">{_CURES}", ">~clip|clipping", "!!relu|lstm|residual"),
        (
            "gradient",
            ">~almost zero|near zero|close to zero|too small|vanish|tiny",
            ">apply|use|add|do|need",
            ">~clip|clipping",
            "!!explod|large|relu|lstm|residual",
        ),
        (
            "clip|clipping",
            ">so that|otherwise|then|thus|raise|keep",
            ">~vanish|too small|disappear",
            "!!explod|large",
        ),
        (
            "clip|clipping",
            ">~against|prevent|restore|rescue",
            ">~vanish|small gradient|tiny gradient",
            "!explod|not|large|relu|lstm",
        ),
    ),
)

MISCONCEPTIONS = (
    SWAPPED,
    CLIPPING_CURES_VANISHING,
)
