"""Seeds: the same for the same notebook, wherever it is graded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def seed_for(seed: int, question: str | None) -> int:
    """A question starts from the same randomness, wherever it stands in the notebook."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{question}".encode()).digest()[:4]) >> 1


def seed_of_experiments(seed: int, sources: Iterable[str]) -> int:
    """The same for the same cells, and not to be known when they were written: answers cannot be prepared."""
    cells = sorted(source.encode("utf-8", "replace") for source in sources)
    return int.from_bytes(hashlib.sha256(b"\0".join([str(seed).encode(), *cells])).digest()[:8])
