"""What people read: the HTML report and the annotated notebook, made from a result."""
