"""Wrong versions of attention_layer_macs(n_q, n_k, d_model, n_heads)."""


def every_head_of_full_size(n_q, n_k, d_model, n_heads):
    """A head has d_model / n_heads features, so all heads together have d_model."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_heads * n_q * n_k * d_model


def one_head_only(n_q, n_k, d_model, n_heads):
    """These are the scores and sums of one head. There are n_heads of them."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * (d_model // n_heads)


def projections_per_head_of_full_size(n_q, n_k, d_model, n_heads):
    """All heads together are projected once: each gets d_model / n_heads of the features."""
    return 2 * n_heads * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model


def projections_of_one_head(n_q, n_k, d_model, n_heads):
    """The projections are those of one head. There are n_heads of them."""
    wide = d_model // n_heads
    return 2 * d_model * wide * (n_q + n_k) + 2 * n_q * n_k * d_model


def all_projections_of_queries(n_q, n_k, d_model, n_heads):
    """Keys and values are projected from the n_k tokens that are attended to."""
    return 4 * n_q * d_model**2 + 2 * n_q * n_k * d_model


def all_projections_of_keys(n_q, n_k, d_model, n_heads):
    """Queries and outputs belong to the n_q tokens that ask."""
    return 4 * n_k * d_model**2 + 2 * n_q * n_k * d_model


def without_output_projection(n_q, n_k, d_model, n_heads):
    """The output is projected too, once for each query."""
    return d_model**2 * (n_q + 2 * n_k) + 2 * n_q * n_k * d_model


def output_projected_for_keys(n_q, n_k, d_model, n_heads):
    """There is one output for each query, not for each key."""
    return d_model**2 * (n_q + 3 * n_k) + 2 * n_q * n_k * d_model


def keys_projected_once_for_both(n_q, n_k, d_model, n_heads):
    """Keys and values have a projection each."""
    return d_model**2 * (2 * n_q + n_k) + 2 * n_q * n_k * d_model


def values_projected_for_queries(n_q, n_k, d_model, n_heads):
    """Values come from the tokens that are attended to, n_k of them."""
    return d_model**2 * (3 * n_q + n_k) + 2 * n_q * n_k * d_model


def without_projections(n_q, n_k, d_model, n_heads):
    """The four projections are missing."""
    return 2 * n_q * n_k * d_model


def projections_only(n_q, n_k, d_model, n_heads):
    """Scores and weighted sums are missing."""
    return 2 * d_model**2 * (n_q + n_k)


def scores_only(n_q, n_k, d_model, n_heads):
    """The weighted sum of the values is missing: it costs as much as the scores."""
    return 2 * d_model**2 * (n_q + n_k) + n_q * n_k * d_model


def square_of_queries(n_q, n_k, d_model, n_heads):
    """Each of n_q queries meets n_k keys; the numbers may differ."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_q * d_model


def square_of_keys(n_q, n_k, d_model, n_heads):
    """Each of n_k keys meets n_q queries; the numbers may differ."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_k * n_k * d_model


def square_of_all_tokens(n_q, n_k, d_model, n_heads):
    """Queries meet keys only: n_q * n_k pairs, not all tokens with all."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * (n_q + n_k) ** 2 * d_model


def weighted_sum_over_queries(n_q, n_k, d_model, n_heads):
    """The weighted sum is n_q outputs, each over n_k values."""
    return 2 * d_model**2 * (n_q + n_k) + (n_q * n_k + n_q * n_q) * d_model


def floating_point_operations(n_q, n_k, d_model, n_heads):
    """A multiply-add is counted as two. Count it as one."""
    return 4 * d_model**2 * (n_q + n_k) + 4 * n_q * n_k * d_model


def softmax_included(n_q, n_k, d_model, n_heads):
    """Only multiply-adds of matrix products count, not the softmax of each head."""
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model + n_heads * n_q * n_k


def heads_mixed_with_each_other(n_q, n_k, d_model, n_heads):
    """A head meets only itself: n_heads pairs of heads, not n_heads squared."""
    wide = d_model // n_heads
    return 2 * d_model**2 * (n_q + n_k) + 2 * n_heads**3 * n_q * n_k * wide


def rounded_by_floats(n_q, n_k, d_model, n_heads):
    """d_model / n_heads is a float, which keeps 53 bits. Use // instead."""
    wide = d_model / n_heads
    return int(2 * d_model**2 * (n_q + n_k) + 2 * n_heads * n_q * n_k * wide)


def rounded_at_the_end(n_q, n_k, d_model, n_heads):
    """A float keeps 53 bits. Use integers throughout."""
    return float(2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model)


def overflow(n_q, n_k, d_model, n_heads):
    """NumPy's integers wrap around at 64 bits. Use Python's own."""
    count = 2 * d_model**2 * (n_q + n_k) + 2 * n_q * n_k * d_model
    return (count + 2**63) % 2**64 - 2**63


def at_most_eight_heads(n_q, n_k, d_model, n_heads):
    """There may be any number of heads, and none of them is free of work."""
    heads = min(n_heads, 8)
    return 2 * d_model**2 * (n_q + n_k) + 2 * heads * n_q * n_k * (d_model // n_heads)


def parts_listed(n_q, n_k, d_model, n_heads):
    """Return one number, the sum of all parts."""
    return [2 * d_model**2 * (n_q + n_k), 2 * n_q * n_k * d_model]


def at_most_a_hundred_heads(n_q, n_k, d_model, n_heads):
    """The number of heads is given. Any number that divides d_model may come."""
    head = d_model // n_heads
    return 2 * (n_q + n_k) * d_model * d_model + 2 * n_q * n_k * head * min(n_heads, 100)
