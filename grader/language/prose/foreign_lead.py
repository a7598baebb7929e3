"""An English clause that hangs on words of another language: what they say of it, nobody has read.

"No es cierto que the gates see the cell state", "Falsch: it has three gates", "... Das ist falsch."
"""

from __future__ import annotations

import re

from grader.language.lexicon import is_word, words_of

_WORD = re.compile(r"[^\W\d_]+")
_THAT = words_of("que qu dass daß che att dat że ze что ki hogy quod")
_DENYING = words_of(
    """
    nicht falsch kein keine keiner niemand nie unwahr unsinn gelogen lüge quatsch falso falsa falsas falsos nunca nadie
    mentira incorrecto incorrecta faux fausse jamais mensonge personne pas sbagliato sbagliata mai nessuno bugia errado
    errada niet fout onwaar leugen nooit niemand ikke feil fel inte lögn nieprawda fałsz ложь неверно неправда нет
    yanlış
    """
)
_ENGLISH = words_of(
    "the of and is are that this with for from by at which be has have its it on as was were than they a an"
)
_FAR, _SHORT, _AHEAD = 8, 7, 160
_STRANGE, _LONG = 3, 5


def hangs_on_another_tongue(text: str) -> bool:
    """Whether an English clause hangs on words of another language at its beginning, or is denied by them."""
    label, colon, rest = text[:_AHEAD].partition(":")
    if colon and _is_english(rest) and _denies(label, _FAR):
        return True
    lead, comma, rest = text[:_AHEAD].partition(",")
    if comma and _is_english(rest) and _is_strange(lead):
        return True
    words = [word.lower() for word in _WORD.findall(text[:_AHEAD])]
    place = next((at for at, word in enumerate(words[:_FAR]) if word in _THAT and at), None)
    if place is None or not _ENGLISH.isdisjoint(words[:place]) or _ENGLISH.isdisjoint(words[place + 1 :]):
        return False
    return 2 * sum(not is_word(word) for word in words[:place]) >= place


def denies_in_another_tongue(text: str) -> bool:
    """ "Das ist falsch." """
    return len(text) < 80 and _denies(text, _SHORT)


def _is_english(text: str) -> bool:
    return not _ENGLISH.isdisjoint(word.lower() for word in _WORD.findall(text))


def _is_strange(lead: str) -> bool:
    """Whether what stands before the first comma is in no tongue that is read: "Lorem ipsum dolor sit amet, ..."."""
    words = _WORD.findall(lead)
    long = [word for word in words if len(word) >= _LONG and word[1:].islower()]
    return (
        len(words) > len(long) >= _STRANGE
        and _ENGLISH.isdisjoint(map(str.lower, words))
        and not any(map(is_word, long))
    )


def _denies(text: str, longest: int) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return 0 < len(words) <= longest and not _DENYING.isdisjoint(words) and _ENGLISH.isdisjoint(words)
