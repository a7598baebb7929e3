"""The equations in what a student wrote, with their places; what a symbol is it learns from `read`."""
