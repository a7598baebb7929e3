"""Grades deep-learning notebooks: runs them, judges what they compute, and explains the grade."""

__version__ = "0.1.0"


def load_ipython_extension(shell: object) -> None:
    """`%load_ext grader`: give a notebook `%grade`."""
    from grader.student.magic import register

    register(shell)
