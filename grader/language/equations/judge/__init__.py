"""A system of equations declared, and a student's equations found to be its statements, or known mistakes in them."""
