"""The parents of kernels, warm and cold: what they give, what they refuse, and what they leave behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import pytest

from grader.kernel.errors import LaunchError
from grader.kernel.pool import KernelPool

from .conftest import QUICK, notebook, run_all, text

# Processes that would outlive a careless end: one of the kernel's group, one of a group of its own whose parent ended.
STRAYS = (
    "import os, subprocess\n"
    "print(os.getpid())\n"
    "print(subprocess.Popen(['sleep', '1000']).pid)\n"
    "command = ['setsid', 'sh', '-c', 'sleep 1000 > /dev/null 2>&1 & echo $!']\n"
    "print(subprocess.check_output(command, text=True).strip())\n"
    "print(os.getppid())\n"
    "print(os.path.abspath('../../..'))"
)

TRAINING = (
    "import numpy as np, tensorflow as tf\n"
    "model = tf.keras.Sequential([tf.keras.layers.GRU(4), tf.keras.layers.Dense(2)])\n"
    "model.compile('adam', 'mse')\n"
    "history = model.fit(np.random.rand(20, 5, 3), np.random.rand(20, 2), epochs=2, verbose=0)\n"
    "print(history.history['loss'], hash('text'))\n"
    "model.summary()"
)

ENVIRONMENT = (
    "import os, sys\nprint({k: v for k, v in os.environ.items() if '/k' not in v}, sys.flags, sys.path, sys.argv)"
)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(pids: list[int], within_s: float = 10) -> list[int]:
    end = time.monotonic() + within_s
    while (left := [pid for pid in pids if not gone(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def test_nothing_is_left_of_a_session(unsealed: KernelPool) -> None:
    """Do all processes that a notebook started end with its session, and is its folder removed?"""
    with unsealed.session(notebook(STRAYS), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok", text(session, 0)
        *strays, parent, folder = text(session, 0).split()
        assert not any(gone(int(pid)) for pid in strays)
    assert wait_until_gone([int(pid) for pid in strays]) == []
    assert not gone(int(parent))
    assert [path.name for path in Path(folder).iterdir() if path.name.startswith("k")] == []


RUNAWAYS = """
import subprocess, sys
code = "import os\\nos.setsid()\\nwhile True:\\n    if os.fork(): os._exit(0)"
for _ in range(6): subprocess.run([sys.executable, "-S", "-E", "-c", code, {mark!r}])
"""


def test_what_goes_on_as_its_own_child_is_ended(unsealed: KernelPool) -> None:
    """Is nothing left of processes that have another number each time that they are looked for?"""
    mark = f"runaway-{os.getpid()}"

    def running() -> bool:
        return subprocess.run(["pgrep", "-f", f"[ ]{mark}$"], capture_output=True, check=False).returncode == 0

    with unsealed.session(notebook(RUNAWAYS.format(mark=mark)), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"
    with unsealed.session(notebook("print(6 * 7)"), 3, QUICK) as session:  # none is born before the others are gone
        assert session.run_cell(0).status == "ok"
        assert not running()


def test_nothing_is_left_of_a_dead_kernel(unsealed: KernelPool) -> None:
    """Do the processes of a kernel end as well when it kills itself?"""
    with unsealed.session(notebook(STRAYS, "os._exit(1)"), 3, QUICK) as session:
        session.run_cell(0)
        pids = [int(pid) for pid in text(session, 0).split()[:3]]
        assert session.run_cell(1).status == "dead"
        assert wait_until_gone(pids) == []


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_of_a_killed_grader(tmp_path: Path, signum: signal.Signals, warm: bool) -> None:
    """When the grader itself is killed, do its parents, kernels and their processes end, and their folders go?"""
    script = tmp_path / "grading.py"
    script.write_text(
        "import sys, time\nfrom nbformat.v4 import new_code_cell, new_notebook\n"
        "from grader.kernel.pool import KernelPool\n"
        f"node = new_notebook(cells=[new_code_cell({STRAYS!r})])\n"
        f"with KernelPool(warm={warm}) as pool, pool.session(node, 3) as session:\n"
        "    session.run_cell(0)\n"
        "    print(node.cells[0].outputs[0].text, flush=True)\n"
        "    time.sleep(1000)\n"
    )
    environment = {**os.environ, "TMPDIR": tempfile.mkdtemp(prefix="t-", dir="/tmp")}
    grader = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment)
    assert grader.stdout is not None
    lines = [grader.stdout.readline().strip() for _ in range(5)]
    assert Path(lines[4]).is_dir()
    os.kill(grader.pid, signum)
    grader.wait()
    grader.stdout.close()
    assert wait_until_gone([int(pid) for pid in lines[:4]]) == []
    assert list(Path(environment["TMPDIR"]).iterdir()) == []
    Path(environment["TMPDIR"]).rmdir()


def test_leaving_the_pool_ends_open_sessions() -> None:
    """Does leaving the pool end kernels of sessions that nobody closed?"""
    with KernelPool(warm=False) as pool:
        opened = pool.session(notebook(STRAYS), 3, QUICK)
        session = opened.__enter__()
        session.run_cell(0)
        *pids, folder = text(session, 0).split()
    assert wait_until_gone([int(pid) for pid in pids]) == []
    assert not Path(folder).exists()


@pytest.mark.slow
@pytest.mark.parametrize("generation", [2, 3])
def test_cold_kernel_gives_the_same_results(pool: KernelPool, generation: int) -> None:
    """Are numbers, outputs, variables, flags and paths the same in a kernel that imported everything itself?"""
    seen = []
    with KernelPool(warm=False) as cold:
        for one in (pool, cold):
            with one.session(notebook(TRAINING, ENVIRONMENT, "1 / 0"), generation, QUICK) as session:
                runs = run_all(session, seed=3)
                seen.append(([text(session, 0), text(session, 1)], [run.error for run in runs]))
                assert session.warm is (one is pool)
                assert runs[0].status == "ok", runs[0].error
    assert seen[0] == seen[1]


def test_pool_may_be_left_while_it_prepares(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If the pool is left while parents still import, is it left soon, and without their folders?"""
    monkeypatch.setattr(tempfile, "tempdir", tempfile.mkdtemp(prefix="t-", dir="/tmp"))
    with KernelPool() as pool:
        pool.prepare(2, 3)
        time.sleep(0.5)
    assert list(Path(tempfile.gettempdir()).iterdir()) == []
    Path(tempfile.gettempdir()).rmdir()


def test_parent_that_ends_is_replaced() -> None:
    """If the parent is killed, are its kernels dead at once, and does the next kernel come from a new one?"""
    with KernelPool() as pool, pool.session(notebook("import os; print(os.getppid())"), 3, QUICK) as session:
        session.run_cell(0)
        os.kill(int(text(session, 0)), signal.SIGKILL)
        end = time.monotonic() + 5
        while session.alive and time.monotonic() < end:
            time.sleep(0.05)
        assert not session.alive
        session.restart()
        assert session.run_cell(0).status == "ok"
        assert session.warm


def test_a_birth_that_the_system_refuses(pool: KernelPool) -> None:
    """Does a kernel that cannot have its files cost its own notebook alone, and leave nothing?"""
    with pool.session(notebook("1"), 3, QUICK):
        in_the_way = pool._parents[3].folder / f"k{pool._born + 1}"
    in_the_way.write_text("no folder can be made here")
    with pytest.raises(LaunchError, match=r"File exists.*TMPDIR"), pool.session(notebook("1"), 3, QUICK):
        pass
    assert not list(in_the_way.parent.glob(f"{in_the_way.name}*"))
    with pool.session(notebook("1"), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"


@pytest.mark.slow
@pytest.mark.parametrize("size", ["8k", "48k"])
def test_a_full_disk_costs_no_class(tmp_path: Path, size: str) -> None:
    """Where temporary files find no room, is each submission told so, and the rest of the class done?"""
    full, out = tempfile.mkdtemp(prefix="t-", dir="/tmp"), tmp_path / "grades"
    for name in ("a.ipynb", "b.ipynb"):
        nbformat.write(notebook("print(1)"), tmp_path / name)
    graded = f"mount -t tmpfs -o size={size} none {full} && TMPDIR={full} {sys.executable} -m grader grade --quiet"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*command, f"mount -t tmpfs none {full}"], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    ended = subprocess.run(
        [*command, f"{graded} {tmp_path / 'a.ipynb'} {tmp_path / 'b.ipynb'} --out {out}"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    Path(full).rmdir()
    assert "Traceback" not in ended.stderr
    assert ended.returncode == 3, ended.stderr
    for name in ("a", "b"):
        assert "No space left" in (out / name / "result.json").read_text()


@pytest.mark.slow
def test_warm_start_that_fails_falls_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where importing leaves a thread running, are kernels started cold, and is the reason given?"""
    # The module of the seal is imported in the parent.
    (tmp_path / "threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "def prepare(): pass\ndef lock(folder, limits): return []\ndef shut(run_in_others): return []\n"
    )
    monkeypatch.setattr("sys.executable", str(_python_that_finds(tmp_path)))
    with KernelPool(seal="threaded") as pool:
        with pytest.raises(LaunchError, match="threads"), pool.session(notebook(), 3, QUICK):
            pass
        assert "threads" in pool.why_cold[3]


def _python_that_finds(folder: Path) -> Path:
    """An interpreter with one more folder to import from, since no variable of the user reaches a parent."""
    program = folder / "python"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={folder} exec {sys.executable} "$@"\n')
    program.chmod(0o700)
    return program


LISTING = """
import os
def prepare(): pass
def lock(folder, limits):
    global kept
    kept = folder
    return ["before:" + name for name in os.listdir(folder)]
def shut(run_in_others): return ["after:" + name for name in os.listdir(kept)]
"""


def test_seal_is_applied_before_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is it locked before the kernel begins, shut when its sockets are open, and are all names handed on?"""
    (tmp_path / "listing.py").write_text(LISTING)
    monkeypatch.setattr("sys.executable", str(_python_that_finds(tmp_path)))
    with KernelPool(seal="listing") as pool, pool.session(notebook("1"), 3, QUICK) as session:
        assert set(session.sandbox) >= {"before:files", "before:connection.json", "after:s-1"}
        assert "before:s-1" not in session.sandbox
        assert session.run_cell(0).status == "ok"


@pytest.mark.parametrize("step", ["prepare", "lock", "shut"])
def test_kernel_does_not_start_unsealed(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a step of the seal fails, is there no kernel, and does the message say what happened?"""
    broken = f"def {step}(*_): raise OSError('not to be had')\n"
    (tmp_path / "failing.py").write_text(LISTING + broken)
    monkeypatch.setattr("sys.executable", str(_python_that_finds(tmp_path)))
    with (
        KernelPool(seal="failing") as pool,
        pytest.raises(LaunchError, match="not to be had"),
        pool.session(notebook("1"), 3, QUICK),
    ):
        pass


def test_seal_that_does_not_exist() -> None:
    """Is a misspelt seal an error that names it, instead of a kernel without one?"""
    with (
        KernelPool(seal="grader.kernel.no_such_seal") as pool,
        pytest.raises(LaunchError, match="no_such_seal"),
        pool.session(notebook("1"), 3, QUICK),
    ):
        pass


def test_folder_without_room_for_sockets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the temporary folder's path is too long for sockets, is a shorter one taken?"""
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with KernelPool(warm=False) as pool, pool.session(notebook("1"), 3, QUICK) as session:
        assert session.run_cell(0).status == "ok"
