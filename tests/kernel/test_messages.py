"""Messages of a hostile kernel."""

from __future__ import annotations

import nbformat
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, output_from_msg

from grader.kernel.talk.messages import MAX_ERROR_TEXT, clean, readable, size

KINDS = ("stream", "display_data", "execute_result", "error", "update_display_data", "status", "clear_output")
OTHERS = ("execute_input", "execute_reply", "comm_open", "probe_reply", "kernel_info_reply", "nonsense")
WORDS = ("name", "text", "data", "metadata", "transient", "ename", "evalue", "traceback", "execution_state", "status")
MORE = ("execution_count", "wait", "display_id", "stdout", "ok", "text/plain", "image/png", "msg_type", "error")

words = st.sampled_from(WORDS + MORE)
text = st.text(st.characters(codec=None, categories=["L", "N", "Cs", "Cc"]), max_size=5) | words
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
header = st.dictionaries(words, json, max_size=2) | json
messages = st.fixed_dictionaries(
    {
        "header": st.fixed_dictionaries({"msg_type": st.sampled_from(KINDS + OTHERS)}) | header,
        "parent_header": header,
        "content": st.dictionaries(text, json, max_size=6) | json,
        "metadata": json,
    }
)


@given(messages)
def test_whatever_comes_is_read_or_refused(message: dict) -> None:
    """Does no content raise an error, and is what is read of an output a valid one that can be written?"""
    read = readable(message)
    if read is None:
        return
    assert isinstance(read["parent_header"], dict)
    assert size(read) >= 0
    if read["msg_type"] in ("stream", "display_data", "execute_result", "error"):
        cell = new_code_cell("", outputs=[output_from_msg(read)])
        notebook = new_notebook(cells=[cell])
        nbformat.validate(notebook)
        nbformat.writes(notebook).encode()


@given(st.text(st.characters(codec=None)), st.integers(40, 100))
def test_clean_text_can_be_written(given_text: str, limit: int) -> None:
    """Is text cut to its limit (and a mark), and always UTF-8?"""
    cut = clean(given_text, limit)
    cut.encode()
    assert len(cut) <= limit + len("\n[...]\n")
    assert clean(clean(given_text)) == clean(given_text)


def test_error_of_a_million_lines() -> None:
    """Is a traceback cut as a whole, and not only line by line?"""
    content = {"ename": "E", "evalue": "v", "traceback": ["line"] * 1_000_000}
    read = readable({"header": {"msg_type": "error"}, "parent_header": {}, "content": content, "metadata": {}})
    assert read is not None
    assert sum(map(len, read["content"]["traceback"])) <= MAX_ERROR_TEXT + 10
