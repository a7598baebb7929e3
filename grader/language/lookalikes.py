"""Letters that show as others: ligatures, full-width and mathematical forms, Cyrillic or Greek ones in Latin words."""

from __future__ import annotations

import re
import unicodedata

from grader.language.lexicon import is_word
from grader.pack.vocabulary import PLAIN, Vocabulary

LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
STYLED = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2100, 0x2180), *range(0x1D400, 0x1D800))
    if code in range(0x2160, 0x2180) or unicodedata.decomposition(chr(code)).startswith("<font>")
}
"""Letters and digits in a style of mathematics, and Roman numerals that are one character."""

_SHIFT = 0xFEE0
WIDE = {code: code - _SHIFT for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
"""Full-width letters and digits. The signs of that width belong to Chinese and Japanese text, so they are no letters'
business unless they touch a Latin letter and no ideograph: see `with_plain_signs`."""

_WIDE_SIGNS = "[\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff5e]"
_EASTERN = "[\u3001-\u9fff\uac00-\ud7af]"
_SIGN_AT_LETTER = re.compile(f"(?<=[0-9A-Za-z]){_WIDE_SIGNS}(?!{_EASTERN})|(?<!{_EASTERN}){_WIDE_SIGNS}(?=[0-9A-Za-z])")

_SAME = dict(zip("аеорсухѕіјһԁԛԝӏАВЕКМНОРСТУХЅІЈԚԜҮԌ", "aeopcyxsijhdqwlABEKMHOPCTYXSIJQWYG", strict=True))
_SAME |= dict(zip("οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oABEZHIKMNOPTYX", strict=True))
_SAME |= dict(zip("ɡɑօոսհ", "gaonuh", strict=True))
_ALIKE = dict(zip("ανρικυγηωχ", "avpikuynwx", strict=True))
"""Greek letters that only resemble a Latin one, and are symbols in equations."""

SAME = str.maketrans(_SAME)
_RESEMBLING = str.maketrans(_SAME | _ALIKE)
_ANY = re.compile(f"[{''.join(_SAME)}{''.join(_ALIKE)}]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u052f]")


def with_plain_signs(text: str) -> str:
    """Full-width punctuation beside a Latin letter or digit in its ordinary width, but for that of Chinese text."""
    return _SIGN_AT_LETTER.sub(lambda found: chr(ord(found[0]) - _SHIFT), text)


def in_latin(text: str, terms: Vocabulary = PLAIN) -> str:
    """The text with Latin words in Latin letters.

    A word is only changed if it has a Latin letter, and if none but lookalikes are foreign to it. Greek letters that
    are symbols elsewhere (α, ν, ρ) are changed only where a known word comes of it: `gαtes`, but not `αx`.
    """
    return _WORD.sub(lambda found: _latin(found, terms), text) if _ANY.search(text) else text


def _latin(found: re.Match[str], terms: Vocabulary) -> str:
    word = found[0]
    if not _ANY.search(word) or not _LATIN.search(word):
        return word
    latin = word.translate(_RESEMBLING)
    if latin.isascii() and len(latin) > 3 and is_word(latin, terms):
        return latin
    latin = word.translate(SAME)
    return word if _CYRILLIC.search(latin) else latin
