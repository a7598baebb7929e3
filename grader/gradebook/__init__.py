"""What people decided, beside what the grader found: a database of the class, and what it makes of points and time."""
