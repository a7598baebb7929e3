"""The ten questions, put together."""

from grader.pack.questions import Assignment
from reference import (
    q01_rnn_cell,
    q02_bptt,
    q03_gradients,
    q04_lstm,
    q05_gru,
    q06_peephole_lstm,
    q07_bidirectional_rnn,
    q08_lstm_gates,
    q09_bilstm,
    q10_bigru,
)
from reference.wording.terms import VOCABULARY

assignment = Assignment(
    id="nlp-assignment-3",
    title="NLP Assignment 3: recurrent networks",
    version="6",
    questions=(
        q01_rnn_cell.question,
        q02_bptt.question,
        q03_gradients.question,
        q04_lstm.question,
        q05_gru.question,
        q06_peephole_lstm.question,
        q07_bidirectional_rnn.question,
        q08_lstm_gates.question,
        q09_bilstm.question,
        q10_bigru.question,
    ),
    prepare=q08_lstm_gates.prepare,
    vocabulary=VOCABULARY,
)
