"""Grades deep-learning notebooks: runs them, judges what they compute, and explains the grade."""

__version__ = "0.1.0"
