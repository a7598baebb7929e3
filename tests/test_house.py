"""The house: which room may import which, so that someone new finds the place for a change by reading a listing."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grades import ROOT

FLOORS = (
    {"grader.text", "grader.files", "grader.protocol", "grader.pack"},
    {"grader.probe"},
    {"grader.answer", "grader.kernel", "grader.language", "grader.result", "grader.roll"},
    {"grader.gradebook", "grader.statistics"},
    {"grader.notebook", "grader.report", "grader.transcript"},
    {"grader.export", "grader.similarity"},
    {"grader.grading", "grader.intake"},
    {"grader.worker"},
    {"grader.batch", "grader.student"},
    {"grader.classroom", "grader.review"},
    {"grader.cli"},
)
"""From the ground up. A room imports from the floors below its own, and from itself."""

PACK_FLOORS = (
    {"reference.wording"},
    {"reference.recurrent"},
    {"reference.loops"},
    {"reference.checks"},
    {"reference.subjects"},
    {"questions"},
    {"reference.pack"},
)
"""The same of the pack that is shipped; `questions` are the files q01_rnn_cell.py to q10_bigru.py."""

STAIRS = {
    # Finding needs to know what a symbol is, so reading lies under it.
    "grader.language.equations": ("read", "find", "compute", "judge"),
    "grader.notebook": ("source", "reading", "blocks", "headings", "outline", "chain"),
}
"""Rooms with rooms of their own, which are given from the ground up; loose files beside them rest on all."""

LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
PACK_LEVEL = {room: level for level, rooms in enumerate(PACK_FLOORS) for room in rooms}
LOOSE = {"__init__.py", "__main__.py", "py.typed", "text.py"}


def room_of(module: str) -> str:
    """The room in which a module of the engine lies."""
    return ".".join(module.split(".")[:2])


def imports(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it: also for the sake of types, or when it is needed."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module in ("grader", "reference"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def pack_room_of(module: str) -> str:
    """The room of the pack in which a module lies; the question files are one."""
    room = room_of(module)
    return "questions" if re.fullmatch(r"reference\.q\d\d_\w+", room) else room


def arrows(package: str = "grader") -> list[tuple[Path, str]]:
    """Each file of a package with each module of ours that it imports."""
    files = sorted((ROOT / package).rglob("*.py"))
    found = [(path.relative_to(ROOT), name) for path in files for name in imports(path)]
    return [(path, name) for path, name in found if name.split(".")[0] in ("grader", "reference")]


def names_in(path: Path) -> set[str]:
    """The names that a file reads and writes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_the_listing_is_rooms() -> None:
    """Is what lies in grader/ a room that has its floor, or one of few files?"""
    entries = {item for item in (ROOT / "grader").iterdir() if item.name != "__pycache__"}
    # What is compiled stays behind where a room was.
    rooms = {f"grader.{item.name}" for item in entries if item.is_dir() and any(item.rglob("*.py"))}
    assert rooms | {"grader.text"} == set(LEVEL)
    assert {item.name for item in entries if item.is_file()} == LOOSE


def test_no_two_files_have_one_name() -> None:
    """Does the name of a file alone tell which it is, so that an editor's tab can be trusted?"""
    files = [path for package in ("grader", "reference") for path in (ROOT / package).rglob("*.py")]
    names = Counter(path.name for path in files if not path.name.startswith("__"))
    # Each question has its own; the folder tells which.
    assert {name for name, times in names.items() if times > 1} == {"concepts.py", "misconceptions.py"}


def test_the_listing_of_the_pack_is_rooms() -> None:
    """Has each folder of reference/ its floor, and is a file of it a question, or what puts them together?"""
    entries = {item for item in (ROOT / "reference").iterdir() if item.name != "__pycache__"}
    folders = {f"reference.{item.name}" for item in entries if item.is_dir() and any(item.rglob("*.py"))}
    files = {pack_room_of(f"reference.{item.stem}") for item in entries if item.suffix == ".py"}
    assert folders | files == {*PACK_LEVEL, "reference.__init__"}


@pytest.mark.parametrize("room", sorted({*LEVEL, *PACK_LEVEL} - {"questions"}))
def test_each_room_says_what_it_is_for(room: str) -> None:
    """In one sentence, at its door?"""
    folder = ROOT / room.replace(".", "/")
    door = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8")))


def test_arrows_point_down() -> None:
    """Does no room import from its own floor or from one above?"""
    wrong = []
    for path, name in arrows():
        here, there = room_of(".".join(path.with_suffix("").parts)), room_of(name)
        if here in LEVEL and there in LEVEL and here != there and LEVEL[there] >= LEVEL[here]:
            wrong.append(f"{path} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("home", STAIRS)
def test_arrows_within_a_room_point_down(home: str) -> None:
    """Does what reads know nothing of what finds, and none of them of what judges, or decides?"""
    stairs = STAIRS[home]
    assert {f"{home}.{room}" for room in stairs} == {
        f"{home}.{item.name}" for item in (ROOT / home.replace(".", "/")).iterdir() if any(item.glob("*.py"))
    }
    wrong = []
    for path, name in arrows():
        module = ".".join(path.with_suffix("").parts)
        here, there = (each.removeprefix(f"{home}.").split(".")[0] for each in (module, name))
        if here in stairs and name.startswith(f"{home}."):
            above = there not in stairs or stairs.index(there) > stairs.index(here)
            wrong += [f"{path} imports {name}"] if above else []
    assert wrong == []


def test_arrows_of_the_pack_point_down() -> None:
    """Does no room of the pack, and no question, import from its own floor or from one above?"""
    wrong = []
    for path, name in arrows("reference"):
        here, there = pack_room_of(".".join(path.with_suffix("").parts)), pack_room_of(name)
        if here in PACK_LEVEL and there in PACK_LEVEL and PACK_LEVEL[there] >= PACK_LEVEL[here]:
            wrong += [f"{path} imports {name}"] if here != there or here == "questions" else []
    assert wrong == []


def test_questions_do_not_ask_of_what_type_something_is() -> None:
    """Is what a student may write in several styles left to the subjects, which all answer the same?"""
    files = sorted((ROOT / "reference").glob("q*.py"))
    assert len(files) == 10
    assert [path.name for path in files if names_in(path) & {"isinstance", "type"}] == []


def test_the_engine_knows_no_pack() -> None:
    """Does no file of the engine import the pack that is shipped?"""
    assert [f"{path} imports {name}" for path, name in arrows() if name.split(".")[0] == "reference"] == []


def test_the_probe_stands_alone() -> None:
    """Does what runs in the student's kernel import nothing of the rest, which it could not read there?"""
    inside = [(path, name) for path, name in arrows() if path.parts[1] in ("probe", "protocol")]
    there = ("grader.probe", "grader.protocol")
    assert [f"{path} imports {name}" for path, name in inside if room_of(name) not in there] == []


def test_the_protocol_rests_on_numpy_alone() -> None:
    """Does what both sides import bring nothing else along, which one of them might not have?"""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "grader" / "protocol").glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert {module.split(".")[0] for module in modules} - sys.stdlib_module_names == {"grader", "numpy"}


def test_only_one_folder_of_the_probe_knows_keras() -> None:
    """Does the rest of the probe ask the framework, but for where a kernel begins, which chooses it?"""
    outside = [
        path for path in (ROOT / "grader" / "probe").glob("*.py") if path.name not in ("startup.py", "__main__.py")
    ]
    assert [f"{path.name} imports {name}" for path in outside for name in imports(path) if "keras" in name] == []
    text = {path.name: path.read_text(encoding="utf-8") for path in outside}
    assert [name for name, source in text.items() if "import tensorflow" in source or "import keras" in source] == []
