"""Judging the heads that students build by hand in chapter 2, by what they do."""

import numpy as np

from selfattn_course.kernels import attention, attention_weights, causal_mask

from ..compare import as_array, describe, short_shape

LARGEST_ENTRY = 100
WIDEST = 256  # columns of queries and keys
SHARE = 0.99
MARGIN = 1e-3  # by which the right token has to lead
SEQUENCES = 32


def looks_back(expected, value):
    """What is wrong with the matrices of a head that is to attend to the previous token.

    Parameters
    ----------
    expected : tuple of ndarray
        Right matrices w_q and w_k; only their number of rows counts.
    value : object
        What a student's function returned. Not trusted.

    Returns
    -------
    str
        One sentence, or "" if every query but the first gives 0.99 of its weight to the token
        before it, with entries of at most 100 in size.
    """
    n = len(expected[0])
    matrices, problem = _matrices(value, {"w_q": (n, None), "w_k": (n, None)})
    if problem:
        return problem
    w_q, w_k = matrices
    if w_q.shape != w_k.shape:
        return f"w_q has shape {w_q.shape} and w_k has {w_k.shape}; expected the same shape."
    weights = attention_weights(w_q, w_k)  # of one-hot rows: x @ w_q is w_q
    for i in range(1, n):
        if not weights[i, i - 1] >= SHARE:
            return (
                f"query {i} gives token {i - 1} the weight {weights[i, i - 1]:.3g} and token "
                f"{weights[i].argmax()} the weight {weights[i].max():.3g}; expected at least "
                f"{SHARE} for token {i - 1}."
            )
    return ""


def copies(expected, value):
    """What is wrong with two layers that are to go on with a repeated pattern.

    Parameters
    ----------
    expected : tuple of ndarray
        Right matrices w_q1, w_k1, w_v1, w_q2, w_k2, w_v2; only their shapes count.
    value : object
        What a student's function returned. Not trusted.

    Returns
    -------
    str
        One sentence, or "" if the right next token leads wherever the pattern has come once, in
        patterns of every length that fits and with all entries at most 100 in size.
    """
    width, vocab = expected[5].shape
    n = width - 2 * vocab
    shapes = {name: (width, None) for name in ("w_q1", "w_k1", "w_v1", "w_q2", "w_k2", "w_v2")}
    shapes |= {"w_v1": (width, width), "w_v2": (width, vocab)}
    matrices, problem = _matrices(value, shapes)
    if problem:
        return problem
    for i in (0, 3):
        if matrices[i].shape != matrices[i + 1].shape:
            names = list(shapes)[i : i + 2]
            return (
                f"{names[0]} and {names[1]} differ in shape; expected the same number of columns."
            )
    tokens, lengths = patterns(n, vocab)
    outs = two_layers(stream(tokens, vocab), *matrices)
    sentences = (_misread(*one) for one in zip(tokens, lengths, outs, strict=True))
    return next((sentence for sentence in sentences if sentence), "")


def two_layers(x, w_q1, w_k1, w_v1, w_q2, w_k2, w_v2):
    """The output of two causal layers: the first adds to the embeddings, the second predicts."""
    mask = causal_mask(x.shape[-2])
    x = x + attention(x @ w_q1, x @ w_k1, x @ w_v1, mask)
    return attention(x @ w_q2, x @ w_k2, x @ w_v2, mask)


def stream(tokens, vocab):
    """Rows of one-hot token, one-hot place, and room for another token; leading axes stay."""
    n = tokens.shape[-1]
    places = np.broadcast_to(np.eye(n), (*tokens.shape, n))
    return np.concatenate(
        [np.eye(vocab)[tokens], places, np.zeros((*tokens.shape, vocab))], axis=-1
    )


def patterns(n, vocab):
    """Sequences that repeat a pattern of different tokens, and its lengths: always the same ones.

    Every length that leaves room for two more tokens comes up, and so does every token.
    """
    rng = np.random.default_rng(n * 1000 + vocab)
    lengths = 2 + np.arange(SEQUENCES) % (min(vocab, n - 2) - 1)
    drawn = [np.resize(rng.permutation(vocab)[:length], n) for length in lengths]
    return np.array(drawn), lengths.tolist()


def _misread(tokens, length, out):
    """A sentence on the first token after which another than the right one leads, or ""."""
    for i in range(length, len(tokens)):
        right = tokens[i + 1 - length]
        others = np.delete(out[i], right)
        if not out[i, right] > others.max() + MARGIN:
            seen = " ".join(map(str, tokens[: i + 1]))
            other = np.flatnonzero(np.arange(len(out[i])) != right)[others.argmax()]
            return (
                f"after the tokens {seen} comes {right}, with {out[i, right]:.3g} in the output, "
                f"but {other} has {others.max():.3g}; expected {right} to lead by more than "
                f"{MARGIN}."
            )
    return ""


def _matrices(value, shapes):
    """The answer as float64 matrices, and a sentence if it is none. None in a shape: any number."""
    names = ", ".join(shapes)
    if value is None:
        return None, "returned None; is a return missing?"
    parts = value if isinstance(value, list | tuple) else _stack(value)
    if parts is None or len(parts) != len(shapes):
        return None, f"expected {len(shapes)} matrices: {names}."
    matrices = []
    for (name, shape), part in zip(shapes.items(), parts, strict=True):
        matrix, problem = _matrix(part, shape)
        if problem:
            return None, f"{name}: {problem}"
        matrices.append(matrix)
    return matrices, ""


def _stack(value):
    """An array of three axes as the list of its matrices."""
    array = as_array(value) if isinstance(value, np.ndarray) else None
    return None if array is None or array.ndim != 3 else list(array)


def _matrix(part, shape):
    array = as_array(part)
    if array is None:
        return None, "is None; expected a matrix." if part is None else describe(part)
    rows, columns = shape
    if array.ndim != 2 or array.shape[0] != rows or (columns and array.shape[1] != columns):
        wanted = f"({rows}, {columns or f'1 to {WIDEST}'})"
        return None, f"shape is {short_shape(array.shape)}; expected {wanted}."
    if columns is None and not 1 <= array.shape[1] <= WIDEST:
        return None, f"has {array.shape[1]} columns; expected 1 to {WIDEST}."
    with np.errstate(all="ignore"):  # a long double may not fit
        array = array.astype(np.float64)
        small = np.abs(array) <= LARGEST_ENTRY
    if not small.all():
        return None, f"holds a number that is not finite or above {LARGEST_ENTRY} in size."
    return array, ""
