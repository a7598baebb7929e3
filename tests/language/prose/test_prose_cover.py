"""Which statements a text makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.language.prose import cover
from grader.language.prose.patterns import PatternError, compile_way
from grader.language.prose.reading import MAX_CHARACTERS
from grader.pack.questions import Concept, Misconception


def concept(*ways, name="c"):
    return Concept(f"q0.{name}", "A statement.", tuple(ways), "Say it.")


def covered(text, *way, **options):
    return cover([text], [concept(way)], [], **options).concepts[0].covered


KEEP = ("network|cell", "keep|store", "state|memory")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The network keeps a state.", True),
        ("States are stored by cells.", True),
        ("The network is recurrent. It keeps a state.", True),
        ("The network is recurrent. It is nice. It keeps a state.", False),
        ("The netwrok keeps a memroy of it.", True),
        ("The network does not keep a state.", False),
        ("The network not only keeps a state but also a memory.", True),
        ("Does the network keep a state?", False),
        ("Bread keeps well in a dry place.", False),
    ],
)
def test_statements(text, expected):
    """Is a statement found in one sentence or two neighbours, unless it is denied or asked?"""
    assert covered(text, *KEEP) is expected


@pytest.mark.parametrize(
    ("way", "text", "expected"),
    [
        (("past", ">future"), "It goes from the past to the future.", True),
        (("past", ">future"), "It goes from the future to the past.", False),
        (("gate", "~state"), "The gate sees the state.", True),
        (("gate", "~state"), "The gate is one of the many things that the reader of a state sees.", False),
        (("unit", "-gate"), "The unit has no output and no gate.", True),
        (("unit", "-gate"), "The unit has a gate.", False),
        (("forget gate", ">remove", "!input gate"), "The forget gate removes and the input gate adds.", True),
        (("forget gate", ">remove", "!input gate"), "The forget gate adds and the input gate removes.", False),
        (("gate", "!!lstm"), "Unlike the RNN, an LSTM has a gate.", False),
        (
            ("forget gate", "&", "input gate"),
            "The forget gate is one. There is more. Also the input gate is one.",
            True,
        ),
        (("forget gate", "&", "input gate"), "The forget gate is one.", False),
        (("long-term",), "The long short-term memory is a cell.", False),
        (("long-term",), "It is a long term memory.", True),
        (("forget gate",), "It has forget and input gates.", True),
        (("concaten*",), "The outputs are concatenated.", True),
        (("hidden state",), "The hiddenstate is kept.", True),
        (("prevent|avoid", "vanish"), "It prevents that gradients vanish.", True),
        (("-vanish", "gradient"), "The gradients do not vanish.", True),
    ],
)
def test_the_marks_of_a_way(way, text, expected):
    """Do order, nearness, denial, barriers, parts and phrases mean what the table says?"""
    assert covered(text, *way) is expected


@pytest.mark.parametrize("way", [(), ("&",), ("a", "&"), ("a|",), ("!a",), ("...",)])
def test_a_way_that_cannot_be_read(way):
    """Does a slot or a statement without words give an error?"""
    with pytest.raises(PatternError):
        compile_way(way)


def test_the_sentence_is_quoted_as_written():
    """Is the evidence the student's own sentence?"""
    text = "First this.  The Netwrok keeps\na *State* (see above).Then that."
    finding = cover([text], [concept(KEEP)], []).concepts[0]
    assert finding.sentence == "The Netwrok keeps a *State* (see above)."
    assert finding.near  # one word was misspelt


def test_a_close_miss_is_marked():
    """Is a human pointed to a sentence in which only one of several slots is empty?"""
    finding = cover(["The network keeps what it likes."], [concept(KEEP)], []).concepts[0]
    assert (finding.covered, finding.near) == (False, True)
    assert finding.sentence == "The network keeps what it likes."


LIST = [
    concept((word,), name=word.replace(" ", "-"))
    for word in ("update gate", "reset gate", "cell state", "hidden state")
]


@pytest.mark.parametrize(
    "text",
    [
        "update gate, reset gate, cell state, hidden state",
        "- update gate\n- reset gate\n- cell state\n- hidden state",
        "update gate reset gate cell state hidden state sigmoid tanh weight bias",
        "Update gate? Reset gate? Cell state? Hidden state?",
    ],
)
def test_keywords_earn_at_most_half(text):
    """Does a list of keywords, in whatever form, earn no more than half of the concepts?"""
    assert cover([text], LIST, []).points == 2


def test_single_words_of_a_row_belong_to_nothing():
    """Do words that stand in a row, without a sentence or commas, make no statement between them?"""
    way = ("concatenate", "forward", "backward")
    assert not covered("gru gate forward backward past future context concatenate tanh sigmoid", *way)
    assert covered("concatenate forward and backward", *way)


def test_sentences_earn_all():
    """May statements with the same words earn everything?"""
    text = "It has an update gate and a reset gate. There is no cell, so the cell state is the hidden state."
    assert cover([text], LIST[:2], []).points == 2


def test_keywords_do_not_top_up_statements():
    """Do keywords beside statements count only up to a half?"""
    text = "The update gate decides. The reset gate decides.\n\ncell state, hidden state"
    assert cover([text], LIST, []).points == 2


def test_copied_text_earns_nothing():
    """Does the text of a question count for nothing, whatever is around it?"""
    prompt = "Explain how the network keeps a state."
    texts = [prompt, f"3. {prompt}", f"Ans: {prompt.upper()}", "how the network keeps a state:-"]
    assert not any(covered(text, *KEEP, copied_from=[prompt]) for text in texts)
    assert covered(f"{prompt} The network keeps a state in its memory cell.", *KEEP, copied_from=[prompt])


def test_text_about_something_else_earns_nothing():
    """Does a text without a word of the subject count for nothing, unless it is too short to tell?"""
    way, subject = ("keep", ">~state"), "network|layer"
    stray = "A monarch keeps the state together. " + "Laws are made in parliament, and judged in court. " * 3
    assert covered(stray, *way)
    assert not covered(stray, *way, subject=subject)
    assert covered(f"{stray} So does a network.", *way, subject=subject)
    assert covered("It keeps a state.", *way, subject=subject)


def test_an_equation_within_a_sentence_does_not_tear_it_apart():
    """Are words close to each other that only the right-hand side of an equation separates?"""
    sentence = "The forget gate f_t = σ(W_f [h_{t-1}, x_t] + U_f c_{t-1} + b_f) decides what is erased."
    assert covered(sentence, "forget gate", ">~decide", ">~erase")
    assert not covered(
        "The gate f_t = σ(W_f x_t + b_f) is no gate that decides.", "gate", ">~-decide", "f_t", ">~erase"
    )


def test_neighbours_are_looked_for_within_one_text():
    """Are the last sentence of one cell and the first of the next no neighbours?"""
    apart = cover(["The network is recurrent."], [concept(KEEP)], [])
    assert cover(["It is a network.", "It keeps a state."], [concept(KEEP)], []).points == apart.points == 0


def test_a_misconception_needs_one_sentence():
    """Is a wrong statement reported with the sentence, and not put together from two?"""
    wrong = Misconception("q0.w", (("gru", "cell state"),), "It has none.")
    assert cover(["The GRU is small. A cell state is kept."], [], [wrong]).misconceptions == ()
    found = cover(["Hello. The GRU has a cell state."], [], [wrong]).misconceptions
    assert [(each.misconception.id, each.sentence) for each in found] == [("q0.w", "The GRU has a cell state.")]
    assert cover(["The GRU has no cell state."], [], [wrong]).misconceptions == ()


def test_it_stands_for_what_the_sentence_before_names():
    """Is what a student says of another network, calling it "it", held against none?"""
    wrong = Misconception("q0.w", (("it|gru", "3 gate"),), "It has two.", about="gru", others="lstm")
    about_another = "The LSTM is older. It has three gates."
    assert cover([about_another], [], [wrong]).misconceptions == ()
    assert cover(["The GRU is younger. It has three gates."], [], [wrong]).misconceptions
    assert cover(["The LSTM is older. The GRU has three gates."], [], [wrong]).misconceptions


GATES = concept(("gru", "update gate|reset gate"), name="gates")
STEPS = concept(("gru", "time step"), name="steps")
MEMORY = concept(("gru", "remember"), name="memory")
CELL = Misconception("q0.cell", (("gru", "cell state"),), "It has none.", against="q0.steps")
TWO = "A GRU with its update gate goes from time step to time step in its cell state."
WRONG, GATE = "The GRU has a cell state.", "The GRU has an update gate."


@pytest.mark.parametrize(
    ("text", "earned", "spoiled"),
    [
        (f"{GATE} The GRU goes from time step to time step. The GRU remembers.", "gsm", ""),
        (
            f"The GRU has an update gate. The GRU goes from time step to time step. {WRONG} The GRU remembers.",
            "gm",
            "s",
        ),
        (f"The GRU has an update gate. The GRU remembers. {WRONG}", "g", "m"),
        ("The GRU has an update gate and a cell state. The GRU remembers. It does so in a GRU's time step.", "sm", "g"),
        ("The GRU has an update gate and a cell state.", "", "g"),
        (TWO, "g", "s"),
        (WRONG, "", ""),
    ],
    ids=[
        "none",
        "against a concept",
        "the last one",
        "in a statement",
        "in the only statement",
        "among statements",
        "nothing to lose",
    ],
)
def test_a_misconception_costs_one_point(text, earned, spoiled):
    """Is it one point that is lost: that of the statement around it, else of what it is against, else the last?"""
    coverage = cover([text], [GATES, STEPS, MEMORY], [CELL])
    assert "".join(finding.concept.id[3] for finding in coverage.concepts if finding.earned) == earned
    assert "".join(finding.concept.id[3] for finding in coverage.concepts if finding.spoiled) == spoiled
    assert coverage.points == len(earned)
    assert len(coverage.free) == len(coverage.misconceptions) - len(spoiled)


def test_a_sentence_costs_one_point_whatever_is_wrong_about_it():
    """Does a sentence with two misconceptions cost one point, and is the other told?"""
    other = Misconception("q0.other", (("gru", "cell"),), "Nor that.")
    coverage = cover([f"{GATE} The GRU remembers. {WRONG}"], [GATES, MEMORY], [CELL, other])
    assert coverage.points == 1
    assert [finding.misconception.id for finding in coverage.free] == ["q0.other"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_is_read_the_same_twice(prose):
    """Is every text read without an error, and always with the same result?"""
    concepts = [concept(KEEP), concept(("past", ">future"), name="d")]
    assert cover(prose, concepts, []) == cover(prose, concepts, [])


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "a" * 1_000_000,
        "The network keeps a state, " * 37_000,
        "not the state without no " * 40_000,
        "network keep state " * 50_000,
        "." * 1_000_000,
        "\n" * 1_000_000,
        "<p " * 330_000,
    ],
)
def test_a_megabyte_is_read_in_bounded_time(text):
    """Is a hostile text cut, and the cut told?"""
    coverage = cover([text], [concept(KEEP)] * 4, [])
    assert coverage.truncated is (len(text) > MAX_CHARACTERS)
