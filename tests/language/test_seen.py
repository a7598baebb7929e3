"""What of a text a reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.language.seen import SEPARATOR, seen
from reference.wording.terms import VOCABULARY

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202d\u2060\u2061\u2062\u2063\u2064\u2066"
    "\u2069\u206f\ufe0f\ufeff\ufff9\ufffa\ufffb\x00\x1b\x7f\U000e0041\U000e0100"
)
BLANKS = "\u00a0\u1680\u2002\u2007\u2009\u200a\u202f\u205f\u3000"
OVERRIDE, POP = "\u202e", "\u202c"
TRICKS = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "ﬁﬂﬃаеоρανσ" + INVISIBLE + BLANKS + OVERRIDE + POP
HOSTILE = st.text(st.sampled_from(TRICKS + "abgate #*1\n\r\u2028\x0b🏴😀\u0301न中") | st.characters(), max_size=80)
HEARTS = ("❤️", "👩‍👩‍👧", "👍🏽", "1️⃣", "#️⃣", "🏳️‍🌈", "☀️", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")
ORDINARY = (
    "naïve Schrödinger, façade and Ångström; Łódź, ı and ß",
    unicodedata.normalize("NFD", "naïve Schrödinger, façade"),
    "循环神经网络（RNN）处理序列：它有一个隐藏状态，每一步都更新。",
    "الشبكة العصبية المتكررة لها حالة مخفية، وهي تتغير.",
    "می‌خواهم شبکه‌های بازگشتی را توضیح دهم.",
    "आवर्ती तंत्रिका नेटवर्क क्‍ष में एक छिपी हुई अवस्था होती है।",
    "Рекуррентная сеть имеет скрытое состояние; RNN обучается во времени.",
    "Το νευρωνικό δίκτυο έχει μνήμη.",
    "C̃_t = tanh(W_c·[h_{t-1}, x_t] + b_c), ĥ, h̃ₜ₋₁, ō",
    "f_t = σ(W_f x_t + U_f h_{t−1} + b_f); τ, α, ρ, ν, ΔW, ∂L/∂W, Σ_t γ_t ⊙ αWx, ηx, κν",
)


@pytest.mark.parametrize("text", ORDINARY + HEARTS)
def test_ordinary_text_stays_as_it_is(text):
    """Do accents, other scripts with their joiners, emoji and equations with Greek letters stay untouched?"""
    assert seen(text) == text
    assert seen(f"see {text} there") == f"see {text} there"


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("\n\t"))
    | st.text(st.sampled_from("abc é ö ñ ŵ ç Ø \u0303 \u0302 σ τ α β Δ Σ ∂ ⊙ ₜ ⁻ − ’ “ … –\n"))
    | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5))
    | st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x064A))
    | st.text(st.characters(min_codepoint=0x0904, max_codepoint=0x0939))
    | st.lists(st.sampled_from(HEARTS)).map(" ".join)
)
def test_any_ordinary_text_stays_as_it_is(text):
    """Is what has nothing unseen in it the same afterwards?"""
    assert seen(text) == text


@given(HOSTILE)
def test_what_is_seen_is_seen_again(text):
    """Does nothing come to light when what was read is read once more?"""
    assert seen(seen(text)) == seen(text)


@given(HOSTILE)
def test_the_number_of_lines_stays(text):
    """Are there as many lines as before, whatever separates them, or as Python counts them?"""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert seen(text).count("\n") == SEPARATOR.sub("\n", lines).count("\n")
    assert seen(text, separators=" ").count("\n") == lines.count("\n")


@given(st.lists(st.text(st.sampled_from(INVISIBLE.replace("\u200b", "")), max_size=3), min_size=12, max_size=12))
def test_invisible_characters_within_words_change_nothing(extra):
    """Is a sentence with any of them between its letters the sentence?"""
    sentence = "The GRU keep"
    mixed = "".join(letter + invisible for letter, invisible in zip(sentence, extra, strict=True))
    assert seen(mixed) == sentence


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_are_spaces(blank):
    """Is a blank of another width a plain space?"""
    assert seen(f"two{blank}gates") == "two gates"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("up\u200bdate", "update"),
        ("i\u200bn\u200bfor\u200bma\u200btion", "information"),
        ("update\u200bgate", "update gate"),
        ("the\u200bupdate\u200bgate\u200bdecides", "the update gate decides"),
        ("has a\u200bgate", "has a gate"),
        ("two\u200b \u200bgates", "two gates"),
        ("\u200bgate\u200b.", "gate."),
    ],
)
def test_zero_width_spaces(text, expected):
    """Is a zero-width space the space that was meant between two words of the pack, and nothing within one?"""
    assert seen(text, terms=VOCABULARY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁnd a ﬂow, eﬃcient", "find a flow, efficient"),
        ("ＧＲＵ： ｔｗｏ ｇａｔｅｓ．", "GRU: two gates."),
        ("使用ＧＲＵ。它很好，很快", "使用GRU。它很好，很快"),
        ("thе updаtе gаtе оf", "the update gate of"),
        ("ϹΟ ΤhΕ gαtes", "ϹΟ ThE gates"),
        ("αWx сt", "αWx ct"),
        ("сеть_RNN", "сеть_RNN"),
        (
            "one\u2028two\u2029three\x0bfour\x85five\x0csix\rseven\r\neight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("for\u00ad\nget it", "for-\nget it"),
        ("\ufeff## 5. GRU", "## 5. GRU"),
        ("σ\u2061(x)", "σ(x)"),
        ("Hello.\U000e0041\U000e0042", "Hello."),
    ],
)
def test_letters_read_as_what_they_show(text, expected):
    """Are ligatures, wide letters, lookalikes in Latin words, and breaks of lines what a reader takes them for?"""
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"It {OVERRIDE}has two gates{POP} here", "It  here"),
        (f"It {OVERRIDE}has two gates", "It "),
        (f"{OVERRIDE}has\ntwo\n\ngates", "\n\n\ngates"),
        (f"{OVERRIDE}G{POP}{OVERRIDE}R{POP}{OVERRIDE}U{POP}", ""),
        (f"{OVERRIDE}a\u2066b\u2069c{POP}d", "d"),
        (f"{OVERRIDE}a\u2066b{POP}c\u2069d{POP}e", "e"),
        (f"\u2067a{OVERRIDE}b\u2069c", "ac"),
    ],
)
def test_text_under_an_override_is_not_read(text, expected):
    """Is text that shows reversed read neither as it is stored nor backwards, and what follows as ever?"""
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "\u00ad" * 200_000,
        "a" + "\u0303" * 200_000,
        f"{OVERRIDE}{POP}" * 100_000,
        "\u2067\u202e" * 50_000 + "a" + "\u202c\u2069" * 50_000,
        "a\u200b" * 100_000,
        "the\u200b" * 50_000,
        "🏴\U000e0041" * 100_000,
        "а" * 200_000 + "b",
        "ab-\n" * 50_000 + "\u00a0",
    ],
    ids=["hyphens", "accents", "overrides", "nested", "letters", "words", "flags", "lookalikes", "cuts"],
)
def test_masses_of_them_are_read(text):
    """Does nothing grow with a text that is nothing but tricks?"""
    assert len(seen(text)) <= len(text)
