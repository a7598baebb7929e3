"""Names in a zip, as they were meant: in which encoding, and whether they stay below the top.

Names are data here: nothing is ever written under one of them (see `archives`).
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from zipfile import ZipInfo

UTF_8 = 0x800
"""The bit of an entry that says its name is in UTF-8 (APPNOTE.TXT of PKWARE, 4.4.4); without it, it is in cp437."""

UNICODE_PATH = 0x7075
"""An extra field with the name in UTF-8 beside the one in an old encoding (APPNOTE.TXT, 4.6.9)."""

DRIVE = re.compile(r"[A-Za-z]:")
MOST_PARTS, MOST_CHARACTERS = 40, 1_000


class LeadsOutside(Exception):
    """A name that is no place below the top; the message says why."""


def parts_of(info: ZipInfo) -> tuple[str, ...]:
    """The names of the folders above an entry, and its own. Raises `LeadsOutside`.

    Windows writes backslashes between them, which are no part of a name there.
    """
    raw = info.orig_filename
    if "\0" in raw:
        raise LeadsOutside("has a name with a null byte")
    name = unicodedata.normalize("NFC", _decoded(info)).replace("\\", "/")
    if len(name) > MOST_CHARACTERS:
        raise LeadsOutside("has a name that is too long")
    if name.startswith("/") or DRIVE.match(name):
        raise LeadsOutside("has an absolute path for a name")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if ".." in parts:
        raise LeadsOutside("has a name that leads outside of the archive")
    if not parts or len(parts) > MOST_PARTS:
        raise LeadsOutside("has no name" if not parts else "lies too deep")
    return parts


def _decoded(info: ZipInfo) -> str:
    """The name of an entry. macOS, Java and some LMSs write UTF-8 without saying so."""
    name = info.orig_filename
    if info.flag_bits & UTF_8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    told = _told_besides(info.extra, raw)
    if told is not None:
        return told
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return name


def _told_besides(extra: bytes, raw: bytes) -> str | None:
    """The name of the extra field, where that is about this name and not about an earlier one."""
    place = 0
    while place + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, place)
        content = extra[place + 4 : place + 4 + size]
        if kind == UNICODE_PATH and len(content) > 5:
            version, checksum = struct.unpack_from("<BI", content)
            if version == 1 and checksum == zlib.crc32(raw):
                return content[5:].decode("utf-8", errors="replace")
        place += 4 + size
    return None
