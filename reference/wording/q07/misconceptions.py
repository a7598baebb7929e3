"""Q7 · Bidirectional RNN: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.directions import backpropagation, future_only, stacked

REAL_TIME = Misconception(
    "q7.real-time",
    message=(
        "A bidirectional RNN needs the whole sequence before it can give its first output, so it does not suit "
        "prediction in real time."
    ),
    against="q7.context",
    says=(
        "Bidirectional RNNs are well suited for real-time prediction.",
        "It can be used for live speech recognition because it is so fast.",
        "It is ideal for online processing of streams.",
    ),
    says_not=(
        "A bidirectional RNN is not suitable for real-time tasks.",
        "It cannot be used for live streams because the whole sequence has to be there.",
        "It is useful when the recording is complete and there is no need for live output.",
        "Its price is that real-time prediction is out of the question, but it gives great results on complete texts.",
    ),
    ways=(
        (
            "real-time|online|streaming|live|instantly|immediately|as soon as|on the fly|stream|realtime",
            "ideal|good|suitable|perfect|fit|work well|best|useful|well suited|suited|great|advantage|can be used|"
            "excellent|allow|appropriate|available|make it|apt|shine|perfectly|recommended|possible|for",
            "!!not|delay|offline|cannot|impossible|wait|unsuitable|bad|difficult|problem|disadvantage|hard|unless|no|"
            "drawback|never|rather|without",
        ),
    ),
)

MISCONCEPTIONS = (
    future_only("q7", "bidirectional RNN"),
    stacked("q7", "layers"),
    backpropagation("q7", "RNN"),
    REAL_TIME,
)
