"""Answers that people might write, right and wrong, labelled by what they compute. One module for each question."""
