"""One submission, from file to result: run it, judge every answer."""
