"""One English spelling: what British writers spell in another way is looked up as Americans spell it."""

from __future__ import annotations

import re
from functools import lru_cache

from grader.language.lexicon import COMMON

_IN_ISE = re.compile(r"(?<=[a-z]{4})is(e|es|ed|er|ers|ing|able|ation|ations)\Z")
_ENDINGS = (
    (re.compile(r"ys(e|es|ed|er|ers|ing)\Z"), r"yz\1"),
    (re.compile(r"our(s|ed|ing|al|ally|able|ably|ite|ites|ful|less|hood|ly)?\Z"), r"or\1"),
    (re.compile(r"ll(ed|er|ers|ing)\Z"), r"l\1"),
    (re.compile(r"tre(s|d)?\Z"), r"ter\1"),
    (re.compile(r"ogue(s|d)?\Z"), r"og\1"),
)
_INFLECTED = re.compile(r"(?:s|e?d|ing|ers?)\Z")


@lru_cache(maxsize=20_000)
def american(word: str) -> str:
    """A lower-case word as it is spelt in American English.

    A common word of both stays as it is, and so does what is no common word in the other spelling either. Verbs in
    `-ise` need not be common: no two long words differ in that letter alone.
    """
    if word in COMMON:
        return word
    spelt = _IN_ISE.sub(r"iz\1", word)
    if spelt != word:
        return spelt
    for ending, other in _ENDINGS:
        spelt = ending.sub(other, word)
        if spelt != word and any(form in COMMON for form in _forms(spelt)):
            return spelt
    return word


def _forms(word: str) -> tuple[str, ...]:
    """A word and others that are made of the same one."""
    base = _INFLECTED.sub("", word)
    return word, base, base + "s", base + "e"
