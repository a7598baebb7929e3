"""How much time, memory and how many processors a kernel may have, and what it has used of them."""
