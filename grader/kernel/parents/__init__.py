"""Warm processes that fork kernels: the program, and the grader's side of it."""
