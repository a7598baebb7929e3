"""Q5 · GRU: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.ideas import LONG_TERM_MEMORY, NO_VANISHING

TWO_GATES = Concept(
    "q5.two-gates",
    "A GRU has two gates: the update gate and the reset gate.",
    hint="Name the two gates: update gate and reset gate.",
    why="They are what a GRU is: two gates do what an LSTM does with three and a second state.",
    says=(
        "The GRU has two gates, an update gate and a reset gate.",
        "It works with only two gates.",
        "Its gates are called reset and update.",
        "z_t is the update gate and r_t is the reset gate.",
        "One of its gates resets the state, the other one updates it.",
    ),
    says_not=(
        "The GRU has an update gate only.",
        "The LSTM has an input, a forget and an output gate.",
        "The GRU does not have two gates.",
        "The GRU has three gates.",
        "The GRU has no reset gate and no update gate.",
    ),
    ways=(
        ("update gate|update|z", "reset gate|reset and update gate"),
        ("update gate|update|z_t", "~reset|r_t"),
        ("reset gate|reset|r_t", "~update|z_t"),
        (
            "update|updating|z_t",
            "!!state be|state is|weight|version|installation|batch",
            "&",
            "reset|resetting|r_t",
            "!!kernel|after each|batch|sequence",
        ),
        ("z_t|z", "=|gate|sigmoid", "&", "r_t|r", "=|gate|sigmoid"),
        ("number of gate|gate", ">~is|be|:|=", ">~2", "!!lstm|reset only"),
        ("reset", "update", "2|gate|both|switch|knob|door|one"),
        ("2 gate|2 gating|2 sigmoid gate|only 2 gate", "!!remove|removed|merge 2|lstm be"),
    ),
)

_SETS = (
    "decide|determine|control|tell|how much|how many|balance|interpolate|choose|regulate|select|what|responsible|"
    "help|mix|blend|say|pick|set|let|weigh|average|keep|copy|hold|carry|when|if|near|close to|amount|proportion|"
    "fraction|govern|which|how far|whether|replace|overwrite|allow|used to|drop|forget|ignore|erase|wipe"
)

_OLD = (
    "past|previous|old|keep|retain|kept|retained|pass along|forget|forgotten|h_prev|history|carry|carried|combine|"
    "former|before|earlier|prior|memory|last|ignore|drop|discard|existing|yesterday|hidden state|wipe|erase"
)

GATE_ROLES = Concept(
    "q5.gate-roles",
    "The update gate decides how much of the old state is kept, the reset gate how much of it enters the candidate.",
    hint=(
        "Say what each gate does: the update gate mixes the old state and the candidate; the reset gate decides how "
        "much of the old state the candidate sees."
    ),
    why=(
        "One gate decides about the memory, the other about the new proposal. With their roles exchanged it would be "
        "another network."
    ),
    says=(
        "The update gate decides how much of the old state is kept.",
        "The reset gate tells how much of the past is ignored.",
        "The update gate blends the previous state with the candidate.",
        "With the reset gate the network can forget the previous hidden state.",
        "z_t controls how much of h_{t-1} is carried over.",
    ),
    says_not=(
        "The update gate has its own weights.",
        "The forget gate decides what is dropped from the cell state.",
        "The update gate is computed from the input and the previous state.",
        "The update gate is new in the GRU, which is what sets it apart.",
        "The output gate controls how much of the old state is shown.",
    ),
    ways=(
        (
            "z|z_t|update gate",
            ">~0|1|zero|one|small|large|open|closed",
            ">copied|copy|kept|keep|stay|stays|replaced|replace|take over|taken over|unchanged|overwritten",
            "~state|old|previous|candidate|new|h_prev|past|all",
            "!reset",
        ),
        (
            "between|choose|chooses|mixture|mix|blend",
            "~old|previous|yesterday|h_prev|past",
            "~new|candidate|today|draft|proposal",
            "z|z_t|update gate|update",
        ),
        ("update gate|z_t|z", ">~:|=|is|share|part", ">~share|part|portion|amount", "!reset"),
        ("r_t|r|reset gate", ">~zero|0|closed|close", ">candidate|proposal|draft", ">~input|x_t|new", "!update gate"),
        (
            "update gate|update|z_t|z",
            f">{_SETS}",
            f">{_OLD}|new|candidate|draft",
            "!reset|cell state|memory cell|weight|bias",
            "!!2 state",
        ),
        (
            "reset gate|reset|r_t|r",
            f">{_SETS}",
            ">past|previous|old|forget|forgotten|ignore|h_prev|drop|discard|history|former|before|earlier|prior|last|"
            "hidden state",
            "!update gate|update|cell state|memory cell",
            "!!computed before|previous layer|new bias|bias",
        ),
    ),
)

_LESS = (
    "fewer|less|simpler|simplified|cheaper|faster|efficient|lighter|slimmer|quicker|smaller|lower|reduced|cheap|"
    "streamlined|simplify|simplification|lightweight|save|leaner|lean|compact|light|speed up|slim|shorter|minimal|"
    "down"
)

SIMPLER = Concept(
    "q5.simpler",
    "It is simpler than an LSTM: fewer gates and parameters, no separate cell state, so cheaper to compute.",
    hint="Compare the GRU with the LSTM: fewer gates and parameters, and no separate cell state.",
    why=(
        "This is what the choice in practice is about: a quarter of the weights less, and often results that are as "
        "good."
    ),
    says=(
        "A GRU has fewer parameters than an LSTM.",
        "It is a simplified version of the LSTM.",
        "There is no separate cell state.",
        "The GRU trains faster because it has one gate less.",
        "Forget and input gate are merged into a single update gate.",
    ),
    says_not=(
        "The GRU has more parameters than an LSTM.",
        "The GRU is as expensive as an LSTM.",
        "The GRU has 64 units.",
        "The loss decreases faster with a lower learning rate.",
        "The GRU does not have fewer parameters.",
    ),
    ways=(
        (
            _LESS,
            "parameter|lstm|gate|computation|computationally|train|compute|weight|architecture|structure|complex|"
            "expensive|cost|memory|resource|calculation|matrix|operation|arithmetic|version|variant|machinery|work",
            "!!less data|batch|loss|forget less|forgets less|simple rnn|plain rnn|vanilla rnn|than gru|cutting",
        ),
        (
            "simple|fast",
            "~than|compared|version|variant|alternative|architecture|structure",
            "lstm",
            "!!complicated|rnn",
        ),
        ("-cell state|memory cell|c_t|cell memory|output gate",),
        (
            "no|without|drop|omit|rid of|remove|eliminate|dispense|lack",
            "~cell state|c_t|c|separate cell|memory cell|memory lane|separate memory|output gate",
        ),
        (
            "merge|combine|unify|single|fuse|join",
            "cell state|forget|input gate",
            "hidden state|single|one|update gate|1",
        ),
        (
            "only|just|single|one|1",
            "~hidden state|state|state vector|vector",
            "gru|it|has|have|instead|h|lstm",
            "!!rnn",
        ),
        ("3", ">weight|matrix|block|set|parameter|suffice|instead|rather|here|only", ">4|lstm", "!!3 gate"),
        ("4", ">~weight|matrix|block|set", ">3", "!!3 gate"),
        ("parameter|weight|size", "lstm", "0.75|75|quarter|3 4|third", "gru|it|about|only"),
        ("-heavy|complex|expensive|complicated", "lstm"),
        ("one and the same|the same vector|same vector|one vector", "memory|state|output|hidden"),
        ("slim|little|small|younger|light|lean", "~sister|brother|cousin|version|sibling|relative", "lstm|it"),
        ("2 gate|2", ">~instead|rather|versus|compared|than|while|but", ">~3|lstm"),
        ("same job|same work|same thing|as well", ">~with|at", ">~less|fewer|half|lower|smaller"),
        (
            "lstm",
            ">~more|bigger|larger|heavier|additional|3",
            ">~weight|parameter|compute|computation|gate|expensive|memory",
            ">by comparison|than|compared|whereas|gru",
            "!!fewer|less",
        ),
        (
            "lstm",
            ">so it|it",
            ">~need|has|have|require",
            ">~more",
            ">~weight|parameter|compute|computation|memory",
            "!!not",
        ),
        (
            "get by|gets by|manage|make do|makes do",
            ">~with|without",
            ">~2|one|less|fewer|hidden state|cell state|output gate|single",
        ),
    ),
)

LONG_TERM = Concept(
    "q5.long-term",
    "It keeps information over many time steps and mitigates vanishing gradients.",
    hint="Say what the gates are good for: long-term dependencies, in spite of vanishing gradients.",
    why="Where the update gate keeps the old state, information and gradients pass many steps almost unchanged.",
    says=(
        "The GRU can capture long-term dependencies.",
        "It helps against the vanishing gradient problem.",
        "Information from far back in the sequence is kept.",
        "GRUs handle long sequences well.",
        "It was designed so that gradients do not vanish.",
    ),
    says_not=(
        "The GRU cannot capture long-term dependencies.",
        "The GRU suffers from vanishing gradients.",
        "Simple RNNs forget the beginning of a long text.",
        "The reset gate lets the GRU forget the past.",
        "A GRU has no long-term memory.",
    ),
    ways=(*LONG_TERM_MEMORY, *NO_VANISHING),
)

CONCEPTS = (
    TWO_GATES,
    GATE_ROLES,
    SIMPLER,
    LONG_TERM,
)
