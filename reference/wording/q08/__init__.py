"""Q8 · Gates of the LSTM: the statements of a good answer, and the wrong ones that students make."""

from reference.wording.q08.concepts import CONCEPTS
from reference.wording.q08.misconceptions import MISCONCEPTIONS

__all__ = ["CONCEPTS", "MISCONCEPTIONS"]
