"""One notation for all: LaTeX, Unicode and ASCII equations written with the same few signs.

After `plain`, products are `*`, a candidate's tilde or hat stands behind its letter (`C~`), and subscripts are `_{...}`.
"""

from __future__ import annotations

import re
import unicodedata

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₋₊₍₎ₜₓₕₒᵢₐₑⱼₖₗₘₙₚᵣₛᵤᵥ", "0123456789-+()txhoiaejklmnprsuv")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾ᵗ", "0123456789-+()t")
_SUB_RUN = re.compile(r"[₀-₉₋₊₍₎ₜₓₕₒᵢₐₑⱼₖₗₘₙₚᵣₛᵤᵥ]+")
_SUPER_RUN = re.compile(r"[⁰¹²³⁴-⁹⁻⁺⁽⁾ᵗ]+")
_PRODUCTS = re.compile(r"[·⋅×⊙∘⊗•@∗⨀]|\\(?:odot|cdot|circ|times|otimes|ast|bullet|star)(?![a-zA-Z])|\*\*?")
_GREEK = {
    "sigma": "σ", "Sigma": "σ", "phi": "φ", "varphi": "φ", "Gamma": "Γ", "gamma": "γ", "tanh": "tanh", "exp": "exp",
    "alpha": "α", "beta": "β", "lambda": "λ", "theta": "θ", "Theta": "Θ", "psi": "ψ", "delta": "δ",
}  # fmt: skip
_WRAPPERS = re.compile(
    r"\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathit|mathsf|mathcal|boldsymbol|bm|operatorname|vec|overrightarrow)"
    r"\s{0,3}\*?\s{0,3}\{([^{}]{0,80})\}"
)
_TILDE = re.compile(r"\\(?:tilde|widetilde|hat|widehat|bar|overline)\s{0,3}(?:\{([^{}]{0,40})\}|([A-Za-z]))")
_FRACTION = re.compile(r"\\[dt]?frac\s{0,3}\{([^{}]{0,80})\}\s{0,3}\{((?:[^{}]|\{[^{}]{0,80}\}){0,160})\}")
_NOISE = re.compile(
    r"\\(?:left|right|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr|displaystyle|quad|qquad|limits|,|;|:|!| )(?![a-zA-Z])"
)
_COMBINING = re.compile(r"([A-Za-z])[\u0303\u0302\u0304]")


def plain(text: str) -> str:
    """The same mathematics in one notation. Costs time linear in the text."""
    text = _COMBINING.sub(r"\1~", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFKC", _SUPER_RUN.sub(_raised, _SUB_RUN.sub(_lowered, text)))
    text = _NOISE.sub(" ", text)
    for _ in range(3):  # wrappers inside wrappers
        text = _WRAPPERS.sub(r" \1 ", text)
    text = _TILDE.sub(lambda match: f"{(match[1] or match[2]).strip()}~", text)
    text = _FRACTION.sub(r"((\1)/(\2))", text)
    text = _PRODUCTS.sub("*", text)
    text = re.sub(r"\\([A-Za-z]{1,12})", lambda match: f" {_GREEK.get(match[1], match[1])} ", text)
    text = text.replace("−", "-").replace("–", "-").replace("′", "'").replace("⟨", "<").replace("⟩", ">")
    text = re.sub(r"(?<![A-Za-z])[~˜]\s?([A-Za-z])", r"\1~", text)
    return re.sub(r"[&$`]|\*\*(?=\s*$)", " ", text)


def _lowered(match: re.Match[str]) -> str:
    return f"_{{{match[0].translate(_SUBSCRIPTS)}}}"


def _raised(match: re.Match[str]) -> str:
    return f"^{{{match[0].translate(_SUPERSCRIPTS)}}}"
