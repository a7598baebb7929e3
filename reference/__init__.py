"""The assignment pack for ten questions about recurrent networks. Reads like a textbook, one file per question.

`pack.py` puts the questions together; `cells.py` and `bptt.py` are the reference, `expected.py` its shapes and counts,
`slips.py` the mistakes that have a name; `answers.ipynb` is the model answer.
"""
