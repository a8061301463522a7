"""RNN, GRU and LSTM: time first, one weight matrix per direction, gates as rows.

The standard's directions are ours applied to reversed sequences; its lengths only decide what is
reversed and read, because no step of a forward layer sees a later one.
"""

import numpy as np

from selfattn_course.kernels.gru import GRUWeights, gru
from selfattn_course.kernels.gru_reset_before import gru_reset_before
from selfattn_course.kernels.lstm import LSTMWeights, lstm_trace
from selfattn_course.kernels.peephole_lstm import PeepholeLSTMWeights, peephole_lstm_trace
from selfattn_course.kernels.rnn import RNNWeights, rnn

ATTRIBUTES = {"hidden_size", "direction", "layout", "linear_before_reset"}
RNN_BLOCKS = (0,)
GRU_BLOCKS = (1, 0, 2)  # the standard has z, r, candidate
LSTM_BLOCKS = (0, 2, 3, 1)  # the standard has i, o, f, candidate


def run_rnn(case):
    def layer(x, w, r, bias, h0):
        b_x, b_h = bias
        return (rnn(x, RNNWeights(w, r, b_x + b_h), h0),)

    return _run(case, layer, RNN_BLOCKS)


def run_gru(case):
    run = gru if case.attributes.get("linear_before_reset", 0) else gru_reset_before

    def layer(x, w, r, bias, h0):
        return (run(x, GRUWeights(w, r, *bias), h0),)

    return _run(case, layer, GRU_BLOCKS)


def run_lstm(case):
    def layer(x, w, r, bias, h0, c0, p):
        weights, trace = LSTMWeights(w, r, sum(bias)), lstm_trace
        if p is not None:
            p_i, p_o, p_f = p.reshape(3, -1)
            peepholes = np.stack([p_i, p_f, p_o])
            weights = PeepholeLSTMWeights(w, r, sum(bias), peepholes)
            trace = peephole_lstm_trace
        done = trace(x, weights, h0, c0)
        return done.out, done.cell_states

    return _run(case, layer, LSTM_BLOCKS)


def _run(case, layer, order):
    """One layer per direction; Y, then the last state and the last cell state."""
    unknown = set(case.attributes) - ATTRIBUTES
    assert not unknown, f"{case.name} has attributes that no kernel covers: {unknown}"
    x, w, r, b, lengths, h0, c0, p = (*case.inputs, *[None] * (8 - len(case.inputs)))
    batch_first = case.attributes.get("layout", 0) == 1
    if not batch_first:
        x = x.swapaxes(0, 1)
    elif h0 is not None:
        h0, c0 = (None if s is None else s.swapaxes(0, 1) for s in (h0, c0))
    lengths = np.full(len(x), x.shape[1]) if lengths is None else lengths
    directions = {"forward": [False], "reverse": [True], "bidirectional": [False, True]}
    outs = []
    for k, backwards in enumerate(directions[case.attributes.get("direction", "forward")]):
        bias = np.zeros((2, w.shape[1]), w.dtype) if b is None else b[k].reshape(2, -1)
        bias = [_columns(part[:, None], order)[0] for part in bias]
        states = [None if s is None else s[k] for s in (h0, c0, p)][: 3 if len(order) == 4 else 1]
        steps = _reversed(x, lengths) if backwards else x
        done = layer(steps, _columns(w[k], order), _columns(r[k], order), bias, *states)
        outs.append([_finished(steps, lengths, backwards) for steps in done])
    y = np.stack([done[0][0] for done in outs])  # (directions, batch, n, d_h)
    last = [np.stack([done[k][1] for done in outs]) for k in range(len(outs[0]))]
    if batch_first:
        return y.transpose(1, 2, 0, 3), *[s.swapaxes(0, 1) for s in last]
    return y.transpose(2, 0, 1, 3), *last


def _columns(w, order):
    """(blocks * d_h, d) with blocks as rows, to (d, blocks * d_h) in our order of blocks."""
    return np.concatenate([np.split(w, len(order))[block] for block in order]).T


def _reversed(x, lengths):
    """Each sequence reversed within its length; padding stays where it is."""
    steps = np.arange(x.shape[1])
    source = np.where(steps < lengths[:, None], lengths[:, None] - 1 - steps, steps)
    return np.take_along_axis(x, source[:, :, None], axis=1)


def _finished(steps, lengths, backwards):
    """All steps in the order of the input, zeros in the padding; and the last state."""
    last = steps[np.arange(len(steps)), lengths - 1]
    steps = np.where(np.arange(steps.shape[1])[:, None] < lengths[:, None, None], steps, 0)
    return (_reversed(steps, lengths) if backwards else steps), last


OPERATORS = {"RNN": run_rnn, "GRU": run_gru, "LSTM": run_lstm}
