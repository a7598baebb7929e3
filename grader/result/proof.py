"""That the files of a result are this grader's own: a code beside them, made with a key that the user alone can read.

Whoever can write to a folder of results can leave a result there that adds up. What an earlier run has left is taken up
only where its proof holds. Where there is no key, or another one, nothing is wrong with a result: it cannot be told
from a forged one, and the notebook is graded again.

Files may be exchanged at any time. So a proof is made of what was written, or was read and is the report's source, by
their digests, and never of what is found in their places afterwards. It is made for the folder as well, by its name: a
result of ours in the place of another's is none.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from grader.files.links import exists, resolved
from grader.files.opened import opened, read_bytes
from grader.files.whole import remove, write_text
from grader.result.names import FEEDBACK, PROOF, REPORT, RESULT

Digests = Mapping[str, str | None]
"""Of files by their names, in SHA-256; None of one that was not there."""

KEY_BYTES, CODE_BYTES, MOST_BYTES = 32, 32, 4_096
OTHERS = stat.S_IRWXG | stat.S_IRWXO
ALTERED = (
    "result.json, or feedback.ipynb, is not as it was graded here: changed since, laid here from another folder, or "
    "graded with another key"
)
GRADED, REPORTED = (RESULT, FEEDBACK), (RESULT, FEEDBACK, REPORT)


def prove(folder: Path, digests: Digests, environment: Mapping[str, str] = os.environ) -> None:
    """Leave a proof that all three files of a result with these digests are our own; none where no key can be kept.

    Raises `OSError`.
    """
    key = _key(environment, make=True)
    if key is None:
        remove(folder / PROOF)
        return
    proof = {"graded": _code(key, folder, digests, GRADED), "reported": _code(key, folder, digests, REPORTED)}
    write_text(folder / PROOF, json.dumps(proof))


def is_proven(
    folder: Path, known: Digests, environment: Mapping[str, str] = os.environ, *, report: bool = True
) -> bool:
    """Whether the result and its notebook, and its report too unless that is to be made anew, are our own.

    `known` are those that were read already: as they were then.
    """
    names = REPORTED if report else GRADED
    key = _key(environment, make=False)
    if key is None:
        return False
    try:
        proof = json.loads(read_bytes(folder / PROOF, MOST_BYTES))
        found = proof["reported" if report else "graded"]
        digests = {name: known[name] if name in known else _digest(folder / name) for name in names}
        return hmac.compare_digest(found, _code(key, folder, digests, names))
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return False


def is_altered(folder: Path, known: Digests, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a result and its notebook are not as this grader wrote them, as far as that can be told: there is a key,
    and by that they are not proven. So it is, too, where they were graded with another key."""
    return _key(environment, make=False) is not None and not is_proven(folder, known, environment, report=False)


def signed(content: bytes, environment: Mapping[str, str] = os.environ) -> bytes | None:
    """The content behind a code that shows that it is our own; None where no key can be kept."""
    key = _key(environment, make=True)
    return None if key is None else hmac.digest(key, content, "sha256") + content


def unsigned(signed: bytes, environment: Mapping[str, str] = os.environ) -> bytes | None:
    """The content that was signed; None where it was not, or not with the key of this user on this machine."""
    key = _key(environment, make=False)
    code, content = signed[:CODE_BYTES], signed[CODE_BYTES:]
    ours = key is not None and hmac.compare_digest(hmac.digest(key, content, "sha256"), code)
    return content if ours else None


def _code(key: bytes, folder: Path, digests: Digests, names: Sequence[str]) -> str:
    """What only who has the key can say of files with these digests in a folder of this name."""
    content = [resolved(folder).name, *((name, digests[name]) for name in names)]
    return hmac.digest(key, json.dumps(content).encode(), "sha256").hex()


def _digest(path: Path) -> str | None:
    if not exists(path, follow=False):
        return None
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(environment: Mapping[str, str], *, make: bool) -> bytes | None:
    """The key of this user on this machine, which is made at first use; None where there is none."""
    folder = _state(environment)
    if folder is None:
        return None
    path = folder / "key"
    with suppress(OSError):
        if make and not exists(path, follow=False):
            _make(path)
        with opened(path) as file:
            status = os.fstat(file.fileno())
            key = file.read(KEY_BYTES + 1)
            if len(key) == KEY_BYTES and status.st_uid == os.geteuid() and not status.st_mode & OTHERS:
                return key
    return None


def _state(environment: Mapping[str, str]) -> Path | None:
    """Where programs of this user keep what they need again (XDG Base Directory Specification): it may be a link."""
    given, home = environment.get("XDG_STATE_HOME", ""), environment.get("HOME", "")
    if Path(given).is_absolute():
        return resolved(Path(given) / "grader")
    return resolved(Path(home) / ".local" / "state" / "grader") if Path(home).is_absolute() else None


def _make(path: Path) -> None:
    """Make a key, which appears whole: of several processes that do so at once, the first one's is everybody's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # for its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
