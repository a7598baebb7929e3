"""No message of a kernel is longer than allowed, whatever it is made of."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
import struct
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kernel.pool import KernelPool, LoopThread
from grader.kernel.talk.gate import AT_ONCE, GREETING, MAX_FRAMES, Count, Gate, TooLong
from tests.kernels import notebook, text

SIGNATURE = b"\xff" + bytes(8) + b"\x7f" + b"\x03\x01" + b"NULL".ljust(GREETING - 12, b"\0")
LIMIT = 1_000


def frame(size: int, *, more: bool = False, command: bool = False, long: bool = False) -> bytes:
    """A frame of ZMTP 3 with a body of zeros."""
    long = long or size > 255
    flags = (1 if more else 0) | (2 if long else 0) | (4 if command else 0)
    return bytes([flags]) + (struct.pack(">Q", size) if long else bytes([size])) + bytes(size)


def taken(data: bytes, pieces: list[int]) -> None:
    """Have the data counted in pieces of these sizes, and the rest in one."""
    count, at = Count(LIMIT), 0
    for size in pieces:
        count.take(data[at : at + size])
        at += size
    count.take(data[at:])


@given(
    st.lists(st.lists(st.integers(0, 200), min_size=1, max_size=4), max_size=20),
    st.lists(st.integers(1, 300), max_size=60),
    st.booleans(),
)
def test_messages_within_the_limit_pass(messages: list[list[int]], pieces: list[int], long: bool) -> None:
    """Does any number of messages pass, each below the limit, however they are cut on their way?"""
    stream = SIGNATURE + frame(40, command=True)
    for sizes in messages:
        for place, size in enumerate(sizes):
            stream += frame(size, more=place < len(sizes) - 1, long=long)
    taken(stream, pieces)


@given(st.integers(1, 400), st.lists(st.integers(1, 3_000), max_size=60))
def test_a_message_without_end_is_cut(size: int, pieces: list[int]) -> None:
    """Is a message of many frames too long, though each frame is short?"""
    stream = SIGNATURE + frame(size, more=True) * (LIMIT // size + 2)
    with pytest.raises(TooLong):
        taken(stream, pieces)


@given(st.integers(0, 3), st.lists(st.integers(1, 300), max_size=60))
def test_a_message_of_too_many_frames_is_cut(size: int, pieces: list[int]) -> None:
    """Does a message have an end, though its frames weigh nothing?"""
    taken(SIGNATURE + frame(size, more=True) * (MAX_FRAMES - 1) + frame(size), pieces)
    with pytest.raises(TooLong):
        taken(SIGNATURE + frame(size, more=True) * MAX_FRAMES + frame(size), pieces)


@given(st.integers(1, 100), st.integers(0, 40))
def test_a_command_ends_no_message(size: int, command: int) -> None:
    """Is a message too long that has commands between its frames, which ZeroMQ takes out?"""
    between = frame(size, more=True) + frame(command, command=True)
    taken(SIGNATURE + (frame(size) + frame(command, command=True)) * 2 * MAX_FRAMES, [])
    with pytest.raises(TooLong):
        taken(SIGNATURE + between * MAX_FRAMES, [])


@pytest.mark.parametrize(
    "stream",
    [
        SIGNATURE + b"\x02" + struct.pack(">Q", 2**63),
        b"\x01" + bytes(100),
        SIGNATURE[:10] + b"\x01" + bytes(100),
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 9,
    ],
    ids=["a huge frame", "no signature", "an older protocol", "another protocol"],
)
def test_what_is_not_the_protocol_is_cut(stream: bytes) -> None:
    """Is a stream refused that would be counted otherwise, or announces too much?"""
    with pytest.raises(TooLong):
        Count(LIMIT).take(stream)


def test_counting_gives_others_their_turn() -> None:
    """While a kernel floods its gate with empty messages, do others have many turns?"""

    async def flooded(folder: Path) -> int:
        turns, over = 0, asyncio.Event()

        async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(SIGNATURE + frame(0) * AT_ONCE)
            writer.write_eof()
            await over.wait()
            writer.close()

        async with await asyncio.start_unix_server(flood, folder / "in"):
            gate = Gate(folder / "in", folder / "out", LIMIT)
            await gate.open()
            reader, writer = await asyncio.open_unix_connection(folder / "out")
            reading = asyncio.create_task(reader.readexactly(GREETING + 2 * AT_ONCE))
            while not reading.done():
                turns += 1
                await asyncio.sleep(0)
            await reading
            over.set()
            writer.close()
            await gate.close()
        return turns

    with tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(flooded(Path(folder))) > 30


def test_a_gate_is_closed_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    """Is nothing logged, and no task left, when a gate is closed whose kernel never came, or while somebody comes?"""

    async def closed(folder: Path) -> int:
        gate = Gate(folder / "in", folder / "out", LIMIT)
        await gate.open()
        comers = [socket.socket(socket.AF_UNIX) for _ in range(3)]
        for comer in comers:
            comer.setblocking(False)
            comer.connect(str(folder / "out"))
            await asyncio.sleep(0.05 if comer is comers[0] else 0)
        await gate.close()
        await asyncio.sleep(0.05)
        for comer in comers:
            comer.close()
        return len(asyncio.all_tasks())

    with caplog.at_level(logging.WARNING), tempfile.TemporaryDirectory() as folder:
        assert asyncio.run(closed(Path(folder))) == 1
    assert caplog.records == []


def test_no_task_is_left_of_a_pool(pool: KernelPool, caplog: pytest.LogCaptureFixture) -> None:
    """Is nothing logged, and no task of its gates left, after a kernel has ended by itself?"""

    async def tasks() -> set[str]:
        return {str(task.get_coro()) for task in asyncio.all_tasks() if "_pass" in str(task.get_coro())}

    with caplog.at_level(logging.WARNING), pool.session(notebook("import os; os._exit(0)"), 3) as session:
        before = pool._loop.wait(tasks())
        assert session.run_cell(0).status == "dead"
        time.sleep(0.3)  # in which the client comes again
    assert not pool._loop.wait(tasks()) & before
    assert [record for record in caplog.records if record.name == "asyncio"] == []


def test_a_loop_ends_with_all_its_tasks(caplog: pytest.LogCaptureFixture) -> None:
    """Is what still waits in a pool's loop cancelled when the loop ends, and not forgotten with a complaint?"""
    loop = LoopThread()
    waiting = loop.start(asyncio.sleep(600))
    loop.stop()
    assert waiting.cancelled()
    gc.collect()
    assert caplog.records == []


ENDLESS = """
import os, socket, struct, threading, time
ours = []
for name in os.listdir('/proc/self/fd'):
    try:
        one = socket.socket(fileno=os.dup(int(name)))
        name = str(one.getsockname())
        one.getpeername()
        ours += [one] if name.endswith(('s-1', 's-2')) else []
    except OSError:
        pass
frame = b'\\x03' + struct.pack('>Q', 1 << 20) + bytes(1 << 20)
def send(one):
    one.setblocking(True)
    try:
        for _ in range(1500): one.sendall(frame)
    except OSError:
        pass
threads = [threading.Thread(target=send, args=(one,)) for one in ours]
for one in threads: one.start()
for one in threads: one.join()
"""


def test_a_kernel_cannot_fill_the_memory_of_the_grader(pool: KernelPool) -> None:
    """Does a message that never ends, on the kernel's own connections, take no more than one may?"""
    own = psutil.Process()
    before = own.memory_info().rss
    with pool.session(notebook(ENDLESS, "print(6 * 7)"), 3) as session:
        session.run_cell(0)
        assert own.memory_info().rss - before < 600 << 20
        if not session.alive:
            session.restart()
        assert session.run_cell(1).status == "ok"
        assert text(session, 1).strip() == "42"
