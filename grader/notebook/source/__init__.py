"""What code says without being run: its syntax, the names that it binds, reads and calls."""
