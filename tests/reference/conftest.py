"""Both generations of Keras, and random weights for their layers."""

import importlib
import os

import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@pytest.fixture(scope="session", params=["keras", "tf_keras"], ids=["keras3", "keras2"])
def keras(request):
    """Keras 3 and Keras 2. They are separate packages and may be loaded side by side."""
    return importlib.import_module(request.param)


@pytest.fixture(scope="session")
def randomised():
    """Builds a layer for inputs (batch, timesteps, features), and gives it and the inputs random numbers."""

    def build(layer, batch, timesteps, inputs, seed):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-1, 1, (batch, timesteps, inputs)).astype("float32")
        layer(x)
        layer.set_weights([rng.uniform(-1, 1, array.shape).astype("float32") for array in layer.get_weights()])
        return x

    return build
