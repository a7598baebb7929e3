"""Seeds: the same for the same notebook, wherever it is graded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from grader.pack.questions import Assignment


def seed_for(seed: int, question: str | None) -> int:
    """A question starts from the same randomness, wherever it stands in the notebook."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{question}".encode()).digest()[:4]) >> 1


def seed_of_experiments(seed: int, sources: Iterable[str], unseen: str = "") -> int:
    """The same for the same cells, and not to be known when they were written: answers cannot be prepared.

    Nor can the cells compute it, where something `unseen` goes into it that no kernel has.
    """
    cells = sorted(source.encode("utf-8", "replace") for source in sources)
    return int.from_bytes(hashlib.sha256(b"\0".join([str(seed).encode(), unseen.encode(), *cells])).digest()[:8])


def unseen_by_kernels(pack: Assignment, secret: str | None) -> str:
    """What no kernel can read: the files of the pack, which the sandbox hides, and what an instructor keeps secret."""
    places = {check.run.__code__.co_filename for question in pack.questions for check in question.checks}
    return f"{_digest(tuple(sorted(places)))}:{secret or ''}"


def key_of(content: bytes) -> str:
    """What stands for a secret from here on; nothing of the secret can be told from it."""
    return hashlib.sha256(b"key\0" + content).hexdigest()


def fingerprint_of(key: str | None) -> str | None:
    """By what a result says with which secret it was made, without a word of it."""
    return None if key is None else hashlib.sha256(f"fingerprint:{key}".encode()).hexdigest()[:16]


@cache
def _digest(files: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for name in files:
        with suppress(OSError):
            found.update(Path(name).read_bytes())
    return found.hexdigest()
