"""Recurrences without a layer: found in the arrays that code saw when it ran once more."""
