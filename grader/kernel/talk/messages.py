"""What a kernel says, made safe to read: the sender is hostile and holds the key that signs its messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from grader.protocol.operations import REPLY

Message = dict[str, Any]

MIME_TYPES = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
)
"""What an output may consist of. Widgets and scripts are left out: nothing in a report runs them."""

MAX_ERROR_TEXT = 20_000
MAX_DISPLAY_ID = 100
OVERHEAD = 100
PASSED_UNREAD = ("kernel_info_reply", REPLY)
"""Messages whose content is examined by who asked for them."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def values(frames: Iterable[bytes]) -> int:
    """At most so many values the JSON of a message has, text that looks like some counted in."""
    return sum(frame.count(mark) for frame in frames for mark in (b",", b"[", b"{"))


def readable(message: Message) -> Message | None:
    """The message with only what is used of it, in the types that the protocol gives them; None if it is nonsense.

    See "Messaging in Jupyter" in the documentation of jupyter_client for the protocol.
    """
    header, parent, content = message["header"], message["parent_header"], message["content"]
    if not (isinstance(header, dict) and isinstance(parent, dict) and isinstance(content, dict)):
        return None
    kind = header.get("msg_type")
    if not isinstance(kind, str):
        return None
    read = _READERS.get(kind)
    if read is not None:
        content = read(content)
    elif kind not in PASSED_UNREAD:
        return None
    if content is None:
        return None
    return {
        "header": {**header, "msg_type": kind},
        "parent_header": parent,
        "msg_type": kind,
        "content": content,
        "metadata": {},
        "buffers": [],
    }


def size(message: Message) -> int:
    """How much of a cell's allowance for output a message takes, in characters; 0 if it is not output."""
    kind, content = message["msg_type"], message["content"]
    if kind not in ("stream", "display_data", "execute_result", "update_display_data", "error"):
        return 0
    return output_size({"output_type": kind, **content})


def output_size(output: Message) -> int:
    """How much of a cell's allowance an output takes. Also an empty one takes some, lest a million be free."""
    match output["output_type"]:
        case "stream":
            return OVERHEAD + len(output["text"])
        case "error":
            return OVERHEAD + len(output["evalue"]) + sum(map(len, output["traceback"]))
    return OVERHEAD + sum(map(len, output["data"].values()))


def clean(text: object, limit: int | None = None) -> str:
    """Text that can be written as UTF-8, cut in its middle where it is longer than `limit`."""
    written = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text if isinstance(text, str) else "")
    if limit is None or len(written) <= limit:
        return written
    return f"{written[: limit // 2]}\n[...]\n{written[-limit // 2 :]}"


def _status(content: Message) -> Message | None:
    state = content.get("execution_state")
    return {"execution_state": state} if isinstance(state, str) else None


def _stream(content: Message) -> Message | None:
    if content.get("name") not in ("stdout", "stderr"):
        return None
    return {"name": content["name"], "text": clean(content.get("text"))}


def _data(content: Message) -> Message | None:
    data, transient = content.get("data"), content.get("transient")
    if not isinstance(data, dict):
        return None
    kept = {mime: clean(data[mime]) for mime in MIME_TYPES if isinstance(data.get(mime), str)}
    name = transient.get("display_id") if isinstance(transient, dict) else None
    named = isinstance(name, str) and len(name) <= MAX_DISPLAY_ID
    return {"data": kept, "metadata": {}, "transient": {"display_id": name} if named else {}}


def _result(content: Message) -> Message | None:
    data = _data(content)
    return None if data is None else {**data, **_count(content)}


def _error(content: Message) -> Message:
    lines = content.get("traceback")
    # One string, so that a traceback of a million lines is cut like one of a million characters.
    text = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
    return {
        "ename": clean(content.get("ename"), 200) or "Error",
        "evalue": clean(content.get("evalue"), MAX_ERROR_TEXT),
        "traceback": clean(text, MAX_ERROR_TEXT).split("\n"),
    }


def _reply(content: Message) -> Message | None:
    if content.get("status") == "ok":
        return {"status": "ok", **_count(content)}
    return {"status": "error", **_error(content), **_count(content)}


def _count(content: Message) -> Message:
    count = content.get("execution_count")
    return {"execution_count": count if isinstance(count, int) and 0 <= count < 1_000_000 else None}


def _clear(content: Message) -> Message:
    return {"wait": content.get("wait") is True}


_READERS = {
    "status": _status,
    "stream": _stream,
    "display_data": _data,
    "update_display_data": _data,
    "execute_result": _result,
    "error": _error,
    "execute_reply": _reply,
    "execute_input": _count,
    "clear_output": _clear,
}
