"""Characters that mean the same: Unicode and LaTeX spellings of letters, operators, subscripts and accents."""

from __future__ import annotations

import unicodedata

_SMALL = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_LARGE = "0123456789+-()aehijklmnoprstuvx"
SUBSCRIPTS = dict(zip(_SMALL, _LARGE, strict=True))
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᶠⁱᵒᶜᵗˣʰᵍᶻʳᵘᵀⁿ"
_PLAIN = "0123456789+-()fioctxhgzruTn"
SUPERSCRIPTS = dict(zip(_RAISED, _PLAIN, strict=True))

MINUS = "-−–‒﹣\u2010\u2011\uff0d"  # the last: hyphens, one that does not break, one that is wide
PRIMES = "'′’ʹ"
TILDES = frozenset(["\u0303", "\u0302", "\u0304", "\u0305", "\u030c", "\u0306", "\u0342", "\u030a"])
"""Tilde, circumflex, macron, overline, caron, breve: what marks a candidate."""

ARROWS = {"\u20d7": "→", "\u20d6": "←"}

ELEMENTWISE = "⊙∘⊗◦○⨀⊛⦿⨂"
EITHER_PRODUCT = "*·×⋅∙•∗"
CONCATENATORS = "‖∥|⌢"

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "varsigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "l", "imath": "i", "jmath": "j",
}  # fmt: skip

COMMAND_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "star": "*", "bullet": "*", "cdotp": "*",
    "odot": "⊙", "circ": "⊙", "otimes": "⊙", "bigodot": "⊙", "bigotimes": "⊙", "bigcirc": "⊙", "diamond": "⊙",
    "oplus": "⊕", "bigoplus": "⊕",
    "Vert": "‖", "|": "‖", "parallel": "‖", "mid": "‖", "vert": "‖", "frown": "‖", "smallfrown": "‖",
}  # fmt: skip
COMMAND_BLANKS = frozenset([
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "quad", "qquad",
    "displaystyle", "textstyle", "limits", "nonumber", "notag", "hspace", "vspace", "mathstrut", "thinspace", "space",
    "enspace", "enskip", "medspace", "thickspace", "negthinspace", "nobreak", "allowbreak", "strut", "relax", "hfill",
    "scriptstyle",
])  # fmt: skip
COMMAND_STYLES = frozenset([
    "mathbf", "mathrm", "mathit", "mathsf", "mathcal", "mathtt", "mathbb", "boldsymbol", "bm", "pmb", "bold", "text",
    "textbf", "textit", "textrm", "texttt", "textsf", "operatorname", "operatorname*", "mathop", "vec", "underline",
    "mbox", "emph", "rm", "bf", "mathbin", "mathrel", "mathnormal", "mathfrak", "mathscr", "symbf", "ensuremath",
    "textnormal", "textup",
])  # fmt: skip
COMMAND_FRAMES = {
    "boxed": 0, "fbox": 0, "framebox": 0, "textcolor": 1, "color": 1, "colorbox": 1, "fcolorbox": 2, "underbrace": 0,
    "overbrace": 0, "underbracket": 0, "overbracket": 0, "underset": 1, "overset": 1, "stackrel": 1, "mathclap": 0,
    "smash": 0, "enclose": 1, "class": 1, "style": 1, "cssId": 1, "mathopen": 0,
    "mathclose": 0, "mathord": 0, "mathinner": 0,
}  # fmt: skip
"""Commands that show what is in their last braces, in a frame, a colour or with a remark; the braces before that."""

_TILDES = ("tilde", "widetilde", "hat", "widehat", "bar", "overline", "check", "breve", "acute", "mathring")
COMMAND_ACCENTS = dict.fromkeys(_TILDES, "~")
COMMAND_ACCENTS |= {"overrightarrow": "→", "overleftarrow": "←", "dot": "˙"}
EQUALS_COMMANDS = frozenset(["leftarrow", "gets", "triangleq", "coloneqq", "equiv", "doteq"])

FUNCTIONS = {
    "sigmoid": "sigmoid", "sigm": "sigmoid", "sig": "sigmoid", "sigma": "sigmoid", "logistic": "sigmoid",
    "sigmod": "sigmoid", "sigmoidal": "sigmoid", "expit": "sigmoid", "logsig": "sigmoid",
    "sigmoide": "sigmoid", "sigmoi\u0308de": "sigmoid", "sigmoida": "sigmoid", "сигмоида": "sigmoid", "sgm": "sigmoid",
    "logistique": "sigmoid", "logisticsigmoid": "sigmoid", "lgst": "sigmoid",
    "th": "tanh", "tgh": "tanh", "tanhyp": "tanh", "tanh": "tanh", "tanhx": "tanh", "phi": "tanh", "tansig": "tanh",
    "exp": "exp", "relu": "relu", "softmax": "softmax", "cos": "cos", "sin": "sin", "log": "log", "ln": "log",
    "sqrt": "sqrt", "diag": "diag", "linear": "linear",
    "concat": "concat", "concatenate": "concat", "cat": "concat", "hstack": "concat", "vstack": "concat",
    "dot": "dot", "matmul": "dot", "mm": "dot", "matvec": "dot",
    "multiply": "multiply", "mul": "multiply", "hadamard": "multiply", "add": "add", "subtract": "subtract",
}  # fmt: skip
"""What students call the functions that can be evaluated, in lower case."""

ONLY_CALLED = frozenset(["th", "tgh", "cos", "sin", "log", "ln", "sqrt", "linear", "diag"])
"""Those that are functions only before a bracket, since they are words or letters besides."""


def plain(character: str) -> str:
    """A letter without its typeface: 𝐖 is W, ℎ is h, 𝜎 is σ, full-width forms are ordinary ones."""
    code = ord(character)
    if character == "ς":
        return "σ"
    if 0x1D400 <= code <= 0x1D7FF or 0xFF01 <= code <= 0xFF5E or character in "ℎℓϕϵ":
        return unicodedata.normalize("NFKC", character)
    return character


def decomposed(character: str) -> str:
    """A character with its accent behind it and without a typeface; sub- and superscripts stay what they are."""
    letter = plain(character)
    return unicodedata.normalize("NFD", letter) if letter.isalpha() else letter
