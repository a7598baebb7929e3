"""Finding and importing a pack by its name."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path

from grader.pack import registered
from grader.pack.questions import Assignment, PackError


def load(name: str | None = None) -> Assignment:
    """Load the pack `name`: a name registered under the entry point group `grader.packs`, or `module:attribute`.

    Without a name, the pack registered as `default`. Raises `PackError` that says what is missing.
    """
    target = _target(name)
    module_name, _, attribute = target.partition(":")
    try:
        pack = getattr(importlib.import_module(module_name), attribute)
    except ModuleNotFoundError as error:
        hint = "; install it beside the engine" if error.name == registered.top_package(target) else ""
        raise PackError(f"the pack {target!r} cannot be loaded: {error}{hint}") from error
    except (ImportError, AttributeError) as error:
        raise PackError(f"the pack {target!r} cannot be loaded: {error}") from error
    if not isinstance(pack, Assignment):
        raise PackError(f"{target!r} is a {type(pack).__name__}, not an Assignment")
    return pack


def home(name: str | None = None) -> tuple[Path, ...]:
    """The folders or the file of the top package of a pack, found without importing it; none if it is not there.

    Raises `PackError` where no pack has this name.
    """
    spec = find_spec(registered.top_package(_target(name)))
    if spec is None:
        return ()
    places = spec.submodule_search_locations or filter(None, [spec.origin])
    return tuple(Path(place) for place in places)


def _target(name: str | None) -> str:
    known = registered.registered()
    target = known.get(name or "default", name)
    if target is None or ":" not in target:
        names = ", ".join(sorted(known)) or "none"
        raise PackError(f"there is no pack {name or 'default'!r}; known packs: {names}; or give module:attribute")
    return target
