"""The words of recurrent networks, as far as the reading of sentences and equations has to know them."""

from pathlib import Path

from grader.pack.vocabulary import Vocabulary


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOCABULARY = Vocabulary(
    words=_words(
        """
        bidirectional bigru bilstm bptt exploding gate gated gru lstm peephole recurrent rnn simplernn timestep unfold
        unfolded unfolding unroll unrolled unrolling vanish vanished vanishes vanishing
        """
    ),
    verbs=_words("explode forget peek unfold unroll vanish"),
    qualities=_words("exploding vanishing"),
    nouns=_words("forget gates grus lstms peepholes rnns"),
    losing=_words("forget forgets forgetting vanish vanishes"),
    defining=_words("unroll unrolls"),
    elsewhere=_words(
        """
        gpu cpu gb mb accuracy dropout tokenizer dataset datasets plot plots installation overfitting
        submission download disk weather encoder decoder
        """
    ),
    pictures=_words(
        """
        board book chapter diary letter line message note notebook novel page paragraph reader sentence story text
        whisper whiteboard word
        """
    ),
    learnt=Path(__file__).with_name("learnt"),
)
