"""From file to blocks, and from blocks to which block answers which question."""
