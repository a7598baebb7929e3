"""What a line over a text says of what stands below: its kind, its number, the question that it names."""
