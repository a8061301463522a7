"""The heads that students build are judged by what they do, whatever comes back."""

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.checks.ch02_qkv import EXERCISES
from selfattn_course.checks.designs.ch02_qkv import (
    copies,
    looks_back,
    patterns,
    stream,
    two_layers,
)

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
HEAD = BY_NAME["previous_token_head"].reference
LAYERS = BY_NAME["copying_layers"].reference
NONSENSE = [
    None,
    "w_q, w_k",
    3.0,
    True,
    {},
    [],
    (),
    [None] * 2,
    ["a"] * 6,
    [[1.0, 2.0], [3.0]],
    [[[1.0], [2.0, 3.0]]] * 6,
    np.zeros(3),
    np.zeros((2, 3)),
    np.zeros((6, 0, 0)),
    np.zeros((2, 5, 0)),
    np.zeros((6, 12, 3)),
    np.full((2, 5, 5), np.nan),
    np.full((2, 5, 5), np.inf),
    np.full((2, 5, 5), 1e308),
    np.eye(5) * np.ones((2, 1, 1)) * 1j,
    np.zeros((2, 5, 300)),
    np.array([None] * 6, dtype=object),
    [np.zeros((10**7, 1))] * 2,
    [np.zeros((1,) * 30)] * 6,
    lambda: None,
    [LAYERS] * 6,
]


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: type(value).__name__)
def test_nonsense_gets_one_sentence(value):
    for problem in (looks_back(HEAD(5), value), copies(LAYERS(6, 3), value)):
        assert problem.endswith((".", "is a return missing?"))
        assert "\n" not in problem
        assert len(problem) < 300


def matrices(scores):
    """w_q and w_k with these scores."""
    n = len(scores)
    return np.sqrt(n) * np.asarray(scores), np.eye(n)


@pytest.mark.parametrize(("share", "passes"), [(0.989, False), (0.991, True)])
def test_a_head_needs_99_percent_for_every_query(share, passes):
    for i in range(1, 5):
        scores = 12 * np.eye(5, k=-1)
        scores[i, i - 1] = np.log(share * 4 / (1 - share))  # against four scores of 0
        assert (looks_back(HEAD(5), matrices(scores)) == "") is passes


def test_the_first_query_of_a_head_is_free():
    scores = 12 * np.eye(5, k=-1)
    scores[0] = [3, -7, 12, 0, 12]
    assert looks_back(HEAD(5), matrices(scores)) == ""


def test_entries_of_100_are_allowed_and_no_larger_ones():
    w_q, w_k = 100 * np.eye(5), 100 * np.eye(5, k=1)
    assert looks_back(HEAD(5), (w_q, w_k)) == ""
    assert "above 100 in size" in looks_back(HEAD(5), (1.001 * w_q, w_k))
    layers = LAYERS(6, 3)
    assert "above 100 in size" in copies(layers, (*layers[:4], 11 * layers[4], layers[5]))


def test_a_head_says_which_query_looks_where():
    message = looks_back(HEAD(4), (10 * np.eye(4), 10 * np.eye(4)))
    assert message.startswith("query 1 gives token 0 the weight ")
    assert "token 1 the weight 1;" in message


def test_layers_say_which_token_should_have_come():
    layers = list(LAYERS(6, 3))
    layers[5] = -layers[5]
    assert copies(tuple(LAYERS(6, 3)), layers).startswith("after the tokens ")


@pytest.mark.parametrize(("n", "vocab"), [(4, 2), (5, 14), (8, 3), (12, 7), (20, 14)])
def test_patterns_repeat_come_in_every_length_and_use_every_token(n, vocab):
    tokens, lengths = patterns(n, vocab)
    assert set(lengths) == set(range(2, min(vocab, n - 2) + 1))
    assert set(tokens.ravel()) == set(range(vocab))
    for row, length in zip(tokens, lengths, strict=True):
        assert len(set(row[:length])) == length
        np.testing.assert_array_equal(row[length:], row[:-length])


def test_two_layers_are_what_the_notebook_says():
    rng = np.random.default_rng(0)
    tokens, vocab = np.array([2, 0, 1, 2]), 3
    x = stream(tokens, vocab)
    assert x.shape == (4, 10)
    np.testing.assert_array_equal(x[1], [1, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    w = [rng.standard_normal((10, columns)) for columns in (4, 4, 10, 3, 3, 3)]
    h = x.copy()
    for i in range(4):
        h[i] += kernels.attention(x[i : i + 1] @ w[0], x[: i + 1] @ w[1], x[: i + 1] @ w[2])[0]
    out = kernels.attention(h[3:] @ w[3], h @ w[4], h @ w[5])[0]
    np.testing.assert_allclose(two_layers(x, *w)[3], out)


def test_layers_go_on_with_patterns_that_the_check_never_tried():
    n, vocab = 15, 9
    rng = np.random.default_rng(77)
    for _ in range(200):
        length = rng.integers(2, 10)
        tokens = np.resize(rng.permutation(vocab)[:length], n)
        out = two_layers(stream(tokens, vocab), *LAYERS(n, vocab))
        np.testing.assert_array_equal(out[length:-1].argmax(axis=-1), tokens[length + 1 :])


def test_no_single_layer_can_do_it_by_place_alone():
    """A head that looks a fixed number of places back copies patterns of one length only."""
    n, vocab = 9, 5
    for back in range(n):
        layers = [np.zeros_like(w) for w in LAYERS(n, vocab)]
        w_q, w_k = np.zeros((len(layers[0]), n)), np.zeros((len(layers[0]), n))
        w_q[vocab : vocab + n], w_k[vocab : vocab + n] = 10 * np.eye(n), 10 * np.eye(n, k=back)
        layers[3:] = w_q, w_k, LAYERS(n, vocab)[5]
        assert copies(LAYERS(n, vocab), tuple(layers))
