"""The words in which an assignment is declared: questions, concepts, checks, verdicts, pictures, vocabulary. No live object."""
