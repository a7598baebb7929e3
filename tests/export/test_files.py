"""Writing files in one step."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from grader.files.whole import write_text


def test_what_is_written_is_what_is_read(tmp_path: Path):
    """Does every character come back, with line ends as they were?"""
    write_text(tmp_path / "a.txt", "h_t = tanh(Wx)\r\n∂L/∂h → 0\n")
    assert (tmp_path / "a.txt").read_bytes().decode() == "h_t = tanh(Wx)\r\n∂L/∂h → 0\n"


def test_a_lone_surrogate_does_not_stop_the_writing(tmp_path: Path):
    """Does half of a character, which UTF-8 cannot hold, still give a file that can be read?"""
    write_text(tmp_path / "a.json", '"x\ud800y"')
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert text.startswith('"x')
    assert text.endswith('y"')


def test_a_failed_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Is the old file whole, and no temporary file left, when the disk is full?"""
    path = tmp_path / "result.json"
    write_text(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["result.json"]  # noqa: PTH208 - the hidden files matter too


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    """Is a missing folder reported, not made in silence?"""
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "nowhere" / "result.json", "text")


def test_others_may_read_what_the_umask_lets_them_read(tmp_path: Path):
    """Has the file the permissions of any new file, and not those of a temporary one?"""
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "report.html", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o640


def test_a_reader_never_sees_half_a_file(tmp_path: Path):
    """Does somebody who reads all the time see the old text or the new one, and nothing between?"""
    path = tmp_path / "result.json"
    texts = {letter * 300_000 for letter in "ab"}
    write_text(path, min(texts))
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(20):
        for text in sorted(texts):
            write_text(path, text)
    done.set()
    reader.join()
    assert seen <= texts
