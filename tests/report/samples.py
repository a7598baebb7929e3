"""Results and executed notebooks made by hand, as a real submission gives them: the tests and the eye look at these."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.pack.pictures import Block, Dependence, Gradients, Losses, Norms, Parameters
from grader.result.model import (
    Advisory,
    AssignmentInfo,
    CheckResult,
    Environment,
    QuestionResult,
    Result,
    SubmissionInfo,
)
from reference.checks.cell_diagram import SeenGates, cell_diagram

TITLES = (
    "RNN cell",
    "Backpropagation through time",
    "Vanishing and exploding gradients",
    "LSTM",
    "GRU",
    "Peephole LSTM",
    "Bidirectional RNN",
    "Gates of the LSTM",
    "BiLSTM",
    "BiGRU",
)


def png(width: int = 320, height: int = 160) -> str:
    """A falling curve as a PNG in base64, as matplotlib's output stands in a notebook."""
    rows = b""
    curves = [height - 20 - int((height - 40) * 0.985**x) for x in range(width)]
    for y in range(height):
        line = bytearray(b"\xff" * width)
        for x, curve in enumerate(curves):
            if abs((height - 1 - y) - (height - curve)) < 2 or y == height - 10 or x == 10:
                line[x] = 70
        rows += b"\0" + bytes(line)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        data += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return base64.b64encode(data).decode()


def check(id_: str, kind: str, title: str, points: int, status: str, message: str, **more: Any) -> CheckResult:
    """A check; what it earned follows from its status unless `earned` is given."""
    earned = more.pop("earned", points if status == "pass" else 0)
    fields = {"id": id_, "kind": kind, "title": title, "points": points, "earned": earned, "status": status}
    return CheckResult.model_validate({**fields, "message": message, **more})


def question(
    number: int, status: str, cells: tuple[int, ...], checks: list[CheckResult], **more: Any
) -> QuestionResult:
    """A question whose score is the sum of its checks."""
    fields: dict[str, Any] = {"id": f"q{number}", "number": number, "title": TITLES[number - 1], "status": status}
    fields["prompt"] = f"Explain the {TITLES[number - 1]}."
    fields |= {"cells": cells, "checks": checks, "confidence": 0.98}
    fields |= {"score": sum(item.earned for item in checks), "max_score": sum(item.points for item in checks)}
    return QuestionResult.model_validate({**fields, **more})


def full(number: int, cells: tuple[int, ...], **more: Any) -> QuestionResult:
    """A question in which every check is passed."""
    id_ = f"q{number}"
    checks = [
        check(
            f"{id_}.idea",
            "explanation",
            "It says what the idea is.",
            1,
            "pass",
            "You say so.",
            observed="It processes the sequence step by step and keeps a hidden state.",
        ),
        check(f"{id_}.why", "explanation", "It says what it is good for.", 1, "pass", "You say so."),
        check(
            f"{id_}.parameters",
            "structure",
            "The layer has as many weights as its formula says.",
            3,
            "pass",
            "parameters: 24,832, as expected.",
            expected="24,832 (4u(m + u + 1))",
            observed="24,832",
        ),
        check(
            f"{id_}.computes",
            "behaviour",
            "It computes what the reference cell computes, on random inputs.",
            3,
            "pass",
            "Your layer and the reference agree on 64 random sequences.",
            expected="difference below 1e-5",
            observed="2.1e-7",
        ),
        check(
            f"{id_}.loss-falls",
            "training",
            "The loss falls while it is trained.",
            2,
            "pass",
            "The loss falls from 0.869 to 0.135 in 10 epochs.",
        ),
    ]
    return question(number, "answered", cells, checks, **more)


def peephole(cells: tuple[int, ...]) -> QuestionResult:
    """The well-known mistake: `implementation=2` taken for peepholes."""
    checks = [
        check(
            "q6.connections",
            "explanation",
            "Peephole connections let the gates see the cell state.",
            1,
            "pass",
            "You say so.",
            observed="It adds connections from the cell state to the gate units.",
        ),
        check("q6.variant", "explanation", "It extends the standard LSTM.", 1, "pass", "You say so."),
        check(
            "q6.runs",
            "behaviour",
            "The code runs on a sequence of ten steps.",
            2,
            "pass",
            "It gives an output for each of the ten steps.",
            expected="(1, 10, 24)",
            observed="(1, 10, 24)",
        ),
        check(
            "q6.peephole-weights",
            "structure",
            "The cell has one extra weight per unit and gate.",
            2,
            "fail",
            "parameters: expected 5,544 (4u(m + u + 1) + 3u), found 5,472. These are exactly the weights of a plain "
            "LSTM: `implementation=2` changes how Keras batches the matrix products, and adds no peephole.",
            expected="5,544 (4u(m + u + 1) + 3u)",
            observed="5,472",
            why="Peepholes are weights: without `3u` of them no gate can have one.",
        ),
        check(
            "q6.gates-see-the-cell-state",
            "behaviour",
            "The gates depend on the cell state.",
            4,
            "skipped",
            "Not looked at, because it rests on an earlier check: The cell has one extra weight per unit and gate.",
            after="q6.peephole-weights",
        ),
    ]
    blocks = (
        Block(role="kernel", count=3072),
        Block(role="recurrent kernel", count=2304),
        Block(role="bias", count=96),
    )
    pictures = (
        cell_diagram(SeenGates(input=False, forget=False, output=False)),
        Parameters(yours=blocks, expected=(*blocks, Block(role="peepholes", count=72))),
    )
    advisory = Advisory(
        id="q6.implementation-2",
        message="“implementation=2 to enable peephole connections” This "
        "option is about speed. Keras' own LSTM has no peepholes: write a cell of your own.",
    )
    return question(6, "answered", cells, checks, advisories=(advisory,), pictures=pictures)


def bptt(cells: tuple[int, ...]) -> QuestionResult:
    """Half right: one check passed in part, one that the grader could not carry out."""
    checks = [
        check("q2.unrolled", "explanation", "The network is unrolled over the time steps.", 1, "pass", "You say so."),
        check(
            "q2.sum",
            "explanation",
            "The gradients of the shared weights are summed over the steps.",
            1,
            "fail",
            "Say what happens to the gradients of the shared weights: they are added up over all time steps.",
            expected="The gradients of the shared weights are summed over the steps.",
        ),
        check(
            "q2.trains",
            "training",
            "It is trained for some epochs, and the loss falls.",
            4,
            "partial",
            "The loss falls, but in three epochs only: 0.869 to 0.742. Ten epochs show it well.",
            earned=2,
            expected="a loss that falls clearly",
            observed="0.869, 0.801, 0.742",
        ),
        check(
            "q2.gradient-reaches-the-start",
            "behaviour",
            "The gradient reaches the first time step.",
            4,
            "error",
            "This could not be found out (the gradient has no value). A human will look at it; it is not counted as "
            "your mistake.",
        ),
    ]
    course = Losses(title="Training of your SimpleRNN", yours=(0.869, 0.801, 0.742), reference=(0.8, 0.4, 0.2, 0.1))
    return question(2, "answered", cells, checks, pictures=(course,))


def gradients(cells: tuple[int, ...]) -> QuestionResult:
    """A cell that raises an error."""
    checks = [
        check(
            "q3.vanishing",
            "explanation",
            "Vanishing: gradients shrink toward the early steps.",
            1,
            "pass",
            "You say so.",
        ),
        check("q3.exploding", "explanation", "Exploding: gradients grow without bound.", 1, "pass", "You say so."),
        check(
            "q3.shrinks",
            "behaviour",
            "The gradient norm shrinks toward the early layers.",
            4,
            "fail",
            "The code of this answer did not run to its end: ValueError: Dimensions must be equal, but are 10 and 1. "
            "Give the target the shape of the output, (100, 1).",
            todo="Fix cell 6 (In [3]): ValueError: Dimensions must be equal, but are 10 and 1.",
            reason="stopped",
            about="cell 6 (In [3])",
        ),
        check(
            "q3.explodes",
            "training",
            "With large weights the loss explodes.",
            4,
            "skipped",
            "Not looked at, because it rests on an earlier check: The gradient norm shrinks toward the early layers.",
            after="q3.shrinks",
        ),
    ]
    advisory = Advisory(id="q3.cell-4", message="cell 4, line 14: ValueError: Dimensions must be equal.")
    networks = (
        Norms(label="Sequential", over="layers", values=(1.2e-6, 3.1e-4, 0.21)),
        Norms(label="Functional", over="layers", values=(2.4e7, None, 3.5e7, 0.0)),
    )
    pictures = (Gradients(networks=networks),)
    return question(3, "error", cells, checks, advisories=(advisory,), pictures=pictures)


def missing(number: int) -> QuestionResult:
    """A question that the notebook does not answer."""
    text = "No answer to this question was found in the notebook."
    checks = [
        check(f"q{number}.both-directions", "explanation", "It reads in both directions.", 2, "fail", text),
        check(f"q{number}.parameters", "structure", "Twice the weights of one GRU.", 4, "fail", text),
        check(f"q{number}.sees-the-end", "behaviour", "The first output depends on the last input.", 4, "fail", text),
    ]
    return question(number, "missing", (), checks, confidence=1.0)


def graded(**more: Any) -> Result:
    """A submission with most fates in it: full marks, partial, error, missing, two questions in one cell.

    Its points are those of its questions.
    """
    questions = more.pop("questions", None)
    questions = _questions() if questions is None else questions
    fields: dict[str, Any] = {
        "assignment": AssignmentInfo(id="nlp-assignment-3", title="NLP Assignment 3: recurrent networks", version="1"),
        "submission": SubmissionInfo(name="ada-lovelace", file="NLP_Assignment_3.ipynb", sha256="9f2c" * 16),
        "status": "graded",
        "score": sum(item.score for item in questions),
        "max_score": sum(item.max_score for item in questions) if questions else 100,
        "environment": Environment(
            python="3.11.9", tensorflow="2.21.0", keras="3.12.0", keras_generation=3, sandbox=("landlock", "network")
        ),
        "questions": questions,
        "flags": ("q2.gradient-reaches-the-start: the check could not be carried out",),
        "duration_s": 12.3,
    }
    return Result.model_validate({**fields, **more})


def _questions() -> tuple[QuestionResult, ...]:
    return (
        full(1, (1, 2)),
        bptt((3, 4)),
        gradients((5,)),
        full(4, (6, 7)),
        full(5, (8, 9)),
        peephole((10, 11)),
        full(
            7,
            (12,),
            pictures=(Dependence(axis="time step", sees=((True, False, False), (True, True, False), (True,) * 3)),),
        ),
        full(8, (13, 14)),
        full(9, (15,)),
        missing(10),
    )


def without_grade(status: str, reason: str) -> Result:
    """A submission that has no grade."""
    return graded(status=status, reason=reason, questions=(), environment=Environment(), flags=())


def notebook() -> NotebookNode:
    """The executed notebook beside `graded()`."""
    return new_notebook(cells=[*_first_cells(), *_last_cells()], metadata={"language_info": {"name": "python"}})


def _first_cells() -> list[NotebookNode]:
    train = "model.compile(optimizer='adam', loss='mse')\nhistory = model.fit(x, y, epochs=3)\nprint(history.history)"
    return [
        new_markdown_cell("# NLP Assignment 3\n\n1. Explain the basic architecture of RNN cell.\n2. Explain BPTT"),
        new_markdown_cell(
            "## Answer 1\n\nA recurrent cell takes the input $x_t$ and the **previous hidden state** $h_{t-1}$:\n\n"
            "$$h_t = \\tanh(W x_t + U h_{t-1} + b)$$\n\n* the same weights at every step\n* `h` is the memory\n\n"
            "| symbol | meaning |\n|---|---|\n| $W$ | input weights |\n| $U$ | recurrent weights |\n"
        ),
        _code(
            "import tensorflow as tf\n\ninputs = tf.keras.Input((10, 32))\n"
            "outputs = tf.keras.layers.SimpleRNN(128, return_sequences=True)(inputs)  # (None, 10, 128)\n"
            "model = tf.keras.Model(inputs, outputs)\nmodel.summary()",
            _stream(
                'Model: "functional"\n' + "━" * 96 + "\n┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃\n"
            ),
        ),
        new_markdown_cell("## Answer 2\n\nBPTT *unrolls* the network over time. It is used to train RNNs."),
        _code(
            train,
            _stream("Epoch 1/3\n\x1b[1m4/4\x1b[0m \x1b[32m━━━━━━━━━━━━━━━━━━━━\x1b[0m 0s 2ms/step - loss: 0.8690\n"),
            new_output("display_data", {"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"}),
        ),
        _code(
            "'''Ans 3:- Vanishing gradients occur when gradients become extremely small,\n"
            "exploding gradients when they become excessively large.'''\n\n"
            "model.fit(x_train, y_train[:, :1], epochs=10)",
            new_output(
                "error",
                ename="ValueError",
                evalue="Dimensions must be equal, but are 10 and 1",
                traceback=["\x1b[31mValueError\x1b[39m: Dimensions must be equal, but are 10 and 1"],
            ),
        ),
    ]


def _last_cells() -> list[NotebookNode]:
    return [
        new_markdown_cell("## 4. LSTM\n\nGates control what is forgotten, stored and output."),
        _code("lstm = tf.keras.layers.LSTM(64, return_sequences=True)", _result("<LSTM name=lstm, built=False>")),
        new_markdown_cell("## 5. GRU\n\nTwo gates: *update* and *reset*."),
        _code("gru = tf.keras.layers.GRU(64)\nprint(gru(x).shape)", _stream("(100, 64)\n")),
        new_markdown_cell("## 6. Peephole LSTM\n\nWe use `implementation=2` to enable peephole connections."),
        _code(
            "peephole = tf.keras.layers.LSTM(24, return_sequences=True, implementation=2)\n"
            "print(peephole(tf.random.normal((1, 10, 32))).shape)",
            _stream("(1, 10, 24)\n"),
        ),
        _code("bi = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(64, return_sequences=True))"),
        new_markdown_cell(
            "## 8. Gates\n\n    f_t = sigmoid(W_f [h_(t-1), x_t] + b_f)\n    C_t = f_t * C_(t-1) + i_t * g_t"
        ),
        _code("[w.shape for w in lstm.get_weights()]", _result("[(32, 256), (64, 256), (256,)]")),
        _code("bilstm = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(64))"),
    ]


def _code(source: str, *outputs: NotebookNode) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), execution_count=1)


def _stream(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)


def _result(text: str) -> NotebookNode:
    return new_output("execute_result", {"text/plain": text}, execution_count=1)
