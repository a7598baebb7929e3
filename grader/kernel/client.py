"""nbclient, one cell at a time, with a bounded amount of output."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from nbclient import NotebookClient
from nbformat import NotebookNode

from grader.kernel.kernel import POLL_S, Kernel, log
from grader.kernel.talk import messages, outputs

CUT = "[The rest of this cell's output was left out: it is more than {limit:,} characters.]\n"
OUTPUT_WITHIN_S = 4
"""The output of a cell that ended is waited for this long, in seconds."""
MOST_OF_ONE_DISPLAY, MOST_DISPLAYS = 50, 500
"""An output that is shown again is written in all the places where it was shown before, by its name: so many places
and so many names are remembered, the rest are outputs like others."""


_node: Callable[[dict[str, Any]], NotebookNode] = NotebookNode


class CellClient(NotebookClient):
    """Runs cells of a notebook in a kernel that somebody else owns."""

    kernel: Kernel
    allowance: outputs.Allowance
    _merging_helps = True
    _failed = False

    @classmethod
    def of(cls, notebook: NotebookNode, kernel: Kernel) -> CellClient:
        """A client whose kernel is ready."""
        made = cls(
            notebook,
            km=kernel.manager,
            timeout=None,
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            # A tag must not keep a student's cell from running.
            skip_cells_with_tag="",
            iopub_timeout=OUTPUT_WITHIN_S,
            log=log,
        )
        made.kc, made.kernel = kernel.client, kernel
        return made

    async def run(self, index: int, limit: int) -> dict[str, Any]:
        """Run the code cell at `index`; the content of the kernel's reply.

        At most `limit` characters of output are kept. Raises DeadKernelError if the kernel ends.
        """
        cell = self.nb.cells[index]
        self.allowance, self._merging_helps, self._failed = outputs.Allowance(limit), True, False
        replies: list[dict[str, Any]] = []
        self.on_cell_executed = lambda cell, cell_index, execute_reply: replies.append(execute_reply["content"])
        cell.execution_count = None
        shell = self.kernel.client.shell_channel
        shell.only = "execute_reply"  # nbclient takes any message for the reply to its cell
        try:
            await self.async_execute_cell(cell, index)
        finally:
            shell.only = None
            self._merge(index)
            if self.allowance.dropped:
                note = {"output_type": "stream", "name": "stderr", "text": CUT.format(limit=limit)}
                cell.outputs.append(_node(note))
        return replies[-1]

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """As nbclient does, for what fits into the cell's allowance. The first error always does."""
        size, kind = messages.size(msg), msg["msg_type"]
        if (size and self.clear_before_next_output) or (kind == "clear_output" and not msg["content"]["wait"]):
            self.allowance.used = 0
        if kind == "error" and not self._failed:
            self._failed = True
            return super().process_message(msg, cell, cell_index)
        if size > self.allowance.room and self._merging_helps:
            self._merge(cell_index)
        if size > self.allowance.room and kind == "stream":
            msg, size = self._cut(msg, size)
        if size and not self.allowance.take(size):
            return None
        return super().process_message(self._without_name(msg, cell_index), cell, cell_index)

    def _without_name(self, msg: dict[str, Any], index: int) -> dict[str, Any]:
        """The message, without the name of a display that is not remembered any more."""
        name = (msg["content"].get("transient") or {}).get("display_id")
        if name is None or msg["msg_type"] == "update_display_data":
            return msg
        places = self._display_id_map.get(name)
        full = (
            len(self._display_id_map) >= MOST_DISPLAYS
            if places is None
            else (sum(map(len, places.values())) >= MOST_OF_ONE_DISPLAY)
        )
        return {**msg, "content": {**msg["content"], "transient": {}}} if full else msg

    def _cut(self, msg: dict[str, Any], size: int) -> tuple[dict[str, Any], int]:
        """As much of a stream as there is room for."""
        text = msg["content"]["text"]
        excess = size - self.allowance.room
        if excess >= len(text):
            return msg, size
        self.allowance.dropped += excess
        return {**msg, "content": {**msg["content"], "text": text[:-excess]}}, size - excess

    def _merge(self, index: int) -> None:
        """Merge the streams of a cell, which makes room where a progress bar was drawn over and over.

        Where it makes little room it is not tried again, since a flood of messages would cost that much each.
        """
        cell = self.nb.cells[index]
        kept, places = outputs.merged(cell.outputs)
        cell.outputs = [_node(output) for output in kept]
        for cells in self._display_id_map.values():
            cells[index] = [places[place] for place in cells.get(index, []) if place < len(places)]
        self.allowance.used = sum(map(messages.output_size, kept))
        self._merging_helps = self.allowance.used < self.allowance.limit / 2

    async def _async_poll_kernel_alive(self) -> None:
        """As nbclient does, but without a second of delay."""
        while await self.kernel.alive():
            await asyncio.sleep(POLL_S)
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()
