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
    "shrink to nothing|to nothing|"
    "very small|too small|smaller and smaller|so small|extremely small|tiny|zero|0|shrink|vanish|disappear|"
    "become small|get small|become smaller|get smaller|close to 0|almost 0|shrinking|negligible|fade|die out|decrease"
)

_TURNS = (
    "become|get|grow|increase|mean|is|are|reach|rise|when|if|refer|that|because|:|=|shrink|decrease|drop|"
    "fall|approach|go|tend|where|one|which"
)

SWAPPED = Misconception(
    "q3.swapped",
    message=(
        "A vanishing gradient shrinks towards zero, an exploding one grows without bound: not the other way round."
    ),
    against="q3.gradient-shrinks",
    right=(
        "prevent|avoid|clip|clipping|norm|respectively|or very|or too|or large|risk|issue|rare|common|"
        "learning rate|loss|problem be|problem get|vanish and explod|explod and vanish|vanish or explod"
    ),
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
        (_VANISHING, f">~{_TURNS}", f">~{_LARGE}", "!!explod"),
        ("vanish", ">~gradient", ">~value|gradient|norm|derivative|error|signal", f">~{_LARGE}", "!!explod"),
        (_EXPLODING, f">~{_TURNS}", f">~{_SMALL}", "!vanish gradient"),
        ("gradient", ">~explode", ">~they|and|to", f">~{_SMALL}"),
        (
            "explod",
            ">~when|if|because|due|by|for",
            ">~less than 1|below 1|below one|smaller than 1|< 1|less than one|smaller than one|under 1|too small",
        ),
        (
            "vanish",
            ">~when|if|because|due|by|for",
            ">~greater than 1|above 1|larger than 1|> 1|above one|greater than one|larger than one|bigger than 1|"
            "over 1|too large",
        ),
        (
            "greater than 1|above 1|above one|larger than one|larger than 1|greater than one|bigger than one|"
            "they be above one",
            ">~gradient|it|they",
            ">~vanish|shrink|die",
            "!explod|smaller|less|below",
        ),
        (
            "less than 1|below 1|below one|smaller than one|smaller than 1|less than one",
            ">~gradient|it|they",
            ">~explode|blow up|grow",
            "!vanish|larger|greater|above",
        ),
        (
            _EXPLODING,
            ">~update|gradient|weight|step|value",
            ">~so small|too small|very small|tiny|near zero|close to zero|almost zero|close to 0|almost 0",
        ),
        (_VANISHING, ">~=|:", ">~large|big|huge|growing|grow|too large"),
        (_EXPLODING, ">~=|:", ">~small|tiny|shrink|shrinking|zero"),
        (_SMALL, ">~this is|be called|is called|we call|one call|called", f">~{_EXPLODING}"),
        (_LARGE, ">~this is|be called|is called|we call|one call|called", f">~{_VANISHING}"),
    ),
)

CLIPPING_CURES_VANISHING = Misconception(
    "q3.clipping-cures-vanishing",
    message=(
        "Gradient clipping limits gradients that are too large, so it helps against explosion. It cannot restore a "
        "gradient that has vanished; ReLU, initialization, skip connections or gated cells help there."
    ),
    against="q3.effect",
    others="relu|lstm|gru|residual|skip|initialization|normalization|gated",
    right="only|little|useless|too large",
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
            f">~{_CURES}|repair|rescue|raise|restore",
            ">~vanish|both|too small|disappear|small gradient|tiny gradient",
            "!!explod",
        ),
        ("clip|clipping", f">~{_CURES}|remedy", ">~explod", ">~and|or|as well as", ">~vanish"),
        ("vanish|both", f">~{_CURES}|repair|rescue|need|want", ">~gradient clip|clip|clipping", "!explod|other"),
        ("clip|clipping", f">~{_CURES}|remedy|cure", ">~both"),
        ("both", f">~{_CURES}", ">~by|with|through|use", ">~clip|clipping"),
        (
            "gradient",
            ">~almost zero|near zero|close to zero|too small|vanish|tiny|vanishing",
            ">~apply|use|need|clip",
            ">~clip|clipping|norm",
            "!!explod",
        ),
        ("clip|clipping", ">so that|otherwise|then|thus|raise|keep", ">~vanish|too small|disappear", "!!explod"),
    ),
)

MISCONCEPTIONS = (
    SWAPPED,
    CLIPPING_CURES_VANISHING,
)
