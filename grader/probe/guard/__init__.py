"""What is done to be given points unseen leaves traces in the student's kernel: they are noted here, and told."""
