"""Runs inside the student's kernel: records what is created, answers questions. Of the rest, it sees the protocol."""

from grader.probe.startup import start, warm, warm_for_all, warm_for_plots

__all__ = ["start", "warm", "warm_for_all", "warm_for_plots"]
