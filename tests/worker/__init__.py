"""Workers: one notebook each, with a budget."""
