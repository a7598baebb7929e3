"""How notebooks are graded, as a command was given it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.kernel.bounds.limits import Limits
from grader.kernel.generation import KerasChoice
from grader.result.model import Matcher


@dataclass(frozen=True, slots=True)
class Options:
    """Which Keras, the seed of all randomness, the limits of a kernel, the reader of explanations, and the doubt."""

    keras: KerasChoice = "auto"
    seed: int = 0
    limits: Limits = field(default_factory=Limits)
    matcher: Matcher = "patterns"
    doubt: float | None = None
    """From which doubt on a decision about an explanation is flagged; None is the grader's own bound."""
    files: str | None = None
    """The folder of files that all notebooks may read."""
    files_digest: str | None = None
    """What is in it, as `digest_of_offered` tells."""
    secret: str | None = None
    """What an instructor's secret was made into: see `randomness.key_of`."""
    contact: str | None = None
    """Whom students may ask about their grade."""
    only: Sequence[str] | None = None
    """The ids of the questions that are judged, where not all are."""
    repository: str | None = None
    """Where they may open an issue about a verdict."""
    wordings: str | None = None
    """The digest of sentences that people decided."""
