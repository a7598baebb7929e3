"""Q9 · BiLSTM: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.directions import both_directions, combined, context, two_of

TWO_LSTMS = Concept(
    "q9.two-lstms",
    "There are two separate LSTMs, one for each direction.",
    hint="Say that there are two LSTMs with their own weights and states, one per direction.",
    why=(
        "What matters on the way forward is not what matters on the way back, so each direction learns weights of its "
        "own."
    ),
    says=(
        "Two LSTMs are used, one per direction.",
        "There is a forward LSTM and a backward LSTM.",
        "Each direction has its own LSTM with separate weights.",
        "A second LSTM reads the sentence in reverse.",
        "It is made of two separate LSTM layers.",
    ),
    says_not=(
        "There is a single LSTM.",
        "Two LSTMs are stacked on top of each other.",
        "The two directions do not have LSTMs of their own.",
        "There are not two LSTMs.",
        "The first LSTM has 64 units and the second one has 32 units.",
    ),
    ways=two_of("lstm|hidden layer|reader|lstm layer"),
)

CONCEPTS = (
    both_directions(
        "q9",
        why="A forward LSTM knows only what came before. The second reading, from the end, brings in what follows.",
    ),
    TWO_LSTMS,
    combined("q9", outputs_of="both LSTMs"),
    context(
        "q9",
        why="This is why BiLSTMs are used to label words: what a word is often shows only in what follows it.",
    ),
)
