"""Two ways to a kernel process behind one interface, so that jupyter_client drives both unchanged."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerBase, LocalProvisioner

from grader.kernel.birth import Birth
from grader.kernel.errors import LaunchError
from grader.kernel.generation import Generation
from grader.kernel.warm import Child, WarmParent


class WarmProvisioner(KernelProvisionerBase):
    """Has the kernel forked from the warm parent, which also signals it and hears of its end."""

    birth: Birth
    warm_parent: WarmParent
    child: Child | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a process, running or not yet taken note of."""
        return self.child is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Write the connection file; there is no command to prepare."""
        self.parent.write_connection_file()
        self.connection_info = self.parent.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork. Raises LaunchError."""
        self.child = await self.warm_parent.fork(self.birth)
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel runs, then its exit status."""
        if self.child is None:
            return 0
        return self.child.exited.result() if self.child.exited.done() else None

    async def wait(self) -> int | None:
        """The exit status, as soon as there is one."""
        if self.child is None:
            return 0
        status = await asyncio.shield(self.child.exited)
        self.child = None
        return status

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel's process group."""
        if self.child is not None:
            self.warm_parent.signal(self.child, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel without asking it."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing: the kernel's folder belongs to who made it."""


class OrdinaryProvisioner(LocalProvisioner):
    """Starts the kernel as a program of its own: slower by the import of TensorFlow, otherwise the same."""

    birth: Birth

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the program. Raises LaunchError."""
        environment = dict(self.birth.environment)
        try:
            return await super().launch_kernel(cmd, env=environment, cwd=str(Path(self.birth.folder) / "work"))
        except OSError as error:
            raise LaunchError(f"the program {cmd[0]} cannot be started: {error}") from error

    async def poll(self) -> int | None:
        """None while the kernel runs, then its exit status; with the kernel ends all that is left of its group."""
        if self.process is not None and self.process.returncode is None and hasattr(os, "waitid"):
            # Not yet waited for, the process keeps its id, so that no other group can be meant.
            with contextlib.suppress(ChildProcessError, ProcessLookupError, PermissionError):
                if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                    os.killpg(self.process.pid, signal.SIGKILL)
        return await super().poll()


def ordinary_spec(generation: Generation, birth: Birth, seal: str | None) -> KernelSpec:
    """The kernel specification of an ordinary kernel."""
    # -P: what lies in the student's folder must not shadow the library before the kernel runs.
    argv = [sys.executable, "-P", "-m", "grader.kernel.birth", "--generation", str(generation)]
    argv += ["--parent", str(os.getpid())] + ([] if seal is None else ["--seal", seal])
    return KernelSpec(argv=[*argv, birth.to_json()], display_name="grader", language="python")
