"""Q7 · Bidirectional RNN: what students get wrong, and how they say it."""

from grader.pack.questions import Misconception
from reference.wording.accusing import BIDIRECTIONAL
from reference.wording.directions import backpropagation, future_only, stacked

_LIVE = (
    "real-time|online|streaming|live|instantly|immediately|on the fly|stream|realtime|real time|as soon as|at once|"
    "without delay|while the person speak|still coming in|next input arrive|word by word as"
)

REAL_TIME = Misconception(
    "q7.real-time",
    message=(
        "A bidirectional RNN needs the whole sequence before it can give its first output, so it does not suit "
        "prediction in real time."
    ),
    against="q7.context",
    about=BIDIRECTIONAL,
    others="forward rnn|forward network|forward half|one-directional|unidirectional|normal rnn|simple rnn|plain",
    right=(
        "offline|impossible|wait|unsuitable|bad|difficult|problem|disadvantage|hard|unfit|drawback|delay|only|complete|"
        "whole|excluded|calls for|another|question|price|unless|rather|never|too late"
    ),
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
            f"{BIDIRECTIONAL}|it|rnn|network|they|there|this",
            ">is|are|can be|suit|fit|shine|work|allow|make|perfect|ideal|possible|be|run|operate|predict|translate|"
            "recognize|process|give|used|handle|choice",
            f">{_LIVE}",
        ),
        (
            _LIVE,
            f">{BIDIRECTIONAL}|it",
            ">~is|are|be|shine|work|fit|choice",
            ">~best|ideal|perfect|good|great|suited|right",
        ),
    ),
)

MISCONCEPTIONS = (
    future_only("q7", "bidirectional RNN"),
    stacked("q7", "layers"),
    backpropagation("q7", "RNN"),
    REAL_TIME,
)
