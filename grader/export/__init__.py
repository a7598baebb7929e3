"""What machines read: result.json and other formats, made from a result."""
