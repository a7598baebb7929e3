"""What people decided: the database, overrides, the settings of a course, and what is exported from them."""
