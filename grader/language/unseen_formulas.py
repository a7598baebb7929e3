"""What of a formula in LaTeX nobody sees, or sees struck out: phantoms, white, what is cancelled, macros."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.language.hidden.styles import Paper, colour_of, style_of

_MOST = 1_000
_COMMAND = re.compile(
    r"\\(?:(?:[bx]?cancel|sout|st|hcancel|[hv]?phantom|strike|textst)\s?\{"
    r"|enclose\s?\{[^{}]{0,60}strike[^{}]{0,60}\}\s?(?:\[[^\[\]]{0,60}\]\s?)?\{"
    r"|(?:math|text)tip\s?\{[^{}]{0,80}\}\s?\{"
    r"|style\s?\{(?P<style>[^{}]{1,120})\}\s?\{"
    r"|(?:text)?color\s?(?:\[(?P<model>[a-zA-Z]{3,5})\]\s?)?\{\s?(?P<colour>[^{}]{1,40})\}\s?(?P<group>\{)?"
    r"|(?:(?:re|provide)?newcommand\*?\s?\{?\\[a-zA-Z]{1,30}\}?(?:\[\d\])?|def\s?\\[a-zA-Z]{1,30}(?:#\d){0,4})\s?\{)"
)
_ON_COLOUR = re.compile(r"\\(?:f?colorbox|bbox)\s?[\[{]")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,4})?")


def unseen_formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends: its braces, or what follows a colour to the end of its group. Linear."""
    reach = 0
    for found in _COMMAND.finditer(text):
        if found.start() < reach or not _is_unseen(text, found):
            continue
        braced = found[0].endswith("{")
        depth = 1 if braced or "{" in text[max(0, found.start() - 2) : found.start()] else 0
        reach = _group_end(text, found.end(), depth)
        yield found.start(), reach


def _is_unseen(text: str, found: re.Match[str]) -> bool:
    if found["style"] is not None:
        style = style_of(found["style"])
        return style.hides or not style.on(Paper()).is_legible
    if found["colour"] is not None:
        on_colour = _ON_COLOUR.search(text, max(0, found.start() - 60), found.start())
        colour = colour_of(_as_css(found["colour"].strip(), (found["model"] or "").lower()))
        return not on_colour and colour is not None and not Paper(colour).is_legible
    return True


def _as_css(colour: str, model: str) -> str:
    """A colour of LaTeX as CSS writes it."""
    if model == "html":
        return f"#{colour}"
    if model == "gray":
        colour, model = ",".join([colour] * 3), "rgb"
    if model == "rgb":
        numbers = [float(number) for number in _NUMBERS.findall(colour)]
        most = 1.0 if all(number <= 1 for number in numbers) else 255.0
        return f"rgb({','.join(f'{100 * number / most}%' for number in numbers)})"
    return colour


def _group_end(text: str, at: int, depth: int) -> int:
    """Where the group ends in which we are; without one, where the formula does."""
    for place in range(at, min(len(text), at + _MOST)):
        character = text[place]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth <= 0:
                return place + 1
        elif (character == "$" and depth <= 0) or (character == "\n" and text.startswith("\n", place + 1)):
            return place
    return min(len(text), at + _MOST)
