"""Sums over all earlier positions, in chunks: what causal linear attention is made of."""

import numpy as np


def weighted_sums(a, b, c, *, causal=False, backwards=False, chunk=64):
    """Row i is the sum of (a_i b_j) c_j over all rows j, without building all products a_i b_j.

    Parameters
    ----------
    a : ndarray, shape (..., n, d)
        Rows on the left of the product, one for each result.
    b : ndarray, shape (..., m, d)
        Rows on the right of the product.
    c : ndarray, shape (..., m, d_v)
        Rows to add up.
    causal : bool
        If True, j runs from 0 to i only; n and m must agree.
    backwards : bool
        If True, the causal sum runs from i to the end instead.
    chunk : int
        Positions that meet each other one by one; those of earlier chunks are seen as a sum. It
        changes the cost, not the result.

    Returns
    -------
    ndarray, shape (..., n, d_v)
        0 where there is nothing to add up.

    References
    ----------
    Katharopoulos et al. (2020), eq. 10 and 11; chunks: Hua et al. (2022).
    """
    if not causal:
        return a @ (np.swapaxes(b, -1, -2) @ c)
    if backwards:
        flipped = (x[..., ::-1, :] for x in (a, b, c))
        return weighted_sums(*flipped, causal=True, chunk=chunk)[..., ::-1, :]
    n = a.shape[-2]
    chunk = max(1, min(chunk, n))
    a, b, c = (_in_chunks(x, chunk) for x in (a, b, c))
    b_transposed = np.swapaxes(b, -1, -2)
    products = b_transposed @ c
    before = np.zeros_like(products)  # of all chunks before: shifted, for a difference would round
    np.cumsum(products[..., :-1, :, :], axis=-3, out=before[..., 1:, :, :])
    sums = np.tril(a @ b_transposed) @ c + a @ before
    return _in_one(sums)[..., :n, :]


def _in_chunks(x, chunk):
    """(..., n, d) as (..., n / chunk, chunk, d), with rows of zeros at the end."""
    *leading, n, d = x.shape
    n_chunks = -(-n // chunk)
    if n_chunks * chunk != n:
        x = np.concatenate([x, np.zeros((*leading, n_chunks * chunk - n, d), x.dtype)], axis=-2)
    return x.reshape(*leading, n_chunks, chunk, d)


def _in_one(x):
    *leading, n_chunks, chunk, d = x.shape
    return x.reshape(*leading, n_chunks * chunk, d)
