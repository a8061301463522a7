"""Right but unusual versions of attention_layer_macs(n_q, n_k, d_model, n_heads)."""

import numpy as np


def head_by_head(n_q, n_k, d_model, n_heads):
    d = d_model // n_heads
    total = 0
    for _ in range(n_heads):
        total += n_q * d_model * d + 2 * n_k * d_model * d  # q, k and v of this head
        total += 2 * n_q * n_k * d
    return total + n_q * d_model * d_model


def factored(n_q, n_k, d_model, n_heads):
    return 2 * d_model * (d_model * (n_q + n_k) + n_q * n_k)


def product_by_product(n_q, n_k, d_model, n_heads):
    d, rest = divmod(d_model, n_heads)
    assert rest == 0
    shapes = [(n_q, d_model, d_model), (n_k, d_model, d_model), (n_k, d_model, d_model)]
    shapes += [(n_heads * n_q, d, n_k), (n_heads * n_q, n_k, d), (n_q, d_model, d_model)]
    return sum(m * k * n for m, k, n in shapes)


def with_object_array(n_q, n_k, d_model, n_heads):
    sizes = np.array([n_q * d_model, n_k * d_model, n_q * n_k], dtype=object)
    return (sizes * 2 * d_model).sum()


def as_numpy_scalar_where_it_fits(n_q, n_k, d_model, n_heads):
    count = 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model
    return np.int64(count) if count < 2**63 else count


def as_float_where_exact(n_q, n_k, d_model, n_heads):
    count = 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model
    return float(count) if count < 2**53 else count


def keys_of_all_heads_together(n_q, n_k, d_model, n_heads):
    wide = n_heads * (d_model // n_heads)
    return d_model * wide * (n_q + n_k + n_k + n_q) + n_q * n_k * wide + n_q * n_k * wide
