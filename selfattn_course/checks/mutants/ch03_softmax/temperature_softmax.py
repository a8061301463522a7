"""Wrong versions of temperature_softmax(x, temperature)."""

import numpy as np


def multiplied(x, temperature):
    """The scores are multiplied by the temperature. Divide: a low one makes the weights sharp."""
    z = x * temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def ignored(x, temperature):
    """The temperature has no effect. Divide the scores by it, before the softmax."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def weights_divided(x, temperature):
    """The weights are divided by the temperature and no longer sum to 1. Divide the scores."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) / temperature


def power_not_normalised(x, temperature):
    """A power of the weights does not sum to 1. Divide the scores before the softmax."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)) ** (1 / temperature)


def power_of_weights(x, temperature):
    """Weights that underflowed to 0 cannot come back as a power. Divide the scores first."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    p = (e / e.sum(axis=-1, keepdims=True)) ** (1 / temperature)
    return p / p.sum(axis=-1, keepdims=True)


def root_of_temperature(x, temperature):
    """The scores are divided by the root of the temperature. Divide by the temperature."""
    z = x / np.sqrt(temperature)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def temperature_squared(x, temperature):
    """The scores are divided by the temperature twice."""
    z = x / temperature / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def floor_division(x, temperature):
    """// drops the fraction. Divide with /."""
    z = x // temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def integer_temperature(x, temperature):
    """The temperature is rounded to an integer. Use it as it is."""
    z = x / max(int(temperature), 1)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def maximum_before_division(x, temperature):
    """The maximum of x is not the maximum of x / temperature. Divide first, then softmax."""
    e = np.exp(x / temperature - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def without_maximum(x, temperature):
    """exp overflows above 709. Use your own softmax, which subtracts the maximum."""
    e = np.exp(x / temperature)
    return e / e.sum(axis=-1, keepdims=True)


def global_maximum(x, temperature):
    """One maximum for the whole array makes low rows vanish. Use your own softmax."""
    z = x / temperature
    e = np.exp(z - z.max())
    return e / e.sum(axis=-1, keepdims=True)


def first_axis(x, temperature):
    """The weights sum to 1 along axis 0. They have to along the last axis."""
    z = x / temperature
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def flattened(x, temperature):
    """The sum runs over all entries together. Sum along the last axis only."""
    z = x / temperature
    e = np.exp(z - z.max())
    return e / e.sum()


def sum_over_all(x, temperature):
    """The total runs over all entries. Pass axis=-1 and keepdims=True to sum."""
    z = x / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()


def temperature_as_base(x, temperature):
    """The temperature is not the base of the power. Compute exp(x / temperature)."""
    e = (1.0 + temperature) ** (x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def hard_below_one(x, temperature):
    """Below temperature 1 all the weight goes to the maximum. Divide by any temperature."""
    z = x / temperature
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    if temperature < 1:
        e = (e == 1).astype(float)
    return e / e.sum(axis=-1, keepdims=True)


def constant_added_to_temperature(x, temperature):
    """A constant added to the temperature changes low ones. Divide by the temperature alone."""
    z = x / (temperature + 1e-4)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def low_temperature_raised(x, temperature):
    """Temperatures below 0.1 are raised to it. Use the temperature as it is."""
    z = x / max(temperature, 0.1)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def writes_into_x(x, temperature):
    """`x /= ...` changes the caller's array. Write `x / temperature`, which makes a new one."""
    x /= temperature
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def constant_added_to_the_temperature(x, temperature):
    """A constant is added to the temperature. It is above 0 as it comes, but may be tiny."""
    scores = x / (temperature + 1e-6)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def temperature_kept_in_bounds(x, temperature):
    """The temperature is cut off. Any number above 0 will do."""
    scores = x / np.clip(temperature, 1e-4, 1e4)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def single_axes_dropped(x, temperature):
    """Axes of size 1 are lost. The result has the shape of x."""
    e = np.exp((x - x.max(axis=-1, keepdims=True)) / temperature)
    return np.squeeze(e / e.sum(axis=-1, keepdims=True))
