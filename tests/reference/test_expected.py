"""Formulas for parameters and shapes against layers of both Keras generations."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference.recurrent import expected

few = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
size = st.integers(1, 70)


def shapes_of(layer):
    return [tuple(array.shape) for array in layer.get_weights()]


def built(layer, inputs):
    layer.build((None, 5, inputs))
    return layer


@pytest.mark.parametrize("use_bias", [True, False])
@few
@given(units=size, inputs=size)
def test_simple_rnn_lstm_and_dense_count_what_keras_counts(keras, use_bias, units, inputs):
    """Do the formulas and the shapes hold for any size, with and without a bias?"""
    layers = keras.layers
    rnn = built(layers.SimpleRNN(units, use_bias=use_bias), inputs)
    lstm = built(layers.LSTM(units, use_bias=use_bias), inputs)
    dense = built(layers.Dense(units, use_bias=use_bias), inputs)
    assert expected.simple_rnn(units, inputs, use_bias=use_bias).value == rnn.count_params()
    assert expected.lstm(units, inputs, use_bias=use_bias).value == lstm.count_params()
    assert expected.dense(units, inputs, use_bias=use_bias).value == dense.count_params()
    assert expected.weights(units, inputs, use_bias=use_bias) == shapes_of(rnn)
    assert expected.weights(units, inputs, gates=4, use_bias=use_bias) == shapes_of(lstm)


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("use_bias", [True, False])
@few
@given(units=size, inputs=size)
def test_gru_counts_what_keras_counts(keras, reset_after, use_bias, units, inputs):
    """Is the second bias of `reset_after` counted, and only if there are biases?"""
    gru = built(keras.layers.GRU(units, reset_after=reset_after, use_bias=use_bias), inputs)
    options = {"reset_after": reset_after, "use_bias": use_bias}
    assert expected.gru(units, inputs, **options).value == gru.count_params()
    assert expected.gru_weights(units, inputs, **options) == shapes_of(gru)


@pytest.mark.parametrize("merge_mode", ["concat", "sum", "mul", "ave"])
@pytest.mark.parametrize("return_sequences", [True, False])
def test_bidirectional_doubles_parameters_and_with_concat_features(keras, merge_mode, return_sequences):
    """Are there twice the parameters in every merge mode, and which shape comes out?"""
    inner = keras.layers.LSTM(6, return_sequences=return_sequences)
    layer = built(keras.layers.Bidirectional(inner, merge_mode=merge_mode), 3)
    assert expected.bidirectional(expected.lstm(6, 3)).value == layer.count_params()
    features = expected.bidirectional_units(6, merge_mode)
    shape = expected.output(features, 5, return_sequences=return_sequences)
    assert shape == tuple(layer.compute_output_shape((None, 5, 3)))


@pytest.mark.parametrize(
    ("count", "worked"),
    [
        (expected.simple_rnn(128, 32), "128·(128+32+1) = 20,608"),
        (expected.lstm(64, 32), "4·64·(64+32+1) = 24,832"),
        (expected.gru(64, 32), "3·64·(64+32+2) = 18,816"),
        (expected.gru(64, 32, reset_after=False), "3·64·(64+32+1) = 18,624"),
        (expected.lstm(24, 32), "4·24·(24+32+1) = 5,472"),
        (expected.peephole_lstm(24, 32), "4·24·(24+32+1) + 3·24 = 5,544"),
        (expected.peephole_lstm(24, 32, diagonal=False), "4·24·(24+32+1) + 3·24·24 = 7,200"),
        (expected.bidirectional(expected.lstm(64, 32)), "2·4·64·(64+32+1) = 49,664"),
        (expected.bidirectional(expected.gru(64, 32)), "2·3·64·(64+32+2) = 37,632"),
        (expected.bidirectional(expected.peephole_lstm(24, 32)), "2·(4·24·(24+32+1) + 3·24) = 11,088"),
        (expected.dense(1, 128), "1·(128+1) = 129"),
        (expected.lstm(64, 32, use_bias=False), "4·64·(64+32) = 24,576"),
    ],
)
def test_a_count_shows_its_formula_with_the_students_numbers(count, worked):
    """Does the text give the numbers that textbooks give for these sizes?"""
    assert count.worked == str(count) == worked


@few
@given(units=size, inputs=size, use_bias=st.booleans(), diagonal=st.booleans())
def test_the_text_of_a_formula_comes_to_its_value(units, inputs, use_bias, diagonal):
    """If one works out the text, is it the number behind the equals sign?"""
    one = expected.peephole_lstm(units, inputs, use_bias=use_bias, diagonal=diagonal)
    for count in (one, expected.bidirectional(one)):
        text, shown = count.worked.split(" = ")
        assert re.fullmatch(r"[\d·+() ]+", text)
        assert eval(text.replace("·", "*")) == int(shown.replace(",", "")) == count.value


@few
@given(units=size, inputs=size, use_bias=st.booleans(), reset_after=st.booleans())
def test_shapes_add_up_to_the_count(units, inputs, use_bias, reset_after):
    """Do the arrays of these shapes have as many weights as the formula says?"""
    lstm = expected.weights(units, inputs, gates=4, use_bias=use_bias)
    gru = expected.gru_weights(units, inputs, use_bias=use_bias, reset_after=reset_after)
    assert expected.size(lstm) == expected.lstm(units, inputs, use_bias=use_bias).value
    assert expected.size(gru) == expected.gru(units, inputs, use_bias=use_bias, reset_after=reset_after).value
