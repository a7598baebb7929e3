"""The assignment pack for ten questions about recurrent networks. Reads like a textbook, one file per question.

`pack.py` puts the questions together; `answers.ipynb` is the model answer. `wording/` has what a good answer says in
prose, and what students get wrong. `recurrent/` is the reference: cells, shapes and counts, and the mistakes that have
a name; `loops/` finds recurrences in arrays; `checks/` has what questions share; `subjects/` is what they are asked of:
layers, cells, functions, loops and two directions, which all answer the same.
"""
