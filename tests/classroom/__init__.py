"""Grading in workflows on GitHub."""
