"""Q7 · Bidirectional RNN: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q07.concepts import CONCEPTS
from reference.wording.q07.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
