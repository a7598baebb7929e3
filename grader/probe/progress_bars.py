"""tqdm where it is not installed: its bars go through what they are given, and draw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from types import ModuleType
from typing import Any

NAMES = ("tqdm", "tqdm_notebook", "tqdm_gui", "tnrange", "trange")


class Bar:
    """A bar over something that can be gone through."""

    def __init__(self, iterable: Iterable[Any] | None = None, *arguments: Any, **named: Any) -> None:
        self.iterable, self.n = iterable, 0
        self.total: Any = named.get("total") or (len(iterable) if isinstance(iterable, Sized) else None)

    def __iter__(self) -> Iterator[Any]:
        for item in self.iterable or ():
            yield item
            self.n += 1

    def __len__(self) -> int:
        return int(self.total or 0)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def update(self, count: float = 1) -> None:
        """So much is done."""
        self.n += int(count)

    def _nothing(self, *arguments: Any, **named: Any) -> None:
        """What would be drawn."""

    close = refresh = reset = clear = set_description = set_description_str = set_postfix = set_postfix_str = _nothing

    @staticmethod
    def write(text: object = "", *arguments: Any, **named: Any) -> None:
        """Print a line."""
        print(text)

    @classmethod
    def pandas(cls, *arguments: Any, **named: Any) -> None:
        """Methods for tables are not given."""


def trange(*limits: int, **named: Any) -> Bar:
    """A bar over a range of numbers."""
    return Bar(range(*limits), **named)


def fill(module: ModuleType) -> None:
    """Give a module the names of tqdm."""
    for name in NAMES:
        setattr(module, name, trange if name.endswith("range") else Bar)
