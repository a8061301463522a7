"""Wrong versions of memory_bytes(n, n_layers, d, d_h, item_bytes)."""

import numpy as np


def state_grows_with_tokens(n, n_layers, d, d_h, item_bytes):
    """The recurrent layer keeps one state, not one for each token: leave n out of the first."""
    return n * n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes


def cache_does_not_grow(n, n_layers, d, d_h, item_bytes):
    """The cache holds keys and values of all n tokens. Multiply by n."""
    return n_layers * d_h * item_bytes, 2 * n_layers * d * item_bytes


def keys_without_values(n, n_layers, d, d_h, item_bytes):
    """Keys are counted, values are not: both are kept."""
    return n_layers * d_h * item_bytes, n * n_layers * d * item_bytes


def queries_kept(n, n_layers, d, d_h, item_bytes):
    """Old queries are counted, but no later token needs them. Count keys and values."""
    return n_layers * d_h * item_bytes, 3 * n * n_layers * d * item_bytes


def one_layer_only(n, n_layers, d, d_h, item_bytes):
    """One layer is counted. Each layer has a state, or a cache, of its own."""
    return d_h * item_bytes, 2 * n * d * item_bytes


def state_of_one_layer(n, n_layers, d, d_h, item_bytes):
    """One state is counted. Each of the layers has its own."""
    return d_h * item_bytes, 2 * n * n_layers * d * item_bytes


def cache_of_one_layer(n, n_layers, d, d_h, item_bytes):
    """The cache of one layer is counted. Each layer has its own keys and values."""
    return n_layers * d_h * item_bytes, 2 * n * d * item_bytes


def numbers_instead_of_bytes(n, n_layers, d, d_h, item_bytes):
    """These are numbers. Multiply by the bytes of each."""
    return n_layers * d_h, 2 * n * n_layers * d


def four_bytes_always(n, n_layers, d, d_h, item_bytes):
    """Every number is taken to have 4 bytes. Use item_bytes."""
    return n_layers * d_h * 4, 2 * n * n_layers * d * 4


def bits(n, n_layers, d, d_h, item_bytes):
    """These are bits. Leave out the factor 8."""
    return 8 * n_layers * d_h * item_bytes, 16 * n * n_layers * d * item_bytes


def scores_kept(n, n_layers, d, d_h, item_bytes):
    """A table of n by n scores is counted. It is not kept: keys and values are."""
    return n_layers * d_h * item_bytes, n * n * n_layers * item_bytes


def scores_kept_as_well(n, n_layers, d, d_h, item_bytes):
    """Scores are counted on top. They are used and dropped: count keys and values."""
    return n_layers * d_h * item_bytes, (2 * n * d + n * n) * n_layers * item_bytes


def weights_counted(n, n_layers, d, d_h, item_bytes):
    """The weights w_h are counted. Count what is kept for one sequence: the state."""
    return n_layers * d_h * d_h * item_bytes, 2 * n * n_layers * d * item_bytes


def state_and_cell(n, n_layers, d, d_h, item_bytes):
    """A state and a cell are counted, as for an LSTM. A plain recurrent layer has no cell."""
    return 2 * n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes


def widths_exchanged(n, n_layers, d, d_h, item_bytes):
    """d and d_h are exchanged. A state has d_h numbers, a key or value d."""
    return n_layers * d * item_bytes, 2 * n * n_layers * d_h * item_bytes


def pair_exchanged(n, n_layers, d, d_h, item_bytes):
    """The pair is exchanged: the state's bytes come first."""
    return 2 * n * n_layers * d * item_bytes, n_layers * d_h * item_bytes


def last_token_left_out(n, n_layers, d, d_h, item_bytes):
    """One token is left out. After n tokens the cache holds n keys and values."""
    return n_layers * d_h * item_bytes, 2 * (n - 1) * n_layers * d * item_bytes


def total(n, n_layers, d, d_h, item_bytes):
    """This is one number. Return two: the state's bytes, then the cache's."""
    return n_layers * d_h * item_bytes + 2 * n * n_layers * d * item_bytes


def kilobytes(n, n_layers, d, d_h, item_bytes):
    """These are kilobytes. Return bytes."""
    return n_layers * d_h * item_bytes / 1000, 2 * n * n_layers * d * item_bytes / 1000


def in_single_precision(n, n_layers, d, d_h, item_bytes):
    """float32 is exact up to 16 million only. Count in whole numbers."""
    state, cache = n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes
    return int(np.float32(state)), int(np.float32(cache))


def in_four_bytes(n, n_layers, d, d_h, item_bytes):
    """An int32 ends at two billion and begins again below. Count in Python's integers."""
    state, cache = n_layers * d_h * item_bytes, 2 * n * n_layers * d * item_bytes
    return int(np.int64(state).astype(np.int32)), int(np.int64(cache).astype(np.int32))
