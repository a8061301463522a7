"""Wrong versions of predict_linear_gradient(rho, lag)."""

import numpy as np


def product(rho, lag):
    """rho times lag grows in a straight line. Each step multiplies by rho once more."""
    return rho * lag


def one_step_only(rho, lag):
    """This is the factor of one step. There are lag of them."""
    return rho


def one_step_too_many(rho, lag):
    """One factor too many: from h_(t-lag) to h_t there are lag steps."""
    return rho ** (lag + 1)


def one_step_too_few(rho, lag):
    """One factor too few: from h_(t-lag) to h_t there are lag steps."""
    return rho ** max(lag - 1, 0)


def exponential(rho, lag):
    """exp(rho * lag) treats rho as a rate. It is the factor of a step itself."""
    return np.exp(rho * lag)


def exponential_of_distance_to_one(rho, lag):
    """exp((rho - 1) * lag) is near rho^lag only for rho near 1. Take the power itself."""
    return np.exp((rho - 1) * lag)


def base_and_exponent_exchanged(rho, lag):
    """Base and exponent are exchanged: rho is multiplied by itself."""
    return float(lag) ** rho


def sign_lost(rho, lag):
    """The sign is lost. A negative rho flips it at every step."""
    return abs(rho) ** lag


def sign_kept(rho, lag):
    """The sign of rho appears once, whatever the number of steps. Each step has one factor rho."""
    return np.sign(rho) * abs(rho) ** lag


def squared(rho, lag):
    """This is the square: each step has one factor rho, not two."""
    return rho ** (2 * lag)


def root(rho, lag):
    """Steps are not random, so no root of lag appears: the exponent is lag."""
    return np.sign(rho) ** lag * abs(rho) ** np.sqrt(lag)


def sum_of_all_lags(rho, lag):
    """This adds up all lags, which is the effect of a lasting change. Ask for one input's."""
    return sum(rho**k for k in range(lag + 1))


def never_below_a_limit(rho, lag):
    """Small answers are replaced by 0.001. They shrink on: give the power itself."""
    value = rho**lag
    return value if abs(value) > 1e-3 else 1e-3


def zero_where_small(rho, lag):
    """Small is not 0, and rounding makes it so. Give the power in full."""
    value = rho**lag
    return value if abs(value) > 1e-3 else 0.0


def never_above_one(rho, lag):
    """Nothing stops a linear layer at 1: above 1 the gradient explodes."""
    return min(1.0, max(-1.0, rho**lag))


def inverse(rho, lag):
    """This is the inverse: the way from the end to the beginning."""
    return float(rho) ** -lag


def logarithm(rho, lag):
    """This is the logarithm. Return the factor itself."""
    return lag * np.log(abs(rho))


def rounded(rho, lag):
    """Small is not 0, and rounding makes it so. Give the power in full."""
    return round(rho**lag, 2)


def in_percent(rho, lag):
    """These are percent. Return the factor."""
    return 100 * rho**lag


def always_one(rho, lag):
    """Only rho = 1 keeps the gradient. Each step multiplies by rho."""
    return 1.0


def all_lags(rho, lag):
    """These are the factors of all lags. Return one number, for this lag."""
    return [rho**k for k in range(lag + 1)]


def loss_times_steps(rho, lag):
    """Losses of all steps are added up. Each step takes its share of what is left: multiply."""
    return 1 + (rho - 1) * lag
