"""Hostile notebooks, each graded for real: the attack fails, costs its own question, and nobody else's."""
