"""What a check sees: an answer, its live objects, and the evidence about them."""
