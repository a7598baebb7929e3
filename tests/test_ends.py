"""How a command ends when somebody interrupts it, and when nobody can read what it prints."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader import __version__
from grader.cli.ends import BAD_REQUEST, FAILED_UNDER, INTERRUPTED, NOT_ALL_GRADED, OUTPUT_LOST
from grader.grading.submission import Graded
from grader.worker.files import write
from tests.grades import ROOT
from tests.report import samples

TEXT_ONLY = ROOT / "submissions" / "text_only"
NEVER_LONGER_S = 30
"""An end is waited for this long; that it comes within two seconds is measured elsewhere, on an idle machine."""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A short path, as sockets need, for all that a grader keeps for a while."""
    with tempfile.TemporaryDirectory(prefix="ends-", dir="/tmp") as folder:
        yield Path(folder)


def start(temporary: Path, *paths: Path, **options: object) -> subprocess.Popen[str]:
    """A grader at work, as a terminal would start it."""
    return at_work(temporary, "grade", *map(str, paths), "--out", str(temporary / "out"), **options)


def at_work(temporary: Path, *arguments: str, **options: object) -> subprocess.Popen[str]:
    """A command at work, as a terminal would start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", *arguments],
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (it does nothing else)
        **{"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **options},  # type: ignore[arg-type]
    )


def class_of(folder: Path) -> Path:
    """One who is done at once, and one who is never done."""
    (folder / "class").mkdir()
    cells = {
        "ada": [new_markdown_cell("## 5. GRU\nIt has two gates.")],
        "bob": [new_markdown_cell("## 5. GRU"), new_code_cell("import time; time.sleep(600)")],
    }
    for name, content in cells.items():
        nbformat.write(new_notebook(cells=content), folder / "class" / f"{name}.ipynb")
    return folder / "class"


def after(temporary: Path, family: list[psutil.Process]) -> list[object]:
    """What is still there after a while: processes, and files that were meant to go."""
    end = time.monotonic() + NEVER_LONGER_S
    while time.monotonic() < end:
        left = [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        files = list(temporary.glob("grader-*"))
        if not left and not files:
            return []
        time.sleep(0.05)
    return [*left, *files]


def test_an_interrupt_says_what_is_complete(temporary: Path):
    """Is it named, is the rest left for the next run, and is nothing left running?"""
    grader = start(temporary, class_of(temporary))
    done = temporary / "out" / "ada" / "result.json"
    while not done.exists():
        assert grader.poll() is None, grader.communicate()
        time.sleep(0.05)
    time.sleep(0.5)
    family = psutil.Process(grader.pid).children(recursive=True)
    assert len(family) >= 2
    grader.send_signal(signal.SIGINT)
    said = grader.communicate(timeout=NEVER_LONGER_S)[1]
    assert grader.returncode == INTERRUPTED
    assert "interrupted; 1 of 2 are complete in" in said
    assert "ada" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert "bob" not in said
    assert "no grade" not in said
    assert after(temporary, family) == []
    assert not (temporary / "out" / "bob").exists()


@pytest.mark.parametrize(
    "signals",
    [
        (signal.SIGTERM,),
        (signal.SIGHUP,),
        (signal.SIGQUIT,),
        pytest.param((signal.SIGXCPU,), marks=pytest.mark.slow),
        # As shells, which pass on what the system has told of already, and as service managers.
        (signal.SIGHUP, signal.SIGHUP),
        (signal.SIGTERM, signal.SIGHUP),
    ],
    ids=lambda signals: " ".join(each.name for each in signals),
)
def test_whatever_ends_it_leaves_nothing(temporary: Path, signals: tuple[signal.Signals, ...]) -> None:
    """Is nothing left of what was unpacked, nor running, where a terminal is closed or a machine shut down?"""
    folder = class_of(temporary)
    archive = shutil.make_archive(str(temporary / "class"), "zip", folder)
    grader = start(temporary, Path(archive))
    while not list(temporary.glob("grader-*/notebooks/bob/*")):
        assert grader.poll() is None, grader.communicate()
        time.sleep(0.05)
    family = psutil.Process(grader.pid).children(recursive=True)
    for signum in signals:
        grader.send_signal(signum)
        time.sleep(0.002)
    said = grader.communicate(timeout=NEVER_LONGER_S)[1]
    assert grader.returncode in {128 + signum for signum in signals}
    assert "interrupted; " in said
    assert after(temporary, family) == []


@pytest.mark.parametrize("command", ["check", "gradescope"])
def test_commands_that_grade_by_the_way_leave_nothing(temporary: Path, command: str) -> None:
    """Are their folders gone, and what they have started, where only they are asked to end?"""
    folder = class_of(temporary)
    (folder / "ada.ipynb").unlink()
    arguments = {
        "check": ["check", str(folder / "bob.ipynb")],
        "gradescope": ["gradescope", "grade", str(folder), str(temporary / "results.json")],
    }
    grader = at_work(temporary, *arguments[command])
    while not list(temporary.glob("grader-*/k1")):
        assert grader.poll() is None, grader.communicate()
        time.sleep(0.05)
    family = psutil.Process(grader.pid).children(recursive=True)
    grader.terminate()
    said = grader.communicate(timeout=NEVER_LONGER_S)[1]
    assert grader.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in said
    assert after(temporary, family) == []
    assert not list(temporary.glob("grades-*"))


@pytest.mark.parametrize(
    ("delay", "pause"),
    [
        (1.5, 0.05),
        pytest.param(0.3, None, marks=pytest.mark.slow),
        pytest.param(0.3, 0.05, marks=pytest.mark.slow),
        pytest.param(1.5, None, marks=pytest.mark.slow),
        pytest.param(3.0, None, marks=pytest.mark.slow),
        pytest.param(3.0, 0.05, marks=pytest.mark.slow),
    ],
)
def test_interrupts_at_any_time(temporary: Path, delay: float, pause: float | None):
    """While it starts, imports, and grades: does one interrupt end it, and do two, with nothing left?"""
    grader = start(temporary, class_of(temporary))
    time.sleep(delay)
    family = psutil.Process(grader.pid).children(recursive=True)
    # To the whole group, as a terminal does.
    os.killpg(grader.pid, signal.SIGINT)
    if pause is not None:
        time.sleep(pause)
        if grader.poll() is None:
            os.killpg(grader.pid, signal.SIGINT)
    said = grader.communicate(timeout=NEVER_LONGER_S)[1]
    # Before the command has begun, Python itself ends on the signal.
    assert grader.returncode in (INTERRUPTED, -signal.SIGINT)
    assert grader.returncode < 0 or "Traceback" not in said
    assert after(temporary, family) == []


def test_a_second_interrupt_waits_for_nothing() -> None:
    """Does it end the command at once, whatever the first one waits for, with one line of what is complete?"""
    code = (
        "import os, signal, threading, time\n"
        "from grader.cli.ends import on_interrupt\n"
        "def interrupt():\n"
        "    os.kill(os.getpid(), signal.SIGINT); time.sleep(0.01); os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "with on_interrupt(lambda: time.sleep(600), lambda: 'one line'):\n"
        "    threading.Thread(target=interrupt).start()\n"
        "    time.sleep(600)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=NEVER_LONGER_S
    )
    assert (ended.returncode, ended.stderr) == (INTERRUPTED, "one line\n")


def test_an_interrupt_while_the_command_is_imported() -> None:
    """Is it no traceback either, when nothing of the command is there yet?"""
    code = (
        "import os, signal, sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'grader.cli.main':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "from grader.__main__ import main\n"
        "main()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (INTERRUPTED, "grader: interrupted\n")


def test_an_interrupt_as_soon_as_there_is_a_folder(temporary: Path) -> None:
    """Does the folder go that was made a moment ago, and nobody has used yet?"""
    code = (
        "import os, signal, sys\n"
        "from grader.cli.begin import begin\n"
        "from grader.kernel.process.folder import make\n"
        "def watch(frame, event, argument):\n"
        "    if event == 'return' and frame.f_code is make.__code__:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.setprofile(watch)\n"
        "with begin([], seed=0, sandboxed=False):\n"
        "    pass\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(temporary)}, capture_output=True, check=False
    )
    assert (ended.returncode, list(temporary.iterdir())) == (INTERRUPTED, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    ("status", "then"),
    [(0, OUTPUT_LOST), (FAILED_UNDER, OUTPUT_LOST), *((kept, kept) for kept in (BAD_REQUEST, NOT_ALL_GRADED, 70))],
)
def test_what_went_wrong_is_told_before_a_lost_output(status: int, then: int) -> None:
    """Does the status of what could not be done stand, a mistake of the grader's own, too?"""
    code = f"import sys; from grader.cli.ends import *; guard_outputs(); print(1); sys.exit(ended({status}))"
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-c", code]
        assert subprocess.run(command, stdout=full, stderr=subprocess.DEVNULL, check=False).returncode == then


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["grade", str(TEXT_ONLY)], ["doctor"], ["--help"]])
def test_output_that_cannot_be_written(temporary: Path, arguments: list[str]):
    """Does a full disk behind standard output have a status of its own, one line, and no traceback?"""
    if arguments[0] == "grade":
        arguments = [*arguments, "--out", str(temporary / "out")]
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "grader", *arguments]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == OUTPUT_LOST
    assert "standard output cannot be written (No space left on device)" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    if arguments[0] == "grade":
        assert (temporary / "out" / "text_only" / "report.html").exists()


def test_a_reader_that_has_gone(temporary: Path):
    """Is a closed pipe no traceback, and not the status of a low score?"""
    status, said = unread("grade", str(TEXT_ONLY), "--out", str(temporary / "out"))
    assert status == OUTPUT_LOST
    assert "Broken pipe" in said
    assert "Traceback" not in said


def unread(*arguments: str) -> tuple[int, str]:
    """How a command ends whose standard output is a pipe that nobody reads; its status, and its errors."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "grader", *arguments]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    return ended.returncode, ended.stderr


def test_who_has_no_grade_is_named_though_nobody_reads(temporary: Path) -> None:
    """Is nothing left out that is said elsewhere, and is the status that of who has no grade?"""
    status, said = unread("grade", str(TEXT_ONLY), str(temporary / "absent.ipynb"), "--out", str(temporary / "out"))
    assert status == NOT_ALL_GRADED
    assert "absent has no grade" in said
    assert "standard output cannot be written (Broken pipe)" in said


def test_what_is_refused_is_named_though_nobody_reads(temporary: Path) -> None:
    """Does the list of a class go on to its end, with what it says of results that cannot be read?"""
    out = temporary / "out"
    write(Graded(samples.graded(), samples.notebook()), out / "ada")
    (out / "bob").mkdir()
    (out / "bob" / "result.json").write_text("{}")
    status, said = unread("gradebook", str(out))
    assert status == NOT_ALL_GRADED
    assert "bob/result.json: has no schema name" in said
    assert "standard output cannot be written (Broken pipe)" in said
    assert "Traceback" not in said


def closed(temporary: Path, arguments: list[str], *numbers: int) -> tuple[int, str]:
    """How a command ends with these of its three standard descriptors closed; its status, and what it printed."""
    command = shlex.join([sys.executable, "-m", "grader", *arguments])
    shut = " ".join("<&-" if number == 0 else f"{number}>&-" for number in numbers)
    said = temporary / "said"
    opened = [item for number, item in ((1, ">"), (2, "2>")) if number not in numbers]
    said.write_text("")
    redirected = " ".join(f"{item}>{shlex.quote(str(said))}" for item in opened)
    ended = subprocess.run(["sh", "-c", f"{command} {redirected} {shut}"], check=False)
    return ended.returncode, said.read_text()


@pytest.mark.parametrize("numbers", [shut for count in range(4) for shut in combinations((0, 1, 2), count)], ids=str)
def test_descriptors_that_are_closed(temporary: Path, numbers: tuple[int, ...]) -> None:
    """Is it told that nobody could read what was said where there is no standard output, whatever else is closed?"""
    status, said = closed(temporary, ["--version"], *numbers)
    lost = "grader: standard output cannot be written (Bad file descriptor); what is in files is complete\n"
    assert status == (OUTPUT_LOST if 1 in numbers else 0)
    assert said == ("" if {1, 2} <= {*numbers} else lost if 1 in numbers else f"grader {__version__}\n")


def test_commands_whose_descriptors_are_closed(temporary: Path) -> None:
    """Do they do all of their work, and is there no traceback, with files opened where the descriptors were?"""
    out = temporary / "out"
    write(Graded(samples.graded(), samples.notebook()), out / "ada")
    (out / "ada" / "report.html").write_text("old")
    for arguments in (["report", str(out)], ["export", "summary", str(out / "ada" / "result.json")], ["doctor"]):
        status, said = closed(temporary, arguments, 0, 1)
        assert (status, said.count("\n")) == (OUTPUT_LOST, 1)
    assert (out / "ada" / "report.html").read_text() != "old"


def test_a_grade_whose_descriptors_are_closed(temporary: Path) -> None:
    """Is it complete, with what its code prints, in whatever way?"""
    code = "import os, sys\nprint('one')\nsys.stderr.write('two')\nos.write(1, b'three'); os.write(2, b'four')"
    cells = [new_markdown_cell("## 5. GRU"), new_code_cell(code)]
    nbformat.write(new_notebook(cells=cells), temporary / "hw.ipynb")
    out = temporary / "out"
    status, said = closed(temporary, ["grade", str(temporary / "hw.ipynb"), "--out", str(out), "--keras", "3"], 0, 1, 2)
    assert (status, said) == (OUTPUT_LOST, "")
    executed = nbformat.read(out / "hw" / "feedback.ipynb", 4)
    printed = "".join(output.get("text", "") for cell in executed.cells for output in cell.get("outputs", ()))
    assert all(word in printed for word in ("one", "two", "three", "four"))
    assert (out / "hw" / "report.html").exists()


def test_errors_that_nobody_can_read(temporary: Path):
    """Where standard error is full, does the status still tell?"""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "grader", "grade", str(TEXT_ONLY), str(temporary / "absent.ipynb")]
        ended = subprocess.run(
            [*command, "--out", str(temporary / "out")], stderr=full, stdout=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == NOT_ALL_GRADED
    assert "text_only" in ended.stdout
