"""Characters that Markdown has by name (`&nbsp;`, `&#8203;`), and places where a word may be broken (`<wbr>`): a reader
sees nothing there."""

from __future__ import annotations

import re
from functools import partial

from grader.language.apostrophes import CODE, outside_fences
from grader.language.hidden.markup import NOTHING
from grader.text import unescaped

_LINES = frozenset("\x85\u2028\u2029")
_NAMED = re.compile(
    rf"(?P<code>{CODE})|</?wbr(?=[\s/>])[^<>]{{0,300}}>|&(?:#[0-9]{{1,7}}|#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,31}});",
    re.IGNORECASE,
)


def with_characters(text: str) -> str:
    """Markdown with the letters, digits, blanks and invisible characters that it names, but in code.

    Signs that would then be taken for markup, and line breaks, stay as they are written.
    """
    return outside_fences(text, partial(_NAMED.sub, _character)) if "&" in text or "<" in text else text


def _character(found: re.Match[str]) -> str:
    whole = found[0]
    if found["code"]:
        return whole
    if whole.startswith("<"):
        return NOTHING
    meant = unescaped(whole)
    plain = all(sign.isalnum() or sign in " '\"" if sign.isascii() else sign not in _LINES for sign in meant)
    return meant if plain else whole
