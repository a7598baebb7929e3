"""What grading asked of kernels and what they answered, kept: a notebook is judged again without being run."""
