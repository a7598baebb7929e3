"""What the grader and the probe in a student's kernel say to each other; rests on NumPy and on nothing of the rest."""
