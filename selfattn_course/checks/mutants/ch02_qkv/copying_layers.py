"""Wrong versions of copying_layers(n, vocab)."""

import numpy as np


def place_0_forgotten(n, vocab):
    """Place 0 has no token before it and takes itself for that: keep queries away from key 0."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def next_token_in_layer_1(n, vocab):
    """Layer 1 looks ahead, and the mask hides what is there. Look at the token before."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=-1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def layer_1_looks_at_itself(n, vocab):
    """Layer 1 hands every token its own name. It has to hand on the name of the token before."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def no_layer_1(n, vocab):
    """Layer 1 adds nothing, so no key of layer 2 knows the token before it."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def layer_1_writes_over_the_token(n, vocab):
    """Layer 1 writes the token before onto the token itself. Use the room that is left."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, token] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def layer_1_writes_places(n, vocab):
    """Layer 1 hands on places. Hand on the token."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[place, before] = np.eye(n, vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def same_token_again(n, vocab):
    """Layer 2 finds the same token as before and repeats it. Find the one that came after it."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[token] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def query_and_key_swapped(n, vocab):
    """Layer 2 asks with the token before and answers with the token. It is the other way round."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[before], w_k2[token] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def copies_the_token_before(n, vocab):
    """Layer 2 finds the right place but copies the token before it. Copy the token there."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[before] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def copies_nothing(n, vocab):
    """w_v2 is zero: nothing reaches the output."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def layer_1_too_soft(n, vocab):
    """Layer 1 spreads its weight over all earlier tokens. Use larger entries."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = np.eye(n) / 4, np.eye(n, k=1) / 4
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def layer_2_too_soft(n, vocab):
    """Layer 2 spreads its weight over all earlier tokens. Use larger entries."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = np.eye(vocab) / 2, np.eye(vocab) / 2
    w_k2[vocab] = -0.5
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def a_fixed_distance(n, vocab):
    """This copies from a fixed distance. The pattern may be of any length: compare tokens."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2, w_k2 = np.zeros((width, n)), np.zeros((width, n))
    w_q2[place], w_k2[place] = 10 * np.eye(n), 10 * np.eye(n, k=n // 2 - 1)
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def most_frequent_token(n, vocab):
    """This counts earlier tokens. Find what came after this one."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def latest_token(n, vocab):
    """This repeats the token at hand."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2, w_k2 = np.zeros((width, n)), np.zeros((width, n))
    w_q2[place], w_k2[place] = 10 * np.eye(n), 10 * np.eye(n)
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def sign_of_the_output(n, vocab):
    """The output of the right token is the smallest. Change the sign of w_v2."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = -np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def over_budget(n, vocab):
    """Entries of up to 100 are enough, and no larger ones count."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 1e4 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def key_0_favoured(n, vocab):
    """Key 0 is made attractive. It has to be avoided."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = 10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def last_place_avoided(n, vocab):
    """The last place is kept away, not place 0. Place 0 has row vocab."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab + n - 1] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def places_before_tokens(n, vocab):
    """The order of the features is: token, place, room for a token."""
    width = 2 * vocab + n
    place, token, before = slice(n), slice(n, n + vocab), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[0] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def last_token_of_the_vocabulary_lost(n, vocab):
    """One token is never copied: w_v2 has to hold all of them."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab) * (np.arange(vocab) < vocab - 1)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def five_matrices(n, vocab):
    """Return six matrices: w_q1, w_k1, w_v1, w_q2, w_k2, w_v2."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_q2, w_k2, w_v2


def values_too_narrow(n, vocab):
    """What layer 1 returns is added to x, so w_v1 has as many columns as rows."""
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, w)) for w in (n, n, width))
    w_q1[place], w_k1[place] = 10 * np.eye(n), 10 * np.eye(n, k=1)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token], w_k2[before] = 10 * np.eye(vocab), 10 * np.eye(vocab)
    w_k2[vocab] = -10
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1[:, before], w_q2, w_k2, w_v2
