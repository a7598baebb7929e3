"""Pictures of the student's: shown only if they are what they say they are."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

MOST_BYTES = 2_000_000
MOST_PIXELS = 25_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers (ITU T.81, table B.1): all of C0 to CF but DHT, JPG and DAC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


class Unshowable(Exception):
    """A picture is not shown; the message says why, in words for the student."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A verified picture: its data URI, and its size in pixels."""

    uri: str
    width: int
    height: int


def picture(mime: str, encoded: str) -> Picture:
    """A PNG or JPEG from its base64 text. Raises `Unshowable` if it is anything else, or too large."""
    if len(encoded) > MOST_BYTES * 4 // 3 + 10_000:
        raise Unshowable(f"it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unshowable("its data are damaged") from error
    size = {"image/png": _png_size, "image/jpeg": _jpeg_size}.get(mime)
    if size is None:
        raise Unshowable("it is neither PNG nor JPEG")
    width, height = size(content)
    if not 0 < width * height <= MOST_PIXELS:
        raise Unshowable(f"its size is {width:,} x {height:,} pixels")
    return Picture(f"data:{mime};base64,{base64.b64encode(content).decode('ascii')}", width, height)


def _png_size(content: bytes) -> tuple[int, int]:
    """Width and height from the header chunk, which comes first (PNG specification, 11.2.1)."""
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        raise Unshowable("it is not a PNG picture, though it says so")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height from the frame header (ITU T.81, B.2.2)."""
    if not content.startswith(_JPEG):
        raise Unshowable("it is not a JPEG picture, though it says so")
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        if marker == 0xFF:  # padding before a marker
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise Unshowable("its JPEG header is damaged")
