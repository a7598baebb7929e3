"""The outline of a notebook, and which of its headings answers which question."""
