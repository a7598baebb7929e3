"""Q4 · LSTM: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q04.concepts import CONCEPTS
from reference.wording.q04.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
