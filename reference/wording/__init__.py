"""How students word the statements of each question. `ideas` has what several questions share."""
