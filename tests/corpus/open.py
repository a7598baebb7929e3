"""Answers that are not judged as they should be yet. A test fails as soon as one of them is judged rightly."""

from grader.kernel.generation import Generation

OPEN: frozenset[tuple[Generation, int, str]] = frozenset(
    {
        (2, 3, "NumPy networks trained by hand"),
        (3, 3, "NumPy networks trained by hand"),
        (2, 3, "NumPy products that never grow"),
        (3, 3, "NumPy products that never grow"),
        (2, 3, "only an exploding network"),
        (3, 3, "only an exploding network"),
        (2, 3, "products of Jacobians in NumPy"),
        (3, 3, "products of Jacobians in NumPy"),
        (2, 3, "subclassed models and a loss that stops being a number"),
        (3, 3, "subclassed models and a loss that stops being a number"),
        (2, 3, "the exploding network is not trained"),
        (3, 3, "the exploding network is not trained"),
        (2, 3, "the vanishing network is not trained"),
        (3, 3, "the vanishing network is not trained"),
        (2, 3, "the vanishing network is shallow"),
        (3, 3, "the vanishing network is shallow"),
        (2, 3, "variables and a product over time"),
        (3, 3, "variables and a product over time"),
        (2, 4, "a softmax over the time steps"),
        (3, 4, "a softmax over the time steps"),
        (3, 5, "a model with its own loop"),
        (2, 5, "the steps lie one under the other in the batch"),
        (3, 5, "the steps lie one under the other in the batch"),
        (2, 9, "made of GRUs"),
        (3, 9, "made of GRUs"),
    }
)
"""The generation of Keras, the question, and the name of the answer."""
