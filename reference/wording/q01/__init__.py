"""Q1 · RNN cell: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q01.concepts import CONCEPTS
from reference.wording.q01.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
