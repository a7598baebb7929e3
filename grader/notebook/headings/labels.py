"""The number by which a heading or an item is called: in digits, in Roman ones, as a letter, behind a word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Style = Literal["word", "ordinal", "decimal", "keycap", "roman", "letter", "number", "round", "bracket", "dot", "other"]


@dataclass(frozen=True, slots=True)
class Label:
    """A number, and the way in which it is written. `word` is the word before it, as in "Exercice 4"."""

    style: Style
    number: int
    word: str = ""


_KEYCAPS = {
    "🔟": 10,
    **{chr(0x2460 + n): n + 1 for n in range(10)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
    **{chr(0x2780 + n): n + 1 for n in range(10)},
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ROMAN |= {"xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_AFTER = r"[ \t]{0,3}[).:\]\-–—>=|]{0,3}[ \t]{0,4}"
_DIGIT_KEYCAP = re.compile(rf"(\d)\ufe0f?\u20e3{_AFTER}")
_SIGN_KEYCAP = re.compile(rf"([{''.join(_KEYCAPS)}])\ufe0f?{_AFTER}")
_OF_SHEET = re.compile(
    r"[^\W\d_]{1,12}[ .#]?\d{1,2}[ ]?[-–,:/ ][ ]?(?=(?:question|ques|que|q|task|problem|exercise|ex)[ .#-]?\d{1,2}\b)",
    re.IGNORECASE,
)
"""The name of the sheet before the word for the question: "A3-Q4", "Assignment 3, question 4"."""

_COUNTED = re.compile(
    rf"(?P<word>{'|'.join((*_ORDINALS, *_CARDINALS))})[ ]?[.:)]{{1,2}}(?=\s|$)[ \t]{{0,4}}", re.IGNORECASE
)
_DECIMAL = re.compile(r"(?:\d{1,2}\.){1,3}(\d{1,2})(?![\d%])[).:]{0,2}(?=\s|$)[ \t]{0,4}")
_ON_TOP = re.compile(r"#?(\d{1,2})(?=[ \t][^\W\d_]{3})[ \t]{1,4}")
_BARE = re.compile(r"#?(\d{1,2})(?=\s|$|[^\W\d_])(?![ \t]?[a-z%])[ \t]{0,4}")
_PART = re.compile(r"#?(\d{1,2})[ ]?(?:\([a-e]\)|[a-e](?=\W|$))[).:\-–—]{0,3}[ \t]{0,4}")
_TRAILING = re.compile(
    r"[ \t][(\[–—-]?[ \t]?(?:question|ques|q)[ .]?(?P<number>\d{1,2})[)\]]?[*_:. \t]{0,6}$", re.IGNORECASE
)
_NUMBER = re.compile(r"#?(?P<open>\(|\[)?(?P<number>\d{1,2})[ \t]?(?P<close>[).:\]\-–—/|]{1,3})(?!\d)[ \t]{0,4}")
_ROMAN_DIGITS = re.compile(r"\(?([IVX]{1,5}|[ivx]{1,5})(?:[).:\]]{1,2}|[ \t][-–—])(?=\s|$|[*_])[ \t]{0,4}")
_ROMAN_HEADING = re.compile(r"([IVX]{1,5})(?:(?=[ \t][^\W\d_])[ \t]{1,4}|$)")
_LETTER = re.compile(r"\(?([A-Ja-j])(?:[):\]]|\.)(?=\s|$|[*_])[ \t]{0,4}")
_ORDINAL = re.compile(
    rf"(?:the[ ])?(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINALS)}))[ ]"
    rf"(?:question|answer|task|problem|exercise|solution)\b{_AFTER}",
    re.IGNORECASE,
)
_LATER_ORDINAL = re.compile(
    rf"(?:[^\W\d_]{{1,20}}[ ]){{1,4}}(?:the[ ])?(?P<word>{'|'.join(_ORDINALS)})[ ]"
    r"(?:question|answer|task|problem|exercise)[ \t]{0,2}(?:[.:\-–—]{1,2}(?=\s)|$)[ \t]{0,4}",
    re.IGNORECASE,
)
_LATER_WORD = re.compile(
    r"(?:[^\W\d_]{1,20}[ ]){1,4}\(?(?:the[ ])?(?:question|answer|task|exercise|problem|q)[ ]?(?:no\.?[ ]?)?"
    rf"(\d{{1,2}})\)?(?!\w){_AFTER}",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?P<word>[^\W\d_]{1,14})\.?(?:[ ][^\W\d_]{1,6}\.?)?[ \t]{0,2}(?:n?[.°º#№_\-][ \t]{0,2})?(?P<number>\d{1,2})"
    r"(?![\d%]|[.,]\d|[^\W\d_])[ \t]{0,3}(?:[).:\]\-–—>=|]{1,3}[ \t]{0,4}|(?=[(])|$|(?=[^\W\d_]))"
)
_ROMAN_WORD = re.compile(
    r"(?P<word>[^\W\d_]{1,14})\.?[ \t]{1,2}(?P<number>[IVX]{1,5})"
    r"(?:[ \t]{0,3}[).:\]\-–—>=|]{1,3}[ \t]{0,4}|[ \t]{0,4}$|(?=[ \t]{0,3}\())"
)
_CALLS = frozenset(
    ["question", "ques", "que", "q", "task", "problem", "prob", "exercise", "ex", "answer", "ans", "solution", "sol"]
)
_EAST = "一二三四五六七八九十"
_EASTERN = re.compile(
    rf"(?:[第제][ ]?(?P<number>\d{{1,2}}|[{_EAST}])[ ]?[^\W\d_]|(?P<item>[{_EAST}])(?=[.:)])){_AFTER}"
)
_JOINED = re.compile(
    r"#?\(?(?P<one>\d{1,2})[.)]{0,2}"
    r"(?=[ \t]{0,2}(?:(?P<word>and|und|et|y|e|i|[&+,])|[/–-])[ \t]{0,2}(?P<other>\d{1,2})(?:[^\w.%]|$))",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:[^\W\d_]{1,20}[ ]){0,4}(?:for|of|to|zu|für|pour|para)[ ](?:the[ ])?"
    r"(?:(?:number|no\.?|nr\.?|part|item)[ ]?\(?(?P<worded>\d{1,2}|[a-jA-J])\)?|\(?(?P<signed>\d{1,2}|[a-jA-J])\))"
    r"[ \t.:]{0,8}"
)


def label_of(text: str, *, is_heading: bool, on_top: bool = False) -> tuple[Label | None, str]:
    """The label at the beginning of a text, and what follows it. Only headings may have one without a sign behind.

    Before a word in small letters it may be a count ("2 layers"), but for the first line of a cell, which is `on_top`.
    """
    label, start, end = _found(_alike(text), is_heading=is_heading, on_top=on_top)
    return label, text[start:end]


def _alike(text: str) -> str:
    """As long a text, with the wide signs of East Asia as narrow ones, and a letter for each sign that stands upon one:
    many scripts write their vowels so, and patterns take such signs for no part of a word."""
    if text.isascii():
        return text
    return "".join(
        "a" if unicodedata.category(sign) in ("Mn", "Mc") and sign not in _OF_KEYCAPS else _WIDE.get(sign, sign)
        for sign in text
    )


_OF_KEYCAPS = "\ufe0f\u20e3"
_WIDE = {"：": ":", "．": ".", "）": ")", "（": "(", "、": ".", "。": ".", "】": "]", "\u3000": " "}

Found = tuple[Label | None, int, int]
"""A label, and where what follows it begins and ends."""


def _found(text: str, *, is_heading: bool, on_top: bool) -> Found:
    whole = len(text)
    for pattern in (_DIGIT_KEYCAP, _SIGN_KEYCAP):
        match = pattern.match(text)
        if match:
            return Label("keycap", _KEYCAPS.get(match[1]) or int(match[1])), match.end(), whole
    match = _DECIMAL.match(text)
    if match:
        return Label("decimal", int(match[1])), match.end(), whole
    sheet = _OF_SHEET.match(text) if is_heading else None
    if sheet:
        label, start, end = _found(text[sheet.end() :], is_heading=True, on_top=False)
        if label is not None and label.number:
            return Label("word", label.number), sheet.end() + start, sheet.end() + end
    match = _ORDINAL.match(text)
    if match:
        number = int(match["digits"]) if match["digits"] else _ORDINALS.index(match["word"].lower()) + 1
        return Label("ordinal", number), match.end(), whole
    match = _EASTERN.match(text)
    if match:
        digits = match["number"] or match["item"]
        number = int(digits) if digits.isdecimal() else _EAST.index(digits) + 1
        return (
            Label("other" if match["number"] else "number", number, text[0] if match["number"] else ""),
            match.end(),
            whole,
        )
    match = _JOINED.match(text) if is_heading else None
    if match and (match["word"] or int(match["one"]) + 1 == int(match["other"])):
        return Label("number", int(match["one"])), match.end(), whole
    if on_top and (match := _ON_TOP.match(text)):
        return Label("number", int(match[1])), match.end(), whole
    return _plain(text, is_heading=is_heading)


def _plain(text: str, *, is_heading: bool) -> Found:
    whole = len(text)
    match = _NUMBER.match(text)
    if match:
        style: Style = "round" if match["open"] else "bracket" if match["close"][0] in ")]" else "dot"
        return Label("number" if is_heading else style, int(match["number"])), match.end(), whole
    match = _ROMAN_DIGITS.match(text) or (_ROMAN_HEADING.match(text) if is_heading else None)
    if match and match[1].lower() in _ROMAN:
        return Label("roman", _ROMAN[match[1].lower()]), match.end(), whole
    match = _LETTER.match(text)
    if match:
        return Label("letter", ord(match[1].lower()) - ord("a") + 1), match.end(), whole
    return _of_heading(text) if is_heading else (None, 0, whole)


def _of_heading(text: str) -> Found:
    """A label that only headings have: a number without a sign behind it, or with words before it."""
    whole = len(text)
    match = _BARE.match(text) or _PART.match(text)
    if match:
        return Label("number", int(match[1])), match.end(), whole
    match = _TRAILING.search(text)
    if match:
        return Label("word", int(match["number"])), 0, match.start()
    match = _LATER_ORDINAL.match(text)
    if match:
        return Label("ordinal", _ORDINALS.index(match["word"].lower()) + 1), match.end(), whole
    match = _LATER_WORD.match(text)
    if match:
        return Label("word", int(match[1])), match.end(), whole
    match = _WORD.match(text)
    if match:
        word = match["word"].lower()
        found = Label("word", int(match["number"])) if word in _CALLS else Label("other", int(match["number"]), word)
        return found, match.end(), whole
    match = _COUNTED.match(text)
    if match:
        word = match["word"].lower()
        row = _ORDINALS if word in _ORDINALS else _CARDINALS
        return Label("other", row.index(word) + 1, row[0]), match.end(), whole
    match = _ROMAN_WORD.match(text)
    if match and match["number"].lower() in _ROMAN:
        word = match["word"].lower()
        return Label("word" if word in _CALLS else "other", _ROMAN[match["number"].lower()], word), match.end(), whole
    return None, 0, whole


def reference_of(text: str) -> Label | None:
    """The number of the answer that a comment says its code is for: "example for number 4", "for d)"."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    name = match["worded"] or match["signed"]
    return Label("word", int(name)) if name.isdigit() else Label("letter", ord(name.lower()) - ord("a") + 1)
