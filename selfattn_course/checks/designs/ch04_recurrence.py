"""What the constructions of chapter 4 have to do."""

from itertools import product

import numpy as np

from ..compare import as_array, describe, short_shape
from ..several import each

LARGEST_LATCH = 4.0  # size of a weight; a huge one would make everything a latch
LARGEST_PARITY = 50.0
MOST_UNITS = 8
_OFF = 2e-5  # a float32 answer is off by up to 3e-6


def orthogonal(expected, value):
    """What keeps `value` from being `expected` up to the sign of each column, or ""."""
    array = as_array(value)
    if array is None:
        return describe(value)
    if array.shape != expected.shape:
        return f"shape is {short_shape(array.shape)}; expected {expected.shape}."
    if array.dtype.kind == "b":
        return "returned True or False; expected numbers."
    with np.errstate(all="ignore"):
        return _stray_column(expected, array.astype(np.float64))


def _stray_column(expected, array):
    """The first column of `array` that is not one of `expected`, up to its sign."""
    gain, unit = np.linalg.norm(expected[:, 0]), np.eye(len(array))
    products, along = array.T @ array / gain**2, array.T @ expected / gain**2
    bent = np.argwhere(~(np.abs(products - unit) <= _OFF))
    if len(bent):
        i, j = bent[np.argmin(bent.max(axis=1))]
        if i == j:
            length = np.sqrt(products[i, i]) * gain
            return f"column {i} has length {length:.4g}; expected {gain:.4g}."
        return f"columns {i} and {j} are not orthogonal."
    stray = np.argwhere(~(np.abs(np.abs(along) - unit) <= _OFF))
    if not len(stray):
        return ""
    i = stray[0, 0]
    return f"column {i} is no combination of columns 0 to {i} of a."


def remembers_first(_, value):
    """Why a unit with these weights does not keep the first bit, or "".

    Between the bounds of the noise the state after a step lies between tanh of two numbers, and
    reaches both. Following them covers every sequence.
    """
    found, problem = _numbers(value, ("w_x", "w_h", "b"), LARGEST_LATCH)
    if problem:
        return problem
    w_x, w_h, b = found
    for bit in (1, -1):
        low = high = np.tanh(w_x * bit + b)
        for step in range(1, 1001):
            if min(bit * low, bit * high) < 0.9:
                at = low if bit * low < bit * high else high
                return (
                    f"after first bit {bit} and {step - 1} more inputs the state can be {at:.3g}."
                )
            ends = sorted((w_h * low, w_h * high))
            low = np.tanh(ends[0] + b - abs(w_x))
            high = np.tanh(ends[1] + b + abs(w_x))
    return ""


def counts_parity(_, value):
    """Why a layer with these weights does not know whether it saw an odd number of ones, or ""."""
    weights, problem = _layer(value)
    if problem:
        return problem
    for bits in _BITS:
        out = _readouts(bits, *weights)
        odd = np.cumsum(bits, axis=-1) % 2 == 1
        wrong = np.argwhere(~(np.where(odd, out, -out) > 0.1))
        if len(wrong):
            row, step = wrong[np.argmin(wrong[:, 1])]
            kind = "odd" if odd[row, step] else "even"
            start = "".join(map(str, bits[row, : step + 1][-12:]))
            dots = "..." if step >= 12 else ""
            return f"after {dots}{start} ({kind}) the output is {out[row, step]:.3g}."
    return ""


def _bit_strings():
    """All of 10 bits, and long ones: of zeros, of ones, in turns, and random."""
    rng = np.random.default_rng(4)
    ones, turns = np.ones(500, int), np.arange(500) % 2
    drawn = rng.random((12, 500)) < np.linspace(0.02, 0.98, 12)[:, None]
    return np.array(list(product((0, 1), repeat=10))), np.array([0 * ones, ones, turns, *drawn])


_BITS = _bit_strings()


def _readouts(bits, w_x, w_h, b, w_out, b_out):
    h, out = np.zeros((len(bits), len(b))), []
    for bit in bits.T:
        h = np.tanh(bit[:, None] * w_x + h @ w_h + b)
        out.append(h @ w_out + b_out)
    return np.stack(out, axis=-1)


def _layer(value):
    names = ("w_x", "w_h", "b", "w_out", "b_out")
    parts, problem = _parts(value, names)
    if problem:
        return None, problem
    d_h = parts[2].size
    if not 1 <= d_h <= MOST_UNITS:
        return None, f"b has {d_h} entries; expected 1 to {MOST_UNITS}, one for each unit."
    shapes = ((1, d_h), (d_h, d_h), (d_h,), (d_h,), ())
    for name, part, shape in zip(names, parts, shapes, strict=True):
        if part.shape != shape and not (name == "b_out" and part.size == 1):
            return None, f"{name} has shape {short_shape(part.shape)}; expected {shape}."
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)], _limits(
        names, parts, LARGEST_PARITY
    )


def _numbers(value, names, largest):
    """One number for each name."""
    parts, problem = _parts(value, names)
    if problem:
        return None, problem
    for name, part in zip(names, parts, strict=True):
        if part.size != 1:
            return None, f"{name} has shape {short_shape(part.shape)}; expected one number."
    return [float(part.reshape(())) for part in parts], _limits(names, parts, largest)


def _parts(value, names):
    """The parts as small arrays of float64, and a sentence if they are none."""
    problem = each(*names, compare=_unfit)([None] * len(names), value)
    if problem:
        return None, problem
    with np.errstate(all="ignore"):
        return [as_array(part).astype(np.float64) for part in value], ""


def _unfit(_, part):
    if isinstance(part, list | tuple) and len(part) > 100:
        return f"has {len(part)} rows; expected far fewer."
    array = as_array(part)
    if array is None:
        return describe(part)
    if array.dtype.kind == "b":
        return "is True or False; expected numbers."
    if array.size > 1000:
        return f"has {array.size} numbers; expected far fewer."
    return ""


def _limits(names, parts, largest):
    for name, part in zip(names, parts, strict=True):
        if not (np.abs(part) <= largest).all():
            return f"{name} holds a number that is not finite, or above {largest:g} in size."
    return ""
