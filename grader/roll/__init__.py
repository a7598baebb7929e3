"""Who is in the class and what each handed in: the class as data, which gradebook and exports read."""
