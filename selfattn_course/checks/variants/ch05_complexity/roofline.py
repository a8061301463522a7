"""Right but unusual versions of roofline(intensities, peak, bandwidth)."""

import numpy as np


def two_rows_in_a_list(intensities, peak, bandwidth):
    return [intensities, np.minimum(peak, bandwidth * intensities)]


def two_rows_in_a_tuple(intensities, peak, bandwidth):
    return intensities.tolist(), [min(peak, bandwidth * i) for i in intensities.tolist()]


def with_clip(intensities, peak, bandwidth):
    return np.vstack([intensities, np.clip(bandwidth * intensities, None, peak)])


def with_where(intensities, peak, bandwidth):
    low = intensities < peak / bandwidth
    return np.array([intensities, np.where(low, bandwidth * intensities, peak)])


def share_times_peak(intensities, peak, bandwidth):
    share = np.minimum(1.0, intensities * bandwidth / peak)
    return np.stack((intensities, peak * share))


def by_time_for_each_operation(intensities, peak, bandwidth):
    seconds = np.maximum(1 / peak, 1 / (bandwidth * intensities))
    return np.stack([intensities, 1 / seconds])


def with_interpolation(intensities, peak, bandwidth):
    corner = peak / bandwidth
    speed = np.interp(intensities, [0.0, corner], [0.0, peak])
    return np.stack([intensities, speed])


def in_fortran_order(intensities, peak, bandwidth):
    return np.asfortranarray(np.stack([intensities, np.minimum(peak, bandwidth * intensities)]))


def as_float32(intensities, peak, bandwidth):
    x = intensities.astype(np.float32)
    return np.stack([x, np.minimum(np.float32(peak), np.float32(bandwidth) * x)])


def filled_by_mask(intensities, peak, bandwidth):
    out = np.empty((2, len(intensities)))
    out[:] = intensities
    out[1] *= bandwidth
    out[1, out[1] > peak] = peak
    return out
