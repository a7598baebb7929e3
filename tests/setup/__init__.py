"""What fails outside of the answers, and what a notebook asks of the machine that it was written on."""
