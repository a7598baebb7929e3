"""Pictures are shown only if they are what they say."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from grader.report.images import MOST_BYTES, Unshowable, picture
from tests.report import samples


def encoded(kind: str, size: tuple[int, int], mode: str = "RGB", **options: object) -> str:
    """A picture as Pillow, which knows nothing of our reading, writes it."""
    file = io.BytesIO()
    Image.new(mode, size, "white").save(file, kind, **options)
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 100}, {"comment": b"\xff\xc0" * 99}])
def test_the_size_of_a_jpeg_is_read(options: dict[str, object]):
    """Is the size right for baseline and progressive JPEGs, and with a comment that looks like a header?"""
    made = picture("image/jpeg", encoded("JPEG", (37, 21), **options))
    assert (made.width, made.height) == (37, 21)


def test_the_size_of_a_png_is_read():
    """Is the size of a PNG that Pillow wrote right?"""
    made = picture("image/png", encoded("PNG", (640, 480)))
    assert (made.width, made.height) == (640, 480)


def test_lines_in_the_data_are_joined():
    """Is base64 with line breaks, as older notebooks have it, read?"""
    whole = samples.png(8, 8)
    broken = "\n".join(whole[at : at + 76] for at in range(0, len(whole), 76))
    assert picture("image/png", broken) == picture("image/png", whole)


@pytest.mark.parametrize(
    ("mime", "data", "why"),
    [
        ("image/png", encoded("JPEG", (4, 4)), "not a PNG"),
        ("image/jpeg", encoded("PNG", (4, 4)), "not a JPEG"),
        ("image/gif", encoded("GIF", (4, 4)), "neither PNG nor JPEG"),
        ("image/svg+xml", base64.b64encode(b"<svg onload=alert(1)>").decode(), "neither PNG nor JPEG"),
        ("image/png", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), "not a PNG"),
        ("image/png", "%%%", "damaged"),
        ("image/png", "iVBORw0KGgo=\u00e9", "damaged"),
        ("image/jpeg", base64.b64encode(b"\xff\xd8\xff\xe0\x00\x00" * 50).decode(), "damaged"),
        ("image/png", "A" * (MOST_BYTES * 2), "larger than"),
        ("image/png", encoded("PNG", (60_000, 1_000), "1"), "60,000 x 1,000 pixels"),
    ],
)
def test_what_is_no_picture_is_not_shown(mime: str, data: str, why: str):
    """Is each reason named?"""
    with pytest.raises(Unshowable, match=why):
        picture(mime, data)


@given(st.binary(max_size=200), st.sampled_from(["image/png", "image/jpeg"]))
def test_no_bytes_break_the_reading(tail: bytes, mime: str):
    """Do any bytes after the first ones give a picture or a reason, and nothing else?"""
    start = b"\x89PNG\r\n\x1a\n" if mime == "image/png" else b"\xff\xd8\xff"
    try:
        made = picture(mime, base64.b64encode(start + tail).decode())
    except Unshowable:
        return
    assert made.width > 0
    assert made.height > 0
