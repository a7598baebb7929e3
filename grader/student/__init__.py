"""A student's own look at a notebook before it is handed in: in a terminal, in Jupyter, and in pytest."""
