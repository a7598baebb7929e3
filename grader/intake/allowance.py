"""How much may come out of archives, and where it is put."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

MOST_OF_ALL, MOST_ENTRIES = 32 << 30, 200_000
MOST_OF_NESTED, MOST_IN_NESTED = 256 << 20, 20_000
"""Bytes and entries of an archive within another one, which a student has made; and of all in it."""
MANY = 500
"""So many files share a folder, which file systems and people like better than thousands."""


@dataclass(slots=True)
class Allowance:
    """What may still come out of an archive, and of the one that it lies in."""

    bytes_left: int = MOST_OF_ALL
    entries_left: int = MOST_ENTRIES
    above: Allowance | None = None

    def within(self) -> Allowance:
        """What an archive in this one may have; it is taken from this one's, too."""
        return Allowance(min(self.bytes_left, MOST_OF_NESTED), min(self.entries_left, MOST_IN_NESTED), self)

    def spend(self, size: int = 0, entries: int = 0) -> None:
        """So much has come out, whether or not it was kept."""
        self.bytes_left = max(0, self.bytes_left - size)
        self.entries_left = max(0, self.entries_left - entries)
        if self.above is not None:
            self.above.spend(size, entries)


@dataclass(slots=True)
class Scratch:
    """A folder of our own, to which contents are written under numbers; or a part of another one, which counts them."""

    folder: Path
    allowance: Allowance = field(default_factory=Allowance)
    part_of: Scratch | None = None
    _number: int = 0

    @classmethod
    def within(cls, folder: Path) -> Scratch:
        """One that leaves half of the room that there is; the folder is made when something goes there."""
        return cls(folder, Allowance(min(MOST_OF_ALL, shutil.disk_usage(folder.parent).free // 2)))

    def part(self) -> Scratch:
        """The same folder, for what a student has packed."""
        return Scratch(self.folder, self.allowance.within(), self)

    def place(self) -> Path:
        """Where a new file goes."""
        if self.part_of is not None:
            return self.part_of.place()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._number += 1
        folder = self.folder / f"{self._number // MANY:04d}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / str(self._number)
