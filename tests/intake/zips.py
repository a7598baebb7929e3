"""Zips for tests: ordinary ones, and hostile ones that no library would write."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

LINK, FIFO = 0o120777, 0o010644


def notebook(*texts: str) -> bytes:
    """A notebook with a Markdown cell for each text."""
    made = new_notebook(cells=[new_markdown_cell(text) for text in texts or ("## 1. GRU\nIt has two gates.",)])
    for number, cell in enumerate(made.cells):
        cell.id = f"c{number}"
    return str(nbformat.writes(made)).encode()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as its bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def write_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip on the disk."""
    path.write_bytes(zipped(files))
    return path


def with_mode(name: str, content: bytes, mode: int) -> bytes:
    """A zip with one entry of a mode: a link, a device."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, content)
    return made.getvalue()


def twice(name: str, first: bytes, second: bytes) -> bytes:
    """A zip with two entries of one name."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, first)
        archive.writestr(name, second)
    return made.getvalue()


def encrypted(name: str, content: bytes) -> bytes:
    """A zip whose entry says that it is encrypted, in both places."""
    made = bytearray(zipped({name: content}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def named(raw: bytes, content: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """A zip with one entry whose name are these bytes, whatever the library would have made of them."""
    placeholder = b"N" * len(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(placeholder.decode())
        info.extra = extra
        archive.writestr(info, content)
    text = bytearray(made.getvalue().replace(placeholder, raw))
    text[7] |= flags >> 8
    text[text.index(b"PK\x01\x02") + 9] |= flags >> 8
    return bytes(text)


def with_many_entries(number: int) -> bytes:
    """A zip of that many entries, which all have the same content; 48 bytes in the list of entries for each."""
    name, local = b"a", zipped({"a": b""})
    local = local[: local.index(b"PK\x01\x02")]
    entry = zipped({"a": b""})
    entry = entry[entry.index(b"PK\x01\x02") : entry.index(b"PK\x05\x06")]
    assert entry.endswith(name)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, number & 0xFFFF, number & 0xFFFF, len(entry) * number, len(local), 0
    )
    return local + entry * number + end
