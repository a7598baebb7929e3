"""Which statements a text makes: concepts that were explained, and misconceptions that show."""

from grader.language.prose.cover import ConceptFinding, Cover, Coverage, MisconceptionFinding, cover

__all__ = ["ConceptFinding", "Cover", "Coverage", "MisconceptionFinding", "cover"]
