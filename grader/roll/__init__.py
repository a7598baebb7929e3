"""Who is in the class, what each handed in and what became of it: the class as data, which gradebook and exports read."""
