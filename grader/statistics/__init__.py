"""What the results of a class say together: pure functions, which no page and no file knows."""
