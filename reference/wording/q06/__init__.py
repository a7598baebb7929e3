"""Q6 · Peephole LSTM: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q06.concepts import CONCEPTS
from reference.wording.q06.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
