"""Reading, judging and reporting one notebook in a process of its own, with a budget of time and memory.

What a student wrote can make whatever reads it slow, large, or crash. Here that costs one notebook: the grader's own
process reads nothing of students, runs the kernels, and goes on.
"""
