"""Answers that are not judged as they should be yet. A test fails as soon as one of them is judged rightly."""

from grader.kernel.generation import Generation

OPEN: frozenset[tuple[Generation, int, str]] = frozenset({})
"""The generation of Keras, the question, and the name of the answer."""
