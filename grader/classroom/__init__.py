"""Grading where others run it: a workflow on GitHub, for GitHub Classroom and Classroom 50, and Gradescope."""
