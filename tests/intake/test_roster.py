"""Rosters, as people write them and as LMSs export them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.intake.roster import read_roster
from grader.result.names import BadRequest
from grader.roll.roll import Person

OURS = """github,section,email,name,lms_id,id
ada99,A,ada@x.org,Ada Lovelace,4711,0012
,B,,George Byron,,13
"""

EXPORTS = {
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,HW 3 (55)\n"
        "    Points Possible,,,,,100\n"
        '"Lovelace, Ada",4711,0012,ada99,NLP A,\n'
        '"Student, Test",99,,a1b2,NLP A,\n',
        Person(name="Lovelace, Ada", lms_id="4711", id="0012", login="ada99", section="NLP A"),
    ),
    "moodle participants": (
        '"First name",Surname,"ID number","Email address",Groups\nAda,Lovelace,0012,ada@x.org,"A, B"\n',
        Person(name="Ada Lovelace", id="0012", email="ada@x.org", section="A, B"),
    ),
    "moodle worksheet": (
        'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade"\n'
        '"Participant 657737","Ada Lovelace",ada@x.org,"Submitted for grading",,100\n',
        Person(name="Ada Lovelace", lms_id="657737", email="ada@x.org"),
    ),
    "brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
        "#0012,#ada99,Lovelace,Ada,ada@x.org,#\n",
        Person(name="Ada Lovelace", id="0012", login="ada99", email="ada@x.org"),
    ),
    "blackboard": (
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\n'
        '"Lovelace"\t"Ada"\t"ada99"\t"0012"\t"Yes"\n',
        Person(name="Ada Lovelace", id="0012", login="ada99"),
    ),
    "github": (
        '"identifier","github_username","github_id","name"\n"0012","ada99","5","Ada Lovelace"\n',
        Person(name="Ada Lovelace", id="0012", github="ada99"),
    ),
    "github by name": (
        '"identifier","github_username","github_id","name"\n"Ada Lovelace","ada99","",""\n',
        Person(name="Ada Lovelace", github="ada99"),
    ),
    "gradescope": (
        "Name,SID,Email,Role,Sections\nAda Lovelace,0012,ada@x.org,Student,A\nCharles Babbage,,cb@x.org,Instructor,\n",
        Person(name="Ada Lovelace", id="0012", email="ada@x.org", section="A"),
    ),
    "nbgrader": (
        "id,first_name,last_name,email,lms_user_id\nada99,Ada,Lovelace,ada@x.org,7\n",
        Person(name="Ada Lovelace", id="ada99", email="ada@x.org", lms_id="7"),
    ),
    "logins alone": ("Username\nada99\n", Person(id="ada99", login="ada99")),
}


def roster(tmp_path: Path, content: bytes | str) -> list[Person]:
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(path)


def test_our_own_columns_in_any_order(tmp_path: Path) -> None:
    """Is every column read, and an empty cell nothing?"""
    assert roster(tmp_path, OURS) == [
        Person(name="Ada Lovelace", id="0012", email="ada@x.org", lms_id="4711", github="ada99", section="A"),
        Person(name="George Byron", id="13", section="B"),
    ]


@pytest.mark.parametrize("lms", EXPORTS)
def test_what_an_lms_exports(tmp_path: Path, lms: str) -> None:
    """Is its student there, and nobody who is none?"""
    text, person = EXPORTS[lms]
    assert roster(tmp_path, text) == [person]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_as_spreadsheets_save_it(tmp_path: Path, encoding: str, separator: str) -> None:
    """Is a name with an umlaut read from every encoding, with every separator, and with lines of every system?"""
    text = "name,id\r\nZoë Müller,1\r\n\r\nJosé Núñez,2\r\n".replace(",", separator)
    assert [person.name for person in roster(tmp_path, text.encode(encoding))] == ["Zoë Müller", "José Núñez"]


def test_a_student_in_two_rows_is_one(tmp_path: Path) -> None:
    """Is a row that is there twice one student?"""
    assert len(roster(tmp_path, "name,id\nAda,1\nAda,1\nBo,2\n")) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no column"),
        ("a,b\n1,2\n", "no column of its first row is known; it needs one or more of name, id"),
        ("name,id\n", "no student"),
        ("name,id\nAda,1\nBo,1\n", "Ada and Bo have the same id, 1"),
        (b"PK\x03\x04rest", "save it as CSV"),
        (b"\0\0\0", "no column"),
    ],
)
def test_what_is_no_roster(tmp_path: Path, content: bytes | str, reason: str) -> None:
    """Is it said what to change?"""
    with pytest.raises(BadRequest, match=reason):
        roster(tmp_path, content)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    """Is the path named?"""
    with pytest.raises(BadRequest, match=r"--roster .*nowhere.csv: cannot be read"):
        read_roster(tmp_path / "nowhere.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: f"name,id\n{text}".encode())))
def test_any_file_is_a_roster_or_none(tmp_path: Path, content: bytes) -> None:
    """Does no file make the reading fail otherwise?"""
    try:
        people = roster(tmp_path, content)
    except BadRequest:
        return
    assert people
