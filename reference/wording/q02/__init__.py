"""Q2 · Backpropagation through time: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q02.concepts import CONCEPTS
from reference.wording.q02.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
