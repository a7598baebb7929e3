"""Q8 · Gates of the LSTM."""

from grader.assignment import Question, Topic

question = Question(
    8,
    "Gates of the LSTM",
    prompt="Explain the gates of LSTM with equations.",
    topic=Topic(
        phrases=(
            r"gates? of (an? |the )?lstms?",
            r"(forget|input|output) gate\b.*equation",
        ),
        code=(("LSTM", "get_weights"),),
    ),
)
