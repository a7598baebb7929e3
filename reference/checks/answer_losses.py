"""The losses of the model answer's trainings, epoch by epoch, by question: what a report draws beside a student's.

Written down from a run of `answers.ipynb`; a test runs the notebook and finds them again.
"""

LOSSES: dict[str, tuple[float, ...]] = {
    "q2": (0.737, 0.555, 0.434, 0.347, 0.284, 0.237, 0.202, 0.175, 0.153, 0.136),
    "q4": (0.596, 0.332, 0.229, 0.172, 0.127, 0.105, 0.092, 0.064, 0.056, 0.046),
}
