"""What several questions share: words of the subject, and ways of saying what gated cells are good for."""

SUBJECT = (
    "rnn|lstm|gru|bilstm|bigru|birnn|brnn|bptt|network|recurrent|recurrence|cell|layer|neuron|neural|hidden|state|"
    "gradient|backpropagation|weight|bias|matrix|vector|activation|sigmoid|tanh|relu|softmax|model|sequence|timestep|"
    "input|output|error|loss|derivative|h_t|h_prev|c_t|c_prev|x_t|z_t|r_t|f_t|i_t|o_t|unroll|unfold|update|reset|"
    "forget|bidirectional|forward|backward|concatenate|embedding|token|vanish|explode|clipping|parameter|keras|"
    "tensorflow|dependency|implementation|connection"
)
"""Words of the subject: an explanation that has none of them is about something else."""

STEPS = (
    "time step|timestep|step|time|sequence|copy|input|element|layer|word|position|moment|item|unrolled|token|"
    "always|iteration|sentence|whole"
)

_LONG_TERM = (
    "long-term|long-range|long-distance|longterm|long time|long period|longer period|long distance|long sequence|"
    "longer sequence|long span|long while|many step|many time steps|extended sequence|extended period|distant|"
    "over long|far apart|far back|for long|long ago|long stretch|long interval|long gap|long text|long sentence|"
    "long context|long-lasting|longer term|longer time|hundred|dozen|thousand|far away|far-away|big distance|"
    "large distance|great distance|wide gap|much earlier|much later|remote|early word|beginning of|start of|"
    "very long|lengthy|long way|large gap|lag|long dependency|ages ago|several step|across step|lots of steps|"
    "lot of time"
)

_KEEP = (
    "learn|capture|remember|retain|handle|keep|store|hold|preserve|model|maintain|cope|deal|memorize|carry|bridge|"
    "recall|manage|good at|understand|detect|propagate|keep track|survive|stay|persist|last|connect|relate|link|"
    "transport|travel|save|use|arrive|know|access|influence|protect|not forget|flow|work with|reach|kept|learnt"
)

_CONTENT = (
    "dependency|information|context|step|pattern|relationship|relation|connection|word|past|sequence|data|thing|"
    "correlation|input|event|memory cell|memory|state|element|detail|fact|text|it|sentence|signal|them|what|"
    "content|subject|something"
)

_REMEDY = (
    "solve|avoid|prevent|mitigate|overcome|address|reduce|fix|combat|eliminate|alleviate|tackle|help|against|"
    "resolve|counter|cure|deal|remove|handle|lessen|minimize|resist|robust|protect|suffer less|diminish|ease|"
    "soften|cope|defeat|beat|weaken|attenuate|remedy|answer|invented|counteract|escape|rid of|battle|relieve|"
    "immune|fight|less prone|less sensitive|circumvent"
)

_DIES = (
    "vanish|disappear|die|die out|fade|shrink|decay|become zero|go to zero|evaporate|get lost|dwindle|die away|smaller"
)

LONG_TERM_MEMORY = (
    ("good|well|fine|strong|better|at home", "~lengthy|extended|very long|far apart"),
    (
        "far from|far apart|far away|many words apart|wide apart",
        ">cope|manage|manages|connect|connected|relate|link|linked|handle|find|finds",
        "!!rnn can|transformer",
    ),
    ("far-away|distant|far|faraway", "~word|input|step|information|event", ">~-lost|forgotten|ignore", "!!rnn"),
    (_KEEP, _LONG_TERM, _CONTENT, "!!one after the other|transformer|many step to|gru do not|gru does not"),
    ("long-term dependency|long-range dependency|long-term relationship", "effective|able|capable|ability|possible"),
    (f"-{_KEEP}", _LONG_TERM, "overcome|solve|fix|address|improve|designed to|introduced to|remedy|lstm can|gru can"),
    (
        "good|suitable|suited|better|useful|able|effective|work well|perform well",
        "~long sequence|longer sequence|long text|long sentence|long-term",
    ),
    ("-forget|lose|forgotten|lost", "beginning|start|early|earlier|long|previous|past|first", "!!no more|irrelevant"),
    ("keep|hold|retain|store|preserve", ">~old|information|state|content", ">~as long as|for as long|until it"),
    ("-forget", ">~fast|quickly|soon|easily|early", "!!rnn"),
    ("long-term memory|longer memory", "has|have|provide|give|get|with|possess|act|serve|thank|due"),
)
"""The network keeps information over long distances; or plain RNNs do not, which it was made to change."""

NO_VANISHING = (
    (
        "keep|stop|protect|save|prevent|guard",
        ">~gradient|error|signal|it",
        ">~from dying|from vanishing|from fading|from shrinking|from disappearing|from getting weak|from decaying",
        "!!cannot",
    ),
    ("rnn|rnns", ">lose|lost|vanish|fade|die", "~gradient|error", ">lstm|lstms|gru|grus", ">~do|does|keep", ">~not|it"),
    (
        _REMEDY,
        "vanish|vanishing|vanished|fading gradient",
        "gradient|problem|issue",
        "!!gradient reduce what|learn from this",
    ),
    (
        "vanish",
        ">overcome|solve|fix|address|avoid|mitigate|tackle|remedy|resolve|reduce",
        ">this|problem|issue|it",
        "!!learn from",
    ),
    ("no|less|without|free of|not affected|not as", ">~vanish|fade|disappear", ">~gradient"),
    (
        "gradient|error|signal",
        ">survive|preserved|stay alive|flow unchanged|constant error|flow better|flow freely|alive",
    ),
    (f"-{_DIES}", "gradient|error signal|derivative|error", "!no"),
    (
        "gradient|error|error signal|derivative",
        ">flow|pass|travel|propagate|preserve|go|run|come|reach",
        ">unchanged|easily|better|longer|without|long|undisturbed|unhindered|undamped|intact|freely|far|well|"
        "direct|highway|uninterrupted",
        "!!forget gate|vanish",
    ),
    (
        _REMEDY,
        "~problem|issue|danger|trouble",
        ">~gradient|error|signal",
        ">smaller|die|zero|weaker|shrink|fade|lost|disappear|small|0",
        "!!rnn suffer|explod",
    ),
    ("vanish", ">~less|smaller|no longer|hardly", ">~problem|issue|strong|severe", "!!rnn suffer"),
    (
        "vanish|disappear|fade|die",
        ">this problem|the problem|problem",
        ">~reduced|solved|overcome|mitigated|avoided|fixed|weakened|gone|alleviated|addressed",
    ),
    ("gradient", "~highway|motorway|direct path|direct route"),
    (
        "add|added|additive|addition|additively",
        ">gradient|error|derivative",
        ">~pass|flow|survive|through|live|longer|unharmed|well|intact",
        "!!vanish in",
    ),
    (
        "gradient|error|derivative",
        ">~equal|stay|near|is",
        ">~close to 1|near 1|about 1|f_t|around 1|simply f|just f|close to one",
        "c_t|cell|state|c_prev|lstm|gru|c|gate|f",
    ),
    (
        "die|fade|vanish|disappear|shrink",
        ">lstm|gru|here",
        ">~-so|easily|do|happen|anymore|longer|quickly|fast",
    ),
)
"""The gradient is kept from vanishing."""
