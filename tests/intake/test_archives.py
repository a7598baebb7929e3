"""Zips that anybody may have made: what comes out, what does not, and that nothing is written anywhere else."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.intake import allowance, archives
from grader.intake.allowance import Allowance, Scratch
from grader.intake.archives import Refused, unpacked
from grader.intake.handed import HandedIn
from tests.intake.zips import (
    FIFO,
    LINK,
    encrypted,
    named,
    notebook,
    twice,
    with_many_entries,
    with_mode,
    write_zip,
    zipped,
)


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Scratch]:
    """A scratch folder, around which nothing else may be when the test is over."""
    folder = tmp_path / "around" / "scratch"
    folder.mkdir(parents=True)
    yield Scratch(folder)
    assert [item.name for item in (tmp_path / "around").iterdir()] == ["scratch"]
    for path in folder.rglob("*"):
        assert path.name.isdecimal(), path


def opened(content: bytes, scratch: Scratch) -> dict[str, HandedIn]:
    """What came out of a zip with these bytes, by its place."""
    path = scratch.folder.parent.parent / "given.zip"
    path.write_bytes(content)
    return {"/".join(item.place): item for item in unpacked(path, scratch)}


def test_what_is_in_a_zip_comes_out(scratch: Scratch) -> None:
    """Is each file there with its content, also from zips in zips, and the rest by its name?"""
    inner = zipped({"hw.ipynb": b"inner", "data.csv": b"1,2"})
    given = {"Ada_1/": b"", "Ada_1/work.zip": inner, "Bo/hw.ipynb": b"outer", "Bo/essay.docx": b"PDF", "Cy/": b""}
    found = opened(zipped(given), scratch)
    contents = {place: item.path.read_bytes() for place, item in found.items() if item.path is not None}
    assert contents == {
        "Ada_1/work.zip/hw.ipynb": b"inner",
        "Ada_1/work.zip/data.csv": b"1,2",
        "Bo/hw.ipynb": b"outer",
    }
    assert {place for place in found if place not in contents} == {"Bo/essay.docx", "Cy"}
    assert found["Cy"].is_empty_folder
    assert all(item.problem is None for item in found.values())
    assert found["Bo/hw.ipynb"].modified is not None


def test_what_is_nobodys_is_left(scratch: Scratch) -> None:
    """Are checkpoints, what macOS adds, hidden files and caches of no interest?"""
    given = (
        *("a/.ipynb_checkpoints/hw-checkpoint.ipynb", "__MACOSX/a/._hw.ipynb", ".DS_Store", "a/Thumbs.db"),
        *("a/__pycache__/x.pyc", "a/._hw.ipynb", "a/hw.ipynb"),
    )
    assert list(opened(zipped(dict.fromkeys(given, b"x")), scratch)) == ["a/hw.ipynb"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.ipynb", "leads outside"),
        ("a/../../evil.ipynb", "leads outside"),
        ("..\\..\\evil.ipynb", "leads outside"),
        ("/etc/evil.ipynb", "absolute path"),
        ("\\\\host\\share\\evil.ipynb", "absolute path"),
        ("C:\\Windows\\evil.ipynb", "absolute path"),
        ("c:evil.ipynb", "absolute path"),
        ("a/" * 60 + "evil.ipynb", "too deep"),
        ("x" * 2_000 + "evil.ipynb", "too long"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(scratch: Scratch, name: str, reason: str) -> None:
    """Is such an entry a line, and its neighbour there?"""
    found = opened(named(name.encode(), b"evil"), scratch)
    (item,) = found.values()
    assert item.path is None
    assert reason in (item.problem or "")
    assert opened(zipped({name: b"evil", "good.ipynb": b"good"}), scratch)["good.ipynb"].path is not None


@pytest.mark.parametrize(
    "name", ["con.ipynb", "NUL", "a/aux.ipynb", "lpt1.ipynb", "xx:y.ipynb", "a .ipynb", "-rf.ipynb"]
)
def test_a_name_that_a_system_acts_on_is_a_name_only(scratch: Scratch, name: str) -> None:
    """Is a device, a stream or an option written under a number, as everything is?"""
    item = opened(zipped({name: b"x"}), scratch)[name]
    assert item.problem is None


def test_names_in_whatever_encoding(scratch: Scratch) -> None:
    """Is a name in UTF-8 read as such, whether or not that is said, and an older one by its code page?"""
    name = "Zoë Müller/übung.ipynb"
    for content in (
        zipped({name: b"x"}),
        named(name.encode(), b"x"),
        named(name.encode(), b"x", flags=0x800),
        named(name.encode("cp437"), b"x"),
    ):
        assert list(opened(content, scratch)) == [name]
    raw = "ubung.ipynb".encode("cp437").replace(b"u", b"\xfc", 1)
    told = "日本語.ipynb".encode()
    field = b"\x75\x70" + (5 + len(told)).to_bytes(2, "little") + b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + told
    assert list(opened(named(raw, b"x", extra=field), scratch)) == ["日本語.ipynb"]


def test_a_name_that_is_no_text_costs_its_zip(scratch: Scratch) -> None:
    """Is a name that says it is UTF-8 and is not a damage of that zip, and of no other?"""
    bad = named(b"\xff\xfe.ipynb", b"x", flags=0x800)
    with pytest.raises(Refused, match="damaged"):
        opened(bad, scratch)
    found = opened(zipped({"eve/w.zip": bad, "ada/hw.ipynb": b"x"}), scratch)
    assert "damaged" in (found["eve/w.zip"].problem or "")
    assert found["ada/hw.ipynb"].path is not None


def test_links_and_devices_are_refused(scratch: Scratch) -> None:
    """Is a link in a zip one line, wherever it leads?"""
    (item,) = opened(with_mode("hw.ipynb", b"/etc/passwd", LINK), scratch).values()
    assert (item.path, "is a link" in (item.problem or "")) == (None, True)
    (item,) = opened(with_mode("hw.ipynb", b"", FIFO), scratch).values()
    assert (item.path, "no ordinary file" in (item.problem or "")) == (None, True)


def test_a_folder_that_is_a_link_leads_nowhere(scratch: Scratch) -> None:
    """Is a file below the name of a link written under its number, and not through the link?"""
    given = zipped({"eve.zip": with_mode("a", b"/tmp", LINK), "a/evil.ipynb": b"x"})
    assert opened(given, scratch)["a/evil.ipynb"].path is not None


def test_of_two_entries_of_one_name_the_last_is_taken(scratch: Scratch) -> None:
    """Is it said, and is what any other program leaves the one?"""
    path = scratch.folder.parent.parent / "given.zip"
    path.write_bytes(twice("hw.ipynb", b"first", b"second"))
    said, item = unpacked(path, scratch)
    assert "twice" in (said.problem or "")
    assert item.path is not None
    assert item.path.read_bytes() == b"second"


def test_what_is_encrypted_is_refused(scratch: Scratch) -> None:
    """Is it said that a password is in the way?"""
    (item,) = opened(encrypted("hw.ipynb", b"secret"), scratch).values()
    assert (item.path, "encrypted" in (item.problem or "")) == (None, True)


def test_a_bomb_is_refused(scratch: Scratch) -> None:
    """Does an entry that is a thousand times as large outside cost a few megabytes, and a line?"""
    bomb = zipped({"bomb.ipynb": bytes(40 << 20)})
    found = opened(zipped({"eve.zip": bomb, "ada.ipynb": notebook()}), scratch)
    assert "200 times as large" in (found["eve.zip/bomb.ipynb"].problem or "")
    assert found["ada.ipynb"].path is not None
    assert sum(path.stat().st_size for path in scratch.folder.rglob("*") if path.is_file()) < 1 << 20


def test_what_a_students_zip_may_hold_in_all(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does one that has used up its share cost nobody else?"""
    monkeypatch.setattr(allowance, "MOST_OF_NESTED", 1000)
    parts = {f"{number}.csv": os.urandom(400) for number in range(4)}
    found = opened(zipped({"eve.zip": zipped(parts), "ada.zip": zipped({"hw.ipynb": b"x" * 900})}), scratch)
    assert [place for place, item in found.items() if item.path is not None] == [
        "eve.zip/0.csv",
        "eve.zip/1.csv",
        "ada.zip/hw.ipynb",
    ]
    assert "larger than" in (found["eve.zip/3.csv"].problem or "")


def test_bytes_are_counted_though_they_were_refused(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do many bombs in one zip cost no more than its share?"""
    monkeypatch.setattr(archives, "WITHOUT_RATIO", 1000)
    inner = Allowance(10_000)
    path = scratch.folder.parent.parent / "given.zip"
    path.write_bytes(zipped({f"{number}.csv": bytes(5_000_000) for number in range(5)}))
    with pytest.raises(Refused, match="would take"):
        unpacked(path, Scratch(scratch.folder, inner))
    found = opened(zipped({"eve.zip": path.read_bytes()}), scratch)
    assert all(item.problem for item in found.values())
    assert scratch.allowance.bytes_left > allowance.MOST_OF_ALL - allowance.MOST_OF_NESTED


def test_archives_in_archives_come_to_an_end(scratch: Scratch) -> None:
    """Is a zip in a zip in a zip in a zip not opened any further, and is that said?"""
    content = zipped({"hw.ipynb": b"x"})
    for _ in range(6):
        content = zipped({"z.zip": content})
    (item,) = opened(content, scratch).values()
    assert "within archives" in (item.problem or "")


def test_a_million_entries_are_refused_before_they_are_read(scratch: Scratch) -> None:
    """Is the list of entries not even read, whatever number the zip tells?"""
    content = with_many_entries(1_000_000)
    with pytest.raises(Refused, match="more than 200,000 entries"):
        opened(content, scratch)
    found = opened(zipped({"eve.zip": content, "ada.ipynb": b"x"}, zipfile.ZIP_STORED), scratch)
    assert "more than 20,000 entries" in (found["eve.zip"].problem or "")
    assert found["ada.ipynb"].path is not None
    with pytest.raises(Refused, match="more than 199,998 entries"):  # two were taken above
        opened(with_many_entries(300_000), scratch)


def test_a_zip_that_cannot_fit_is_refused_whole(scratch: Scratch) -> None:
    """Is it said how much is needed, and how much there is?"""
    path = scratch.folder.parent.parent / "given.zip"
    write_zip(path, {"hw.ipynb": bytes(3 << 20)})
    with pytest.raises(Refused, match=r"would take 3 MB, and may take 1 MB; make room"):
        unpacked(path, Scratch(scratch.folder, Allowance(1 << 20)))


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"%PDF-1.4", b"PK\x05\x06" + bytes(18), zipped({"a.ipynb": b"x"})[:-5]]
)
def test_what_is_no_zip(scratch: Scratch, content: bytes) -> None:
    """Is that said, and is an empty one empty?"""
    if content.startswith(b"PK\x05\x06"):
        assert opened(content, scratch) == {}
        return
    with pytest.raises(Refused, match="is no zip, or a damaged one"):
        opened(content, scratch)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_no_damage_to_a_zip_is_an_error_of_ours(data: st.DataObject, scratch: Scratch) -> None:
    """Whatever bytes of a zip are others: is it refused, or are its files there or named, and nothing anywhere else?"""
    content = bytearray(zipped({"a/hw.ipynb": notebook(), "b/w.zip": zipped({"x.ipynb": b"y" * 300})}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = opened(bytes(content), scratch)
    except Refused:
        return
    for item in found.values():
        assert item.path is None or item.path.is_relative_to(scratch.folder)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(names=st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4, unique=True))
def test_no_name_writes_outside(names: list[str], scratch: Scratch) -> None:
    """Whatever text is a name: is all that is written below the scratch folder, under numbers? (See the fixture.)"""
    raw = [name.encode("utf-8", "replace") for name in names]
    for name in raw:
        try:
            found = opened(named(name, b"x", flags=0x800), scratch)
        except Refused:
            continue
        assert all(".." not in item.place for item in found.values())
