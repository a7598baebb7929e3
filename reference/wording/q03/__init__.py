"""Q3 · Vanishing and exploding gradients: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q03.concepts import CONCEPTS
from reference.wording.q03.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
