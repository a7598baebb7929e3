"""A student's own look at a notebook."""
