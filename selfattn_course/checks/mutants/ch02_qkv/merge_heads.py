"""Wrong versions of merge_heads(x)."""

import numpy as np


def straight_reshape(x):
    """reshape alone mixes tokens. Bring heads and features together first: swap axes."""
    return x.reshape(*x.shape[:-3], x.shape[-2], -1)


def interleaved(x):
    """The features of the heads alternate. Those of head 0 come first, then those of head 1."""
    y = np.moveaxis(x, -3, -1)
    return y.reshape(*y.shape[:-2], -1)


def reversed_heads(x):
    """The last head comes first. Head 0 does."""
    y = np.swapaxes(x[..., ::-1, :, :], -2, -3)
    return y.reshape(*y.shape[:-2], -1)


def tokens_strung_together(x):
    """The tokens of all heads are strung together. The heads of a token go side by side."""
    return x.reshape(*x.shape[:-3], -1, x.shape[-1])


def summed(x):
    """The heads are added up. Put them side by side."""
    return x.sum(axis=-3)


def averaged(x):
    """The heads are averaged. Put them side by side."""
    return x.mean(axis=-3)


def first_head_only(x):
    """Only head 0 is left. Put all heads side by side."""
    return x[..., 0, :, :]


def not_joined(x):
    """The last two axes, head and feature, still have to become one."""
    return np.swapaxes(x, -2, -3)


def transposed(x):
    """The result is transposed. It has one row for each token."""
    y = np.swapaxes(x, -1, -2)
    return y.reshape(*x.shape[:-3], -1, x.shape[-2])


def first_axes_swapped(x):
    """The first two axes are swapped. With a batch, count from the end: -3 and -2."""
    y = np.swapaxes(x, 0, 1)
    return y.reshape(*y.shape[:-2], -1)


def second_axis_swapped(x):
    """Axes 1 and 2 are swapped. That fits one batch axis only; count from the end."""
    y = np.swapaxes(x, 1, 2) if x.ndim > 3 else np.swapaxes(x, 0, 1)
    return y.reshape(*y.shape[:-2], -1)


def batch_strung_together(x):
    """The sequences of the batch are strung together. Keep the leading axes."""
    y = np.swapaxes(x, -2, -3)
    return y.reshape(-1, y.shape[-2] * y.shape[-1])


def batch_in_the_heads(x):
    """With a batch, iterating over x gives sequences. The heads are on axis -3."""
    return np.concatenate(list(x), axis=-1)


def always_two(x):
    """The 2 in the code is right for one case only. Join all heads."""
    return np.concatenate([x[..., 0, :, :], x[..., 1, :, :]], axis=-1)


def memory_order(x):
    """The memory is read as it lies, so a view comes out scrambled. Use reshape."""
    y = np.swapaxes(x.ravel(order="K").reshape(x.shape), -2, -3)
    return y.reshape(*y.shape[:-2], -1)


def half_precision(x):
    """float16 keeps three digits. Leave the numbers alone."""
    y = np.swapaxes(x, -2, -3).astype(np.float16)
    return y.reshape(*y.shape[:-2], -1)


def last_head_lost(x):
    """The last head is left out."""
    y = np.swapaxes(x[..., :-1, :, :], -2, -3)
    return y.reshape(*y.shape[:-2], y.shape[-2] * y.shape[-1])


def normalised(x):
    """The heads are divided by their number. Leave the features as they are."""
    y = np.swapaxes(x, -2, -3) / x.shape[-3]
    return y.reshape(*y.shape[:-2], -1)


def rounded(x):
    """The numbers are rounded. Return all digits."""
    y = np.swapaxes(x, -2, -3)
    return y.reshape(*y.shape[:-2], -1).round(4)
