"""Equations as they were understood, typeset: MathML, which browsers show without any script."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from grader.language.equations import Equation, parse, to_mathml


@lru_cache(maxsize=1024)
def typeset(text: str) -> Markup | None:
    """The text of one equation as it is read; None where it cannot be."""
    found = parse(text)
    # What students write is escaped on its way into MathML.
    return Markup(to_mathml(found)) if isinstance(found, Equation) else None
