"""A harmless notebook that is graded beside the attacks, over and over, on the same kernels' parent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.kernel.pool import KernelPool
from tests.grades import graded_node, points, without_duration

PAUSE_S = 0.3
TENSORS = "import numpy as np\nfrom tensorflow import keras\nx = np.ones((2, 3, 5), 'float32')\n"
HARMLESS = new_notebook(
    cells=[
        new_markdown_cell("## 4. LSTM\nThe cell state carries information; the forget gate decides what is kept."),
        new_code_cell(TENSORS + "keras.layers.LSTM(4)(x)"),
        new_markdown_cell("## 5. GRU\nA GRU has two gates, the update gate and the reset gate."),
        new_code_cell(
            TENSORS + "open('mine', 'w').write('x')\nprint(keras.layers.GRU(4)(x).shape, open('mine').read())"
        ),
    ]
)
CODE = {
    "q4.parameters": 2,
    "q4.one-step": 2,
    "q4.output": 1,
    "q4.training": 0,
    "q5.parameters": 2,
    "q5.one-step": 3,
    "q5.output": 1,
}


class Neighbour:
    """Grades the notebook alone at first; then beside others, whenever it is at `work`."""

    def __init__(self, pool: KernelPool, folder: Path) -> None:
        self._pool, self._folder = pool, folder
        self._under_way, self._over = threading.Event(), threading.Event()
        alone = graded_node(HARMLESS, folder, pool, keras="3")
        assert CODE.items() <= points(alone).items()
        self.alone = without_duration(alone)
        self.beside: list[dict[str, object]] = []
        """The results that were made beside others."""

    @contextmanager
    def work(self) -> Iterator[None]:
        """For a while, grade again and again."""
        with ThreadPoolExecutor(1) as executor:
            working = executor.submit(self._work)
            try:
                yield
            finally:
                self._over.set()
            working.result()
        self.check()

    def begin(self) -> None:
        """Wait until a grading is under way."""
        assert self._under_way.wait(60)

    def check(self) -> None:
        """Every result so far is the one that was made alone."""
        made = list(self.beside)
        assert made == [self.alone] * len(made)

    def _work(self) -> None:
        while not self._over.wait(PAUSE_S):
            self._under_way.set()
            self.beside.append(without_duration(graded_node(HARMLESS, self._folder, self._pool, keras="3")))
            self._under_way.clear()
