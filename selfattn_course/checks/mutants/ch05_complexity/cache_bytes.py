"""Wrong versions of cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes)."""

import numpy as np


def keys_only(n, n_layers, n_heads, d, d_v, item_bytes):
    """Values are kept too."""
    return n * n_layers * n_heads * d * item_bytes


def values_only(n, n_layers, n_heads, d, d_v, item_bytes):
    """Keys are kept too."""
    return n * n_layers * n_heads * d_v * item_bytes


def values_as_wide_as_keys(n, n_layers, n_heads, d, d_v, item_bytes):
    """A value has d_v features, which may differ from d."""
    return 2 * n * n_layers * n_heads * d * item_bytes


def keys_as_wide_as_values(n, n_layers, n_heads, d, d_v, item_bytes):
    """A key has d features, which may differ from d_v."""
    return 2 * n * n_layers * n_heads * d_v * item_bytes


def queries_too(n, n_layers, n_heads, d, d_v, item_bytes):
    """Old queries are never asked again. Only keys and values are kept."""
    return n * n_layers * n_heads * (2 * d + d_v) * item_bytes


def product_of_features(n, n_layers, n_heads, d, d_v, item_bytes):
    """A token leaves d numbers and d_v numbers: add them."""
    return n * n_layers * n_heads * d * d_v * item_bytes


def twice_the_sum(n, n_layers, n_heads, d, d_v, item_bytes):
    """d + d_v holds keys and values already. There is no factor 2."""
    return 2 * n * n_layers * n_heads * (d + d_v) * item_bytes


def one_layer_only(n, n_layers, n_heads, d, d_v, item_bytes):
    """Every layer has a cache of its own."""
    return n * n_heads * (d + d_v) * item_bytes


def one_head_only(n, n_layers, n_heads, d, d_v, item_bytes):
    """Every head has keys and values of its own."""
    return n * n_layers * (d + d_v) * item_bytes


def quadratic(n, n_layers, n_heads, d, d_v, item_bytes):
    """A token leaves its key and value once: the cache grows linearly."""
    return n * n * n_layers * n_heads * (d + d_v) * item_bytes


def scores_kept(n, n_layers, n_heads, d, d_v, item_bytes):
    """Scores are not kept, only keys and values."""
    return n * n_layers * n_heads * (d + d_v + n) * item_bytes


def one_token_fewer(n, n_layers, n_heads, d, d_v, item_bytes):
    """The cache holds all n tokens."""
    return (n - 1) * n_layers * n_heads * (d + d_v) * item_bytes


def one_token_more(n, n_layers, n_heads, d, d_v, item_bytes):
    """The cache holds n tokens, not the next one too."""
    return (n + 1) * n_layers * n_heads * (d + d_v) * item_bytes


def numbers_only(n, n_layers, n_heads, d, d_v, item_bytes):
    """This counts numbers. Multiply by the bytes of one."""
    return n * n_layers * n_heads * (d + d_v)


def always_half_precision(n, n_layers, n_heads, d, d_v, item_bytes):
    """A number takes item_bytes bytes, not always 2."""
    return n * n_layers * n_heads * (d + d_v) * 2


def bits(n, n_layers, n_heads, d, d_v, item_bytes):
    """These are bits. Give bytes."""
    return 8 * n * n_layers * n_heads * (d + d_v) * item_bytes


def kilobytes(n, n_layers, n_heads, d, d_v, item_bytes):
    """Give bytes, not kilobytes."""
    return n * n_layers * n_heads * (d + d_v) * item_bytes / 1000


def heads_share_the_features(n, n_layers, n_heads, d, d_v, item_bytes):
    """d and d_v are the features of one head."""
    return n * n_layers * n_heads * (d // n_heads + d_v // n_heads) * item_bytes


def heads_of_values_forgotten(n, n_layers, n_heads, d, d_v, item_bytes):
    """Multiplication comes before addition: put d + d_v into brackets."""
    return n * n_layers * n_heads * d + d_v * item_bytes


def rounded_by_floats(n, n_layers, n_heads, d, d_v, item_bytes):
    """A float keeps 53 bits. Use integers throughout."""
    return float(n * n_layers * n_heads * (d + d_v) * item_bytes)


def overflow(n, n_layers, n_heads, d, d_v, item_bytes):
    """NumPy's integers wrap around at 64 bits. Multiply Python's own, or use math.prod."""
    return np.prod([n, n_layers, n_heads, d + d_v, item_bytes])


def keys_and_values_listed(n, n_layers, n_heads, d, d_v, item_bytes):
    """Return one number, keys and values together."""
    each = n * n_layers * n_heads * item_bytes
    return [each * d, each * d_v]


def sizes_from_a_short_list(n, n_layers, n_heads, d, d_v, item_bytes):
    """A number may take any number of bytes: multiply by item_bytes, whatever it is."""
    known = item_bytes if item_bytes in (1, 2, 4, 8) else 4
    return n * n_layers * n_heads * (d + d_v) * known


def at_most_a_hundred_layers(n, n_layers, n_heads, d, d_v, item_bytes):
    """A model may have any number of layers."""
    return n * min(n_layers, 100) * n_heads * (d + d_v) * item_bytes
