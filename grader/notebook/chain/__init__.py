"""Where the outline is silent: what speaks for each question at each unit, and the best path through them."""
