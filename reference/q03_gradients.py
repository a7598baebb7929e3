"""Q3 · Vanishing and exploding gradients."""

from grader.assignment import Question, Topic

question = Question(
    3,
    "Vanishing and exploding gradients",
    prompt="Explain Vanishing and exploding gradients",
    topic=Topic(
        phrases=(
            r"(vanish|explod)\w+( and | or |/| & )?(explod|vanish)?\w*( \w+)? gradients?",
            r"gradients? (vanish|explod)\w+",
        ),
        code=(),
    ),
)
