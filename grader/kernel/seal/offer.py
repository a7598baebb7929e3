"""What this machine offers to hold student code in: found out by sealing a process that does nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.files.for_a_while import folder_for_a_while

SEAL = "grader.kernel.seal.lock"
STRONG = ("landlock", "user-namespace")
LAYERS = {
    "user-namespace": "a user without rights, of its own",
    "mount-namespace": "mounts of its own",
    "pid-namespace": "sees no process but its own, and leaves none behind",
    "network-namespace": "a network without a way out",
    "ipc-namespace": "shared memory of its own",
    "uts-namespace": "a host name of its own",
    "own-root": "of the machine's files, sees Python, system libraries and its own folder alone",
    "read-only": "nothing outside of its own folder can be changed, also not its rights and times",
    "own-files": "files in memory: limited in all, and gone with the kernel",
    "landlock": "reads Python and system libraries, writes its own folder alone",
    "landlock-tcp": "no TCP",
    "landlock-scopes": "no signals and no abstract sockets to the outside",
    "no-capabilities": "no privilege left",
    "no-new-privileges": "no privilege to be gained",
    "seccomp": "no system calls for mounts, tracing, keys, modules; no sockets but the kernel's own",
    "rlimits": "limits for files, processes and address space",
}
_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """The layers that hold, by name; `problem` says why there are none."""

    layers: tuple[str, ...]
    problem: str | None = None

    @property
    def enough(self) -> bool:
        """Whether student code can be held in: by Landlock, by namespaces, or by both."""
        return any(layer in self.layers for layer in STRONG)


def offered(within: Path | None = None) -> Offer:
    """Try it in a process of its own, which has a folder `within` that one for a while."""
    try:
        with folder_for_a_while("grader-", within) as folder:
            # -P: what lies in the current folder, which may be a student's, must not be importable.
            command = [sys.executable, "-P", "-m", "grader.kernel.seal.offer", str(folder)]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=_WITHIN_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Offer((), str(error))
    try:
        return Offer(tuple(map(str, json.loads(ended.stdout))))
    except ValueError:
        said = ended.stderr.strip().splitlines()
        return Offer((), said[-1] if said else f"the attempt ended with status {ended.returncode}")


def main() -> None:
    """Seal this process and print the names of what holds it, as JSON."""
    from grader.kernel.bounds.limits import Limits
    from grader.kernel.process import folder
    from grader.kernel.seal import lock

    own = Path(sys.argv[1]).absolute() / "k"
    folder.furnish(own)
    lock.prepare()
    print(json.dumps([*lock.lock(str(own), Limits()), *lock.shut(_nowhere_else)]), flush=True)


def _nowhere_else(function: Callable[[], None]) -> None:
    """This process has one thread."""


if __name__ == "__main__":
    main()
