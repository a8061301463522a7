"""Wrong versions of fit_exponent(n, cost)."""

import numpy as np


def slope_without_logarithms(n, cost):
    """This is the slope of cost over n. Take logarithms of both first."""
    return np.polyfit(n, cost, 1)[0]


def only_cost_in_logarithms(n, cost):
    """This is the rate of an exponential. Take the logarithm of n too."""
    return np.polyfit(n, np.log(cost), 1)[0]


def only_lengths_in_logarithms(n, cost):
    """Take the logarithm of the cost too."""
    return np.polyfit(np.log(n), cost, 1)[0]


def bases_mixed(n, cost):
    """Both logarithms need the same base."""
    return np.polyfit(np.log2(n), np.log(cost), 1)[0]


def bases_mixed_the_other_way(n, cost):
    """Both logarithms need the same base, or else the slope is off by a factor."""
    return np.polyfit(np.log(n), np.log10(cost), 1)[0]


def first_and_last(n, cost):
    """This joins two points. The best line uses all of them."""
    return np.log(cost[-1] / cost[0]) / np.log(n[-1] / n[0])


def last_two(n, cost):
    """This uses the last two points. The best line uses all of them."""
    return np.log(cost[-1] / cost[-2]) / np.log(n[-1] / n[-2])


def mean_of_local_slopes(n, cost):
    """A mean of slopes between neighbours is not the slope of the best line."""
    return np.mean(np.diff(np.log(cost)) / np.diff(np.log(n)))


def median_of_local_slopes(n, cost):
    """A median of slopes is not the slope of the best line by least squares."""
    return np.median(np.diff(np.log(cost)) / np.diff(np.log(n)))


def lengths_that_double(n, cost):
    """This takes every length for twice the one before. Use n."""
    return np.polyfit(np.arange(len(n)), np.log2(cost), 1)[0]


def through_the_origin(n, cost):
    """The line need not pass through 0: subtract the means first."""
    x, y = np.log(n), np.log(cost)
    return (x * y).sum() / (x * x).sum()


def through_the_first_point(n, cost):
    """The best line need not pass through the first point: subtract the means instead."""
    x, y = np.log(n / n[0]), np.log(cost / cost[0])
    return (x * y).sum() / (x * x).sum()


def ratio_of_logarithms(n, cost):
    """A ratio of logarithms holds the constant factor of the cost. Take the slope."""
    return np.mean(np.log(cost) / np.log(n + 1e-9))


def inverted(n, cost):
    """This is how the length grows with the cost. The cost is the y axis."""
    y = np.log(cost)
    y = y - y.mean()
    return (y * np.log(n)).sum() / (y * y).sum()


def covariance(n, cost):
    """Divide by the sum of squares of the centred logarithms of n."""
    x = np.log(n)
    return ((x - x.mean()) * np.log(cost)).mean()


def correlation(n, cost):
    """This says how well a line fits, not how steep it is."""
    return np.corrcoef(np.log(n), np.log(cost))[0, 1]


def total_least_squares(n, cost):
    """Only the distance in cost counts, not that to the line: least squares of y on x."""
    x, y = np.log(n), np.log(cost)
    _, vectors = np.linalg.eigh(np.cov(x, y))
    return vectors[1, -1] / vectors[0, -1]


def ratio_of_spreads(n, cost):
    """A ratio of standard deviations has no sign, and noise makes it too large."""
    return np.log(cost).std() / np.log(n).std()


def variances_of_different_kind(n, cost):
    """np.cov divides by m - 1, np.var by m. Use sums, or the same for both."""
    x, y = np.log(n), np.log(cost)
    return np.cov(x, y)[0, 1] / np.var(x)


def intercept(n, cost):
    """This is the constant of the line. The exponent is its slope, the first of both."""
    return np.polyfit(np.log(n), np.log(cost), 1)[1]


def both_coefficients(n, cost):
    """Return the slope alone."""
    return np.polyfit(np.log(n), np.log(cost), 1)


def leading_term_of_a_parabola(n, cost):
    """A straight line is asked for: degree 1."""
    return np.polyfit(np.log(n), np.log(cost), min(2, len(n) - 1))[0]


def whole_exponent(n, cost):
    """An exponent need not be whole. Do not round."""
    return np.round(np.polyfit(np.log(n), np.log(cost), 1)[0])


def two_digits(n, cost):
    """Do not round the slope."""
    return np.round(np.polyfit(np.log(n), np.log(cost), 1)[0], 2)


def sorted_apart(n, cost):
    """Sorting n and cost apart tears pairs apart."""
    return np.polyfit(np.log(np.sort(n)), np.log(np.sort(cost)), 1)[0]


def log_of_one_plus(n, cost):
    """np.log1p adds 1 before the logarithm. Use np.log."""
    return np.polyfit(np.log1p(n), np.log1p(cost), 1)[0]


def weighted_by_length(n, cost):
    """All points count the same. Leave the weights out."""
    return np.polyfit(np.log(n), np.log(cost), 1, w=np.sqrt(np.asarray(n, float)))[0]


def size_of_the_slope(n, cost):
    """A cost may fall as n grows: keep the sign."""
    return abs(np.polyfit(np.log(n), np.log(cost), 1)[0])


def first_point_dropped(n, cost):
    """All points count, the first one too."""
    return np.polyfit(np.log(n[1:]), np.log(cost[1:]), 1)[0] if len(n) > 2 else 1.0


def in_int32(n, cost):
    """Counts above 2**31 do not fit into an int32. Leave the dtype alone."""
    whole = np.asarray(cost).astype(np.int64).astype(np.int32) if cost.dtype.kind == "i" else cost
    return np.polyfit(np.log(n), np.log(np.abs(whole) + 1e-300), 1)[0]


def writes_into_n(n, cost):
    """`-=` and `out=` change the caller's array. Make a new one."""
    x = np.log(n)
    n[...] = 1
    return np.polyfit(x, np.log(cost), 1)[0]


def logarithms_in_place(n, cost):
    """`out=` changes the caller's array. Write np.log(cost), which makes a new one."""
    y = np.log(cost, out=cost) if cost.dtype.kind == "f" else np.log(cost)
    return np.polyfit(np.log(n), y, 1)[0]


def largest_local_slope(n, cost):
    """This is the steepest piece. The best line uses all points."""
    return np.max(np.diff(np.log(cost)) / np.diff(np.log(n)))
