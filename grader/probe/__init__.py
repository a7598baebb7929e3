"""Runs inside the student's kernel: records what is created, answers questions about it. Imports nothing of the rest."""
