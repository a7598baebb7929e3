"""What stands behind the last answer and is none: sources, a glossary, a last word, a table of everything."""

from __future__ import annotations

import re

from grader.notebook.headings.headings import clause
from grader.notebook.headings.openings import TAGS

FEW_WORDS = 2
"""A line without the look of a heading is one of these titles if it has no more words."""

_CLOSING = re.compile(
    r"\b(?:summary|references?|sources?|bibliogra(?:phy|ph?ie|f[ií]a)|literature?|conclusi(?:ons?|[oó]n|ones)|"
    r"acknowledge?ments?|thank\w{0,4}|wrap[- ]?up|imports?|setup|libraries|contents?|further reading|glossary|appendix|"
    r"glossaire|glossar|glosario|quellen|literaturverzeichnis|fazit|anhang|r[eé]f[eé]rences|annexe|referencias|fuentes)\b",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"(?:dear|thanks?|thank you|(?:that|this) (?:is|was) (?:all|it|the end)|that['’]s (?:all|it)|"
    r"please (?:excuse|note|find|feel)|(?:useful |helpful )?links?\b[^\n]{0,20}\b(?:used|read|visited)|"
    r"end of (?:the |my )?(?:assignment|homework|notebook|answers))\b",
    re.IGNORECASE,
)
_FIRST_LINE = re.compile(r"[\s*_#>-]{0,8}(?P<text>[^\n]{0,120})")


def closes(title: str) -> bool:
    """Whether a title says that no answer follows."""
    return _CLOSING.search(title) is not None


def opens_with_closing(text: str) -> bool:
    """Whether a text begins with nothing but such a title, or addresses the reader: "**References**: the lecture"."""
    first = _FIRST_LINE.match(TAGS.sub(" ", text))
    said = clause(first["text"]) if first else ""
    if first and _SIGNS_OFF.match(first["text"]):
        return True
    return len(said.split()) <= FEW_WORDS and _CLOSING.match(said) is not None
