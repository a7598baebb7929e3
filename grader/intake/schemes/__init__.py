"""How each LMS names what it gives: whose a file is, when it was handed in, and what the student called it."""
