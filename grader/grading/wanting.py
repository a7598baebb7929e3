"""What a notebook asked for and could not be had: named once, and given as the reason where an answer needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.answer.evidence import Failure
from grader.notebook.source.bindings import Statement
from grader.text import neutral

NOT_DEFINED = re.compile(r"name '(\w{1,100})' is not defined")
NO_MODULE = re.compile(r"No module named '([\w.]{1,200})'")
NO_NETWORK = re.compile(
    r"Name or service not known|Temporary failure in name resolution|Network is unreachable|Max retries exceeded|"
    r"nodename nor servname|URL fetch failure|grading has no network"
)
OUR_WORDS = "grading has no network"
OF_THE_FRAMEWORK = ("keras", "tensorflow", "tf_keras")
LONGEST = 300
PACKAGES = frozenset(
    {
        *("pandas", "sklearn", "seaborn", "tqdm", "nltk", "tensorboard", "pydot", "scipy", "matplotlib", "cv2"),
        *("skimage", "torch", "torchvision", "transformers", "datasets", "plotly", "requests", "PIL", "gensim"),
        *("joblib", "spacy", "xgboost", "lightgbm", "statsmodels", "yfinance", "bs4", "tensorflow_addons"),
        *("tensorflow_datasets", "tensorflow_hub", "tensorflow_text", "keras_tuner", "kerastuner", "wordcloud"),
        *("ipywidgets", "graphviz", "visualkeras", "imblearn", "mlxtend", "h5py", "sympy", "networkx", "numba", "jax"),
        *("librosa", "gdown", "kagglehub", "opendatasets", "textblob", "emoji", "contractions", "keras_nlp"),
        *("keras_hub", "huggingface_hub", "sentence_transformers", "wandb", "optuna", "mpl_toolkits"),
        *("pandas_datareader"),
    }
)
"""Modules of packages that notebooks of this kind import."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is not there: where that was noticed (a cell's index, a line from 1), and a sentence's end."""

    cell: int
    line: int | None
    why: str
    missing: bool = False
    """Whether this machine does not have it, whatever the Keras: a package, a network, a file of the student's."""
    network: bool = False

    @property
    def place(self) -> str:
        """Cells are counted from 1, as people do."""
        return f"cell {self.cell + 1}" + (f", line {self.line}" if self.line else "")


class Wanting:
    """What failed outside of the answers or before one of them, by the names that would have been made there."""

    def __init__(self, statements: Mapping[int, tuple[Statement, ...]]) -> None:
        self._statements = statements
        self._lost: dict[str, tuple[Cause, Statement | None]] = {}
        self._said: dict[str, Cause] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """Each thing that could not be had, once, with its place."""
        said = sorted(self._said.items(), key=lambda item: (item[1].cell, item[1].line or 0))
        return tuple(f"{cause.place.capitalize()}: {why.rstrip('.')}." for why, cause in said)

    def failed(self, failure: Failure) -> None:
        """A statement was passed over."""
        statement = next(
            (each for each in self._of(failure.cell) if each.first_line <= failure.line <= each.last_line), None
        )
        cause, is_new = self._cause(failure.type, failure.message, failure.cell, failure.line)
        if is_new:
            self._said.setdefault(cause.why, cause)
        self._lose(cause, [] if statement is None else [statement])

    def ended(self, cell: int, line: int | None, why: str, error: tuple[str, str] | None = None) -> None:
        """A cell ended at a line, or somewhere, and what is behind it was never made."""
        behind = [each for each in self._of(cell) if line is None or each.last_line >= line]
        cause = Cause(cell, line, why) if error is None else self._cause(*error, cell, line)[0]
        self._lose(cause, behind)

    def explained(self, kind: str, message: str, cell: int, line: int | None) -> tuple[str, bool] | None:
        """What to say of an error in a cell in the place of its text, and whether this machine is to blame for it."""
        name = NOT_DEFINED.search(message) if kind == "NameError" else None
        if name is None:
            cause, _ = self._cause(kind, message, cell, line)
            return (cause.why if cause.network else f"{kind}: {message}: {cause.why}", True) if cause.missing else None
        lost = self._lost.get(name[1])
        if lost is not None:
            return self._sentence(name[1], *lost), lost[0].missing
        later = [each for index, found in sorted(self._statements.items()) if index >= cell for each in found]
        for each in later:
            if name[1] in each.binds and (each.cell > cell or each.first_line > (line or 0)):
                place = Cause(each.cell, each.first_line, "").place
                said = f"`{name[1]}` is defined further below, in {place}: a notebook is run from top to bottom"
                return f"NameError: {said}", False
        return None

    def _lose(self, cause: Cause, statements: Iterable[Statement]) -> None:
        for statement in statements:
            for name in statement.binds:
                self._lost.setdefault(name, (cause, statement))

    def _of(self, cell: int) -> tuple[Statement, ...]:
        return self._statements.get(cell, ())

    def _sentence(self, name: str, cause: Cause, statement: Statement | None) -> str:
        module = dict(statement.modules).get(name) if statement is not None else None
        if cause.missing and module is not None:
            return f"`{name}` is needed here; in {cause.place}, {cause.why}"
        verb = "was to be imported" if module is not None else "was to be made"
        return f"`{name}` {verb} in {cause.place}, which failed: {cause.why}"

    def _cause(self, kind: str, message: str, cell: int, line: int | None) -> tuple[Cause, bool]:
        """The cause of an error, and whether it is one that is not known yet."""
        name = NOT_DEFINED.search(message) if kind == "NameError" else None
        if name is not None and name[1] in self._lost:
            return self._lost[name[1]][0], False
        module = NO_MODULE.search(message) if kind in ("ModuleNotFoundError", "ImportError") else None
        if module is not None and module[1].partition(".")[0] not in OF_THE_FRAMEWORK:
            return Cause(cell, line, _without(module[1].partition(".")[0]), missing=True), True
        said = neutral(f"{kind}: {message}" if message else kind, LONGEST)
        if NO_NETWORK.search(message):
            why = message if message.startswith(OUR_WORDS) else f"{OUR_WORDS} ({said})"
            return Cause(cell, line, neutral(why, LONGEST), missing=True, network=True), True
        return Cause(cell, line, said), True


def _without(module: str) -> str:
    if module in PACKAGES:
        return f"it needs {module}, which this machine does not have. This is not your mistake"
    return (
        f"it needs {module}, which is no package that is installed here, and no file beside the notebook: "
        "a module of your own has to be handed in with the notebook"
    )
