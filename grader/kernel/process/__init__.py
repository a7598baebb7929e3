"""How a process becomes a kernel: its folder, what it asks of its system, its own environment, the locked door."""
