"""Which errors are planted in which answers, and which of them are tried."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from grader.kernel.generation import Generation
from tests.corpus.samples import BOTH, HEAD, Right, Sample, samples
from tests.mutation.gates import one_kernel, other_activations, swapped_with_candidate
from tests.mutation.layers import with_relu, without_bias
from tests.mutation.planting import Mutant, Source
from tests.mutation.sums import dropped_terms, forgotten_parts, turned_signs
from tests.mutation.time import forgotten_states, not_reversed

Operator = Callable[[Source], Iterator[Mutant]]
IN_CELLS: tuple[Operator, ...] = (
    dropped_terms,
    forgotten_parts,
    turned_signs,
    swapped_with_candidate,
    one_kernel,
    other_activations,
    forgotten_states,
    without_bias,
    with_relu,
)
IN_BOTH_DIRECTIONS: tuple[Operator, ...] = (*IN_CELLS, not_reversed)
OPERATORS: Mapping[int, tuple[Operator, ...]] = {
    1: IN_CELLS,
    4: IN_CELLS,
    5: IN_CELLS,
    6: IN_CELLS,
    7: IN_BOTH_DIRECTIONS,
    8: (without_bias,),  # Its code is asked for the shapes of weights alone.
    9: IN_BOTH_DIRECTIONS,
    10: IN_BOTH_DIRECTIONS,
}

MOST_OF_A_KIND = 8
"""In so many answers to a question an error of one kind is planted."""


@dataclass(frozen=True)
class Planted:
    """A right answer of the corpus, an error that was planted in it, and the Keras on which it is tried."""

    original: Sample
    operator: str
    change: str
    code: str
    keras: Generation

    @property
    def name(self) -> str:
        """As it stands in lists of what is known."""
        return f"q{self.original.question}, {self.original.name}: {self.change}"

    @property
    def sample(self) -> Sample:
        """The answer as it is graded."""
        answer = self.original.answer
        return Sample(self.original.question, self.name, Right(self.code, answer.prose, (self.keras,)))


def planted(question: int, generation: Generation) -> Iterator[Planted]:
    """All errors in all right answers to a question, for this Keras."""
    for item in samples(question):
        if isinstance(item.answer, Right) and generation in item.answer.keras:
            for operator, mutant in _mutants(item):
                yield Planted(item, operator, mutant.change, mutant.code, generation)


@cache
def _mutants(item: Sample) -> tuple[tuple[str, Mutant], ...]:
    """All errors in an answer, which are the same for each Keras, by the names of their operators."""
    source = Source(item.answer.code.strip("\n"))
    return tuple((operator.__name__, mutant) for operator in OPERATORS[item.question] for mutant in operator(source))


@cache
def chosen(question: int) -> tuple[Planted, ...]:
    """One error of each kind in each answer, on either Keras where the answer is for both; not too many of a kind.

    `tests.mutation.verdicts` tries them all.
    """
    found: dict[str, dict[str, list[Planted]]] = {}
    for generation in BOTH:
        for item in planted(question, generation):
            found.setdefault(item.operator, {}).setdefault(item.original.name, []).append(item)
    kinds = [[min(each, key=_number) for each in answers.values()] for answers in found.values()]
    return tuple(item for kind in kinds for item in sorted(kind, key=_number)[:MOST_OF_A_KIND])


def _number(item: Planted) -> bytes:
    return hashlib.sha256(f"{item.keras}:{item.name}".encode()).digest()


def notebooks() -> Iterator[tuple[Generation, tuple[Planted, ...]]]:
    """What is tried, as few notebooks as can be: each answers every question at most once."""
    for generation in BOTH:
        columns = [[item for item in chosen(question) if item.keras == generation] for question in OPERATORS]
        for row in zip_longest(*columns):
            yield generation, tuple(item for item in row if item is not None)


def whole(code: str) -> str:
    """An answer's code as it stands in a notebook."""
    return HEAD + code
