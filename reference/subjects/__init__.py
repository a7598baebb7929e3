"""What a question is asked of: a layer, a cell, a function, a loop or two directions, each with the same answers."""
