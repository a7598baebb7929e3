"""Q3 · Vanishing and exploding gradients: what a good answer says, and how students say it."""

from grader.pack.questions import Concept

_SMALL = (
    "small|smaller|shrink|zero|0|decrease|diminish|tiny|decay|fade|less|lower|negligible|disappear|nothing|weak|"
    "minimal|reduce|almost no|approach 0|near 0|insignificant"
)

_LARGE = (
    "gigantic|giant|large|larger|huge|big|bigger|grow|increase|blow|blows|infinity|high|higher|enormous|unbounded|"
    "out of control|excessive|excessively|massive|accumulate|without bound|uncontrollable|uncontrollably"
)

_SLOPE = "gradient|derivative|slope|signal|error signal|product|norm"

GRADIENT_SHRINKS = Concept(
    "q3.gradient-shrinks",
    "Vanishing: the gradient shrinks towards zero on its way back through layers or time steps.",
    hint="Say what vanishes: the gradient gets smaller and smaller on its way back, until almost nothing is left.",
    why="What comes back to the early layers or steps is all that they can learn from.",
    says=(
        "With vanishing gradients the gradient gets smaller with each layer that it passes.",
        "The derivative becomes almost zero before it reaches the first layers.",
        "Going back through the layers, the error signal fades until there is nothing left.",
        "When gradients vanish they are close to zero.",
        "The gradient decays exponentially with the number of time steps.",
    ),
    says_not=(
        "The gradient does not shrink on its way back.",
        "The loss becomes smaller with each epoch.",
        "ReLU prevents the gradient from becoming too small.",
        "The weights vanish if we regularise too much.",
        "The gradient norm is not too small in this model.",
    ),
    ways=(
        (
            "no|practically no|almost no|hardly any|barely any|little|scarcely any",
            ">~gradient|signal|error",
            ">~left|remain|arrive|reach|get|come",
            "!!batch|loss is|no gradient is",
        ),
        (
            "gradient|derivative|error|signal|norm",
            ">~tinier|slighter|minute|infinitesimal|imperceptible|next to nothing|to nothing",
            "!!prevent|relu|learning rate",
        ),
        ("vanish", f">{_SMALL}", "!explod|explosion", "!!learning rate"),
        (_SMALL, ">vanish", "!!explod|explosion|small learning rate"),
        (
            _SLOPE,
            ">~too small|very small|smaller and smaller|extremely small|tiny|zero|0|decay|fade|shrink|less and less|"
            "weaker|approach 0|nothing|almost 0|nearly 0|close to 0|die out|die|evaporate|dwindle|dries up|dry up|"
            "negligible|peter out|disappear|exponentially small|shrivel|smaller|minuscule|thin|lost|"
            "vanish exponentially|decrease",
            "!!learning rate|weight initial|prevent|minimum|batch|residual|skip|relu|descent|loss be|loss is|keep",
        ),
        (
            "less than 1|below 1|< 1|smaller than 1",
            "0|zero|shrink|vanish|smaller|disappear|decay",
            "product|power|n|gradient",
        ),
        ("product|power|multiply|gradient", ">~0|zero", "exponential*|vanish|fast|quickly|quick"),
        (
            "smaller|weaker|less|fainter|shrink|shrinks|decrease|fade|lose|loses",
            ">~with each|at each|each|every|with every|step by step|layer by layer|layer to layer|"
            "step to step|further back|deeper",
            "back|layer|step|negligible|zero|vanish|nothing|backward",
            "!explod|larger|bigger",
            "!!loss be|batch|learning rate|epoch|parameter|time series",
        ),
        (
            "the further|the farther|the deeper|the earlier|the more layer",
            ">~back|go|layer|step",
            ">~smaller|weaker|less|fainter",
            "!!loss be|batch",
        ),
        (
            _SLOPE,
            ">~so small|so tiny|so weak|too weak",
            "layer|step|difference|back|learn|change",
            "!!learning rate|batch|loss be|relu|prevent",
        ),
        (
            "nothing|nobody|hardly anything|no one|almost nothing|little|scarcely anything",
            "~left|hear|hears|arrive|arrives|reach|reaches|remain|remains|come through|gets through",
            "gradient|vanish|error|signal|layer|step|end|back|whisper",
            "!!batch|loss be",
        ),
        (
            "smaller and smaller|smaller|shrink|tiny|0|zero|small",
            ">bigger|larger|grow|huge|large|big",
            ">vanish",
            ">explod",
            "!!too large to",
        ),
        (
            "bigger|larger|grow|huge|large|big",
            ">smaller|shrink|tiny|small|zero",
            ">explod",
            ">vanish",
            "!!too large to",
        ),
        ("vanish", ">~:|=|to", ">small|zero|0|shrink|tiny|smaller", ">explod", ">large|huge|grow|infinity|big|bigger"),
        ("explod", ">~:|=|to", ">large|huge|grow|infinity|big|bigger", ">vanish", ">small|zero|0|shrink|tiny|smaller"),
        (
            "less and less|hardly any|almost nothing|hardly anything|almost none|only a fraction",
            ">~error|gradient|signal|left|remain|arrive|it|arrives",
            "!!batch",
        ),
        (
            "gradient|error|signal|derivative|it|they",
            ">~approach|tend|go|close|equal|practically|nearly|almost",
            ">~0|zero",
            "back|layer|step|vanish|multiply|multiplied|factor|product",
            "!!loss is|loss be|minimum|batch|learning rate|prevent",
        ),
        (
            "multiply|multiplied|product|factor",
            ">small|below 1|less than 1|less than one|smaller than 1|below one",
            ">smaller|shrink|0|zero|tiny|decay|disappear|die",
            "!!prevent|learning rate",
        ),
        (
            "number|product|it|they|value|what|gradient|error|norm",
            ">nothing|tiny|almost 0|close to 0|practically 0|quieter|fainter|zero|0",
            "below|less than|smaller than|multiply|multiplied|factor|power|vanish",
            "!explod",
            "!!loss is|batch|minimum|prevent|relu|learning rate|between 0|sigmoid",
        ),
    ),
)

GRADIENT_GROWS = Concept(
    "q3.gradient-grows",
    "Exploding: the gradient grows without bound on its way back through layers or time steps.",
    hint="Say what explodes: the gradient gets larger and larger on its way back.",
    why="One huge step can undo all that was learned, and turn the loss into something that is no number.",
    says=(
        "Exploding gradients get larger and larger on the way back.",
        "The gradient grows exponentially until it overflows.",
        "In the other case the derivatives become huge.",
        "When gradients explode their norm increases without limit.",
        "The product tends to infinity, which is called exploding.",
    ),
    says_not=(
        "The gradient does not grow, it stays the same.",
        "A larger learning rate leads to bigger steps.",
        "A large batch gives a better estimate of the gradient.",
        "The gradient points into the direction in which the loss grows.",
        "Skip connections do not let the gradient blow up.",
    ),
    ways=(
        (
            "gradient|derivative|error|signal|norm|product|it|they",
            ">~through the roof|off the scale|out of bounds|beyond all|to the sky|rocket|balloon|mushroom|ever larger|"
            "ever bigger",
            "!!prevent|clip",
        ),
        ("explod|explode|explosion", f">{_LARGE}", "!vanish", "!!larger learning rate"),
        ("explod|exploding|explosion", ">~opposite|reverse|contrary|other way", "!!learning rate"),
        (
            _LARGE,
            ">~explod|explode|explosion",
            "!vanish",
            "!!larger learning rate|number of parameter|clip|vanish gradient is|vanish gradient occur|"
            "vanish gradient become",
        ),
        (
            _SLOPE,
            ">~too small or too large|too large|very large|larger and larger|extremely large|huge|blow up|blows|"
            "very big|grow exponentially|increase exponentially|grow without|too big|infinity|bigger and bigger|grow|"
            "giant|enormous|astronomic*|sky|out of control|without limit|larger|bigger|gigantic|immense|amplify|"
            "amplified|exploding exponentially|snowball|escalate|swell|more and more|overflow|skyrocket",
            "!vanish",
            "!!learning rate|weight initial|prevent|clip|curve|batch|number of parameter|larger layer|keep|"
            "vanish gradient is|vanish gradient occur|"
            "vanish gradient become|vanish gradient mean",
        ),
        ("too small", "too large|too big|explode", "gradient|derivative"),
        ("infinity|grow|larger", ">~explod", "!vanish"),
        (
            "larger|bigger|stronger|louder|grow|grows|swell|increase|rise|rises|amplify|amplified",
            ">~with each|at each|each|every|with every|step by step|layer by layer|layer to layer|"
            "step to step|further back|deeper",
            "back|layer|step|overflow|infinity|explod|backward",
            "!vanish|smaller|shrink",
            "!!loss be|batch|learning rate|epoch|parameter|clip|depth|number of",
        ),
        (
            "explod|explosion|gradient|other case|second case",
            ">~avalanche|snowball|get out of hand|blow up|blows up|without end|runaway",
            "!!clip|prevent",
        ),
        (
            "greater than 1|above 1|> 1|larger than 1|bigger than 1|more than 1",
            "infinity|grow|explode|larger|huge|bigger|blow",
            "product|power|n|gradient|it",
        ),
        ("product|power|multiply|gradient", ">~infinity|infinite", "exponential*|explod|fast|quickly|quick|to"),
        (
            "smaller and smaller|smaller|shrink|tiny|0|zero|small",
            ">bigger|larger|grow|huge|large|big",
            ">vanish",
            ">explod",
            "!!too large to",
        ),
        (
            "bigger|larger|grow|huge|large|big",
            ">smaller|shrink|tiny|small|zero",
            ">explod",
            ">vanish",
            "!!too large to",
        ),
        ("vanish", ">~:|=|to", ">small|zero|0|shrink|tiny|smaller", ">explod", ">large|huge|grow|infinity|big|bigger"),
        ("explod", ">~:|=|to", ">large|huge|grow|infinity|big|bigger", ">vanish", ">small|zero|0|shrink|tiny|smaller"),
        (
            "gradient|error|errors|signal|derivative|norm|they|it|product",
            ">~amplified|amplify|blow up|blows up|explode|grow|multiplied|increase|become|get",
            ">~huge|exponentially|enormous|nan|infinity|infinite|too big|too large|very large|without bound|"
            "without limit|astronomically|beyond|immense|more and more",
            "!vanish",
            "!!learning rate|clip|prevent|parameter explode|batch|curve|vanish gradient is|vanish gradient occur|"
            "vanish gradient become|gradient vanish",
        ),
        (
            "multiply|multiplied|product|factor",
            ">large|above 1|greater than 1|greater than one|larger than 1|above one|big",
            ">bigger|grow|huge|infinity|larger|blow",
            "!!prevent|learning rate|clip",
        ),
        ("explod|explosion", ">~opposite|contrary|reverse|converse|other extreme", "!!learning rate"),
        (
            "explod",
            ">~when|if|mean|be when|:|=|the",
            ">~gradient|value|it|they|error|norm",
            ">~large|huge|big|grow|bigger|increase|infinity|larger",
            "!vanish",
        ),
        (
            "factor|weight|derivative|number|they|it|value|eigenvalue",
            ">~above 1|greater than 1|larger than 1|over 1|more than 1|bigger than 1|> 1|above one|larger than one|"
            "greater than one|bigger than one|exceed 1|exceed one|more than one",
            ">grow|large|huge|blow|bigger|infinity|opposite|increase|amplify|explode|larger",
            "!!clip|learning rate|prevent",
        ),
        (
            "explod|explosion",
            ">~out of hand|inf|astronomical|overflow|nan|unlimited|exponentially|wildly|without end|too much",
            "!!clip|prevent",
        ),
        (
            "gradient|derivative|error|signal",
            ">~explode|explod",
            ">~exponentially|infinity|nan|huge|with each layer|at each step|layer by layer|with every step",
            "!!prevent|clip",
        ),
        ("explod", "~vice versa|conversely|mirror image|other extreme|just the opposite", "!!learning rate"),
        (
            "number|factor|product|it|they|value|gradient|error|norm",
            ">huge|giant|astronomical|enormous|gigantic|avalanche|louder|infinity|infinite|runaway",
            "above|greater than|larger than|more than|multiply|multiplied|factor|power|explod",
            "!vanish",
            "!!number of parameter|learning rate|clip|prevent",
        ),
    ),
)

CAUSE = Concept(
    "q3.cause",
    "The cause: the chain rule multiplies one factor per layer or step, below one (saturated activations) or "
    "above one (large weights).",
    hint=(
        "Say why gradients vanish or explode: on the way back the chain rule "
        "multiplies many factors, all below one or all above one."
    ),
    why="From the cause follow the cures: other activations, careful initial weights, gates, clipping.",
    says=(
        "The chain rule multiplies many derivatives with each other.",
        "The derivative of the sigmoid is at most 0.25, so the product over many layers becomes tiny.",
        "It happens since the same matrix is multiplied again and again.",
        "Large initial weights make the gradient explode.",
        "If the factors are below one the product shrinks, if they are above one it grows.",
    ),
    says_not=(
        "The chain rule is a rule for derivatives.",
        "ReLU is used instead of the sigmoid.",
        "The gradient is multiplied by the learning rate.",
        "We use a batch size greater than 1.",
        "Large weights are not the reason.",
    ),
    ways=(
        (
            "eigenvalue|singular value|spectral radius|norm of u|norm of w",
            "below|above|less|greater|larger|smaller|exceed",
            "~1|one|unity",
        ),
        (
            "power|powers",
            ">~of",
            "~matrix|w|u|number|factor|weight",
            "zero|0|infinity|diverge|vanish|grow|shrink|explod",
        ),
        (
            "multiply|product|multiplication|multiplying|repeatedly|again and again|power|multiplied|times itself|"
            "raised",
            "derivative|factor|gradient|number|eigenvalue|small|jacobian|slope|term|chain|repeatedly|again|many|power|"
            "times itself|each layer|every layer|each step|every step|back|matrices|weights",
            "!!clip|lstm|learning rate|input and|bias|activation of|by its weight|product of weight",
        ),
        ("same|again|repeatedly|over and over", "~matrix|weight|w", "eigenvalue|multiply|power|apply|decide"),
        ("chain rule", "multiply|product|layer|small|repeated|repeatedly|many|long"),
        (
            "sigmoid|tanh|saturate|saturating|saturation|activation",
            "vanish|small|derivative|gradient|zero|flat|slope",
            "cause|because|due|lead|reason|result|occur|squash|saturate|make|at most|between|typical|range|happen|"
            "arise|since|only|never|maximum|when|max",
            "!!relu|instead|avoid|replace|remedy|solution|prevent|centred|centered",
        ),
        (
            "weight|initial*",
            "~large|high|big|too big|bad|improper|poor|wrong|small|greater|unlucky|badly",
            ">cause|lead|result|make|explod|so|grow|vanish|amplify|produce|give",
            "!update",
            "!!avoid|prevent|solution|fly apart|fly away",
        ),
        (
            "cause|because|due|reason|typical|happen|occur|arise|origin|from|when|if|since",
            ">weight|initial*",
            "~large|high|big|greater|bad|poor|small",
            "!update|lead",
            "!!avoid|prevent|solution|fly apart|fly away",
        ),
        (
            "singular value|eigenvalue|spectral radius|derivative|factor|weight|number|they|norm|slope",
            "~less than|below|smaller than|greater than|above|larger than|bigger than|more than|<|>|between 0|under|"
            "over|exceed|at most",
            ">~1|one|0.25|unity",
            "!!accuracy|sample",
        ),
        ("0.25|1 4|quarter", "sigmoid|derivative|factor", "multiply|power|layer|maximum|most|max|step|at"),
    ),
)

EFFECT = Concept(
    "q3.effect",
    "The effect: early layers or steps stop learning when gradients vanish; training becomes unstable when they "
    "explode.",
    hint=(
        "Say what both do to training: with vanishing gradients the early layers stop learning, with exploding ones "
        "training becomes unstable."
    ),
    why=(
        "In practice the effect is seen first, a loss that stays or one that jumps, and the cause has to be "
        "recognised by it."
    ),
    says=(
        "The first layers hardly learn anything.",
        "Training becomes unstable and the loss turns into NaN.",
        "Because of this the network cannot learn long-term dependencies.",
        "The weights of early layers are no longer updated.",
        "Huge updates throw the weights far away from a good solution, so the loss jumps.",
    ),
    says_not=(
        "The training is stable and converges quickly.",
        "The first layer learns simple features.",
        "The loss does not diverge.",
        "The training is not unstable.",
        "Nothing in the training is random once the first seed is set.",
    ),
    ways=(
        (
            "front|first|early|lower|bottom|initial",
            "~layer|step|weight",
            ">~keep|stay|remain|retain|left",
            ">~initial|untrained|random|starting|as they|unchanged|same",
        ),
        (
            "learn|train|convergence|converge|update|weight|layer|model|network|training|optimization",
            "slow|stop|stall|hardly|unstable|instability|diverge|divergence|nan|difficult|fail|poor|hinder|jump|"
            "overflow|stuck|barely|oscillate|hard|challenging|unable|ineffective|long time|longer|never converge|"
            "prevent|stagnate|slowly|slower|impossible|hamper|struggle|crash|freeze|frozen|wild|wildly|useless|halt|"
            "overshoot|stand still|standstill|erratic|collapse|bounce|almost no|scarcely|inf|destroy|break down|ruin|"
            "chaotic|no longer|out of control|unlearn",
            "!!prevent explod|prevent vanish|need|more data|difficult to get|good model|parallelised|parallelized|"
            "parallel|evaluation|transfer|"
            "what a gradient|long time to|take a long time|takes a long time|overfit*",
        ),
        (
            "-learn|converge|update|train|change|learned|convergence|reach|improve|move|adapt|adjust|learnt",
            "layer|network|weight|model|step|rnn|early|first|training|anything|long",
            "!!in a good|seed|during evaluation|evaluation|transfer|dense|overfit*|number of step",
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
        (
            "model|network|rnn|it|net",
            ">~forget|forgets|not remember|lose",
            ">~far back|long ago|early|beginning|first|distant|start",
            "!!gate|lstm can|prevent",
        ),
    ),
)

CONCEPTS = (
    GRADIENT_SHRINKS,
    GRADIENT_GROWS,
    CAUSE,
    EFFECT,
)
