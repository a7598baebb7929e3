"""What an LMS gives, and who is in the class."""
