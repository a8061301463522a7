"""Linear attention: products of features instead of a softmax, at a cost linear in length."""

import numpy as np

from .attention import broadcast_shape
from .broadcasting import sum_to_shape
from .feature_maps import elu_plus_one, elu_plus_one_vjp
from .inputs import float_array, wide
from .output_gradient import output_gradient
from .prefix_sums import weighted_sums


def linear_attention(q, k, v, *, causal=False, feature_map=elu_plus_one):
    """A weighted mean of the values; the weight of a key is the product of its and q's features.

    As no softmax stands between them, keys can meet values first. All queries then share one
    matrix of sums, or, in the causal case, one for each chunk of positions.

    Parameters
    ----------
    q : array_like, shape (..., n_q, d)
        Queries.
    k : array_like, shape (..., n_k, d)
        Keys.
    v : array_like, shape (..., n_k, d_v)
        Values.
    causal : bool
        If True, query i attends to keys 0 to i only; n_q and n_k must agree.
    feature_map : callable
        Takes and returns an array (..., n, d), where the second d may be another one. Acts on
        every query alone. Its results should be positive.

    Returns
    -------
    ndarray, shape (..., n_q, d_v)
        Rows whose weights sum to 0, as without keys, are 0; so are rows whose features, or all
        of whose keys' features, underflow. float16 is computed in float32.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Katharopoulos et al. (2020), eq. 5 and 9.
    """
    q, k, v, dtype = _checked(q, k, v, causal)
    features_q, _ = _bounded(feature_map(q), axis=-1)
    features_k, _ = _bounded(feature_map(k))
    values, size = _bounded(v)
    sums = weighted_sums(features_q, features_k, _with_ones(values), causal=causal)
    out = _ratio(sums[..., :-1], sums[..., -1:]) * size
    return out.astype(dtype, copy=False)


def linear_attention_weights(q, k, *, causal=False, feature_map=elu_plus_one):
    """The weights that `linear_attention` never builds: to look at, at a quadratic cost.

    Parameters
    ----------
    q, k, causal, feature_map
        As given to `linear_attention`.

    Returns
    -------
    ndarray, shape (..., n_q, n_k)
        Each row sums to 1, or to 0 where nothing may be attended to. Times the values they are
        the output of `linear_attention`.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Katharopoulos et al. (2020), eq. 3.
    """
    q, k, _, dtype = _checked(q, k, k, causal)
    features_q, _ = _bounded(feature_map(q), axis=-1)
    features_k, _ = _bounded(feature_map(k))
    similarity = features_q @ np.swapaxes(features_k, -1, -2)
    if causal:
        similarity = np.tril(similarity)
    weights = _ratio(similarity, similarity.sum(axis=-1, keepdims=True))
    return weights.astype(dtype, copy=False)


def linear_attention_vjp(
    q, k, v, d_out, *, causal=False, feature_map=elu_plus_one, feature_map_vjp=elu_plus_one_vjp
):
    """Gradients of a loss in q, k and v, from its gradient in the output of `linear_attention`.

    Parameters
    ----------
    q, k, v, causal, feature_map
        As given to `linear_attention`.
    d_out : array_like, shape (..., n_q, d_v)
        Gradient of the loss with respect to the output.
    feature_map_vjp : callable
        Takes x and the gradient in `feature_map(x)`, returns the gradient in x.

    Returns
    -------
    dq, dk, dv : ndarray
        Each with the shape of its input. The cost is linear in length, as that of the output.

    Raises
    ------
    ValueError
        If shapes disagree.

    References
    ----------
    Katharopoulos et al. (2020), eq. 13 to 15, with the normalization included.
    """
    q, k, v, dtype = _checked(q, k, v, causal)
    features_q, size_q = _bounded(feature_map(q), axis=-1)
    features_k, size_k = _bounded(feature_map(k))
    values, size = _bounded(v)
    values = _with_ones(values)
    sums = weighted_sums(features_q, features_k, values, causal=causal)
    d_ratio = output_gradient(d_out, (*sums.shape[:-1], v.shape[-1])) * size
    d_sums = _ratio_vjp(sums[..., :-1], sums[..., -1:], d_ratio)
    # Each array of the triple product becomes the output once; keys and values look ahead.
    d_q = weighted_sums(d_sums, values, features_k, causal=causal)
    d_k = weighted_sums(values, d_sums, features_q, causal=causal, backwards=True)
    d_v = weighted_sums(features_k, features_q, d_sums, causal=causal, backwards=True)[..., :-1]
    dq = feature_map_vjp(q, sum_to_shape(d_q, features_q.shape)) / size_q
    dk = feature_map_vjp(k, sum_to_shape(d_k, features_k.shape)) / size_k
    dv = sum_to_shape(d_v / size, v.shape)
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dq, dk, dv))


def _checked(q, k, v, causal):
    """The arrays in single precision at least, and the dtype of the result."""
    q, k, v = float_array(q, "q"), float_array(k, "k"), float_array(v, "v")
    fits = min(q.ndim, k.ndim, v.ndim) >= 2 and q.shape[-1] == k.shape[-1]
    if not fits or k.shape[-2] != v.shape[-2] or (causal and q.shape[-2] != k.shape[-2]):
        same = ", n_q = n_k in a causal sequence" if causal else ""
        raise ValueError(
            f"q, k, v have shapes {q.shape}, {k.shape}, {v.shape}; expected (..., n_q, d), "
            f"(..., n_k, d), (..., n_k, d_v){same}. Give one value row for each key."
        )
    if not broadcast_shape(q.shape[:-2], k.shape[:-2], v.shape[:-2]):
        raise ValueError(
            f"q, k, v have shapes {q.shape}, {k.shape}, {v.shape}; expected leading axes that "
            "broadcast, equal or 1. Give every sequence its keys and values, or one for all."
        )
    return wide(q), wide(k), wide(v), np.result_type(q, k, v)


def _bounded(x, axis=(-2, -1)):
    """x / size and size, a power of two: 1 unless products of x could overflow or underflow.

    With every factor below the fourth root of the largest number, a product of three stays far
    enough below it to be summed.
    """
    _, power = np.frexp(np.abs(x.real).max(axis=axis, keepdims=True, initial=0))
    limit = np.finfo(x.dtype).maxexp // 4
    power = np.where(power > limit, power - limit, np.minimum(power, 0))
    size = np.ldexp(np.ones(power.shape, x.real.dtype), power)
    return x / size, size


def _with_ones(v):
    """One more column, whose weighted sum is the sum of the weights."""
    return np.concatenate([v, np.ones((*v.shape[:-1], 1), v.dtype)], axis=-1)


def _ratio(sums, total):
    """sums / total, 0 where the total is 0 or too small to keep its digits."""
    fits = np.abs(total.real) >= np.finfo(total.dtype).tiny
    return sums / np.where(fits, total, 1) * fits


def _ratio_vjp(sums, total, d_ratio):
    d_sums = _ratio(d_ratio, total)
    d_total = -_ratio((d_sums * sums).sum(axis=-1, keepdims=True), total)
    return np.concatenate([d_sums, d_total], axis=-1)
