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
            "it|rnn|rnns|brnn|brnns|birnn|network|bidirectional|they",
            ">~is|are|can be|suit|fit|shine|work|allow|make|perfect|ideal|possible",
            ">real-time|online|streaming|live|instantly|immediately|on the fly|stream|realtime|real time|as soon as",
            "ideal|good|suitable|perfect|fit|work well|best|useful|well suited|suited|great|can be used|"
            "excellent|allow|appropriate|apt|shine|perfectly|recommended|possible",
            "!!not|delay|offline|cannot|impossible|wait|unsuitable|bad|difficult|problem|disadvantage|hard|no|"
            "unfit|drawback|never|forward rnn|forward network|one-directional|unidirectional|only offline|only if|"
            "only after|only when|only with|complete|before|whole|"
            "excluded|calls for|another|question",
        ),
        (
            "real-time|online|streaming|live|on the fly|realtime|real time",
            ">brnn|birnn|bidirectional",
            ">~is|are",
            ">~best|ideal|perfect|good|great|suited",
            "!!delay|wait|only if|forward|whole",
        ),
        (
            "it|bidirectional|brnn|birnn|rnn|network|they",
            ">~work|run|operate|predict|translate|recognize|process|give|suit|handle|used|make",
            ">real time|real-time|live|online|immediately|without delay|instantly|on the fly|realtime",
            "!!not|offline|cannot|impossible|wait|unsuitable|bad|difficult|problem|disadvantage|hard|no|drawback|"
            "never|"
            "forward rnn|forward network|one-directional|unidirectional|only|complete|before|whole|excluded|calls for|"
            "another|question|rather|price|delay|unfit|unless",
        ),
    ),
)

MISCONCEPTIONS = (
    future_only("q7", "bidirectional RNN"),
    stacked("q7", "layers"),
    backpropagation("q7", "RNN"),
    REAL_TIME,
)
