"""Q10 · BiGRU: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q10.concepts import CONCEPTS
from reference.wording.q10.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
