"""Wrong versions of split_heads(x, n_heads)."""

import numpy as np


def straight_reshape(x, n_heads):
    """reshape alone cuts across the tokens. Split the last axis in two, then swap axes."""
    return x.reshape(*x.shape[:-2], n_heads, x.shape[-2], -1)


def heads_after_tokens(x, n_heads):
    """The heads come after the tokens. Swap these two axes."""
    return x.reshape(*x.shape[:-1], n_heads, -1)


def interleaved(x, n_heads):
    """Head 0 takes every h-th feature here. It takes the first d, head 1 the next d."""
    y = x.reshape(*x.shape[:-1], -1, n_heads)
    return np.moveaxis(y, -1, -3)


def size_for_number(x, n_heads):
    """n_heads is taken for the size of a head. It is their number."""
    y = x.reshape(*x.shape[:-1], -1, n_heads)
    return np.swapaxes(y, -2, -3)


def tokens_cut(x, n_heads):
    """The tokens are cut into heads. Cut the features: every head sees all tokens."""
    n = x.shape[-2] // n_heads
    return x[..., : n * n_heads, :].reshape(*x.shape[:-2], n_heads, n, x.shape[-1])


def batch_of_two_axes_mixed(x, n_heads):
    """The axes are fixed at 0, 2, 1, 3. Count them from the end, for any leading axes."""
    y = x.reshape(*x.shape[:-1], n_heads, -1)
    return y.transpose(0, 2, 1, 3) if y.ndim == 4 else np.swapaxes(y, 0, 1)


def transposed_heads(x, n_heads):
    """Each head is transposed. A head has one row for each token."""
    y = x.reshape(*x.shape[:-1], n_heads, -1)
    return np.moveaxis(y, -3, -1)


def reversed_heads(x, n_heads):
    """The heads come in reverse order. Head 0 takes the first features."""
    y = x.reshape(*x.shape[:-1], n_heads, -1)[..., ::-1, :]
    return np.swapaxes(y, -2, -3)


def every_head_everything(x, n_heads):
    """Every head gets all features here. Head 0 takes the first d of them."""
    return np.stack([x] * n_heads, axis=-3)


def first_head_for_all(x, n_heads):
    """All heads hold the features of head 0."""
    d = x.shape[-1] // n_heads
    return np.stack([x[..., :d]] * n_heads, axis=-3)


def first_head_only(x, n_heads):
    """Only head 0 is returned. Return all, on an axis of their own."""
    return x[..., : x.shape[-1] // n_heads]


def split_along_tokens(x, n_heads):
    """np.split cuts along axis 0 unless told otherwise. Cut the last axis."""
    return np.stack(np.split(x, n_heads), axis=-3)


def heads_on_axis_0(x, n_heads):
    """The heads are on the first axis. With a batch they belong after it: axis=-3."""
    return np.array(np.split(x, n_heads, axis=-1))


def always_two(x, n_heads):
    """The 2 in the code is right for one case only. Use n_heads."""
    return np.swapaxes(x.reshape(*x.shape[:-1], 2, -1), -2, -3)


def only_the_size_of_the_example(x, n_heads):
    """The size of a head is not always 2. Compute it: width // n_heads."""
    return np.swapaxes(x.reshape(*x.shape[:-1], -1, 2), -2, -3)


def one_axis_for_one_head(x, n_heads):
    """With one head its axis is missing. It is there, with size 1."""
    y = np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)
    return y[..., 0, :, :] if n_heads == 1 else y


def one_axis_for_one_feature(x, n_heads):
    """With heads of one feature the last axis is missing. It is there, with size 1."""
    y = np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)
    return y[..., 0] if y.shape[-1] == 1 else y


def batch_lost(x, n_heads):
    """The sequences of the batch are strung together. Keep the leading axes."""
    y = x.reshape(-1, n_heads, x.shape[-1] // n_heads)
    return np.swapaxes(y, 0, 1)


def strange_copy(x, n_heads):
    """The memory is read as it lies, so a view comes out scrambled. Use reshape on x itself."""
    y = x.ravel(order="K").reshape(*x.shape[:-1], n_heads, -1)
    return np.swapaxes(y, -2, -3)


def half_precision(x, n_heads):
    """float16 keeps three digits. Leave the numbers alone."""
    heads = np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)
    return heads.astype(np.float16)


def scaled(x, n_heads):
    """The features are divided by the number of heads. Leave them as they are."""
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3) / n_heads


def shape_set_in_place(x, n_heads):
    """`x.shape = ...` changes the caller's array. Use x.reshape."""
    x.shape = (*x.shape[:-1], n_heads, x.shape[-1] // n_heads)
    return np.swapaxes(x, -2, -3)


def rounded(x, n_heads):
    """The numbers are rounded. Return all digits."""
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3).round(4)


def square_turned(x, n_heads):
    """With as many tokens as features, x is transposed. Rows are tokens whatever the sizes."""
    if x.shape[-2] == x.shape[-1]:
        x = np.swapaxes(x, -1, -2)
    return np.swapaxes(x.reshape(*x.shape[:-1], n_heads, -1), -2, -3)
