"""Right but unusual versions of copying_layers(n, vocab)."""

import numpy as np


def all_places_but_0_favoured(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab + 1 : vocab + n] = 5
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def shift_in_the_queries(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n, k=-1), 10 * np.eye(n)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def sharper(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 90 * np.eye(n), 90 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 99 * np.eye(vocab), 99 * np.eye(vocab)
    w_k2[vocab] = -100
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def just_sharp_enough(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 6 * np.eye(vocab), 6 * np.eye(vocab)
    w_k2[vocab] = -6
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def in_float32(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return [w.astype(np.float32) for w in (w_q1, w_k1, w_v1, w_q2, w_k2, w_v2)]


def as_lists(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return [w.tolist() for w in (w_q1, w_k1, w_v1, w_q2, w_k2, w_v2)]


def integers(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return tuple(w.astype(int) for w in (w_q1, w_k1, w_v1, w_q2, w_k2, w_v2))


def room_used_with_another_sign(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = -3 * np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), -10 * np.eye(vocab)
    w_k2[vocab] = -40
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def in_a_random_basis(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((vocab, vocab)))
    w_q2, w_k2 = w_q2 @ turn, w_k2 @ turn
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def token_before_in_the_rows_of_places(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)[::-1]
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)[::-1]
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def wide_heads(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, w)) for w in (vocab + 50, vocab + 50, vocab))
    w_q2[token, :vocab], w_k2[before, :vocab] = 20 * np.eye(vocab), 20 * np.eye(vocab)
    w_k2[vocab, :vocab] = -20
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def tokens_after_themselves_avoided(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[token] = -10 * np.eye(vocab)
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def only_four_columns_in_layer_1(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (2, 2, width))
    angle = 2 * np.pi * np.arange(n) / (n + 1)
    turned = angle + 2 * np.pi / (n + 1)
    w_q1[place] = 90 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    w_k1[place] = 90 * np.stack([np.cos(turned), np.sin(turned)], axis=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2
