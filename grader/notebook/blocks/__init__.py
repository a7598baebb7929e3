"""From cells to blocks: prose, wherever it is written, and the code around it."""
