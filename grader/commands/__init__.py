"""Groups of commands: `grader export`, `grader classroom`, `grader classroom50`."""
