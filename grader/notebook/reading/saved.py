"""What a notebook was saved with beside its text: outputs and counts that no tool can read are thrown away."""

from __future__ import annotations

import math
from typing import Any

BREAKS_PUT_BACK = (
    "The file has lost the line breaks within its cells: they were put back between the lines that it lists."
)


def put_back_line_breaks(cells: list[Any]) -> bool:
    """Between the lines of a source of which none ends in a line break; whether there was such a source."""
    found = False
    for cell in cells:
        lines = cell.get("source") if isinstance(cell, dict) else None
        if isinstance(lines, list) and len(lines) > 1 and all(map(_is_one_line, lines)):
            cell["source"], found = "\n".join(lines), True
    return found


def keep_sound_outputs(cells: list[Any]) -> None:
    """Throw away what breaks the format in cells of nbformat 4."""
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        saved = cell.get("outputs", [])
        cell["outputs"] = [output for output in saved if _is_sound(output)] if isinstance(saved, list) else []
        if not _is_count(cell.get("execution_count")):
            cell["execution_count"] = None


def without_outputs(cells: list[Any]) -> None:
    """Take all outputs and counts away, whatever the version of the format."""
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell["outputs"] = []
            for name in ("execution_count", "prompt_number"):
                if name in cell:
                    cell[name] = None


def finite(text: str) -> float | None:
    """A number of JSON; None for one that no other program could read once it is written."""
    value = float(text)
    return value if math.isfinite(value) else None


def _is_sound(output: Any) -> bool:
    """Whether it is an output as nbformat 4 has it; what is merely left out is added."""
    if not isinstance(output, dict):
        return False
    kind = output.get("output_type")
    if kind == "stream":
        output.setdefault("name", "stdout")
        return isinstance(output["name"], str) and _is_text(output.get("text"))
    if kind == "error":
        output.setdefault("traceback", [])
        traceback = output["traceback"]
        return (
            isinstance(output.get("ename"), str)
            and isinstance(output.get("evalue"), str)
            and isinstance(traceback, list)
            and _is_text(traceback)
        )
    if kind not in ("display_data", "execute_result"):
        return False
    output.setdefault("metadata", {})
    if kind == "execute_result":
        output.setdefault("execution_count", None)
    data = output.get("data")
    return (
        isinstance(data, dict)
        and all("json" in name or _is_text(value) for name, value in data.items())
        and isinstance(output["metadata"], dict)
        and _is_count(output.get("execution_count"))
    )


def _is_one_line(value: Any) -> bool:
    return isinstance(value, str) and "\n" not in value and "\r" not in value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(line, str) for line in value))


def _is_count(value: Any) -> bool:
    return value is None or (type(value) is int and value >= 0)
