"""A kernel process that is forked by a parent, behind the interface through which jupyter_client drives kernels."""

from __future__ import annotations

import asyncio
import signal
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase

from grader.kernel.parents.parent import Child, Parent
from grader.kernel.process.birth import Birth


class ForkProvisioner(KernelProvisionerBase):
    """Has the kernel forked by a parent, which also signals it and hears of its end."""

    birth: Birth
    parent_of_kernels: Parent
    child: Child | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a process, running or not yet taken note of."""
        return self.child is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Write the connection file; there is no command to prepare."""
        manager = cast("KernelManager", self.parent)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork. Raises LaunchError."""
        self.child = await self.parent_of_kernels.fork(self.birth)
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
            self.parent_of_kernels.signal(self.child, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel without asking it."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing: the kernel's folder belongs to who made it."""
