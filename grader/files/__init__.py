"""What lies on a disk: links, names of folders, files that are written whole, files that are shipped."""
