"""A class, from what an LMS gave to the results and the roll."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.batch.submissions import find
from grader.intake.taken_in import taken_in
from grader.result.names import BadRequest
from grader.roll.roll import Row, read_roll
from tests.grades import ROOT
from tests.intake.zips import LINK, encrypted, notebook, with_mode, write_zip, zipped

GRU = "## 5. GRU\nThe update gate decides how much of the old state is kept."
BPTT = "## 2. BPTT\nThe network is unrolled over time and gradients are summed."
ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section
    Points Possible,,,,
"Lovelace, Ada",4711,0012,ada99,A
"Byron, George",12,0013,geo1,A
"Müller, Zoë",13,0014,zoe,B
"Typer, Tom",14,0015,tom,B
"Absent, Abe",15,0016,abe,B
"Paper, Pia",16,0017,pia,B
"""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Where the grader's own folders are made, short enough for sockets; nothing may be left in it."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    left = [path.name for path in folder.iterdir()]
    shutil.rmtree(folder)
    assert left == []


def command(temporary: Path, *arguments: object) -> subprocess.Popen[str]:
    given = [sys.executable, "-m", "grader", "grade", *map(str, arguments)]
    environment = {**os.environ, "TMPDIR": str(temporary), "COLUMNS": "200"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        given,
        stdout=pipe,
        stderr=pipe,
        text=True,
        cwd=ROOT,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (it does nothing else)
    )


def run(temporary: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    process = command(temporary, *arguments)
    out, err = process.communicate(timeout=280)
    assert "Traceback" not in err
    return subprocess.CompletedProcess([], process.returncode, out, err)


def rows(out: Path) -> dict[str, Row]:
    """The rows of a roll by the last word of their keys."""
    roll = read_roll(out)
    assert roll is not None
    return {row.key.rpartition(" ")[2]: row for row in roll.rows}


def result(out: Path, row: Row) -> dict[str, object]:
    assert row.folder is not None
    found: dict[str, object] = json.loads((out / row.folder / "result.json").read_text())
    return found


def test_a_class_from_canvas(tmp_path: Path, temporary: Path) -> None:
    """Has everybody a row: who handed in several, late, in a zip, a PDF, a text, nothing, or is not on the roster?"""
    given = write_zip(
        tmp_path / "submissions.zip",
        {
            "lovelaceada_4711_900_hw3.ipynb": notebook(GRU, BPTT),
            "lovelaceada_4711_901_hw3-2.ipynb": notebook(GRU),
            "byrongeorge_LATE_12_902_hw.ipynb": notebook(BPTT),
            "müllerzoë_13_903_work.zip": zipped({"work/hw.ipynb": notebook(GRU), "work/data.csv": b"1"}),
            "typertom_14_text.html": b"<p>hello",
            "paperpia_16_904_hw.pdf": b"%PDF",
            "strangerxavier_99_905_hw.ipynb": b"{not json",
        },
    )
    (tmp_path / "roster.csv").write_text(ROSTER)
    out = tmp_path / "out"
    ended = run(temporary, given, "--roster", tmp_path / "roster.csv", "--out", out)
    assert ended.returncode == 3, ended.stderr
    roll = read_roll(out)
    assert roll is not None
    assert roll.lms == "canvas"
    found = rows(out)
    assert list(found) == ["0012", "0013", "0014", "0015", "0016", "0017", "99"]
    ada = found["0012"]
    assert (ada.file, ada.others, ada.late) == ("hw3.ipynb", ("hw3-2.ipynb",), False)
    assert (ada.person.login, ada.person.lms_id, ada.on_roster, ada.doubtful) == ("ada99", "4711", True, None)
    about = result(out, ada)
    assert about["submission"]["chosen"].startswith("Of 2 notebooks")  # type: ignore[index]
    assert any("hw3-2.ipynb" in flag for flag in about["flags"])  # type: ignore[attr-defined]
    assert "Of 2 notebooks that were handed in, hw3.ipynb" in (out / str(ada.folder) / "report.html").read_text()
    assert found["0013"].late is True
    assert found["0014"].file == "work.zip/work/hw.ipynb"
    read_by_code = {key: result(out, found[key])["environment"]["files"] for key in ("0012", "0014")}  # type: ignore[index]
    assert read_by_code["0012"] is None
    assert read_by_code["0014"] is not None
    assert {key: found[key].absent for key in ("0015", "0016", "0017")} == {
        "0015": "typed a text, and handed in no file",
        "0016": "handed in nothing",
        "0017": "handed in no notebook, but hw.pdf",
    }
    assert (found["99"].on_roster, result(out, found["99"])["status"]) == (False, "unreadable")
    for text in (
        "Handed in nothing (1): Absent, Abe 0016",
        "but hw.pdf (1): Paper, Pia",
        "Not on the roster (1)",
        "Late (1)",
    ):
        assert text in ended.stdout
    assert (ended.stdout + ended.stderr).count("not JSON") == 1

    again = run(temporary, given, "--roster", tmp_path / "roster.csv", "--out", out)
    assert "Kept from an earlier run: 3" in again.stdout
    assert rows(out) == found


@pytest.mark.slow
def test_code_finds_what_was_handed_in_with_it(tmp_path: Path, temporary: Path) -> None:
    """Does code read its data under the name that the student knows, and does the same notebook without it fail?"""
    lines = ["from pathlib import Path", "from tensorflow import keras", "units = int(Path('size.csv').read_text())"]
    made = new_notebook(
        cells=[new_markdown_cell("## 5. GRU"), new_code_cell("\n".join([*lines, "keras.layers.GRU(units)"]))]
    )
    code = nbformat.writes(made).encode()
    given = {
        "lovelaceada_1_900_hw.ipynb": code,
        "lovelaceada_1_901_size.csv": b"3",
        "byrongeorge_2_902_hw.ipynb": code,
        "byrongeorge_2_903_hw.pdf": b"",
    }
    ended = run(temporary, write_zip(tmp_path / "s.zip", given), "--out", tmp_path / "out")
    assert ended.returncode == 0, ended.stderr
    found = rows(tmp_path / "out")
    statuses = {
        key: next(each["status"] for each in result(tmp_path / "out", row)["questions"] if each["number"] == 5)  # type: ignore[attr-defined]
        for key, row in found.items()
    }
    assert statuses == {"1": "answered", "2": "error"}


def test_hostile_hand_ins_cost_their_students_alone(tmp_path: Path, temporary: Path) -> None:
    """Has each of them a row with the reason, and everybody else a grade?"""
    folder = "{}_{}_assignsubmission_file_"
    hostile = {
        "enc": {"w.zip": encrypted("hw.ipynb", b"x")},
        "link": {"w.zip": with_mode("hw.ipynb", b"/etc/passwd", LINK)},
        "bomb": {"w.zip": zipped({"hw.ipynb": bytes(30 << 20)})},
        "broken": {"w.zip": b"PK\x03\x04 and so on"},
        "out": {"w.zip": zipped({"../../../../evil.ipynb": b"x"})},
    }
    files = {f"{folder.format('Good', 1)}/hw.ipynb": notebook(GRU)}
    for number, (name, held) in enumerate(hostile.items(), 2):
        files |= {f"{folder.format(name, number)}/{part}": content for part, content in held.items()}
    ended = run(temporary, write_zip(tmp_path / "m.zip", files), "--out", tmp_path / "out")
    assert ended.returncode == 3
    found = {row.person.name: result(tmp_path / "out", row) for row in rows(tmp_path / "out").values()}
    assert found.pop("Good")["status"] == "graded"
    assert {name: each["status"] for name, each in found.items()} == dict.fromkeys(hostile, "unreadable")
    for name, reason in (
        ("enc", "encrypted"),
        ("link", "link"),
        ("bomb", "200 times"),
        ("broken", "no zip"),
        ("out", "outside"),
    ):
        assert reason in str(found[name]["reason"])
        assert ended.stderr.count(str(found[name]["reason"])) == 1
    assert not list(tmp_path.rglob("evil*"))


def test_a_mistyped_path_is_no_student(tmp_path: Path, temporary: Path) -> None:
    """Does it end the command with status 2, and is nothing written?"""
    ended = run(temporary, tmp_path / "submisions", "--out", tmp_path / "out")
    assert ended.returncode == 2
    assert "there is no such file or folder" in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["submisions/", "submisions.zip", "hw.ipynb", "there/nothing.ipynb"])
def test_whatever_is_mistyped(tmp_path: Path, given: str) -> None:
    """Is a folder, a zip or a notebook that is not there a slip, and a notebook among others a row?"""
    there = tmp_path / "there.ipynb"
    there.write_bytes(notebook(GRU))
    for reader in (find, lambda paths: taken_in(paths, None, tmp_path)):
        if given.endswith(("/", ".zip")):
            with pytest.raises(BadRequest, match="no such file"):
                reader([there, tmp_path / given])
        with pytest.raises(BadRequest, match="no such file"):
            reader([tmp_path / given])
    if given.endswith(".ipynb"):
        assert [item.name for item in find([there, tmp_path / given])] == ["there", Path(given).stem]


def test_what_is_refused_as_a_whole(tmp_path: Path) -> None:
    """Is a zip that is none, one without a notebook, a link, and a roster that is none refused?"""
    (tmp_path / "bad.zip").write_bytes(b"PK")
    write_zip(tmp_path / "empty.zip", {"ada/hw.pdf": b"x"})
    good = write_zip(tmp_path / "good.zip", {"ada/hw.ipynb": notebook(GRU)})
    (tmp_path / "linked.zip").symlink_to(good)
    (tmp_path / "roster.csv").write_text("a,b\n1,2\n")
    (tmp_path / "scratch").mkdir()
    for path, roster, said in (
        (tmp_path / "bad.zip", None, "bad.zip: is no zip"),
        (tmp_path / "empty.zip", None, "there is no notebook .* in it, but hw.pdf"),
        (tmp_path / "linked.zip", None, "is a link, and links are not followed"),
        (good, tmp_path / "roster.csv", "no column of its first row is known"),
        (good, tmp_path / "nowhere.csv", "cannot be read"),
    ):
        with pytest.raises(BadRequest, match=said):
            taken_in([path], roster, tmp_path / "scratch")


def test_a_folder_with_a_roster_and_those_who_come_later(tmp_path: Path, temporary: Path) -> None:
    """Are folders a class too, links in them followed nowhere, and do rows of an earlier run stay?"""
    course = tmp_path / "class"
    for name in ("ada", "bob-0013"):
        (course / name).mkdir(parents=True)
        (course / name / "hw.ipynb").write_bytes(notebook(GRU))
    (course / "carl").mkdir()
    (course / "carl" / "hw.ipynb").symlink_to("../ada/hw.ipynb")
    (tmp_path / "roster.csv").write_text("name,id\nAda,0012\nBob,0013\nCarl,0014\nDora,0015\n")
    out = tmp_path / "out"
    options = ("--roster", tmp_path / "roster.csv", "--out", out)
    assert run(temporary, course, *options).returncode == 3
    first = rows(out)
    assert [row.absent for row in first.values()] == [None, None, None, "handed in nothing"]
    assert "is a link" in str(result(out, first["0014"])["reason"])
    late = write_zip(tmp_path / "late.zip", {"Dora/hw.ipynb": notebook(BPTT)})
    assert run(temporary, late, *options).returncode == 0
    then = rows(out)
    assert [row.folder for row in then.values()] == ["Ada 0012", "Bob 0013", "Carl 0014", "Dora 0015"]
    assert then["0012"] == first["0012"]
    without_roster = write_zip(tmp_path / "later.zip", {"Dora/hw.ipynb": notebook(GRU, BPTT)})
    assert run(temporary, without_roster, "--out", out).returncode == 0
    last = rows(out)
    assert {key: row.folder for key, row in last.items()} == {key: row.folder for key, row in then.items()}
    assert last["0015"].on_roster
    refused = run(temporary, course, "--roster", tmp_path / "roster.csv", "--out", course)
    assert refused.returncode in (2, 3)
    assert (course / "ada" / "hw.ipynb").read_bytes() == notebook(GRU)


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, temporary: Path) -> None:
    """Is the scratch folder gone after Ctrl-C (see the fixture)?"""
    files = {f"s{number}/hw.ipynb": notebook(GRU, str(number)) for number in range(300)}
    process = command(temporary, write_zip(tmp_path / "c.zip", files), "--out", tmp_path / "out")
    deadline = time.monotonic() + 120
    while not list(temporary.glob("*/0000/1")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted" in err


@pytest.mark.slow
def test_several_without_an_lms_have_a_roll_too(tmp_path: Path, temporary: Path) -> None:
    """Is the roll written for a folder of students, as names of submissions are, and not for one notebook?"""
    for name in ("ada", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "hw.ipynb").write_bytes(notebook(GRU))
    assert run(temporary, tmp_path / "class", "--out", tmp_path / "out").returncode == 0
    found = rows(tmp_path / "out")
    assert {key: (row.folder, row.file, row.on_roster) for key, row in found.items()} == {
        "ada": ("ada", "hw.ipynb", False),
        "bob": ("bob", "hw.ipynb", False),
    }
    assert run(temporary, tmp_path / "class" / "ada" / "hw.ipynb", "--out", tmp_path / "one").returncode == 0
    assert read_roll(tmp_path / "one") is None
