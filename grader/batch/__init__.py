"""Many submissions: finding them, grading them side by side, continuing, and the files that are left."""
