"""What a kernel says, bounded and made safe: the gate before its sockets, its channels, its messages, its outputs."""
