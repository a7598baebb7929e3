"""Reading notebooks, and finding which part answers which question."""
