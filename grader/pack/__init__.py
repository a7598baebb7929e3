"""The words in which an assignment is declared: questions, concepts, checks, verdicts, pictures. No live object."""
