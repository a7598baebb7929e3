"""Names of folders from whatever a student may call a file."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.submissions import find, prepare
from grader.files.folder_names import MOST_BYTES, folder_name, key, unique
from grader.grading.submission import Graded
from grader.report.index import write_index
from grader.worker.files import write
from tests.report import samples

ORDINARY = (
    "ada",
    "hw3",
    "leeann_12345_678901_hw3-1",
    "Ana Gómez Ruiz_471101_assignsubmission_file_",
    "hw3 (1)",
    "NLP_Assignment_3",
    "odd #3 100% [x]+(1) é عمر",
    "李明",
    "v1.2",
)
HOSTILE = (
    *("", ".", "..", "...", " ", ". .", ".. ..", "-rf", "--out", "~", "~root", ".ssh", "../../etc", "a/../../b", "/"),
    *("a\\..\\b", "C:\\x", "c:x", "\\\\host\\share", "hw3. ", "hw3.", "hw3 .", "con", "CON.txt", "nul .tar.gz", "Aux"),
    *("com1", "COM¹", "lpt9.x", "ＣＯＮ", "conin$", "index.html", "Index.HTML", "result.json", "report.html"),
    *("gradebook.db", "gradebook.db-wal", "Gradebook.DB-shm", "gradebook.db-mj1A2B", "roll.json"),
    *("feedback.ipynb", "course.toml", "ｉndex.html", "a\0b", "a\nb", "a\x1b[31mb", "a\u202egnp", "a\u200bb", "\u2066"),
    *(
        "\ufeffada",
        "a\u00adb",
        "\u3164",
        "a\ufe0fb",
        "👩\u200d🎓",
        "\ud800",
        "a\udcff",
        "\U000e0041",
        "\ue000",
        "\uffff",
    ),
    *("x" * 5_000, "é" * 2_000, "e\u0301", "\u0301", "🎓" * 300, 'a?b*c|d<e>f:g"h', "\u2028", "a\u3000b", "<\u0338"),
)
NAMES = st.sampled_from(HOSTILE + ORDINARY) | st.text(st.characters(codec=None), max_size=300)
PIECES = st.lists(
    st.sampled_from([*"aA.-~ /\\é", "e\u0301", "ß", "SS", "ſ", "ﬁ", "fi", "İ", "-2", "\u200b"]), max_size=6
)


def faults(name: str) -> list[str]:
    """What keeps a name from being the name of one folder on every system."""
    found = {
        "empty": not name,
        "dots": not name.strip("."),
        "a path": len(Path(name).parts) != 1 or len(PureWindowsPath(name).parts) != 1 or "/" in name,
        "reserved": PureWindowsPath(name).is_reserved()
        or name.casefold() in ("index.html", "result.json", "roll.json")
        or name.casefold().startswith("gradebook.db"),  # what SQLite lays beside a database begins with its name
        "characters that Windows refuses": bool(set(name) & set('\\/<>:"|?*')),
        "its beginning": name[:1] in tuple("-.~ "),
        "its end": name[-1:] in tuple(". "),
        "not to be seen": not name.isprintable(),
        "its length": len(os.fsencode(name)) > MOST_BYTES,
        "its form": unicodedata.normalize("NFC", name) != name,
    }
    return [fault for fault, is_there in found.items() if is_there]


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names_stay(name: str) -> None:
    """Does one find the student's folder under the name that one knows?"""
    assert folder_name(name) == name


@given(NAMES)
def test_every_name_is_one_folder_everywhere(name: str) -> None:
    """Is it no path, no device, no file of ours, and can it be seen, whatever it is made of?"""
    made = folder_name(name)
    assert faults(made) == []
    assert folder_name(made) == made
    assert folder_name(unicodedata.normalize("NFD", name)) == made


@given(st.lists(NAMES | PIECES.map("".join), max_size=30))
def test_no_two_are_one_folder_on_any_system(names: list[str]) -> None:
    """Do many names give as many folders, where case and the form of characters make no difference, within bounds?"""
    made = unique(names)
    for same in (key, str.casefold, str.upper, lambda name: unicodedata.normalize("NFD", name).casefold()):
        assert len({same(name) for name in made}) == len(names)
    assert [faults(name) for name in made] == [[]] * len(names)
    assert unique(made) == made


@given(st.lists(st.sampled_from(["a", "A", "a-2", "b", "A-2"]), max_size=12))
def test_unique_names_differ_on_every_file_system(given_names: list[str]):
    """Are the names unique even where upper and lower case are the same, and the first of each kind kept?"""
    made = unique(given_names)
    assert len({name.casefold() for name in made}) == len(given_names)
    assert all(new.startswith(old) for old, new in zip(given_names, made, strict=True))


@given(NAMES, st.lists(NAMES, max_size=3))
def test_the_first_of_its_name_has_it_whoever_comes_behind(name: str, others: list[str]) -> None:
    """Does a second run with more submissions find the folder again?"""
    assert unique([name, *others])[0] == folder_name(name)


def test_long_names_that_begin_alike_are_told_apart() -> None:
    """Does what is cut off leave something that differs, and is no character cut in two?"""
    first, second = (folder_name("ü" * 200 + end) for end in ("1", "2"))
    assert first != second
    assert first.startswith("üüü")


def test_names_that_are_the_same_are_numbered() -> None:
    """Is the second -2, the third -3, past what is taken already, also where thousands have it?"""
    assert unique(["a", "A", "a-2", "a"]) == ["a", "A-2", "a-2-2", "a-3"]
    assert unique(["a"] * 3_000)[-1] == "a-3000"


def tree(root: Path) -> set[str]:
    return {
        os.fsdecode(os.path.relpath(Path(folder) / name, root)) for folder, _, files in os.walk(root) for name in files
    }


def test_results_of_hostile_names_lie_in_the_folder_of_results(tmp_path: Path) -> None:
    """Is nothing written beside --out, or over its own files, whatever the notebooks and folders are called?"""
    room, out = tmp_path / "room", tmp_path / "room" / "deep" / "out"
    submitted = tmp_path / "submitted"
    for number, name in enumerate(name for name in HOSTILE if not set(name) & {"/", "\0"}):
        _try_to_make(submitted / f"{name}.ipynb")
        if number % 2:
            _try_to_make(submitted / name / "hw.ipynb")
    _try_to_make(submitted / os.fsdecode(b"\xff\xfe.ipynb"))
    before = tree(submitted)
    found = find([submitted])
    assert len(found) > 60
    prepare(out, found)
    for item in found:
        assert faults(item.name) == []
        result = samples.without_grade("unreadable", "for a reason")
        submission = result.submission.model_copy(update={"name": item.name})
        write(Graded(result.model_copy(update={"submission": submission}), None), out / item.name)
    write_index(out)
    folders = {f"deep/out/{item.name}" for item in found}
    assert tree(room) == {"deep/out/index.html"} | {
        f"{folder}/{name}" for folder in folders for name in ("result.json", "report.html", ".proof")
    }
    assert tree(submitted) == before


def _try_to_make(path: Path) -> None:
    """A notebook of that name, where the file system takes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    except (OSError, UnicodeEncodeError):
        return
