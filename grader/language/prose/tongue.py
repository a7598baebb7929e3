"""Whether a text is in English, told by its letters and its smallest words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

FEWEST, FEW = 12, 6
"""With fewer words there is no telling, unless none of them is English and some are foreign."""

SIGNS = 4
"""So many words in other letters are no formula."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _set(
    """
    the of and to is are that it this with for by from at which be has have not can its on in as was were will than they
    these into each what when only also but so if we or both their then an
    """
)
_FOREIGN = _set(
    """
    der das und ist nicht ein eine einen einem den dem des mit von zu auf für wird werden sich aus oder durch bei als
    wie sind zum zur jedem le la les une est et que dans pour par sur avec sont qui du au aux cette pas el los las es
    en por para con del se una como más su al lo il che di per sono della nel gli os uma é não com em do da ao mais het
    een van niet met voor op dat zijn ve bir bu için ile olarak w na jest się nie że dla och att det som är på inte av
    """
)
_IDEOGRAPHS = 0x2E80
_SHARED = _set("do de an in on as a i die so was per me no us")


def is_foreign(texts: Iterable[str], copied_from: Iterable[str] = ()) -> bool:
    """Whether most of what is written there is in another language than English.

    Beside words in other letters those count for nothing that stand in `copied_from`, the questions.
    """
    words = [word for text in texts for word in _words(text)]
    other = sum(not _is_latin(word) for word in words)
    if other >= SIGNS:
        copied = {word for text in copied_from for word in _words(text)}
        if 2 * other > sum(word not in copied for word in words):
            return True
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN and word not in _SHARED for word in words)
    if len(words) < FEWEST:
        return len(words) >= FEW and not english and foreign > 1
    return foreign > max(english, len(words) // FEWEST)


def _words(text: str) -> list[str]:
    """Runs of letters; each sign of a script without blanks between its words is a word."""
    found: list[str] = []
    run = ""
    for letter in text[:20_000].lower() + " ":
        if letter.isalpha() and ord(letter) < _IDEOGRAPHS:
            run += letter
            continue
        if run:
            found.append(run)
        run = ""
        if letter.isalpha():
            found.append(letter)
    return [word for word in found if len(word) > 1 or ord(word) >= _IDEOGRAPHS]


def _is_latin(word: str) -> bool:
    return word.isascii() or unicodedata.name(word[0], "").startswith(("LATIN", "GREEK"))
