"""Doubtful verdicts of a whole class on a local page, where an instructor decides them: `grader review DIR`."""
