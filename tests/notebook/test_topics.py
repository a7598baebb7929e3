from __future__ import annotations

import pytest

from grader.notebook.headings.topics import Topics
from grader.notebook.source.api_names import api_names, only_prepares, student_names
from grader.pack.questions import Question, Topic

QUESTIONS = (
    Question(1, "LSTM", "Explain LSTM", Topic((r"\blstms?\b", "long short-term memory"), (("LSTM",),))),
    Question(2, "GRU", "Explain GRU", Topic((r"\bgrus?\b",), (("GRU",),))),
    Question(
        3, "BiLSTM", "Explain BiLSTM", Topic((r"bi-?directional lstm", r"\bbilstm\b"), (("Bidirectional", "LSTM"),))
    ),
    Question(4, "Training", "Explain training", Topic((r"\btraining\b",), (("LSTM", "fit"),))),
)
TOPICS = Topics(QUESTIONS)


def best(text: str) -> str:
    evidence = TOPICS.in_prose(text)
    return max(evidence, key=lambda question: evidence[question])


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("LSTM is a network. It is related to the GRU.", "q1"),
        ("A bidirectional LSTM is two LSTM layers.", "q3"),
        ("**Bi-directional\nLSTM** (BiLSTM) reads both ways, unlike an LSTM or a GRU", "q3"),
        ("The GRU is simpler than the LSTM, and LSTM and LSTM came first.", "q2"),
        ("What is training? LSTM and GRU are trained by descent.", "q4"),
    ],
)
def test_the_subject_of_the_opening_is_the_topic(text: str, question: str) -> None:
    """Does the sentence that defines win over later mentions?"""
    assert best(text) == question


def test_of_overlapping_mentions_only_the_longest_counts() -> None:
    """Is "bidirectional LSTM" no evidence at all for "LSTM"?"""
    assert set(TOPICS.in_prose("bidirectional LSTM")) == {"q3"}


def test_a_definition_counts_more_than_a_subject_and_that_more_than_a_mention() -> None:
    """Is the weight in the beginning?"""
    defined = TOPICS.in_prose("GRU is a cell with two gates.")["q2"]
    subject = TOPICS.in_prose("The GRU, then.")["q2"]
    mentioned = TOPICS.in_prose("There are many kinds of cells in use today, one of which is the GRU.")["q2"]
    late = TOPICS.in_prose("LSTM is a cell. " + "It has a state and gates. " * 20 + "GRU")["q2"]
    assert defined > subject > mentioned > late > 0


def test_a_text_that_names_everything_is_about_nothing_in_particular() -> None:
    """Is an introduction no answer to the first question that it names?"""
    alone = TOPICS.in_prose("LSTM is one.")["q1"]
    crowded = TOPICS.in_prose("LSTM, GRU, BiLSTM and training are our subjects.")["q1"]
    assert crowded < alone


def test_the_combination_with_most_names_counts() -> None:
    """Is `Bidirectional(LSTM(...))` no evidence for the plain LSTM?"""
    assert set(TOPICS.in_code({"Bidirectional", "LSTM"})) == {"q3"}
    assert set(TOPICS.in_code({"LSTM", "Dense"})) == {"q1"}
    assert set(TOPICS.in_code({"fit", "LSTM"})) == {"q4"}
    assert set(TOPICS.in_code({"GRU", "LSTM"})) == {"q1", "q2"}
    assert TOPICS.in_code({"Dense"}) == {}


def used(code: str, *others: str) -> frozenset[str]:
    return api_names(code, student_names([code, *others]))


def test_names_that_the_student_made_up_never_count() -> None:
    """Is a variable, function, class, argument or attribute of the student's own no evidence?"""
    code = (
        "LSTM = 1\ndef GRU(fit): return fit\nclass Bidirectional:\n    def train(self): self.rate = LSTM\n"
        "for Dense in GRU(LSTM): pass\nx = [RNN for RNN in Dense]\nBidirectional().train()"
    )
    assert used(code) & {"LSTM", "GRU", "Bidirectional", "fit", "train", "Dense", "RNN", "rate"} == set()


def test_api_names_count_under_every_alias() -> None:
    """Does it make no difference how Keras was imported?"""
    for code in (
        "import tensorflow as tf\ntf.keras.layers.LSTM(3)",
        "from keras.layers import LSTM\nLSTM(3)",
        "from keras.layers import LSTM as L\nL(3)",
        "import keras.layers as kl\nwrap = kl.LSTM",
    ):
        assert "LSTM" in used(code)


def test_an_import_alone_uses_nothing() -> None:
    """Is a setup cell that imports all layers about none of them?"""
    assert "LSTM" not in used("from keras.layers import LSTM, GRU, Bidirectional")


def test_a_variable_named_like_a_method_does_not_hide_the_method() -> None:
    """Does `fit = model.fit(...)` still use `fit`?"""
    assert "fit" in used("fit = model.fit(x)")


def test_a_name_bound_in_another_cell_is_the_students_too() -> None:
    """Are names followed through the whole notebook?"""
    assert "LSTM" not in used("LSTM(3)", "class LSTM: pass")


@pytest.mark.parametrize(
    "code",
    [
        "import x",
        "!pip install x\nimport x",
        "import tensorflow as tf\nprint(tf.__version__)",
        "import numpy as np\nnp.random.seed(1)",
        "import numpy as np\nx = np.random.rand(3, 2)",
        "np.random.seed(1)",
    ],
)
def test_setup(code: str) -> None:
    """Is preparing recognised?"""
    assert only_prepares(code)


@pytest.mark.parametrize("code", ["x = 1", "import x\nmodel = x.LSTM()", "print(1)", "import x\nmodel.fit(x)"])
def test_what_is_more_than_setup(code: str) -> None:
    """Is code that does something not taken for preparing?"""
    assert not only_prepares(code)
