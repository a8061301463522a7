"""Right but unusual versions of parity_weights()."""

import numpy as np


def arrays():
    w_h = np.array([[5.0, 5.0], [-5.0, -5.0]])
    return np.full((1, 2), 10.0), w_h, np.array([-5.0, -15.0]), np.array([1.0, -1.0]), np.array(-1)


def units_exchanged():
    return [[10, 10]], [[-5, -5], [5, 5]], [-15, -5], [-20, 20], [-20]


def second_unit_inverted():
    return [[8.0, -8.0]], [[4.0, -4.0], [4.0, -4.0]], [-4.0, 12.0], [3.0, 3.0], -3.0


def much_sharper():
    return [[40.0, 40.0]], [[20.0, 20.0], [-20.0, -20.0]], [-20.0, -50.0], [1.0, -1.0], -1.0


def eight_units_in_float32():
    w_x = np.tile([10.0, 10.0], (1, 4)).astype(np.float32)
    w_h = np.tile([[5.0, 5.0], [-5.0, -5.0]], (4, 4)).astype(np.float32) / 4
    b, w_out = np.tile([-5.0, -15.0], 4), np.tile([1.0, -1.0], 4)
    return w_x, w_h, b.astype(np.float32), w_out, -4


def solved_for():
    # four situations (old parity, bit) -> what the two units have to say, by least squares
    units = {0: (-1, -1), 1: (1, -1)}
    rows = [(*units[p], bit, 1) for p in (0, 1) for bit in (0, 1)]
    told = [[2 * (p + bit >= 1) - 1, 2 * (p + bit >= 2) - 1] for p in (0, 1) for bit in (0, 1)]
    a = np.array([*rows, (1, 1, 0, 1), (1, 1, 1, 1)], float)
    told = np.array([*told, [-1, -1], [1, -1]], float)
    w = 10 * np.linalg.lstsq(a, told, rcond=None)[0]
    return w[2:3], w[:2], w[3], [1.0, -1.0], -1.0
