"""From a text as students write it to its sentences, each quoted as it was written.

Texts come from Markdown (lists, tables, headings, HTML), docstrings, comments and printed strings. They are wrapped in
the middle of sentences, run together without a blank after a full stop, and mixed with equations. Every regular
expression here is free of nested repetition, so that the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from grader.language.entities import with_characters
from grader.language.hyphens import unhyphenated
from grader.language.lexicon import is_word
from grader.language.prose.tables import with_columns
from grader.language.seen import seen
from grader.language.visible import visible
from grader.pack.vocabulary import PLAIN, Vocabulary
from grader.text import unescaped

MAX_SENTENCE_CHARACTERS = 1_500

_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|section|blockquote|pre)\b[^<>]{0,500}>", re.I)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|code|sub|sup|mark|small|center|img|tt|s)\b[^<>]{0,500}>", re.I
)
_URL = re.compile(r"https?://\S+|!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_BULLET = re.compile(r"\A\s*(?:[-*+]\s+|[-•▪●◦–→]\s*|\(?\d{1,2}[.)](?!\d)\s*|\(?[a-hA-H]\)\s+)(?=[^\s-])")
_HEADING = re.compile(r"\A\s*#{1,6}\s*(?=\S)")
_TABLE_RULE = re.compile(r"[\s|:\-+=_*~]+")
_ANSWER_LABEL = re.compile(r"\A\s*(?:ans(?:wer)?|sol(?:ution)?)\s*(?:\.\s*)?(?:\d{1,2}\s*)?[:=\-–>)]+\s*", re.I)
_STOP = re.compile(r"[.!?]+")
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "eg",
        "ie",
        "etc",
        "vs",
        "fig",
        "eq",
        "eqs",
        "al",
        "approx",
        "resp",
        "cf",
        "dr",
        "prof",
        "no",
        "nos",
        "ca",
        "viz",
        "sec",
        "grad",
        "prev",
        "incl",
        "esp",
        "seq",
        "init",
    ]
)
_CLOSERS = "\"'”’)]*_`"
_NEXT_EQUATION = re.compile(
    r"(?:(?<=[,;])[\s$]{1,9}|[\s$]{1,9}and[\s$]{1,9})(?:and\s{1,9})?(?=[$\\]{0,2}\w[^\s,;=]{0,24}\s{0,9}&?\s{0,9}=)"
)
"""Between two equations of a row."""
_TITLE_LENGTH = 48


def sentences(text: str, knows: Callable[[str], bool] | None = None, terms: Vocabulary = PLAIN) -> list[str]:
    """The sentences of `text` in order, without markup around them, never empty.

    They are as a reader sees them; words that were cut at the end of a line are whole, where `knows` helps to decide
    whether they have a hyphen; without it, English and the words of the subject do.
    """
    found: list[str] = []
    known = knows or partial(is_word, terms=terms)
    # Once before tags are gone, for `<br>` ends a line, and once more with all signs that have names.
    whole = unhyphenated(visible(seen(with_characters(text), terms=terms)), known)
    shown = seen(_without_tags(whole), terms=terms)
    for segment in _segments(unhyphenated(shown, known)):
        found.extend(_split(segment))
    return found


def _without_tags(text: str) -> str:
    return _URL.sub(" ", unescaped(_INLINE_TAG.sub("", _BLOCK_TAG.sub("\n\n", text))))


def _segments(text: str) -> list[str]:
    """Paragraphs, list items, headings, table rows and equations: what a sentence never runs across."""
    segments: list[list[str]] = [[]]
    lines = with_columns(text.replace("\\\\", "\n").splitlines())
    comment = _is_comment_block(lines)
    for line in lines:
        heading = not comment and bool(_HEADING.match(line))
        content = _content(line)
        if not content or _TABLE_RULE.fullmatch(content):
            segments.append([])
            continue
        if heading or _starts_anew(line, segments[-1]):
            segments.append([])
        is_equation = _is_equation(content)
        first, *others = _NEXT_EQUATION.split(content) if is_equation else [content]
        segments[-1].append(first)
        segments += [[other] for other in others]
        if heading or "|" in content or is_equation:
            segments.append([])
    return [" ".join(segment) for segment in segments if segment]


def _is_comment_block(lines: list[str]) -> bool:
    """Lines that all begin with one `#` are a wrapped comment, not a series of headings."""
    marked = [line.lstrip() for line in lines if line.strip()]
    return len(marked) > 1 and all(line.startswith("#") and not line.startswith("##") for line in marked)


def _content(line: str) -> str:
    for mark in (_HEADING, _BULLET, _ANSWER_LABEL):
        if found := mark.match(line):
            line = line[found.end() :]
    line = line.replace("**", "").strip()
    if line.startswith("|"):
        line = " | ".join(cell.strip() for cell in line.strip("|").split("|"))
    return line


def _starts_anew(line: str, before: list[str]) -> bool:
    if not before:
        return False
    if _BULLET.match(line) or line.lstrip().startswith("|") or _is_equation(line):
        return True
    last = before[-1]
    title_like = len(last) < _TITLE_LENGTH and last[-1:].isalnum() and line.lstrip()[:1].isupper()
    return last.rstrip(_CLOSERS).endswith((":", ":-", ".")) or (title_like and len(before) == 1)


def _is_equation(line: str) -> bool:
    """A line with an equals sign and hardly a word of prose."""
    if "=" not in line:
        return False
    words = re.findall(r"[A-Za-z]{4,}", line[:MAX_SENTENCE_CHARACTERS])
    return sum(word.lower() not in {"tanh", "sigmoid", "sigma", "softmax", "relu", "cdot"} for word in words) < 4


def _split(segment: str) -> list[str]:
    pieces, start = [], 0
    for stop in _STOP.finditer(segment):
        if _ends_sentence(segment, stop.start(), stop.end()):
            pieces.append(segment[start : stop.end()])
            start = stop.end()
    pieces.append(segment[start:])
    clean = (" ".join(piece.strip(" \t*_`>|").split()) for piece in pieces)
    return [chunk for piece in clean if any(c.isalnum() for c in piece) for chunk in _chunks(piece)]


def _chunks(piece: str) -> list[str]:
    """A "sentence" without end is cut, so that the work on one sentence is bounded."""
    return [piece[i : i + MAX_SENTENCE_CHARACTERS] for i in range(0, len(piece), MAX_SENTENCE_CHARACTERS)]


def _ends_sentence(segment: str, at: int, end: int) -> bool:
    before = segment[max(0, at - 40) : at].rsplit(None, 1)[-1:] or [""]
    word = before[0].lstrip("([\"'*_`")
    after = segment[end : end + 12].lstrip(_CLOSERS)
    if segment[at] == ".":
        if word.lower() in _ABBREVIATIONS:
            return False
        if after[:1] and not after[0].isspace():
            return _missing_blank(word, after)
        follower = after.lstrip()[:1]
        return not (follower.islower() and len(word) < 4)
    return not after or after[0].isspace() or after[0].isupper()


def _missing_blank(word: str, after: str) -> bool:
    """In `information.In this` a sentence ends; in `tf.keras.layers.Dense(10)` or `0.25` it does not."""
    if not word[-1:].isalnum() and word[-1:] not in _CLOSERS:
        return False
    dotted = "." in word or "_" in word or word.lower() in {"tf", "np", "keras", "nn", "model", "layers"}
    follower = re.match(r"[A-Z][a-z]*", after)
    if dotted or follower is None:
        return False
    return after[follower.end() : follower.end() + 1] not in {"(", ".", "_"} or len(follower.group()) == 1
