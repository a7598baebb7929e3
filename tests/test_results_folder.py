"""The folder of results: made once, one command's alone, and gone again where nothing came of it."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import typer

from grader.cli.results_folder import alone_in, results_in

AT_ONCE, ROUNDS = 3, 150
NOBODY = 65534


class Ends(Exception):
    """The command ends with nothing to show."""


@contextmanager
def powerless() -> Iterator[None]:
    """Be nobody in particular, whom the modes of folders bind."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_commands_that_begin_at_once(tmp_path: Path) -> None:
    """Is whoever was let in alone, in a folder that is there, whatever becomes of those who were not?"""
    out = tmp_path / "course" / "out"
    inside = threading.Semaphore()
    wrong: list[str] = []

    def command() -> None:
        for _ in range(ROUNDS):
            try:
                with results_in(out):
                    if not inside.acquire(blocking=False):
                        wrong.append("two were let in")
                        return
                    mine = out.stat().st_ino
                    for _ in range(20):
                        (out / "x").write_text("")
                        (out / "x").unlink()
                    if mine != out.stat().st_ino:
                        wrong.append("another folder is in its place")
                    inside.release()
                    raise Ends
            except (Ends, typer.Exit):
                continue
            except OSError as error:
                wrong.append(repr(error))
                return

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    commands = [threading.Thread(target=command) for _ in range(AT_ONCE)]
    for each in commands:
        each.start()
    for each in commands:
        each.join()
    sys.setswitchinterval(before)
    assert wrong == []


def test_who_is_refused_removes_nothing(tmp_path: Path) -> None:
    """Is an empty folder in which another command is at work left to it?"""
    out = tmp_path / "out"
    with results_in(out):
        with pytest.raises(typer.Exit), results_in(out):
            pass
        assert out.is_dir()


def test_a_folder_that_comes_to_nothing_goes(tmp_path: Path) -> None:
    """Do the folders go that a command made, and only those?"""
    (tmp_path / "mine").mkdir()
    for out in (tmp_path / "mine", tmp_path / "mine" / "course" / "out", tmp_path / "mine" / "a" / ".." / "out"):
        with pytest.raises(Ends), results_in(out):
            raise Ends
    assert [*tmp_path.rglob("*")] == [tmp_path / "mine"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no modes")
@pytest.mark.parametrize("mode", [0o000, 0o300, 0o100])
def test_a_folder_that_cannot_be_opened(mode: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Is a folder named that this user may not read?"""
    with tempfile.TemporaryDirectory() as found:
        Path(found).chmod(0o755)  # the way to it is open, as to pytest's own folders it is not
        closed = Path(found) / "closed"
        closed.mkdir()
        closed.chmod(mode)
        for command in (alone_in, results_in):
            with powerless(), pytest.raises(typer.Exit) as ended, command(closed):
                pass
            assert ended.value.exit_code == 2
            assert f"{closed}: this folder cannot be opened" in " ".join(capsys.readouterr().err.split())


def test_what_is_no_folder_is_left_to_who_writes(tmp_path: Path) -> None:
    """Is a file in the place of the folder, or on the way to it, as it was, and no mistake of the grader's?"""
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "out", tmp_path / "new" / ("x" * 300)):
        with pytest.raises(Ends), results_in(out):
            raise Ends
    assert [*tmp_path.rglob("*")] == [tmp_path / "file"]
    assert (tmp_path / "file").read_text() == "mine"
