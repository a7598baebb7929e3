"""The words in which an assignment is declared: questions, checks, verdicts, pictures, vocabulary. No live object."""
