"""Q9 · BiLSTM: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q09.concepts import CONCEPTS
from reference.wording.q09.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
