"""Q7 · Bidirectional RNN: what a good answer says, and how students say it."""

from grader.pack.questions import Concept
from reference.wording.directions import both_directions, combined, context, two_of

TWO_LAYERS = Concept(
    "q7.two-layers",
    "There are two separate recurrent layers, one for each direction.",
    hint="Say that there are two recurrent layers with their own weights, one per direction.",
    why=(
        "What matters on the way forward is not what matters on the way back, so each direction learns weights of its "
        "own."
    ),
    says=(
        "There are two recurrent layers, one for each direction.",
        "A forward RNN and a backward RNN work next to each other.",
        "Each direction has its own hidden layer.",
        "It consists of two independent RNNs.",
        "The layer is copied, and the copy gets the reversed sequence.",
    ),
    says_not=(
        "There is only one recurrent layer.",
        "Two layers are stacked on top of each other.",
        "The first layer is an embedding and the second is a bidirectional layer.",
        "One RNN reads the sequence twice.",
        "A bidirectional network does not have two layers.",
    ),
    ways=two_of("rnn|grus|hidden layer|layer|network|lstm|gru|recurrent|reader|cell|simplernn|pass"),
)

CONCEPTS = (
    both_directions("q7", why="The second reading, from the end, brings in what a forward network cannot know yet."),
    TWO_LAYERS,
    combined("q7", outputs_of="both directions"),
    context(
        "q7",
        why=(
            "This is what the network is used for: what a word means often depends on the words after it. It is also "
            "its price, as the whole sequence has to be there first."
        ),
    ),
)
