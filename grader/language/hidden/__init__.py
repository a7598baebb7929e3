"""What a reader of a Markdown cell does not see, though it stands there: found as a browser would, and blanked."""
