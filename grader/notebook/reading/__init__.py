"""From a file to a valid notebook, or the reason why there is none; what it was saved with, and what lies beside it."""
