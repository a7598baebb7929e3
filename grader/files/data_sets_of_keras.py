"""The data sets that Keras fetches: the files of each, where they are, and what is in them."""

from __future__ import annotations

import hashlib
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.files.links import placed
from grader.files.whole import write_bytes

GOOGLE = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
MOST_BYTES = 100_000_000
WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file, its place below the folder of data sets, and the digest of its content (SHA-256, or MD5 where Keras
    and its authors publish that alone)."""

    place: str
    digest: str

    @property
    def url(self) -> str:
        """Where it is fetched from."""
        return GOOGLE + self.place.rpartition("/")[2]

    def is_good(self, content: bytes) -> bool:
        """Whether this is the content."""
        made = hashlib.sha256(content) if len(self.digest) == 64 else hashlib.md5(content, usedforsecurity=False)
        return made.hexdigest() == self.digest


DATA_SETS = {
    "boston_housing": (
        DataFile("boston_housing.npz", "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5"),
    ),
    "california_housing": (
        DataFile("california_housing.npz", "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f"),
    ),
    "fashion_mnist": (
        DataFile("fashion-mnist/train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        DataFile("fashion-mnist/train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        DataFile("fashion-mnist/t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"),
        DataFile("fashion-mnist/t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
    ),
    "imdb": (
        DataFile("imdb.npz", "69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f"),
        DataFile("imdb_word_index.json", "bfafd718b763782e994055a2d397834f"),
    ),
    "mnist": (DataFile("mnist.npz", "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"),),
    "reuters": (
        DataFile("reuters.npz", "d6586e694ee56d7a4e65172e12b3e987c03096cb01eab99753921ef915959916"),
        DataFile("reuters_word_index.json", "4d44cc38712099c9e383dc6e5f11a921"),
    ),
}


class NotFetched(Exception):
    """A file could not be had, or is not what it should be; the message says which, and why."""


def fetch(name: str, folder: Path) -> int:
    """Have all files of a data set in a folder; how many were fetched, and not there before. Raises `NotFetched`."""
    fetched = 0
    for file in DATA_SETS[name]:
        target = folder / file.place
        try:
            if target.is_file() and file.is_good(target.read_bytes()):
                continue
            with urllib.request.urlopen(file.url, timeout=WITHIN_S) as answer:
                content = _read(answer)
            if not file.is_good(content):
                raise NotFetched(f"{file.url} has another content than Keras expects; nothing of it was kept")
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(placed(target), content)
        except OSError as error:
            raise NotFetched(f"{file.url} could not be fetched: {error}") from error
        fetched += 1
    return fetched


def _read(answer: IO[bytes]) -> bytes:
    return answer.read(MOST_BYTES + 1)
