"""The pages of docs/reference/, from the code. `python -m tests.release.reference_pages --write` makes them anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import typer.main

from grader.cli.main import app
from grader.gradebook.course import Course
from grader.result.model import Result
from tests.grades import ROOT

FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python -m tests.release.reference_pages --write`. -->"
Properties = dict[str, dict[str, Any]]


def commands() -> str:
    """Every command with its usage, arguments and options, as `--help` says them."""
    lines = [MADE, "# Commands", "", "Each says the same with `--help`.", ""]
    for path, command in _walk("grader", typer.main.get_command(app)):
        lines += [f"## {path}", "", *_command(path, command)]
    return "\n".join(lines).rstrip() + "\n"


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, inner in command.commands.items():
        if not inner.hidden:
            yield from _walk(f"{path} {name}", inner)


def _command(path: str, command: Any) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    yield from ["```text", f"{path} {' '.join(command.collect_usage_pieces(context))}", "```", ""]
    yield from (line.strip() for line in (command.help or "").replace("\b", "").splitlines())
    rows = [record for item in command.get_params(context) if (record := item.get_help_record(context))]
    rows = [(name, said) for name, said in rows if name != "--help"]
    yield ""
    if rows:
        yield from ["| given | meaning |", "|---|---|"]
        yield from (f"| `{_code(name)}` | {_cell(said)} |" for name, said in rows)
        yield ""


def _code(text: str) -> str:
    """Text between backticks that stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def _cell(text: str) -> str:
    """Text that stays in its cell, and is no markup."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")


def result() -> str:
    """Every object of `result.json`, with each field, from the schema that is shipped."""
    schema = Result.model_json_schema()
    lead = (
        "The grade as data. Points are whole numbers. Two runs of the same notebook differ in `duration_s` alone. The "
        "JSON Schema is shipped as `grader/result/result.schema.json`."
    )
    return _page("result.json", lead, schema)


def course() -> str:
    """Every setting of `course.toml`, from the model that reads it."""
    lead = "What a course makes of points and time. All of it may be left out; an example stands in "
    return _page("course.toml", f"{lead}[The gradebook](../instructors/gradebook.md).", Course.model_json_schema())


def _page(title: str, lead: str, schema: dict[str, Any]) -> str:
    lines = [MADE, f"# {title}", "", lead, ""]
    for name, inner in [("", schema), *schema.get("$defs", {}).items()]:
        if name:
            lines += [f"## {name}", ""]
            lines += [_paragraph(inner), ""] if inner.get("description") else []
        lines += _fields(inner.get("properties", {}), set(inner.get("required", ())))
    return "\n".join(lines).rstrip() + "\n"


def _paragraph(schema: dict[str, Any]) -> str:
    return _cell(schema.get("description", ""))


def _fields(properties: Properties, required: set[str]) -> list[str]:
    rows = ["| field | type | if not given | meaning |", "|---|---|---|---|"]
    for name, field in properties.items():
        default = "" if name in required else f"`{_cell(json.dumps(field.get('default')))}`"
        rows.append(f"| `{name}` | {_type(field)} | {default} | {_paragraph(field)} |")
    return [*rows, ""]


def _type(field: dict[str, Any]) -> str:
    """The type in words, with a link to an object that has a section of its own."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if choices := field.get("anyOf") or field.get("oneOf"):
        return " or ".join(dict.fromkeys(_type(choice) for choice in choices))
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        inner = field.get("items") or {}
        return f"list of {_type(inner)}" if inner else "list"
    if field.get("type") == "object" and isinstance(field.get("additionalProperties"), dict):
        return f"table of {_type(field['additionalProperties'])}"
    return str(field.get("format") or field.get("type") or "any")


PAGES: dict[str, Callable[[], str]] = {"commands.md": commands, "result.md": result, "course.md": course}


def main() -> None:
    """Print the pages, or write them."""
    for name, make in PAGES.items():
        if "--write" in sys.argv[1:]:
            Path(FOLDER / name).write_text(make(), encoding="utf-8")
        else:
            print(make())


if __name__ == "__main__":
    main()
