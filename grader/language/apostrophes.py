"""Signs that show as an apostrophe between letters: accents, primes, backticks. `aren´t` denies as `aren't` does."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

SIGNS = "`´ʼʹʻʽʾˈ′‘‛＇ꞌ՚׳᾿"
"""Besides the two that are meant to be one."""

# Longer than any that is written; what is bounded takes linear time.
CODE = r"(?<!`)``[^`\n]{1,300}``|(?<![A-Za-z`])`[^`\n]{1,300}`"
"""Code within a line of Markdown. A backtick behind a letter opens none."""
_FENCE = re.compile("(```|~~~)")
_MATHS = r"\$\$[^$]{1,2000}\$\$|\$[^$\n]{1,500}\$|\\[(\[](?:[^\\]|\\(?![)\]])){1,500}\\[)\]]"
_STEM = "are|is|was|were|do|does|did|has|have|had|could|should|would|must|need|ca|wo|ai"
_ENDING = r"(?=(?:t|s|re|ve|ll|d|m)(?![\w`]))"
_ANY = re.compile(rf"[{SIGNS}]|[ n\\] ?['’]|n['’] ")
_SIGN = re.compile(
    rf"(?P<kept>{CODE}|{_MATHS})"
    rf"|\b(?P<stem>{_STEM}) ?(?P<n>n) ?\\?['’{SIGNS}] ?(?P<t>t)(?![\w`])"
    rf"|(?<=[A-Za-z])(?:`{_ENDING}|[{SIGNS[1:]}](?=[A-Za-z]))",
    re.IGNORECASE,
)


def with_apostrophes(text: str) -> str:
    """The text with an apostrophe for each such sign, and without a space before that of a denial (`are n't`)."""
    return outside_fences(text, partial(_SIGN.sub, _plain)) if _ANY.search(text) else text


def outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Markdown, changed where it is not fenced off as code; a fence that is not closed reaches to the end."""
    made: list[str] = []
    fence = ""
    for part in _FENCE.split(text):
        is_sign = part in ("```", "~~~")
        if is_sign and fence in ("", part):
            fence = "" if fence else part
        made.append(part if is_sign or fence else change(part))
    return "".join(made)


def _plain(found: re.Match[str]) -> str:
    if found["kept"]:
        return found[0]
    if not found["stem"]:
        return "'"
    meant = not any(sign in found[0] for sign in f" \\{SIGNS}")
    return found[0] if meant else f"{found['stem']}{found['n']}'{found['t']}"
