"""The folder of results of a command: nobody else works in it meanwhile, and it is not left behind empty."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.cli.refuse import refuse


@contextmanager
def results_in(out: Path) -> Iterator[None]:
    """Make the folder of results, and have it for this command alone.

    Where another command has it, or the block ends the command, the folders that were made and are empty go again.
    """
    missing = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    try:
        # What is in its place, or forbids it, is told by who writes there.
        with suppress(OSError):
            out.mkdir(parents=True, exist_ok=True)
        with alone_in(out):
            yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Have a folder of results for this command alone; ends the command where another one writes results there.

    What a command that was killed has left half written there goes first.
    """
    from grader.files.links import resolved
    from grader.files.one_holder import Held, held
    from grader.files.whole import sweep

    place = resolved(folder)
    if not place.is_dir():
        yield
        return
    try:
        with held(place):
            with suppress(OSError):  # which is told by who lists or writes there
                sweep(place)
            yield
    except Held:
        refuse(
            f"{folder}: another grader is writing results in this folder; wait until it has ended, or take another one"
        )
