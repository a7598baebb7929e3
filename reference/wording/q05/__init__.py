"""Q5 · GRU: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q05.concepts import CONCEPTS
from reference.wording.q05.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
