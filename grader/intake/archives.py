"""Opening a zip that anybody may have made: what of it is taken, and what is refused, each in one line.

Contents are written under numbers of our own into a scratch folder; no name from the archive is ever one on the disk,
so none leads to another place, hides another file or is a device. How much may come out is bounded before the list of
entries is read, and while they are.
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from grader.files.opened import opened
from grader.intake.allowance import Allowance, Scratch
from grader.intake.entry_names import LeadsOutside, parts_of
from grader.intake.handed import HandedIn, is_nobodys, is_of_use, is_zip, without_files
from grader.result.names import BadRequest

MOST_RATIO, WITHOUT_RATIO = 200, 4 << 20
"""How many times its size in the archive an entry may have outside; the first so many bytes are not looked at so."""
MOST_OF_ENTRY = 256 << 20
BYTES_OF_ENTRY = 150
"""In the list of entries, with its name and what else is told of it."""
LEAST_OF_LIST = 64 << 10
DEEPEST = 3
"""Archives in archives: an LMS's, a student's, and what that holds."""
PART = 1 << 20
ENCRYPTED = 0x1

Place = tuple[str, ...]

_BROKEN = (BadZipFile, LargeZipFile, NotImplementedError, zlib.error, EOFError, ValueError, RuntimeError, OverflowError)
"""What reading a zip raises where that is damaged, or made in a way that is not known here."""


class Refused(Exception):
    """An archive, or an entry of one, is not unpacked; the message says why."""


def unpacked(archive: Path, scratch: Scratch) -> list[HandedIn]:
    """What is in an archive, and in archives in it, which stand for folders of their name.

    Raises `Refused` where the archive itself is not opened (one within it is a file with a problem), and `BadRequest`
    where the scratch folder takes nothing.
    """
    return list(_Archive(archive, scratch, scratch.allowance).items())


@dataclass(frozen=True, slots=True)
class _Archive:
    path: Path
    scratch: Scratch
    allowance: Allowance
    depth: int = 0

    def items(self) -> Iterator[HandedIn]:
        try:
            with opened(self.path) as file, ZipFile(_Bounded.of(file, self.allowance)) as found:
                infos = found.infolist()
                self._require_room(infos)
                yield from self._of_entries(found, infos)
        except OSError as error:
            raise Refused(f"cannot be read ({error.strerror or error})") from error
        except _BROKEN as error:
            raise Refused(f"is no zip, or a damaged one ({_said(error)})") from error

    def _require_room(self, infos: Sequence[ZipInfo]) -> None:
        if len(infos) > self.allowance.entries_left:
            raise Refused(f"holds more than {self.allowance.entries_left:,} entries")
        self.allowance.spend(entries=len(infos))
        # No more than is announced can come out of an entry.
        needed = sum(info.file_size for info in infos if is_of_use(info.filename))
        if self.depth == 0 and needed > self.allowance.bytes_left:
            most = self.allowance.bytes_left >> 20
            raise Refused(f"would take {needed >> 20:,} MB, and may take {most:,} MB; make room, or set TMPDIR")

    def _of_entries(self, found: ZipFile, infos: Sequence[ZipInfo]) -> Iterator[HandedIn]:
        taken: dict[Place, ZipInfo] = {}
        folders: set[Place] = set()
        for info in infos:
            try:
                place = parts_of(info)
            except LeadsOutside as error:
                yield HandedIn((_last_name(info),), problem=str(error))
                continue
            if info.is_dir():
                folders.add(place)
                continue
            if place in taken:
                yield HandedIn(place, problem="is there twice in the archive; the last one was taken")
            taken[place] = info  # what any other program would leave there
        yield from without_files(taken, folders)
        for place, info in taken.items():
            if not is_nobodys(place):
                yield from self._of_entry(found, info, place)

    def _of_entry(self, found: ZipFile, info: ZipInfo, place: Place) -> Iterator[HandedIn]:
        modified, problem = _modified(info), self._problem(info)
        if problem is not None or not is_of_use(place[-1]):
            yield HandedIn(place, None, modified, problem)
            return
        target = self.scratch.place()
        try:
            self._write(found, info, target)
        except Refused as error:
            target.unlink(missing_ok=True)
            yield HandedIn(place, None, modified, str(error))
            return
        except OSError as error:
            reason = error.strerror or str(error)
            raise BadRequest(f"{target.parent}: nothing can be unpacked there ({reason}); set TMPDIR") from error
        if is_zip(place[-1]):
            yield from self._nested(target, place, modified)
            target.unlink(missing_ok=True)
        else:
            yield HandedIn(place, target, modified)

    def _nested(self, archive: Path, place: Place, modified: datetime | None) -> Iterator[HandedIn]:
        if self.depth >= DEEPEST:
            yield HandedIn(place, None, modified, "holds archives within archives, and was not opened any further")
            return
        inside = list[HandedIn]()
        problem = None
        try:
            # One after the other, so that what came before a damage is kept.
            for item in _Archive(archive, self.scratch, self.allowance.within(), self.depth + 1).items():
                inside.append(item.below(*place))
        except Refused as error:
            problem = str(error)
        if problem is not None or not inside:
            yield HandedIn(place, None, modified, problem)
        yield from inside

    def _problem(self, info: ZipInfo) -> str | None:
        """Why an entry is not taken, as far as it tells itself."""
        mode, most = info.external_attr >> 16, min(MOST_OF_ENTRY, self.allowance.bytes_left)
        if stat.S_ISLNK(mode):
            return "is a link in the archive, and links are not followed; hand in the file itself"
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            return "is no ordinary file in the archive"
        if info.flag_bits & ENCRYPTED:
            return "is encrypted; hand it in without a password"
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            return "is compressed in a way that is not known here; pack it as an ordinary zip"
        if info.file_size > most:
            return f"would be larger than {most >> 20:,} MB, and was not unpacked"
        return None

    def _write(self, found: ZipFile, info: ZipInfo, target: Path) -> None:
        """Write what is in an entry; what has come out is counted, though it be refused. Raises `Refused`."""
        written = 0
        with target.open("xb") as file:
            for part in _parts(found, info):
                written += len(part)
                self.allowance.spend(size=len(part))
                if written > WITHOUT_RATIO and written > MOST_RATIO * max(info.compress_size, 1):
                    raise Refused(f"is more than {MOST_RATIO} times as large as in the archive, and was not unpacked")
                file.write(part)


def _parts(found: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """What is in an entry. Raises `Refused`."""
    try:
        with found.open(info) as source:
            while part := source.read(PART):
                yield part
    except (OSError, *_BROKEN) as error:  # OSError: where it should be is no place in the file
        raise Refused(f"is damaged in the archive ({_said(error)})") from error


class _Bounded:
    """A file of which no long part is read at once: the list of entries, whose length its maker announces."""

    def __init__(self, file: BufferedReader, most: int, entries: int) -> None:
        self._file = file
        self._most = most
        self._entries = entries
        self.seek, self.tell = file.seek, file.tell

    @classmethod
    def of(cls, file: BufferedReader, allowance: Allowance) -> IO[bytes]:
        """With room for as many entries as may come out."""
        most = max(LEAST_OF_LIST, allowance.entries_left * BYTES_OF_ENTRY, 2 * PART)
        return cast("IO[bytes]", cls(file, most, allowance.entries_left))

    def read(self, size: int = -1) -> bytes:
        """As of any file. Raises `Refused` where more is asked for than a list of so many entries can have."""
        if size > self._most:
            raise Refused(f"holds more than {self._entries:,} entries, or announces so")
        return self._file.read(self._most if size < 0 else size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _modified(info: ZipInfo) -> datetime | None:
    """When an entry was changed, on the clock of where it was packed, which is taken for that of this machine."""
    try:
        return datetime(*info.date_time).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def _last_name(info: ZipInfo) -> str:
    name = info.orig_filename.replace("\0", "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return name if name not in ("", ".", "..") else "?"


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
