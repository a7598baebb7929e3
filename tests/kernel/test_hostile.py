"""Cells that misbehave: by mistake, or to deceive or exhaust the grader."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from grader.kernel.bounds.limits import Limits
from grader.kernel.errors import KernelLost, ProbeError, ProbeNonsense, ProbeTimeout
from tests.kernels import asked

from .conftest import Open, run_all, text

SHORT = Limits(cell_s=1.5, grace_s=1.5)

KERNEL = (
    "from ipykernel.kernelapp import IPKernelApp\nkernel = IPKernelApp.instance().kernel\nsend = kernel.session.send\n"
)


# The kernel's own session refuses to write half a character; hostile code writes the bytes itself.
RAW = (
    "def raw(socket, kind, content, parent, ident):\n"
    "    pack = kernel.session.pack\n"
    "    frames = [pack(kernel.session.msg_header(kind)), pack(parent['header']), b'{}', content]\n"
    "    socket.send_multipart([*ident, b'<IDS|MSG>', kernel.session.sign(frames), *frames])\n"
)


def answering(code: str) -> str:
    """A cell that puts student code in the place of the probe."""
    body = code.replace("\n", "\n    ")
    define = f"import time\ndef handle(stream, ident, parent):\n    {body}\n"
    return f"{KERNEL}{define}kernel.shell_handlers['probe_request'] = handle"


def test_infinite_loop_is_interrupted(open_session: Open) -> None:
    """Does an endless cell end with `timeout`, and does its kernel live on with its names?"""
    with open_session("a = 5", "while True:\n    pass", "print(a)", limits=SHORT) as session:
        runs = run_all(session)
        assert [run.status for run in runs] == ["ok", "timeout", "ok"]
        assert runs[1].error is not None
        assert runs[1].error.ename == "KeyboardInterrupt"
        assert text(session, 2) == "5\n"


def test_loop_that_swallows_interrupts_is_killed(open_session: Open) -> None:
    """Is a cell killed that ignores the interrupt, and does a restart give a working kernel?"""
    stubborn = "n = 0\nwhile True:\n  try:\n    while True:\n      n += 1\n  except KeyboardInterrupt:\n    pass"
    with open_session(stubborn, "print(1)", limits=SHORT) as session:
        run = session.run_cell(0)
        assert run.status == "timeout"
        assert not session.alive
        assert session.run_cell(1).status == "not_run"
        session.restart()
        assert session.run_cell(1).status == "ok"


@pytest.mark.parametrize(
    "end", ["import os; os._exit(3)", "import os; os.kill(os.getpid(), 9)", "import ctypes; ctypes.string_at(0)"]
)
def test_death_is_noticed(open_session: Open, end: str) -> None:
    """Is a kernel that ends in the middle of a cell `dead` at once, and a restart possible?"""
    with open_session(end, "print(1)") as session:
        run = session.run_cell(0)
        assert run.status == "dead"
        with pytest.raises(KernelLost):
            session.ask(asked("environment"))
        session.restart()
        assert session.run_cell(1).status == "ok"


def test_exit_is_ignored(open_session: Open) -> None:
    """If a cell tells the kernel politely to exit, do the next ones run all the same?"""
    with open_session("a = 1", "exit()", "quit()", "print(a)") as session:
        assert [run.status for run in run_all(session)] == ["ok"] * 4
        assert text(session, 3) == "1\n"


@pytest.mark.slow
def test_endless_printing_is_bounded(open_session: Open) -> None:
    """Is only the allowed output kept, the rest counted, and the grader's memory not filled?"""
    limits = Limits(cell_s=4, grace_s=2, output_bytes=100_000)
    flood = "import sys\nwhile True:\n    print('x' * 10_000)\n    sys.stdout.flush()"
    with open_session(flood, "print('after')", limits=limits) as session:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        run = session.run_cell(0)
        assert run.status == "timeout"
        assert run.dropped > 1_000_000
        assert 90_000 < len(text(session, 0)) < 110_000
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB
        session.run_cell(1)
        assert text(session, 1) == "after\n"


@pytest.mark.slow
def test_flood_does_not_stop_the_other_sessions(open_session: Open) -> None:
    """While one kernel sends without pause, is another one served?"""
    flood = KERNEL + "while True:\n    send(kernel.iopub_socket, 'stream', {'name': 'stdout', 'text': 'x'}, parent={})"
    loud_session = open_session(flood, limits=Limits(cell_s=4, grace_s=1))
    with loud_session as loud, open_session("print(1)") as calm, ThreadPoolExecutor(1) as threads:
        running = threads.submit(loud.run_cell, 0)
        time.sleep(1)
        assert calm.run_cell(0).status == "ok"
        assert running.result().status == "timeout"


def test_one_enormous_output(open_session: Open) -> None:
    """Does a cell end normally whose output is more than a message may be, and is the next one's output there?"""
    with open_session("print('x' * 100_000_000)", "print('after')") as session:
        runs = run_all(session)
        assert [run.status for run in runs] == ["ok", "ok"]
        assert text(session, 1) == "after\n"


def test_messages_that_are_dear_to_read(open_session: Open) -> None:
    """Is a message not read of which each few bytes would take a hundred in memory, while what is sent after it is?"""
    dense = (
        "for wrong in (b'[0],', b'{},', b'\"ab\",'):\n"
        "    raw(kernel.iopub_socket, 'display_data', b'{\"data\": [' + wrong * (24_000_000 // len(wrong)) + b'0]}',\n"
        "        kernel.get_parent(), [b'display_data'])\n"
        "print('after')"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open_session(KERNEL + RAW + dense) as session:
        run = session.run_cell(0)
        assert (run.status, text(session, 0)) == ("ok", "after\n")
    taken_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert taken_kb < 250_000


def test_a_header_that_is_dear_to_read(open_session: Open) -> None:
    """Is a message passed over whose header has many dates, each of which takes a thousand times its length to read?"""
    sends = (
        "import json\n"
        "def say(text, dates):\n"
        "    head = json.dumps({**kernel.session.msg_header('stream'), 'd': ['2026-01-01T00:00:00'] * dates},\n"
        "                      default=str).encode()\n"
        "    body = json.dumps({'name': 'stdout', 'text': text}).encode()\n"
        "    frames = [head, kernel.session.pack(kernel.get_parent()['header']), b'{}', body]\n"
        "    kernel.iopub_thread.send_multipart([b'stream', b'<IDS|MSG>', kernel.session.sign(frames), *frames])\n"
        "say('short ', 3); say('long ', 2000); print('after')"
    )
    with open_session(KERNEL + sends) as session:
        assert session.run_cell(0).status == "ok"
        assert text(session, 0) == "short after\n"


@pytest.mark.slow
def test_many_tiny_outputs(open_session: Open) -> None:
    """Are a hundred thousand outputs of one character each bounded too?"""
    source = "from IPython.display import display\nfor _ in range(5_000): display({}, raw=True)"
    with open_session(source, limits=Limits(output_bytes=50_000)) as session:
        session.run_cell(0)
        assert len(session.notebook.cells[0].outputs) <= 501


def test_progress_bar_costs_what_it_shows(open_session: Open) -> None:
    """Is a line that was drawn over hundreds of times kept in its last state, with what came after?"""
    source = "for i in range(600):\n    print('\\r' + 'x' * 200 + str(i), end='', flush=True)\nprint('\\nend')"
    with open_session(source, limits=Limits(output_bytes=20_000)) as session:
        run = session.run_cell(0)
        assert text(session, 0) == "x" * 200 + "599\nend\n"
        assert run.dropped == 0


def test_cleared_output_is_free_again(open_session: Open) -> None:
    """Is the last picture of an animation kept, however many were cleared before it?"""
    source = (
        "from IPython.display import display, clear_output\n"
        "for i in range(100):\n    clear_output(wait=True)\n    display({'text/plain': str(i) + 'x' * 2_000}, raw=True)"
    )
    with open_session(source, limits=Limits(output_bytes=10_000)) as session:
        session.run_cell(0)
        assert text(session, 0).startswith("99x")


def test_outputs_are_valid_whatever_is_sent(open_session: Open) -> None:
    """Can the notebook be written after messages of every wrong shape, and is the cell's own output there?"""
    wrong = (
        "parent = kernel.get_parent()\n"
        "for kind in ('stream', 'display_data', 'execute_result', 'error', 'update_display_data', 'status',\n"
        "             'clear_output', 'execute_input', 'comm_open', 'comm_msg', 'nonsense'):\n"
        "    for content in ({}, {'name': 3, 'text': []}, {'data': 7}, {'data': {'text/plain': {}}, 'metadata': 3},\n"
        "                    {'ename': None, 'traceback': 4}, {'execution_state': []}, {'execution_count': 'x'},\n"
        "                    {'data': {'text/html': 'x'}, 'transient': 4},\n"
        "                    {'data': {'application/javascript': 'alert(1)'}, 'metadata': {'a': [[[[]]]]}},\n"
        "                    {'comm_id': 'a', 'target_name': 'jupyter.widget', 'data': {'state': {}}}):\n"
        "        send(kernel.iopub_socket, kind, content, parent=parent)\n"
        "kernel.iopub_socket.send_multipart([b'stream', b'no delimiter'])\n"
        "kernel.iopub_socket.send_multipart([b'<IDS|MSG>', b'sig', b'{}', b'{}', b'{}', b'{}'])\n"
        'half = b\'{"name": "stdout", "text": "half \\\\ud800"}\'\n'
        "for content in (b'[' * 100_000, half, b'[]', b'1' * 9_999, b''):\n"
        "    raw(kernel.iopub_socket, 'stream', content, parent, [b'stream'])\n"
        "print('still here')"
    )
    with open_session(KERNEL + RAW + wrong) as session:
        run = session.run_cell(0)
        assert run.status == "ok", run.error
        assert "half \N{REPLACEMENT CHARACTER}" in text(session, 0)
        assert "still here" in text(session, 0)
        nbformat.validate(session.notebook)
        nbformat.writes(session.notebook).encode()
        mimes = {mime for output in session.notebook.cells[0].outputs for mime in output.get("data", {})}
        assert "application/javascript" not in mimes


def test_enormous_error_message(open_session: Open) -> None:
    """Is the text of an error cut that is a megabyte long?"""
    with open_session("raise ValueError('x' * 1_000_000)") as session:
        error = session.run_cell(0).error
        assert error is not None
        assert error.ename == "ValueError"
        assert len(error.evalue) < 25_000
        assert len(error.traceback_text) < 25_000


def test_reply_too_large_to_take(open_session: Open) -> None:
    """Is a kernel ended at once, not after the time limit, whose reply to a cell is too large to be taken?"""
    source = "class Big(Exception):\n    def __str__(self): return 'x' * 100_000_000\nraise Big"
    with open_session(source) as session:
        run = session.run_cell(0)
        assert run.status == "dead"


def test_raising_student_object(open_session: Open) -> None:
    """Does an error inside a question arrive with its class and message, made writable?"""
    code = (
        RAW
        + "raw(stream, 'probe_reply', b'"
        + r'{"ok": false, "error": {"type": "ValueError", "message": "no\\ud800"}}'
    )
    with open_session(answering(code + "', parent, ident)")) as session:
        session.run_cell(0)
        with pytest.raises(ProbeError) as caught:
            session.ask(asked("forward"))
        assert (caught.value.type, caught.value.message) == ("ValueError", "no\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    "reply", ["{}", "{'ok': 'yes', 'value': 1}", "{'ok': True}", "{'ok': False}", "{'ok': False, 'error': 'x'}"]
)
def test_answer_that_is_none(open_session: Open, reply: str) -> None:
    """Is an answer of another form nonsense?"""
    with open_session(answering(f"send(stream, 'probe_reply', {reply}, parent, ident=ident)")) as session:
        session.run_cell(0)
        with pytest.raises(ProbeNonsense):
            session.ask(asked("survey"))


def test_answer_too_large(open_session: Open) -> None:
    """Is an answer that would fill the memory nonsense, soon, and is the kernel still asked afterwards?"""
    code = "size = 100_000_000 if parent['content']['op'] == 'big' else 10\n"
    code += "send(stream, 'probe_reply', {'ok': True, 'value': 'x' * size}, parent, ident=ident)"
    with open_session(answering(code)) as session:
        session.run_cell(0)
        with pytest.raises(ProbeNonsense, match="32 MB"):
            session.ask(asked("big"), timeout=20)
        assert session.ask(asked("small")) == "x" * 10


def test_late_answer_is_not_taken_for_the_next(open_session: Open) -> None:
    """Is an answer that comes after its time ignored, also when the next question waits for one?"""
    code = "time.sleep(1.5 if parent['content']['op'] == 'slow' else 0)\n"
    code = "try:\n    " + code.replace("\n", "") + "\nexcept KeyboardInterrupt: pass\n"
    code += "send(stream, 'probe_reply', {'ok': True, 'value': parent['content']['op']}, parent, ident=ident)"
    with open_session(answering(code)) as session:
        session.run_cell(0)
        with pytest.raises(ProbeTimeout):
            session.ask(asked("slow"), timeout=0.5)
        assert session.ask(asked("fast")) == "fast"


def test_forged_answers_are_ignored(open_session: Open) -> None:
    """Are answers to questions that were never asked skipped until the right one comes?"""
    code = (
        "for forged in ({}, {'header': {'msg_id': 'x'}, 'msg_id': 'x'}):\n"
        "    send(stream, 'probe_reply', {'ok': True, 'value': 'forged'}, forged or None, ident=ident)\n"
        "stream.send_multipart([*ident, b'no message'])\n"
        "send(stream, 'execute_reply', {'status': 'ok'}, parent, ident=ident)\n"
        "send(stream, 'probe_reply', {'ok': True, 'value': 'true one'}, parent, ident=ident)"
    )
    with open_session(answering(code)) as session:
        session.run_cell(0)
        assert session.ask(asked("survey")) == "true one"


def test_question_without_end(open_session: Open) -> None:
    """Does a question that is never answered raise ProbeTimeout, and is a stubborn kernel killed, not asked forever?"""
    code = "while True:\n    try:\n        time.sleep(1)\n    except KeyboardInterrupt: pass"
    with open_session(answering(code), limits=Limits(cell_s=5, grace_s=1)) as session:
        session.run_cell(0)
        with pytest.raises(ProbeTimeout):
            session.ask(asked("survey"), timeout=1)
        assert session._clock_s > 1.9  # with the grace that it was given
        with pytest.raises(KernelLost):
            session.ask(asked("survey"))


def test_end_that_is_known_late(open_session: Open) -> None:
    """Is a kernel whose sockets close some time before its process ends known to be dead once it was asked?"""
    slow_end = (
        "import gc, os, zmq\n"
        "for each in gc.get_objects():\n"
        "    if isinstance(each, zmq.Socket) and each.type == zmq.ROUTER: each.close(linger=0)\n"
        "time.sleep(0.8)\nos._exit(0)"
    )
    with open_session(answering(slow_end), "print(1)") as session:
        assert session.run_cell(0).status == "ok"
        with pytest.raises(KernelLost):
            session.ask(asked("environment"))
        assert not session.alive
        session.restart()
        assert session.run_cell(1).status == "ok"
