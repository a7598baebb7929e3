"""The losses of the model answer's trainings, epoch by epoch, by question: what a report draws beside a student's.

Written down from a run of `answers.ipynb` on Keras 3; a test runs the notebook and finds them again.
"""

LOSSES: dict[str, tuple[float, ...]] = {}
