"""Two directions: the statements, right and wrong, that the questions about bidirectional networks share."""

from reference.wording.directions.concepts import both_directions, combined, context, two_of
from reference.wording.directions.misconceptions import backpropagation, future_only, stacked

__all__ = ["backpropagation", "both_directions", "combined", "context", "future_only", "stacked", "two_of"]
