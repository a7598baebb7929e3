"""Which statements a text makes: concepts that were explained, and misconceptions that show."""

from grader.language.prose.cover import cover
from grader.language.prose.doubt import LOOK, Decision, to_look_at
from grader.language.prose.findings import ConceptFinding, Cover, Coverage, MisconceptionFinding

__all__ = ["LOOK", "ConceptFinding", "Cover", "Coverage", "Decision", "MisconceptionFinding", "cover", "to_look_at"]
