"""The folder of results of a command: nobody else works in it meanwhile, and it is not left behind empty."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from grader.cli.refuse import refuse

TRIES = 5


@contextmanager
def results_in(out: Path) -> Iterator[None]:
    """Make the folder of results, and have it for this command alone.

    Where the block ends the command, the folders that it made and are empty go again.
    """
    made: list[Path] = []
    # A folder on the way goes where another command ends meanwhile that has made it.
    is_there = any(_make(out, made) for _ in range(TRIES))
    with alone_in(out, made=is_there):
        try:
            yield
        except BaseException:
            # While nobody else is let in: who comes after us would work in a folder that is gone.
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            raise


@contextmanager
def alone_in(folder: Path, *, made: bool = False) -> Iterator[None]:
    """Have a folder of results for this command alone; ends the command where another one writes results there.

    What a command that was killed has left half written there goes first. A folder that was made, and is gone, was
    another command's as well.
    """
    from grader.files.links import exists, resolved
    from grader.files.one_holder import Held, held
    from grader.files.whole import sweep

    place = resolved(folder)
    with ExitStack() as stack:
        try:
            stack.enter_context(held(place))
        except Held:
            _refuse_second(folder)
        except NotADirectoryError:
            pass  # which is told by who lists or writes there
        except OSError as error:
            if exists(place):
                refuse(
                    f"{folder}: this folder cannot be opened ({error.strerror}); let yourself read it, write to it and "
                    "enter it (chmod u+rwx), or take another one"
                )
            if made:
                _refuse_second(folder)
        else:
            with suppress(OSError):  # which is told by who lists or writes there
                sweep(place)
        yield


def _make(out: Path, made: list[Path]) -> bool:
    """Make a folder and those it is in, and note those that were not there; False where that cannot be done."""
    missing = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    try:
        for folder in reversed(missing):
            with suppress(FileExistsError):  # another command was faster, so the folder is not ours
                folder.mkdir()
                made.append(folder)
    except OSError:  # what forbids it is told by who writes there
        return False
    return True


def _refuse_second(folder: Path) -> NoReturn:
    refuse(f"{folder}: another grader is writing results in this folder; wait until it has ended, or take another one")
