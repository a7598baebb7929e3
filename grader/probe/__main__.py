"""`python -m grader.probe -f CONNECTION_FILE`: one cold kernel."""

import sys

from grader.probe import keras_api, start, warm

if __name__ == "__main__":
    warm(keras_api.generation())
    start(sys.argv[sys.argv.index("-f") + 1])
