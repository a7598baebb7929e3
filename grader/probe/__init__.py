"""Runs inside the student's kernel: records what is created, answers questions. Imports nothing of the rest."""
