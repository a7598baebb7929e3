"""Q10 · BiGRU: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.directions import both_directions, combined, context, two_of

TWO_GRUS = Concept(
    "q10.two-grus",
    "There are two separate GRUs, one for each direction.",
    hint="Say that there are two GRUs with their own weights and states, one per direction.",
    why=(
        "What matters on the way forward is not what matters on the way back, so each direction learns weights of its "
        "own."
    ),
    says=(
        "Two GRUs are used, one per direction.",
        "There is a forward GRU and a backward GRU.",
        "Each direction has its own GRU with separate weights.",
        "A second GRU reads the sentence in reverse.",
        "It is made of two separate GRU layers.",
    ),
    says_not=(
        "There is a single GRU.",
        "Two GRUs are stacked on top of each other.",
        "The two directions do not have GRUs of their own.",
        "There are not two GRUs.",
        "The first GRU has 64 units and the second one has 32 units.",
    ),
    ways=two_of("gru|grus|hidden layer|reader|gru layer"),
)

CONCEPTS = (
    both_directions(
        "q10",
        why="A forward GRU knows only what came before. The second reading, from the end, brings in what follows.",
    ),
    TWO_GRUS,
    combined("q10", outputs_of="both GRUs"),
    context(
        "q10",
        why="This is what the price of a second GRU buys: what an element means often shows only in what follows it.",
    ),
)
