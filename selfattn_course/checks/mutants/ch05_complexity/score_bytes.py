"""Wrong versions of score_bytes(n_q, n_k, n_heads, item_bytes)."""

import numpy as np


def one_head_only(n_q, n_k, n_heads, item_bytes):
    """Every head has scores of its own."""
    return n_q * n_k * item_bytes


def numbers_only(n_q, n_k, n_heads, item_bytes):
    """This counts numbers. Multiply by the bytes of one."""
    return n_q * n_k * n_heads


def always_float32(n_q, n_k, n_heads, item_bytes):
    """A number takes item_bytes bytes, not always 4."""
    return n_q * n_k * n_heads * 4


def always_float64(n_q, n_k, n_heads, item_bytes):
    """A number takes item_bytes bytes, not always 8."""
    return n_q * n_k * n_heads * 8


def square_of_queries(n_q, n_k, n_heads, item_bytes):
    """Each of n_q queries has n_k scores; the numbers may differ."""
    return n_q * n_q * n_heads * item_bytes


def square_of_keys(n_q, n_k, n_heads, item_bytes):
    """Each of n_q queries has n_k scores; the numbers may differ."""
    return n_k * n_k * n_heads * item_bytes


def sum_of_sizes(n_q, n_k, n_heads, item_bytes):
    """Every query has a score for every key: multiply both numbers."""
    return (n_q + n_k) * n_heads * item_bytes


def heads_squared(n_q, n_k, n_heads, item_bytes):
    """Heads do not meet each other. Multiply by n_heads once."""
    return n_q * n_k * n_heads * n_heads * item_bytes


def heads_share_the_memory(n_q, n_k, n_heads, item_bytes):
    """Heads share the features, not the scores: each has n_q * n_k of them."""
    return n_q * n_k // n_heads * item_bytes


def bits(n_q, n_k, n_heads, item_bytes):
    """These are bits. Give bytes."""
    return 8 * n_q * n_k * n_heads * item_bytes


def kilobytes(n_q, n_k, n_heads, item_bytes):
    """Give bytes, not kilobytes."""
    return n_q * n_k * n_heads * item_bytes / 1024


def weights_too(n_q, n_k, n_heads, item_bytes):
    """The scores alone are asked for; the weights may take their place."""
    return 2 * n_q * n_k * n_heads * item_bytes


def causal_half(n_q, n_k, n_heads, item_bytes):
    """The whole matrix is stored, whatever a mask forbids."""
    return n_q * (n_k + 1) // 2 * n_heads * item_bytes


def rounded_by_floats(n_q, n_k, n_heads, item_bytes):
    """A float keeps 53 bits. Use integers throughout."""
    return int(float(n_q) * n_k * n_heads * item_bytes)


def overflow(n_q, n_k, n_heads, item_bytes):
    """NumPy's integers wrap around at 64 bits. Multiply Python's own, or use math.prod."""
    return np.prod([n_q, n_k, n_heads, item_bytes])


def of_a_real_array(n_q, n_k, n_heads, item_bytes):
    """An array of this size need not exist, and cannot for a long text. Multiply its sizes."""
    if n_q * n_k * n_heads > 10**6:
        raise ValueError("array is too big")
    return np.empty((n_heads, n_q, n_k)).nbytes // 8 * item_bytes


def with_softmax_sums(n_q, n_k, n_heads, item_bytes):
    """Maxima and sums of the rows are not asked for."""
    return n_q * (n_k + 2) * n_heads * item_bytes


def as_shape(n_q, n_k, n_heads, item_bytes):
    """Return one number, the bytes of all scores."""
    return (n_heads, n_q, n_k, item_bytes)


def sizes_from_a_short_list(n_q, n_k, n_heads, item_bytes):
    """A number may take any number of bytes: multiply by item_bytes, whatever it is."""
    known = item_bytes if item_bytes in (1, 2, 4, 8) else 4
    return n_q * n_k * n_heads * known


def at_most_sixty_four_heads(n_q, n_k, n_heads, item_bytes):
    """A layer may have any number of heads."""
    return n_q * n_k * min(n_heads, 64) * item_bytes
