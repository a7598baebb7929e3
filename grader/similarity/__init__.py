"""Which submissions of a class have much in common, for the instructor to look at: never a verdict."""
