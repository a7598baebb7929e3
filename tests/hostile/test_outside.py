"""What shows that an attack has failed would show one that has not: the witnesses are no mere decoration."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest

from grader.kernel.pool import KernelPool
from grader.kernel.seal.offer import offered
from tests.grades import graded
from tests.hostile.outside import Outside, made
from tests.hostile.test_attacks import ALL, LIMITS, said, submission

# What can be tried without a seal, since it harms nothing but what was made for it.
SUCCEED_UNSEALED = {
    "theft: files in plain sight": "told",
    "theft: another student's notebook and result": "told",
    "theft: environments of other processes": "told",
    "theft: arguments of other processes": "told",
    "theft: the grader's memory by a system call": "told",
    "theft: the pack by import": "told",
    "theft: the pack by inspection": "told",
    "network: TCP and UDP": "reached",
    "network: Unix sockets": "reached",
    "network: netlink, raw and rarer sockets": "told",
    "damage: a file of the user": "changed",
    "damage: other rights": "changed",
    "damage: other times": "changed",
}


@pytest.fixture
def outside() -> Iterator[Outside]:
    with made() as world:
        yield world


@pytest.mark.skipif(not offered().enough, reason="this machine offers neither Landlock nor user namespaces")
@pytest.mark.parametrize("name", SUCCEED_UNSEALED)
def test_without_the_seal_the_attack_succeeds(unsealed: KernelPool, outside: Outside, tmp_path: Path, name: str):
    """Is it the seal that makes the attack fail, and not the way it is written?"""
    path = tmp_path / "notebook.ipynb"
    # Without a seal a debugger could stop the very process of these tests, so that another one stands for the grader.
    source = outside.armed(ALL[name].source, grader=outside.victim.pid)
    nbformat.write(submission(source), path)
    harm = outside.harm(said(graded(path, unsealed, keras="3", limits=LIMITS)))
    assert SUCCEED_UNSEALED[name] in {one.partition(":")[0] for one in harm}


def connect(outside: Outside) -> None:
    with socket.socket() as client:
        client.connect(("127.0.0.1", outside.servers["tcp"].getsockname()[1]))


def send(outside: Outside) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
        client.sendto(b"x", str(outside.folder / "datagrams"))


def kill(outside: Outside) -> None:
    outside.victim.kill()
    outside.victim.wait()


HARM: dict[str, Callable[[Outside], object]] = {
    "changed": lambda outside: (outside.folder / "secret.txt").write_text("other"),
    "removed": lambda outside: (outside.folder / "secret.txt").unlink(),
    "reached: tcp": connect,
    "reached: datagrams": send,
    "killed": kill,
}


@pytest.mark.parametrize("kind", HARM)
def test_harm_is_seen(outside: Outside, kind: str):
    """Is each kind of harm reported, and none where there was none?"""
    assert outside.harm("") == []
    HARM[kind](outside)
    assert any(one.startswith(kind) for one in outside.harm(""))


def test_words_are_seen(outside: Outside):
    """Is a secret found in what was said, and success that was printed, but not the source that would print it?"""
    assert outside.harm(outside.armed("print(<loot>, <secret>)")) == []
    assert outside.harm(f"... {outside.token} ...") == [f"told: {outside.token}"]
    assert outside.harm(f"... LOOT-{outside.mark} ...") == [f"told: LOOT-{outside.mark}"]


def test_processes_and_files_are_seen(outside: Outside):
    """Is a process that runs on found by its arguments, and a file in a public folder by its name?"""
    command = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)", outside.mark]
    written = Path("/tmp") / f"{outside.mark}.txt"  # noqa: S108 (its name cannot be guessed)
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == b"here\n"  # its arguments cannot be read before it has begun
        written.touch()
        found = outside.harm("")
    finally:
        running.kill()
        running.communicate()
        written.unlink()
    assert {one.partition(":")[0] for one in found} == {"written", "running"}
    assert str(running.pid) in " ".join(found)
    assert outside.harm("") == []
