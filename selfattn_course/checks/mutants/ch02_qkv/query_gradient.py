"""Wrong versions of query_gradient(q, k, v, d_out)."""

import numpy as np


def scale_forgotten_backwards(q, k, v, d_out):
    """The scores are scaled by 1 / sqrt(d), so their gradient in q is, too."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k


def scale_forgotten_forwards(q, k, v, d_out):
    """The weights come from unscaled scores. Divide by sqrt(d) there, too."""
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def no_scale_at_all(q, k, v, d_out):
    """The scale 1 / sqrt(d) is missing: in the scores, and in their gradient."""
    scores = q @ np.swapaxes(k, -1, -2)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k


def divided_by_d(q, k, v, d_out):
    """The gradient is divided by d. One root belongs to the scores, one to their gradient."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / q.shape[-1]


def mean_forgotten(q, k, v, d_out):
    """Each weight depends on all scores: subtract the mean of d_weights under the weights."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    d_scores = weights * d_weights
    return d_scores @ k / np.sqrt(q.shape[-1])


def mean_added(q, k, v, d_out):
    """The mean of d_weights is added. Subtract it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights + mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def plain_mean(q, k, v, d_out):
    """The mean of d_weights has to be weighted: sum(weights * d_weights)."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = d_weights.mean(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def diagonal_of_the_jacobian(q, k, v, d_out):
    """p (1 - p) is the diagonal of the Jacobian only. Every weight depends on all scores."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    d_scores = weights * (1 - weights) * d_weights
    return d_scores @ k / np.sqrt(q.shape[-1])


def softmax_skipped(q, k, v, d_out):
    """The gradient does not pass through the softmax. Between weights and scores lies
    its Jacobian.
    """
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    d_scores = d_weights
    return d_scores @ k / np.sqrt(q.shape[-1])


def weights_not_multiplied(q, k, v, d_out):
    """The factor weights in front is missing."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = d_weights - mean
    return d_scores @ k / np.sqrt(q.shape[-1])


def mean_over_queries(q, k, v, d_out):
    """The mean runs over the queries. The softmax runs over the keys: the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-2, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def sign_flipped(q, k, v, d_out):
    """The sign is flipped."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return -d_scores @ k / np.sqrt(q.shape[-1])


def gradient_in_k(q, k, v, d_out):
    """This is the gradient in k. In q it is d_scores @ k."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return np.swapaxes(d_scores, -1, -2) @ q / np.sqrt(q.shape[-1])


def gradient_in_v(q, k, v, d_out):
    """This is the gradient in v. Go on, through the weights to q."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return np.swapaxes(weights, -1, -2) @ d_out


def gradient_in_the_scores(q, k, v, d_out):
    """This is the gradient in the scores. Multiply it by k / sqrt(d)."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores


def times_q(q, k, v, d_out):
    """d_scores meets the queries. The score q . k has the derivative k in q."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ (q if q.shape == k.shape else k)) / np.sqrt(q.shape[-1])


def times_v(q, k, v, d_out):
    """d_scores meets the values where they fit. The score q . k has the derivative k in q."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ (v if v.shape == k.shape else k)) / np.sqrt(q.shape[-1])


def d_scores_transposed(q, k, v, d_out):
    """d_scores is transposed where it is square. Its rows are queries."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    if d_scores.shape[-1] == d_scores.shape[-2]:
        d_scores = np.swapaxes(d_scores, -1, -2)
    return d_scores @ k / np.sqrt(q.shape[-1])


def d_out_ignored(q, k, v, d_out):
    """d_out is taken to be all ones. Use the one given."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = np.ones_like(d_out) @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def values_forgotten(q, k, v, d_out):
    """d_out meets the keys where they fit. The output is weights @ v: multiply by v^T."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(k if k.shape == v.shape else v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def output_not_gradient(q, k, v, d_out):
    """This is attention itself. Return the gradient of the loss in q."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v


def uniform_weights(q, k, v, d_out):
    """The weights are taken to be equal. Compute them from q and k."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = np.ones_like(e) / e.shape[-1]
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def not_normalised(q, k, v, d_out):
    """The weights do not sum to 1 here."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def softmax_over_queries(q, k, v, d_out):
    """The weights sum to 1 over the queries. Softmax along the last axis."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-2, keepdims=True))
    weights = e / e.sum(axis=-2, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def without_maximum(q, k, v, d_out):
    """exp overflows above 709. Subtract the maximum of each row."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores)
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def summed_over_queries(q, k, v, d_out):
    """The gradients of all queries are added up. Each query has its own."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ k).sum(axis=-2) / np.sqrt(q.shape[-1])


def averaged_over_queries(q, k, v, d_out):
    """The gradient is divided by the number of queries. The loss is a sum."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / q.shape[-2] / np.sqrt(q.shape[-1])


def all_axes_reversed(q, k, v, d_out):
    """v.T reverses all axes. With a batch, swap only the last two."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ v.T
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def one_sided_difference_too_wide(q, k, v, d_out):
    """The step of the difference is too wide. Use the formula."""

    def loss(x):
        scores = x @ np.swapaxes(k, -1, -2) / np.sqrt(x.shape[-1])
        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return (e / e.sum(axis=-1, keepdims=True) @ v * d_out).sum()

    out = np.zeros(q.shape)
    for place in np.ndindex(q.shape):
        step = np.zeros(q.shape)
        step[place] = 1e-2
        out[place] = (loss(q + step) - loss(q)) / 1e-2
    return out


def in_dtype_of_q(q, k, v, d_out):
    """The numbers lose their digits: they get the dtype of q. Let NumPy choose it."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ k / np.sqrt(q.shape[-1])).astype(q.dtype)


def half_precision(q, k, v, d_out):
    """float16 keeps three digits. Leave the dtype alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return (d_scores @ k / np.sqrt(q.shape[-1])).astype(np.float16)


def result_transposed(q, k, v, d_out):
    """The result is transposed. It has the shape of q."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return np.swapaxes(d_scores @ k / np.sqrt(q.shape[-1]), -1, -2)


def writes_into_d_out(q, k, v, d_out):
    """d_out is changed. Leave the caller's array alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_out *= 2
    d_weights = d_out / 2 @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    return d_scores @ k / np.sqrt(q.shape[-1])


def all_three_gradients(q, k, v, d_out):
    """Return the gradient in q alone."""
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    d_weights = d_out @ np.swapaxes(v, -1, -2)
    mean = (weights * d_weights).sum(axis=-1, keepdims=True)
    d_scores = weights * (d_weights - mean)
    d_q = d_scores @ k / np.sqrt(q.shape[-1])
    return d_q, np.swapaxes(d_scores, -1, -2) @ q, np.swapaxes(weights, -1, -2) @ d_out
