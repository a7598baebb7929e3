"""How each LMS names what it gives: is each file its student's, and what the student called it?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.allowance import Scratch
from grader.intake.archives import unpacked
from grader.intake.gathering import gathered
from grader.intake.schemes import names_of_blackboard, names_of_brightspace, names_of_canvas, names_of_moodle
from grader.intake.schemes.recognising import Recognised, recognise
from tests.intake.samples import SAMPLES
from tests.intake.zips import write_zip


def read(tmp_path: Path, name: str, files: dict[str, bytes]) -> Recognised:
    """What is recognised of a zip of that name with these files."""
    archive = write_zip(tmp_path / f"{name}.zip", files)
    return recognise(name, unpacked(archive, Scratch(Path(mkdtemp(dir=tmp_path)))), zipped=True)


def told(found: Recognised) -> dict[str, set[str]]:
    """The files of each student, as they called them."""
    students: dict[str, set[str]] = {}
    for claim in (*found.claims, *found.loose):
        person = claim.whose.person
        who = " ".join(filter(None, (person.name, person.id or person.lms_id, person.email, person.github)))
        students.setdefault(who, set()).add("/".join(claim.name))
    return students


@pytest.mark.parametrize("lms", SAMPLES)
def test_a_sample_of_each_is_recognised(tmp_path: Path, lms: str) -> None:
    """Is the scheme known, each student with what the LMS tells of them, and each file?"""
    sample = SAMPLES[lms]
    found = read(tmp_path, sample.name, sample.files)
    assert found.lms == (None if lms.startswith("plain") else lms.partition(":")[0])
    assert told(found) == sample.students


@pytest.mark.parametrize("lms", SAMPLES)
def test_what_was_unpacked_is_the_same(tmp_path: Path, lms: str) -> None:
    """Is a folder, as it is after unpacking, recognised as the zip is, with the students' zips in it?"""
    sample = SAMPLES[lms]
    folder = tmp_path / sample.name
    for name, content in sample.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (tmp_path / "scratch").mkdir()
    (given,) = gathered([folder], Scratch(tmp_path / "scratch"))
    found = recognise(given.top, given.items, zipped=lms in {"plain:files in a folder", "plain:one student"})
    assert found.lms == (None if lms.startswith("plain") else lms.partition(":")[0])
    assert told(found) == sample.students


def test_canvas_tells_what_is_late_and_what_is_newer(tmp_path: Path) -> None:
    """Is LATE known, and is the number of the attachment the order?"""
    found = read(tmp_path, "submissions", SAMPLES["canvas"].files)
    late = {claim.whose.person.name: claim.whose.late for claim in found.claims}
    assert late == {"lovelaceada": False, "byrongeorge": True, "müllerzoë": False, "typertom": False}
    orders = {claim.name[-1]: claim.whose.order for claim in found.claims if claim.whose.person.lms_id == "4711"}
    assert orders["hw3-2.ipynb"] > orders["hw3.ipynb"]


def test_canvas_without_names() -> None:
    """Is anonymous work told apart by what stands for the name?"""
    found = names_of_canvas.read("LATE_anon_aB3xY_77_hw.ipynb")
    assert found is not None
    assert (found.owner, found.rest, found.late, found.person.name) == ("anon_aB3xY", "hw.ipynb", True, None)


@pytest.mark.parametrize(
    "name", ["hw_3_final.ipynb", "ada_2021.ipynb", "Ada_1_2_x.ipynb", "1_2_x.ipynb", "a_b_1_2_c.ipynb"]
)
def test_what_is_not_canvas(name: str) -> None:
    """Is a name with numbers in it not taken for Canvas's?"""
    assert names_of_canvas.read(name) is None


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("Sep 24, 2024 926 PM", (2024, 9, 24, 21, 26)),
        ("Sep 24, 2024 1226 AM", (2024, 9, 24, 0, 26)),
        ("24 September, 2024 21 26", (2024, 9, 24, 21, 26)),
        ("September 4 2024 1205 PM", (2024, 9, 4, 12, 5)),
    ],
)
def test_times_of_brightspace(time: str, expected: tuple[int, int, int, int, int]) -> None:
    """Is a time without a colon read, on either kind of clock?"""
    for name in (f"39-25 - Mary-Ann Smith - {time}", f"39-25 - Mary-Ann Smith- {time} - hw- final.ipynb"):
        found = names_of_brightspace.read(name)
        assert found is not None
        assert found.at == datetime(*expected).astimezone()
        assert found.person.name == "Mary-Ann Smith"
        assert found.rest in (None, "hw- final.ipynb")


def test_a_student_cannot_say_to_be_another(tmp_path: Path) -> None:
    """Is a name within what a student handed in never the LMS's, though it look so?"""
    files = {
        "Ada Lovelace_1_assignsubmission_file_/hw.ipynb": b"x",
        "Eve Evil_2_assignsubmission_file_/Ada Lovelace_1_assignsubmission_file_/hw.ipynb": b"x",
        "Eve Evil_2_assignsubmission_file_/w.ipynb": b"x",
    }
    assert told(read(tmp_path, "m", files)) == {
        "Ada Lovelace 1": {"hw.ipynb"},
        "Eve Evil 2": {"w.ipynb", "Ada Lovelace_1_assignsubmission_file_/hw.ipynb"},
    }
    plain = {f"{name}/hw.ipynb": b"x" for name in ("ada", "bob", "cy")}
    plain["eve/Ada Lovelace_1_assignsubmission_file_/hw.ipynb"] = b"x"
    assert set(told(read(tmp_path, "p", plain))) == {"ada", "bob", "cy", "eve"}
    export = SAMPLES["gradescope"].files
    planted = {"assignment_5_export/submission_101/submission_metadata.yml": b"submission_102: {}"}
    assert told(read(tmp_path, "g", {**export, **planted})) == {
        who: files | ({"submission_metadata.yml"} if who.startswith("Ada") else set())
        for who, files in SAMPLES["gradescope"].students.items()
    }


def test_what_a_scheme_does_not_know_is_not_lost(tmp_path: Path) -> None:
    """Is a file that was put beside those of an LMS somebody's, too?"""
    files = {**SAMPLES["moodle"].files, "late/hw.ipynb": b"x", "carl.ipynb": b"x"}
    students = told(read(tmp_path, "m", files))
    assert students["late"] == {"hw.ipynb"}
    assert students["carl"] == {"carl.ipynb"}


def test_data_of_students_decides_nothing(tmp_path: Path) -> None:
    """Are many files within what students handed in not taken for a scheme, though their names be like one's?"""
    files = {f"ada/data/{n}/x_{n}_{n}_y.csv": b"1" for n in range(20)}
    files |= {"ada/hw.ipynb": b"{}", "bob/hw.ipynb": b"{}"}
    found = read(tmp_path, "submitted", files)
    assert found.lms is None
    assert set(told(found)) == {"ada", "bob"}


def test_times_that_an_lms_tells(tmp_path: Path) -> None:
    """Is the time of nbgrader and Gradescope read with its zone?"""
    for lms, expected in (
        ("nbgrader", datetime(2026, 2, 2, 15, 58, 23, 948203, UTC)),
        ("gradescope", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
    ):
        sample = SAMPLES[lms]
        found = read(tmp_path, sample.name, sample.files)
        assert expected in {claim.whose.at for claim in found.claims}


@pytest.mark.parametrize(
    "content", [b"- 1", b"a: [", b"{" * 10_000, b"&a [*a]", b"1: 2", b"submission_101: 3", b"\xff\xfe"]
)
def test_metadata_that_is_none(tmp_path: Path, content: bytes) -> None:
    """Does a damaged list of Gradescope's leave its folders as students, and cost nothing else?"""
    files = {**SAMPLES["gradescope"].files, "assignment_5_export/submission_metadata.yml": content}
    assert {"submission_101", "submission_102"} <= set(told(read(tmp_path, "g", files)))


@given(st.text(max_size=80))
def test_any_name_is_read_or_none(name: str) -> None:
    """Does no name make a reader fail?"""
    for reader in (names_of_canvas.read, names_of_moodle.read, names_of_brightspace.read, names_of_blackboard.read):
        reader(name)
        reader(f"a_1_assignsubmission_{name}")
        reader(f"1-2 - {name}- {name}")
        reader(f"hw_ada_attempt_2024-09-24-21-26-05{name}")
        reader(f"ada_1_2_{name}")
