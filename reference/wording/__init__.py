"""What answers say, right and wrong: each statement beside the ways in which students say it, with examples."""
