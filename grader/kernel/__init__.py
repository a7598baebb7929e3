"""Running a notebook: the kernel, its limits, its Keras generation, and the asking of its live objects."""
