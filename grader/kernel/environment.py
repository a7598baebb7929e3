"""The environment variables of kernels: nothing of the user's, everything that makes results repeatable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.kernel.generation import Generation
from grader.kernel.process import folder

# TF_DETERMINISTIC_OPS is left out on purpose: with it, every random operation before the first seed raises an error,
# and so does tf.random.Generator.from_non_deterministic_state(). One thread on the CPU is repeatable without it.
FIXED = {
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    # `!pip install` in a notebook finds what is installed, and fails at once instead of trying the network.
    "PIP_NO_INDEX": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    # With Agg, ipykernel would show no figure at all.
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}

# Where Python itself is found by the loader, on machines that need to be told.
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "SYSTEMROOT")


def of_keras(generation: Generation) -> dict[str, str]:
    """What chooses the Keras of a process, for the probe and for TensorFlow, which reads it when it is imported."""
    return {"GRADER_KERAS": str(generation), **({"TF_USE_LEGACY_KERAS": "1"} if generation == 2 else {})}


def variables(seed: int, own: Path) -> dict[str, str]:
    """All variables of a kernel that has its `own` folder, but for those that choose its Keras."""
    home = folder.home(own)
    return {
        **FIXED,
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "HOME": str(home),
        "TMPDIR": str(folder.temporary(own)),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / ".runtime"),
        "MPLCONFIGDIR": str(home / ".matplotlib"),
        "GRADER_SEED": str(seed),
    }
