"""Grading in a workflow on GitHub: a repository's notebook, for GitHub Classroom and for Classroom 50."""
