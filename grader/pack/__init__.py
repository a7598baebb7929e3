"""The words in which an assignment is declared, from questions and checks to pictures and vocabulary. No live object."""
