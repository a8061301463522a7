"""Wrong versions of roofline(intensities, peak, bandwidth)."""

import numpy as np


def larger_of_both(intensities, peak, bandwidth):
    """Both are upper limits: the smaller one counts."""
    return np.stack([intensities, np.maximum(peak, bandwidth * intensities)])


def bandwidth_only(intensities, peak, bandwidth):
    """The roof is missing: no computation is faster than the peak."""
    return np.stack([intensities, bandwidth * intensities])


def peak_only(intensities, peak, bandwidth):
    """The slope is missing: bytes arrive at `bandwidth`, which limits low intensities."""
    return np.stack([intensities, np.full(len(intensities), float(peak))])


def peak_and_bandwidth_swapped(intensities, peak, bandwidth):
    """peak and bandwidth have changed places."""
    return np.stack([intensities, np.minimum(bandwidth, peak * intensities)])


def bandwidth_not_multiplied(intensities, peak, bandwidth):
    """bandwidth is bytes per second. Times operations per byte gives operations per second."""
    return np.stack([intensities, np.minimum(peak, np.full(len(intensities), float(bandwidth)))])


def divided_by_intensity(intensities, peak, bandwidth):
    """Multiply by the intensity: the more work a byte gets, the faster."""
    return np.stack([intensities, np.minimum(peak, bandwidth / intensities)])


def share_of_the_peak(intensities, peak, bandwidth):
    """Give operations per second, not a share of the peak."""
    return np.stack([intensities, np.minimum(1, bandwidth * intensities / peak)])


def logarithms(intensities, peak, bandwidth):
    """The axes of the figure take the logarithms. Return the numbers themselves."""
    return np.log10(np.stack([intensities, np.minimum(peak, bandwidth * intensities)]))


def smooth(intensities, peak, bandwidth):
    """This is a smooth curve below the roof. The roofline has a corner: take the minimum."""
    return np.stack([intensities, 1 / (1 / peak + 1 / (bandwidth * intensities))])


def below_the_corner_only(intensities, peak, bandwidth):
    """Beyond the corner the speed is the peak."""
    low = bandwidth * intensities <= peak
    return np.stack([intensities, np.where(low, bandwidth * intensities, 0.0)])


def corner_at_intensity_one(intensities, peak, bandwidth):
    """The corner lies where bandwidth * intensity equals the peak, not at 1."""
    speed = np.where(intensities < 1, bandwidth * intensities, peak)
    return np.stack([intensities, speed])


def speed_only(intensities, peak, bandwidth):
    """Return two rows: the intensities, and the speed at each."""
    return np.minimum(peak, bandwidth * intensities)


def columns(intensities, peak, bandwidth):
    """Return rows, shape (2, m), not columns."""
    return np.stack([intensities, np.minimum(peak, bandwidth * intensities)], axis=-1)


def rows_swapped(intensities, peak, bandwidth):
    """The intensities come first, the speeds second."""
    return np.stack([np.minimum(peak, bandwidth * intensities), intensities])


def sorted_first(intensities, peak, bandwidth):
    """Keep the order of the intensities."""
    x = np.sort(intensities)
    return np.stack([x, np.minimum(peak, bandwidth * x)])


def speeds_sorted(intensities, peak, bandwidth):
    """Each speed belongs to the intensity above it. Do not sort them."""
    return np.stack([intensities, np.sort(np.minimum(peak, bandwidth * intensities))])


def scaled_to_the_largest(intensities, peak, bandwidth):
    """The peak is given. The largest of these intensities need not reach it."""
    return np.stack([intensities, peak * intensities / intensities.max()])


def new_intensities(intensities, peak, bandwidth):
    """Use the intensities that are given, not others between them."""
    x = np.linspace(intensities.min(), intensities.max(), len(intensities))
    return np.stack([x, np.minimum(peak, bandwidth * x)])


def truncated(intensities, peak, bandwidth):
    """The speed is rounded down. Do not make integers of it."""
    speed = np.floor(np.minimum(peak, bandwidth * intensities))
    return np.stack([intensities, speed])


def bandwidth_truncated(intensities, peak, bandwidth):
    """The bandwidth need not be whole."""
    return np.stack([intensities, np.minimum(peak, int(bandwidth) * intensities)])


def writes_into_intensities(intensities, peak, bandwidth):
    """`*=` changes the caller's array. Write bandwidth * intensities, which makes a new one."""
    x = intensities.copy()
    if intensities.dtype.kind == "f":
        intensities *= bandwidth
    return np.stack([x, np.minimum(peak, bandwidth * x)])


def corner_added(intensities, peak, bandwidth):
    """Only the given intensities are asked for, not the corner too."""
    x = np.append(intensities, peak / bandwidth)
    return np.stack([x, np.minimum(peak, bandwidth * x)])


def one_minimum_for_all(intensities, peak, bandwidth):
    """min(...) or .min() gives one number. np.minimum works entry by entry."""
    speed = min(peak, bandwidth * intensities.max())
    return np.stack([intensities, np.full(len(intensities), speed, float)])


def into_the_dtype_of_intensities(intensities, peak, bandwidth):
    """An array of integers drops fractions of the speed. Let NumPy choose the dtype."""
    speed = np.minimum(peak, bandwidth * intensities)
    return np.array([intensities, speed], dtype=intensities.dtype)


def filled_in_like_intensities(intensities, peak, bandwidth):
    """Above the corner the speed is the peak itself, also at intensities that are integers."""
    speed = bandwidth * intensities
    return np.stack([intensities, np.where(speed > peak, np.floor(peak), speed)])


def corner_rounded_down(intensities, peak, bandwidth):
    """// rounds the corner down. It lies at peak / bandwidth, which need not be whole."""
    low = intensities < peak // bandwidth
    return np.stack([intensities, np.where(low, bandwidth * intensities, peak)])


def rounded_to_three_digits(intensities, peak, bandwidth):
    """Do not round: intensities may have many digits."""
    return np.round(np.stack([intensities, np.minimum(peak, bandwidth * intensities)]), 3)


def intensities_in_half_precision(intensities, peak, bandwidth):
    """float16 keeps three digits. Give the intensities back as they came."""
    speed = np.minimum(peak, bandwidth * intensities)
    return np.stack([intensities.astype(np.float16), speed])
