"""The signs of an equation that are not letters, and what each of them is in the grammar."""

from __future__ import annotations

from grader.language.equations.read import characters as chars

SINGLE = {
    "(": "LPAR", ")": "RPAR", "[": "LSQB", "]": "RSQB", "}": "RBRACE", ",": "COMMA", ";": "COMMA", "⟨": "LPAR",
    "⟩": "RPAR", "+": "PLUS", "⊕": "CPLUS", "/": "SLASH", "÷": "SLASH", "^": "CARET", "@": "STAR", "`": "TICK",
    ".": "DOT", "{": "LBRACE",
}  # fmt: skip
PAIRS = (
    ("++", "COMMA", "++"),
    ("**", "CARET", "**"),
    ("||", "COMMA", "||"),
    (".*", "STAR", "⊙"),
    ("./", "SLASH", "/"),
)
SINGLE |= dict.fromkeys(chars.MINUS, "MINUS")
SINGLE |= dict.fromkeys(chars.ELEMENTWISE + chars.EITHER_PRODUCT, "STAR")
SINGLE |= dict.fromkeys(chars.CONCATENATORS, "COMMA")


def operator(character: str) -> str:
    if character in chars.ELEMENTWISE:
        return "⊙"
    return "*" if character in chars.EITHER_PRODUCT else character
