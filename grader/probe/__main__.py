"""`python -m grader.probe -f CONNECTION_FILE`: one cold kernel."""

import sys

from grader.probe import start, warm
from grader.probe.keras import keras_api

if __name__ == "__main__":
    warm(keras_api.generation())
    start(sys.argv[sys.argv.index("-f") + 1])
