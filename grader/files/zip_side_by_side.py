"""A zip whose files are read and compressed by several threads: that is what takes time, and zlib lets others run."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, TypeVar

LEVEL = 1
"""Of deflate: pages of text become about a fifth at any level, and this one is the fastest."""
SINCE = (1980, 1, 1, 0, 0, 0)
"""The time of every file, so that the same files give the same zip."""
T = TypeVar("T")
R = TypeVar("R")
WINDOW = 4
"""For each processor so many files are under way."""


@dataclass(frozen=True, slots=True)
class Compressed:
    """The content of one file as it lies in a zip."""

    name: str
    data: bytes
    crc: int
    size: int


def compressed(name: str, content: bytes) -> Compressed:
    """A content, deflated."""
    squeezing = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Compressed(name, squeezing.compress(content) + squeezing.flush(), zlib.crc32(content), len(content))


def put(into: zipfile.ZipFile, each: Compressed) -> None:
    """Add a file that is compressed already, as `ZipFile.writestr` would have."""
    entry = zipfile.ZipInfo(each.name, SINCE)
    entry.external_attr = 0o644 << 16
    entry.compress_type, entry.CRC = zipfile.ZIP_DEFLATED, each.crc
    entry.file_size, entry.compress_size = each.size, len(each.data)
    out: IO[bytes] = into.fp  # type: ignore[assignment]  # open for writing
    out.seek(into.start_dir)
    entry.header_offset = out.tell()
    out.write(entry.FileHeader(zip64=None))
    out.write(each.data)
    into.filelist.append(entry)
    into.NameToInfo[entry.filename] = entry
    into.start_dir = out.tell()
    into._didModify = True  # type: ignore[attr-defined]  # so that it writes its list of files


def in_order(work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """What comes of each item, in their order; not many more are under way than there are processors."""
    beside = os.cpu_count() or 1
    with ThreadPoolExecutor(beside) as executor:
        waiting: list[Future[R]] = []
        for item in items:
            waiting.append(executor.submit(work, item))
            if len(waiting) >= WINDOW * beside:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()
