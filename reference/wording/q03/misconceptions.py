"""Q3 · Vanishing and exploding gradients: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception

_CURES = (
    "solve|fix|prevent|avoid|help|use|mitigate|address|cure|against|remedy|handle|overcome|remove|deal|reduce|combat"
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
        (
            "explod",
            ">when|if|because|due|by",
            ">~less than 1|below 1|smaller than 1|< 1",
            "!vanish|greater|larger|more",
        ),
        (
            "vanish",
            ">when|if|because|due|by",
            ">~greater than 1|above 1|larger than 1|> 1",
            "!explod|less|smaller|below",
        ),
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
    ),
)

MISCONCEPTIONS = (
    SWAPPED,
    CLIPPING_CURES_VANISHING,
)
