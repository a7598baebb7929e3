"""What a reader of a notebook sees: hidden, struck out and off the page is not said; all else is."""

import pytest

from grader.language.visible import visible

SAID = "f_t = a"

HIDDEN = [
    f"<span style='color:white'>{SAID}</span>",
    f'<div style="display:none"><div>x</div> {SAID}</div>',
    f'<p style="DISPLAY : none !important">{SAID}</p>',
    f'<span style="c\\6flor: #fff">{SAID}</span>',
    f'<span style="color:rgba(0,0,0,0)">{SAID}</span>',
    f'<span style="color:hsl(0,0%,100%)">{SAID}</span>',
    f"<span hidden>{SAID}</span>",
    f'<span style="visibility:hidden">{SAID}</span>',
    f'<span style="opacity:0.01">{SAID}</span>',
    f'<span style="font-size:0px">{SAID}</span>',
    f'<span style="font-size:1px">{SAID}</span>',
    f'<div style="position:absolute; left:-9999px">{SAID}</div>',
    f'<div style="height:0;overflow:hidden">{SAID}</div>',
    f'<span style="transform:scale(0)">{SAID}</span>',
    f'<font color="#ffffff">{SAID}</font>',
    f'<p style="color:white">{SAID}',
    f"<script>{SAID}</script>",
    f"<template>{SAID}</template>",
    f"<textarea>{SAID}</textarea>",
    f"<!-- {SAID} -->",
    f"<!--\n{SAID}",
    f"[//]: # ({SAID})",
    f'[comment]: <> "{SAID}"',
    f'[gate](b "{SAID}")',
    f"![]({SAID})",
    f'<a title="{SAID}">x</a>',
    f'<b data-any="{SAID}">x</b>',
    f"~~{SAID}~~",
    f"<S>{SAID}</S>",
    f"<del>{SAID}</del>",
    f'<span style="text-decoration: line-through">{SAID}</span>',
    "".join(f"{letter}\u0336" for letter in SAID),
    f"$\\phantom{{{SAID}}}$",
    f"$\\cancel{{{SAID}}}$",
    f"$\\enclose{{horizontalstrike}}{{{SAID}}}$",
    f"$\\color{{white}}{{{SAID}}}$",
    f"$\\color{{white}} {SAID}$",
    f"$\\color{{#FFFFFE}}{{{SAID}}}$",
    f"$\\textcolor[rgb]{{1,1,1}}{{{SAID}}}$",
    f"$\\textcolor[HTML]{{FFFFFF}}{{{SAID}}}$",
    f"$\\style{{display:none}}{{{SAID}}}$",
    f"$\\newcommand{{\\a}}{{{SAID}}}$",
    f"$\\def\\a{{{SAID}}}$",
    f"\\iffalse {SAID} \\fi",
    f"% {SAID}",
]
SHOWN = [
    SAID,
    f"<b>{SAID}</b>",
    f'<span style="color:white;background:black">{SAID}</span>',
    f"<span style='color:blue; font-size: 90%'>{SAID}</span>",
    f"<details><summary>more</summary>{SAID}</details>",
    f"a <b {SAID}",
    f"x < y, {SAID}, y > z",
    f"$x^{{<t>}}$ {SAID}",
    f"<s {SAID}",
    f"an inline <!-- that is left open {SAID}",
    f"<!-- note --> {SAID}",
    f"a~~ b {SAID}",
    f"[1]: the gate {SAID}",
    f"[h_{{t-1}}, x_t](b) {SAID}",
    f"$\\color{{red}}{{{SAID}}}$",
    f"$\\colorbox{{black}}{{\\color{{white}}{{{SAID}}}}}$",
    f"<style>.k{{display:none}}</style><p class='j'>{SAID}</p>",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_is_said_unseen(text: str) -> None:
    """Is what is hidden, off the page, or struck out left out, and every other place kept?"""
    found = visible(f"before\n\n{text}\n\nafter" if not text.startswith(("<!--\n", "<p")) else f"before\n\n{text}")
    assert "f_t" not in found.replace("\u0336", "")
    assert found.startswith("before\n\n")
    assert len(found) in (len(f"before\n\n{text}"), len(f"before\n\n{text}\n\nafter"))


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_shown_stays(text: str) -> None:
    """Is nothing taken out that a reader sees?"""
    assert SAID in visible(text)
