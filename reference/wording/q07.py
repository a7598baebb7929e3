"""Q7 · Bidirectional RNN: how students say it.

The little language of these patterns is described in `grader/language/prose/patterns.py`.
"""

from reference.wording.ideas import two_of

TWO_LAYERS = two_of("rnn|grus|hidden layer|layer|network|lstm|gru|recurrent|reader|cell|simplernn|pass")

REAL_TIME = (
    (
        "real-time|online|streaming|live|instantly|immediately|as soon as|on the fly|stream|realtime",
        "ideal|good|suitable|perfect|fit|work well|best|useful|well suited|suited|great|advantage|can be used|"
        "excellent|allow|appropriate|available|make it|apt|shine|perfectly|recommended|possible|for",
        "!!not|delay|offline|cannot|impossible|wait|unsuitable|bad|difficult|problem|disadvantage|hard|unless|no|"
        "drawback|never|rather|without",
    ),
)
