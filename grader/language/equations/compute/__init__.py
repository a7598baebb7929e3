"""What an expression is worth: its values at given points, and the functions that its free weights let it be."""
