"""Runs inside the kernel of the student: records what is created and answers questions about it. Imports nothing of the rest."""
