"""What a reader of a Markdown cell does not see: as a browser shows it, and nothing else taken away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.language.hidden.markup import NOTHING, hidden_in, shown
from grader.language.hidden.styles import style_of
from grader.language.seen import seen

UNSEEN = {
    "attribute": "<div hidden>{}</div>",
    "attribute in capitals": "<DIV HIDDEN>{}</DIV>",
    "display": '<p style="display:none">{}</p>',
    "display over lines": "<div\nstyle = 'display : none'\n>{}</div>",
    "display, as important": '<p style="DISPLAY: none !important">{}</p>',
    "visibility": "<p style=visibility:hidden>{}</p>",
    "opacity": '<span style="opacity:0.0">{}</span>',
    "size": '<span style="font-size: 0px">{}</span>',
    "one pixel": '<span style="font-size:1px">{}</span>',
    "white": '<font color="white">{}</font>',
    "white in digits": '<font color="#FFFFFF">{}</font>',
    "nearly white": '<span style="color: rgb(250, 250, 250)">{}</span>',
    "white in hsl": '<span style="color: hsl(0, 0%, 100%)">{}</span>',
    "transparent": '<span style="color: transparent">{}</span>',
    "as its ground": '<span style="color:#222;background:#202020">{}</span>',
    "out of the window": '<p style="position:absolute; left:-9999px">{}</p>',
    "indented out of it": '<p style="text-indent:-999em">{}</p>',
    "in no room": '<div style="height:0; overflow:hidden">{}</div>',
    "clipped": '<p style="clip-path: inset(100%)">{}</p>',
    "a script": "<script>{}</script>",
    "a style": "<style>{}</style>",
    "a template": "<template><p>{}</p></template>",
    "a form field": "<textarea>{}</textarea>",
    "a comment": "<!-- {} -->",
    "a comment of Markdown": "\n[//]: # ({})\n",
    "the title of a definition": '\n[more]: https://example.org "{}"\n',
    "inside of what is hidden": "<div hidden><b>x</b><p>{}</p></div>",
    "behind a quoted sign": '<p title=">" hidden>{}</p>',
    "behind a lone quote": "<p it's hidden>{}</p>",
    "never closed": "<div hidden>{}",
    "a comment that is never closed": "\n\n<!-- {}",
}
SEEN = {
    "plain": "{}",
    "in code": "`<div hidden>` {}",
    "in fences": "```html\n<div hidden>\n```\n{}",
    "a formula with signs": "$h<b$ and $c>d$: {}",
    "less and greater": "h_t <b and c> {}",
    "folded": "<details><summary>more</summary>{}</details>",
    "white on black": '<span style="color:white;background:black">{}</span>',
    "white on dark": '<div style="background-color:#222"><font color=white>{}</font></div>',
    "grey": '<span style="color: #777">{}</span>',
    "small": "<small><font size=1>{}</font></small>",
    "a paragraph behind": '<p style="display:none">x\n\n{}',
    "behind what is closed": "<div hidden>x</div> {}",
    "text with a comment's sign": "x <!-- {}",
    "a link": '[{}](https://example.org "title")',
    "a word in brackets": "[note]: {} is more than an address",
    "an unknown attribute": "<p data-hidden='1' class='hidden'>{}</p>",
    "no number": '<p style="opacity: var(--x); color: nonsense">{}</p>',
    "half": '<p style="opacity: 50%">{}</p>',
    "moved a little": '<p style="text-indent:-2em; margin-left: 2em">{}</p>',
}
SECRET = "the gate forgets"


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_is_blanked(name: str) -> None:
    """Is it gone, and is what stands before and behind still there, on its lines?"""
    text = f"Before.\n\n{UNSEEN[name].format(SECRET)}"
    assert SECRET in text
    assert SECRET not in shown(text)
    assert shown(text).startswith("Before.")
    assert [len(line) for line in shown(text).split("\n")] == [len(line) for line in text.split("\n")]
    assert [each.why for each in hidden_in(text)] != []


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_stays(name: str) -> None:
    """Is nothing taken away that stands on the page?"""
    assert SECRET in shown(SEEN[name].format(SECRET))


def test_a_comment_within_a_word_parts_none() -> None:
    """Is a word read as it shows, whatever is hidden in it?"""
    assert seen(shown("The ga<!-- x -->te for<span hidden>x</span>gets.")) == "The gate forgets."


@given(st.text(st.sampled_from("<>/ap=\"'! -`$\\([]:#\n hidenstyl"), max_size=80))
def test_any_text_keeps_its_places(text: str) -> None:
    """Is each letter where it was, or nothing, and are the stretches in order?"""
    after = shown(text)
    assert len(after) == len(text)
    assert all(new in (old, NOTHING) for old, new in zip(text, after, strict=True))
    places = [place for each in hidden_in(text) for place in (each.start, each.end)]
    assert places == sorted(places)
    if "<" not in text and "]:" not in text:
        assert after == text


@given(st.text(max_size=200))
def test_no_style_raises(text: str) -> None:
    """Is whatever stands in an attribute read, or nothing?"""
    assert style_of(text).hides in (True, False)
