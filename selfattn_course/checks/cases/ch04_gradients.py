"""The calls of chapter 4 that ask how far a gradient reaches, and what a state costs.

Weights on the state are close to a permutation. A gradient then neither vanishes below the
tolerance, which is absolute below 1, nor grows until float32 loses the small entries.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths


def gradient_cases(rng, sizes):
    """Arguments (states, w_h, d_last), with any leading axes."""
    n, d_h, batch, lead = (sizes[s] for s in ("n", "d_h", "batch", "lead"))
    hand = (np.array([[0.9], [0.5], [0.0]]), np.array([[2.0]]), np.array([1.0]))
    shapes = {
        "a batch": (batch, n, d_h),
        "two leading axes": (lead, batch, n, d_h),
        "a batch of one": (1, n, d_h),
        "as many sequences as steps": (n, n, d_h),
        "more sequences than steps": (n, 3, d_h),
        "as many sequences as units": (d_h, n, d_h),
        "one step of a batch": (batch, 1, d_h),
        "one unit": (batch, n, 1),
    }
    batches = [_gradient_case(rng, name, *shape) for name, shape in shapes.items()]
    return (Case("three steps of one number", hand), *sequence_cases(rng, sizes), *batches)


def sequence_cases(rng, sizes):
    """Arguments (states, w_h, d_last) for one sequence."""
    n, d_h = sizes["n"], sizes["d_h"]
    shapes = {
        "distinct sizes": (n, d_h),
        "as many steps as units": (d_h, d_h),
        "one step": (1, d_h),
        "two steps": (2, d_h),
        "one unit, many steps": (n, 1),
        "a long sequence": (40, d_h),
    }
    plain = [_gradient_case(rng, name, *shape) for name, shape in shapes.items()]
    states, w_h, d_last = _gradient_case(rng, "", n, d_h).args
    still = np.zeros_like(states)
    whole = [np.round(2 * w_h).astype(int), np.where(d_last < 0, -2, 1)]
    turned = np.eye(d_h)[::-1].copy()
    saturated = states.copy()
    saturated[n // 2] = 1.0
    one_unit = _gradient_case(rng, "", n, 1).args[:2]
    singles = [a.astype(np.float32) for a in (states, w_h, d_last)]
    return (
        *plain,
        Case("states of 0", (still, w_h, d_last)),
        Case("states of 0, a product that keeps lengths", (still, turned, d_last)),
        Case("a product that doubles", (still, 2 * turned, d_last)),
        Case("one unit, a negative gradient", (*one_unit, np.array([-0.625]))),
        Case("one state saturated", (saturated, w_h, d_last)),
        Case("a gradient of 0", (states, w_h, 0 * d_last)),
        Case("a gradient in one unit", (states, w_h, d_last * (np.arange(d_h) == 0))),
        Case("float32", tuple(singles)),
        Case("integer weights and gradient", (states, *whole)),
        Case("integer weights", (states, whole[0], d_last)),
        Case("an integer gradient", (states, w_h, whole[1])),
        Case("integers throughout", (still.astype(int), *whole)),
        Case("Fortran order", (np.asfortranarray(states), np.asfortranarray(w_h), d_last)),
        Case(
            "strided views",
            tuple(np.repeat(a, 2, axis=-1)[..., ::2] for a in (states, w_h, d_last)),
        ),
    )


def clip_cases(rng, sizes):
    """Arguments (gradients, limit)."""
    n, d_h, batch, lead = (sizes[s] for s in ("n", "d_h", "batch", "lead"))
    rows, block = eighths(rng, n, d_h), eighths(rng, batch, n, d_h)
    peaked = rows / 64
    peaked[1, 1] = 3.0
    return (
        Case("too long", (np.array([3.0, 4.0]), 1.0)),
        Case("twice too long", (np.array([3.0, 4.0]), 2.5)),
        Case("short enough", (np.array([3.0, 4.0]), 6.0)),
        Case("exactly as long as allowed", (np.array([3.0, 4.0]), 5.0)),
        Case("entries below the limit, length above", (np.array([0.6, -0.8, 0.6, 0.8]), 1.0)),
        Case("one number", (np.array([-7.0]), 2.0)),
        Case("one number, short enough", (np.array([-7.0]), 8.0)),
        Case("a gradient of 0", (np.zeros((n, d_h)), 1.0)),
        Case("a matrix", (rows, 2.0)),
        Case("a square matrix", (eighths(rng, n, n), 1.0)),
        Case("a matrix, short enough", (rows, 100.0)),
        Case("one large entry", (peaked, 1.5)),
        Case("rows short enough, matrix too long", (rows, float(_between(rows)))),
        Case("three axes", (block, 2.0)),
        Case("four axes", (eighths(rng, lead, *block.shape), 3.0)),
        Case("a column", (rows[:, :1].copy(), 0.25)),
        Case("an exploded gradient", (2.0**40 * rows, 3.0)),
        Case("a large limit", (1024 * rows, 1000.0)),
        Case("a small limit and gradient", (rows / 1024, 1e-3)),
        Case("an integer limit", (rows, 3)),
        Case("integers", (np.round(2 * rows).astype(int), 2)),
        Case("integers, short enough", (np.round(2 * rows).astype(int), 1000)),
        Case("float32", (rows.astype(np.float32), 2.0)),
        Case("Fortran order", (np.asfortranarray(rows), 2.0)),
        Case("a strided view", (np.repeat(block, 2, axis=-1)[..., ::2], 2.0)),
    )


def bias_cases(rng, sizes):
    """Arguments (share, lag): numbers, or arrays of one shape."""
    n, d_h = sizes["n"], sizes["d_h"]
    lags = rng.integers(1, 200, size=(n, d_h))
    shares = rng.integers(1, 16, size=(n, d_h)) / 16
    return (
        Case("half at each step", (0.5, 1)),
        Case("half after ten steps", (0.5, 10)),
        Case("a quarter after two steps", (0.25, 2)),
        Case("1 % after a hundred steps", (0.01, 100)),
        Case("nearly everything", (127 / 128, 3)),
        Case("almost nothing", (1e-12, 4)),
        Case("a million steps", (0.5, 10**6)),
        Case("less than half at each step", (1e-3, 2)),
        Case("another share and lag", (float(shares[0, 0]), int(lags[0, 0]))),
        Case("a lag between whole numbers", (0.5, 2.5)),
        Case("several shares", (np.array([0.1, 0.5, 0.9]), 20)),
        Case("several lags", (0.5, np.array([1, 10, 100]))),
        Case("as many shares as lags", (shares[0], lags[0])),
        Case("shares and lags in rows", (shares, lags)),
        Case("lags as floats", (shares, lags.astype(float))),
        Case("lags between whole numbers", (shares, lags + 0.5)),
        Case("float32 shares", (shares.astype(np.float32), np.minimum(lags, 8))),
        Case("Fortran order", (np.asfortranarray(shares), np.asfortranarray(lags))),
    )


def matrix_cases(rng, sizes):
    """Arguments (a,) or (a, gain): square matrices that are far from singular."""
    n, m = sizes["n"], sizes["d_h"]
    return (
        Case("two rows", (np.array([[3.0, 1.0], [4.0, 2.0]]),)),
        Case("columns already orthogonal", (np.array([[0.0, 2.0], [-1.0, 0.0]]),)),
        Case("the identity", (np.eye(m),)),
        Case("a diagonal with signs", (np.diag([2.0, -3.0, 0.5]),)),
        Case("one entry", (np.array([[5.0]]),)),
        Case("one negative entry", (np.array([[-0.25]]), 2.0)),
        Case("a matrix", (_regular(rng, n),)),
        Case("a smaller matrix", (_regular(rng, m),)),
        Case("a larger matrix", (_regular(rng, n + 3),)),
        Case("a symmetric matrix", (_symmetric(rng, m),)),
        Case("an upper triangle", (np.triu(_regular(rng, m)) + 3 * np.eye(m),)),
        Case("a lower triangle", (np.tril(_regular(rng, m)) + 3 * np.eye(m),)),
        Case("large entries", (1024 * _regular(rng, m),)),
        Case("small entries", (_regular(rng, m) / 1024,)),
        Case("a gain", (_regular(rng, n), 1.5)),
        Case("a gain below 1", (_regular(rng, m), 0.25)),
        Case("an integer gain", (_regular(rng, m), 3)),
        Case("integers", (np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]]),)),
        Case("float32", (_regular(rng, m).astype(np.float32),)),
        Case("Fortran order", (np.asfortranarray(_regular(rng, n)),)),
    )


def decay_cases(rng, *given):
    """Arguments (rho, lag)."""
    rhos = rng.integers(30, 64, size=4) / 32  # 0.94 to 1.97
    signs = np.array([1, -1, 1, -1])
    drawn = zip((rhos * signs).tolist(), rng.integers(2, 30, size=4).tolist(), strict=True)
    # as little as can be told by a difference of two states, whose last digits are lost
    few = [(float(rng.integers(6, 11)) / 16, int(rng.integers(20, 30)))]
    pairs = dict.fromkeys([*given, *drawn, *few])
    return tuple(Case(f"rho {rho:g}, lag {lag}", (rho, lag)) for rho, lag in pairs)


def path_cases(rng, *given):
    """Arguments (n, reach)."""
    drawn = [(int(rng.integers(20, 60)), int(rng.integers(2, 12))) for _ in range(5)]
    return _count_cases("{} tokens, reach {}", [*given, *drawn])


def layer_cases(rng, *given):
    """Arguments (n, n_layers)."""
    drawn = [(int(rng.integers(9, 400)), int(rng.integers(2, 9))) for _ in range(4)]
    return _count_cases("{} tokens, {} layers", [*given, *drawn])


def memory_cases(rng, *given):
    """Arguments (n, n_layers, d, d_h, item_bytes)."""
    drawn = [
        tuple(int(size) for size in rng.integers([2, 2, 3, 3], [9000, 40, 700, 3000]))
        for _ in range(5)
    ]
    widths = [2, 4, 8, 2, 4]
    rows = [*given, *((*row, width) for row, width in zip(drawn, widths, strict=True))]
    return _count_cases("n {}, n_layers {}, d {}, d_h {}, item_bytes {}", rows)


def _count_cases(name, rows):
    return tuple(Case(name.format(*row), row) for row in dict.fromkeys(rows))


def _gradient_case(rng, name, *shape):
    """States and weights that keep a gradient near its size: closer to 0 in a long sequence."""
    n, d_h = shape[-2:]
    size = 1 / 4 if n > 20 else 1
    states = np.clip(size * eighths(rng, *shape) / 2, -0.75, 0.75)
    w_h = size * eighths(rng, d_h, d_h) / 16 + np.roll(np.eye(d_h), 1, axis=0)
    return Case(name, (states, w_h, eighths(rng, *shape[:-2], d_h)))


def _between(rows):
    """A limit that every row keeps, while all of them together do not."""
    return (np.linalg.norm(rows, axis=-1).max() + np.linalg.norm(rows)) / 2


def _regular(rng, n):
    """Multiples of 1/8 that no small change makes singular."""
    while True:
        a = eighths(rng, n, n)
        if np.linalg.cond(a) < 30:
            return a


def _symmetric(rng, n):
    while True:
        a = eighths(rng, n, n)
        if np.linalg.cond(a + a.T) < 30:
            return a + a.T
