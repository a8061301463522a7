"""Wrong versions of forget_bias(share, lag)."""

import numpy as np


def of_one_step(share, lag):
    """This keeps the share after one step. It has to be left after lag steps: take a root."""
    return np.log(share / (1 - share)) + 0.0 * lag


def share_divided_by_lag(share, lag):
    """The share is divided by lag. Each step multiplies: take the root of order lag."""
    f = share / lag
    return np.log(f / (1 - f))


def loss_divided_by_lag(share, lag):
    """The loss is spread evenly. Each step multiplies: take the root of order lag."""
    f = 1 - (1 - share) / lag
    return np.log(f / (1 - f))


def power_instead_of_root(share, lag):
    """This is share^lag. The gate's lag-th power is the share: take the root."""
    f = np.asarray(share, float) ** lag
    return np.log(f / (1 - f))


def bias_times_lag(share, lag):
    """The bias of one step times lag is not that of lag steps. First the root, then the bias."""
    return lag * np.log(share / (1 - share))


def bias_over_lag(share, lag):
    """The bias of one step over lag is not that of lag steps. First the root, then the bias."""
    return np.log(share / (1 - share)) / lag


def gate_returned(share, lag):
    """This is the gate. Return the bias whose sigmoid it is."""
    return np.asarray(share, float) ** (1 / np.asarray(lag, float))


def log_of_gate(share, lag):
    """This undoes an exponential. The gate is a sigmoid: its inverse is log(f / (1 - f))."""
    return np.log(share) / lag


def inverse_tanh(share, lag):
    """arctanh undoes tanh. The gate is a sigmoid: its inverse is log(f / (1 - f))."""
    return np.arctanh(np.asarray(share, float) ** (1 / np.asarray(lag, float)))


def sign_flipped(share, lag):
    """The sign is flipped. A gate near 1 needs a large positive bias."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.log((1 - f) / f)


def odds(share, lag):
    """These are the odds f / (1 - f). Take their logarithm."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return f / (1 - f)


def one_step_more(share, lag):
    """There are lag steps, not lag + 1."""
    f = np.asarray(share, float) ** (1 / (np.asarray(lag, float) + 1))
    return np.log(f / (1 - f))


def one_step_less(share, lag):
    """There are lag steps, not lag - 1."""
    f = np.asarray(share, float) ** (1 / np.maximum(np.asarray(lag, float) - 1, 1))
    return np.log(f / (1 - f))


def lost_share(share, lag):
    """This is the bias for losing the share. It is the part that is left."""
    f = (1 - np.asarray(share, float)) ** (1 / np.asarray(lag, float))
    return np.log(f / (1 - f))


def half_life(share, lag):
    """This is right for a share of one half only. Use `share`."""
    f = 0.5 ** (1 / np.asarray(lag, float)) + 0.0 * share
    return np.log(f / (1 - f))


def logarithm_to_base_two(share, lag):
    """np.log2 undoes powers of 2. Use np.log."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.log2(f / (1 - f))


def logarithm_of_lag(share, lag):
    """log(lag) is near it for a share of 0.37 only. Use the share, too."""
    return np.log(lag) + 0.0 * share


def for_long_lags_only(share, lag):
    """This holds for long lags only. Take the root, then log(f / (1 - f))."""
    return np.log(lag / -np.log(share))


def derivative_of_gate(share, lag):
    """f (1 - f) is the slope of the sigmoid. Its inverse is log(f / (1 - f))."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return f * (1 - f)


def integer_division(share, lag):
    """1 // lag is 0 for every lag above 1. Write 1 / lag."""
    f = np.asarray(share, float) ** (1 // np.asarray(lag))
    return np.log(f / (1 - f))


def cut_off(share, lag):
    """The bias is cut off at 5. Some lags need more."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.minimum(np.log(f / (1 - f)), 5)


def constant_in_log(share, lag):
    """A constant inside the log spoils gates near 0 or 1. Take f / (1 - f) alone."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.log((f + 1e-6) / (1 - f + 1e-6))


def numbers_only(share, lag):
    """float() takes one number only. NumPy's functions take arrays as well."""
    f = float(share) ** (1 / float(lag))
    return np.log(f / (1 - f))


def rounded(share, lag):
    """The bias is rounded. Return it as it is."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.round(np.log(f / (1 - f)), 3)


def never_negative(share, lag):
    """A gate below one half needs a negative bias. Leave the sign."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag, float))
    return np.maximum(np.log(f / (1 - f)), 0)


def whole_lags_only(share, lag):
    """The lag is cut to a whole number. It may lie between two: take it as it is."""
    f = np.asarray(share, float) ** (1 / np.asarray(lag).astype(int))
    return np.log(f / (1 - f))
