"""Wrong versions of lag_copy(x, lag)."""

import numpy as np


def wraps_round(x, lag):
    """np.roll brings the end back to the start. The first `lag` entries have to be 0."""
    return np.roll(x, lag, axis=-1)


def rolls_over_all_axes(x, lag):
    """np.roll without axis shifts all rows as one. Every sequence is shifted by itself."""
    y = np.roll(x.reshape(-1), lag)
    y[:lag] = 0
    return y.reshape(x.shape)


def shifted_the_other_way(x, lag):
    """This copies what comes later. Entry t is the one of t - lag, from the past."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    if lag < n:
        y[..., : n - lag] = x[..., lag:]
    return y


def lag_zero_empties(x, lag):
    """For lag 0, x[..., :-0] is empty. Write x[..., : n - lag], with n the length."""
    y = np.zeros_like(x)
    y[..., lag:] = x[..., :-lag]
    return y


def lag_zero_gives_zeros(x, lag):
    """Lag 0 is a copy of all. x[..., :-0] is empty."""
    y = np.zeros_like(x)
    if lag and lag < x.shape[-1]:
        y[..., lag:] = x[..., :-lag]
    return y


def negative_stop_beyond_the_end(x, lag):
    """n - lag is negative for a lag beyond the sequence, and counts from the end. All is 0 then."""
    y = np.zeros_like(x)
    y[..., lag:] = x[..., : x.shape[-1] - lag]
    return y


def beyond_the_end_copies_all(x, lag):
    """Where the lag is longer than the sequence there is nothing to copy: all is 0."""
    n = x.shape[-1]
    if lag >= n:
        return x.copy()
    y = np.zeros_like(x)
    y[..., lag:] = x[..., : n - lag]
    return y


def lag_modulo_length(x, lag):
    """A lag of n leaves nothing to copy. It does not begin again at 0."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    y[..., lag % n :] = x[..., : n - lag % n]
    return y


def one_further(x, lag):
    """The copy is one step late."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    if lag + 1 < n:
        y[..., lag + 1 :] = x[..., : n - lag - 1]
    return y


def one_too_near(x, lag):
    """The copy is one step early."""
    n = x.shape[-1]
    back = max(lag - 1, 0)
    y = np.zeros_like(x)
    if back < n:
        y[..., back:] = x[..., : n - back]
    return y


def lag_is_always_one(x, lag):
    """The lag is always 1 here. Use `lag`."""
    y = np.zeros_like(x)
    y[..., 1:] = x[..., :-1]
    return y


def along_first_axis(x, lag):
    """The shift runs along axis 0. Shift along the last axis."""
    n = x.shape[0]
    y = np.zeros_like(x)
    if lag < n:
        y[lag:] = x[: n - lag]
    return y


def along_next_to_last_axis(x, lag):
    """The shift runs along the axis next to the last. Shift along the last axis."""
    n = x.shape[-2] if x.ndim > 1 else len(x)
    y = np.zeros_like(x)
    if lag < n and x.ndim > 1:
        y[..., lag:, :] = x[..., : n - lag, :]
    elif lag < n:
        y[lag:] = x[: n - lag]
    return y


def length_of_first_axis(x, lag):
    """len(x) is the size of the first axis. Time runs along the last."""
    n = len(x)
    y = np.zeros_like(x)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def filled_with_the_first(x, lag):
    """Before the start there is nothing: fill up with 0, not with the first entry."""
    n = x.shape[-1]
    place = np.maximum(np.arange(n) - lag, 0)
    return x[..., place]


def filled_with_ones(x, lag):
    """Before the start there is nothing: fill up with 0, not with 1."""
    n = x.shape[-1]
    y = np.ones_like(x)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def filled_with_nan(x, lag):
    """Before the start there is nothing: fill up with 0, not with NaN."""
    n = x.shape[-1]
    y = np.full(x.shape, np.nan)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def filled_with_x(x, lag):
    """The first `lag` entries are left as they were. Set them to 0."""
    n = x.shape[-1]
    y = x.copy()
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def filled_with_the_mean(x, lag):
    """Before the start there is nothing: fill up with 0, not with the mean."""
    n = x.shape[-1]
    y = np.ones(x.shape) * x.mean(axis=-1, keepdims=True)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def start_zeroed_without_shift(x, lag):
    """The first `lag` entries are 0, but the rest did not move."""
    y = x.copy()
    y[..., :lag] = 0
    return y


def end_zeroed(x, lag):
    """The zeros stand at the end. They belong to the start, where there is no past."""
    y = np.roll(x, lag, axis=-1)
    if lag:
        y[..., -lag:] = 0
    return y


def shorter(x, lag):
    """The start is missing. Keep the length: fill up with 0."""
    return x[..., : max(x.shape[-1] - lag, 0)]


def longer(x, lag):
    """The zeros came on top. Cut the end off, so that the length stays."""
    return np.concatenate([np.zeros((*x.shape[:-1], lag)), x], axis=-1)


def whole_numbers(x, lag):
    """The array for the result holds integers, so fractions are lost. Make it like x."""
    n = x.shape[-1]
    y = np.zeros(x.shape, dtype=int)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def half_precision(x, lag):
    """float16 keeps three digits. Leave the dtype alone."""
    n = x.shape[-1]
    y = np.zeros(x.shape, dtype=np.float16)
    if lag < n:
        y[..., lag:] = x[..., : n - lag]
    return y


def first_sequence_only(x, lag):
    """Only the first sequence is shifted. Shift all: use `...`."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    first = (0,) * (x.ndim - 1)
    if lag < n:
        y[first][lag:] = x[first][: n - lag]
    return y


def reversed_in_time(x, lag):
    """Time runs backwards here. Keep the order."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    if lag < n:
        y[..., lag:] = x[..., ::-1][..., : n - lag]
    return y


def added_to_x(x, lag):
    """The copy is added to x. Return the copy alone."""
    n = x.shape[-1]
    y = x.copy()
    if lag < n:
        y[..., lag:] = y[..., lag:] + x[..., : n - lag]
    return y


def start_repeated(x, lag):
    """The first `lag` entries come again and again: the array is read after it was written."""
    y = x.copy()
    if lag:
        for t in range(lag, x.shape[-1]):
            y[..., t] = y[..., t - lag]
        y[..., :lag] = 0
    return y


def writes_into_x(x, lag):
    """`x[...] = ...` changes the caller's array. Fill a new one."""
    n = x.shape[-1]
    if lag < n:
        x[..., lag:] = x[..., : n - lag].copy()
    x[..., :lag] = 0
    return x


def rounded_to_three_digits(x, lag):
    """A copy is the number itself. Do not round."""
    n = x.shape[-1]
    y = np.zeros_like(x)
    y[..., lag:] = x[..., : max(n - lag, 0)]
    return np.round(y, 3)


def integers_in_one_byte(x, lag):
    """One byte holds integers from -128 to 127 only. Leave the dtype alone."""
    n = x.shape[-1]
    y = np.zeros(x.shape, dtype=np.int8 if x.dtype.kind == "i" else x.dtype)
    y[..., lag:] = x[..., : max(n - lag, 0)].astype(y.dtype)
    return y


def lag_of_fifty_at_most(x, lag):
    """The lag may be any number of steps."""
    lag = min(lag, 50)
    y = np.zeros_like(x)
    y[..., lag:] = x[..., : max(x.shape[-1] - lag, 0)]
    return y
