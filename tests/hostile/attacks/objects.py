"""Objects that bite whoever looks at them, left where the probe looks: in the namespace, and among the layers."""

from tests.hostile.attacks import Attack

KERAS = "from tensorflow import keras\nimport numpy as np, os, time\n"

ATTACKS = {
    "a representation without end": Attack(
        "class R:\n    def __repr__(self):\n        while True: pass\nR()", "timeout|error"
    ),
    "a representation of 200 MB": Attack("class R:\n    def __repr__(self): return 'x' * (200 << 20)\nR()"),
    "a representation that raises": Attack("class R:\n    def __repr__(self): raise SystemExit\nR()", "answered|error"),
    "a rich representation of nonsense": Attack(
        "class R:\n    def _repr_mimebundle_(self, **k): return {'text/html': object(), 7: b'x', 'text/plain': ['x']}\nR()",
        "answered|error",
    ),
    "objects of every type at once": Attack(
        "class Any:\n    __class__ = list\n    def __getattr__(self, name): return self\n"
        "    def __call__(self, *a, **k): return self\n    def __eq__(self, other): raise SystemExit\n"
        "    def __hash__(self): raise SystemExit\n    def __bool__(self): raise SystemExit\n"
        "    def __len__(self): return 5\n    def __iter__(self): return iter(int, 1)\n"
        "    def __getitem__(self, key): return self\n    shape = dtype = ndim = property(lambda self: 1 / 0)\n"
        "losses = gradients = history = Any()"
    ),
    "a list without end": Attack(
        "class Long(list):\n    def __len__(self): return 5\n    def __iter__(self): return iter(int, 1)\nlosses = Long()"
    ),
    "a list within itself": Attack("losses = []; losses += [losses, {'a': losses}, losses]"),
    "names that are no names": Attack(
        "globals()[7] = globals()[None] = [3., 2., 1.]; globals()['\\ud800'] = [3., 2., 1.]"
    ),
    "ten thousand layers": Attack(KERAS + "kept = [keras.layers.Flatten() for _ in range(10_000)]", "answered|timeout"),
    "a layer that cannot be looked at": Attack(
        KERAS + "class Layer(keras.layers.Layer):\n"
        "    name = units = built = cell = weights = property(lambda self: os.abort())\n"
        "try: Layer()\nexcept AttributeError: pass\nobject.__new__(Layer)",
        "answered|error",
    ),
    "a layer that raises whatever it is asked": Attack(
        KERAS + "class LSTM(keras.layers.LSTM):\n    def __getattribute__(self, name): raise SystemExit(name)\n"
        "try: LSTM(4)\nexcept SystemExit: pass"
    ),
    "a layer with a name of 10 MB": Attack(KERAS + "keras.layers.Layer(name='x' * 10_000_000)", "answered|error"),
    "a layer inside itself": Attack(
        KERAS
        + "class Layer(keras.layers.Layer):\n    def _flatten_layers(self, **k):\n        while True: yield self\n"
        "Layer()",
    ),
    "a layer with a billion units": Attack(
        KERAS + "keras.layers.LSTM(1_000_000_000)(np.ones((1, 2, 3), 'float32'))", "error"
    ),
}
