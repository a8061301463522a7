"""The calls of chapter 4 that run a recurrent layer.

All axes have sizes of their own, except where a name says otherwise. Random numbers are multiples
of 1/32, and the weights on the state are small: a rounding error shrinks from step to step, so
that an honest float32 answer stays within the tolerance however long the sequence.
"""

import numpy as np

from ..exercise import Case
from .draws import eighths

VISIBLE = {"n": 7, "d_in": 3, "d_h": 5, "batch": 2, "lead": 4}


def hidden_sizes(rng):
    """Sizes that differ from student to student, and the steps from those of VISIBLE."""
    d_in, d_h, batch, lead = (int(size) for size in rng.permutation([2, 3, 4, 6]))
    return {"n": int(rng.integers(9, 14)), "d_in": d_in, "d_h": d_h, "batch": batch, "lead": lead}


def rnn_weights(rng, d_in, d_h):
    """Weights (w_x, w_h, b) of a layer that neither forgets at once nor magnifies errors."""
    return eighths(rng, d_in, d_h) / 2, eighths(rng, d_h, d_h) / 4, eighths(rng, d_h) / 2


def step_cases(rng, sizes):
    """Arguments (x, h, w_x, w_h, b) for one step."""
    d_in, d_h, batch, lead = (sizes[s] for s in ("d_in", "d_h", "batch", "lead"))
    draw = lambda *shape: eighths(rng, *shape)  # noqa: E731

    def case(name, x, h):
        return Case(name, (x, h, *rnn_weights(rng, x.shape[-1], h.shape[-1])))

    weights = (np.array([[0.5]]), np.array([[-2.0]]), np.array([0.25]))
    return (
        Case("one number each", (np.array([1.0]), np.array([0.5]), *weights)),
        case("one token", draw(d_in), draw(d_h)),
        case("as many features as units", draw(d_h), draw(d_h)),
        case("a batch", draw(batch, d_in), draw(batch, d_h)),
        case("two leading axes", draw(lead, batch, d_in), draw(lead, batch, d_h)),
        case("a batch of one", draw(1, d_in), draw(1, d_h)),
        case("as many sequences as units", draw(d_h, d_in), draw(d_h, d_h)),
        case("a state of zeros", draw(batch, d_in), np.zeros((batch, d_h))),
        case("an input of zeros", np.zeros((batch, d_in)), draw(batch, d_h)),
        case("nothing but the bias", np.zeros(d_in), np.zeros(d_h)),
        case("one feature, one unit", draw(batch, 1), draw(batch, 1)),
        case("large inputs", 1024 * draw(batch, d_in), draw(batch, d_h)),
        case("a large state", draw(batch, d_in), 16 * draw(batch, d_h)),
        Case("sums of 500 and -500", (np.array([[1000.0], [-1000.0]]), np.zeros((2, 1)), *weights)),
        _in_dtype(case("float32", draw(batch, d_in), draw(batch, d_h)), np.float32),
        _whole(case("integers", draw(batch, d_in), draw(batch, d_h))),
        _in_fortran_order(case("Fortran order", draw(batch, d_in), draw(batch, d_h))),
        _strided(case("strided views", draw(batch, d_in), draw(batch, d_h))),
        case("integer inputs", np.round(2 * draw(batch, d_in)).astype(int), draw(batch, d_h)),
        case("an integer state", draw(batch, d_in), np.round(2 * draw(batch, d_h)).astype(int)),
        case("five features, five units", draw(5), draw(5)),  # two by two may be symmetric
    )


def forward_cases(rng, sizes):
    """Arguments (x, w_x, w_h, b), without an initial state or with one."""
    return (*_by_hand(), *_shapes(rng, sizes), *_values(rng, sizes), *_starts(rng, sizes))


def lstm_cases(rng, sizes):
    """Arguments (x, h, c, w_x, w_h, b) for one step of an LSTM."""
    d_in, d_h, batch, lead = (sizes[s] for s in ("d_in", "d_h", "batch", "lead"))

    def case(name, *shape, d_in=d_in, d_h=d_h, x=1, h=1, c=1, b=1):
        width = 4 * d_h
        return Case(
            name,
            (
                x * eighths(rng, *shape, d_in),
                h * eighths(rng, *shape, d_h),
                c * eighths(rng, *shape, d_h),
                eighths(rng, d_in, width) / 2,
                eighths(rng, d_h, width) / 4,
                b * eighths(rng, width) / 2,
            ),
        )

    zeros = (np.zeros(1), np.zeros(1), np.ones(1), np.zeros((1, 4)), np.zeros((1, 4)))
    return (
        Case("all gates half open", (*zeros, np.zeros(4))),
        Case("a gate of its own size each", (*zeros, np.array([-2.0, 3.0, 0.5, 1.0]))),
        case("one token"),
        case("a batch", batch),
        case("two leading axes", lead, batch),
        case("a batch of one", 1),
        case("as many sequences as units", d_h),
        case("as many sequences as gates", 4),
        case("as many features as units", batch, d_in=d_h),
        case("one feature, one unit", batch, d_in=1, d_h=1),
        case("two units", batch, d_h=2),
        case("four units", batch, d_in=7, d_h=4),
        case("an empty cell", batch, c=0),
        case("a state of zeros", batch, h=0),
        case("an input of zeros", batch, x=0),
        case("no bias", batch, b=0),
        case("a full cell", batch, c=16),
        case("a huge cell", batch, c=1024),
        case("gates shut or wide open", batch, x=1024),
        case("biases in the thousands", batch, b=4096),
        _in_dtype(case("float32", batch), np.float32),
        _whole(case("integers", batch)),
        _in_fortran_order(case("Fortran order", batch)),
        _strided(case("strided views", batch)),
        _whole_at(0, case("integer inputs", batch, x=2)),
        _whole_at(2, case("an integer cell", batch, c=2)),
    )


def _case(rng, name, x, d_h, *h_0):
    return Case(name, (x, *rnn_weights(rng, x.shape[-1], d_h), *h_0))


def _by_hand():
    x, one = np.array([[1.0], [0.0], [-1.0]]), np.array([[1.0]])
    return (
        Case("three steps of one number", (x, one / 2, one, np.zeros(1))),
        Case("one step by hand", (one, one, 2 * one, np.array([0.5]), np.array([-0.25]))),
        Case("only the first input is not 0", (np.eye(4, 1), 2 * one, one, np.zeros(1))),
    )


def _shapes(rng, sizes):
    n, d_in, d_h, batch, lead = (sizes[s] for s in ("n", "d_in", "d_h", "batch", "lead"))
    shapes = {
        "distinct sizes": (n, d_in),
        "as many features as units": (n, d_h),
        "as many steps as features and units": (d_h, d_h),
        "as many steps as features": (d_in, d_in),
        "a batch": (batch, n, d_in),
        "two leading axes": (lead, batch, n, d_in),
        "three leading axes": (2, 1, 3, n, d_in),
        "a batch of one": (1, n, d_in),
        "as many sequences as steps": (n, n, d_in),
        "more sequences than steps": (n, 3, d_in),
        "as many sequences as units": (d_h, n, d_in),
        "one step": (1, d_in),
        "one step of a batch": (batch, 1, d_in),
        "two steps": (2, d_in),
        "one feature": (batch, n, 1),
        "a long sequence": (150, d_in),
    }
    cases = [_case(rng, name, eighths(rng, *shape), d_h) for name, shape in shapes.items()]
    one_unit = _case(rng, "one unit", eighths(rng, batch, n, d_in), 1)
    return (*cases, one_unit, _case(rng, "one number in, one unit", eighths(rng, n, 1), 1))


def _values(rng, sizes):
    n, d_in, d_h, batch = (sizes[s] for s in ("n", "d_in", "d_h", "batch"))
    xs = eighths(rng, batch, n, d_in)
    gap = xs.copy()
    gap[:, 2:4] = 0
    impulse = xs * (np.arange(n) == 0)[:, None]
    copies = np.repeat(xs[:, :1], n, axis=1)
    w_x, w_h, b = rnn_weights(rng, d_in, d_h)
    lasting = np.eye(d_h)[::-1] * 1.5

    def case(name, x):
        return _case(rng, name, x, d_h)

    return (
        case("inputs of zeros", np.zeros((n, d_in))),
        case("zeros in the middle", gap),
        case("zeros after the first input", impulse),
        case("the same input at every step", copies),
        case("large inputs", 1024 * xs),
        Case("weights on the state of 0", (xs, w_x, 0 * w_h, b)),
        Case("weights on the input of 0", (xs, 0 * w_x, w_h, b)),
        Case("no bias", (xs, w_x, w_h, 0 * b)),
        Case("a state that lasts", (impulse, w_x, lasting, 0 * b)),
        _in_dtype(case("float32", xs), np.float32),
        _whole(case("integers", xs)),
        Case("integer inputs", (np.round(2 * xs).astype(int), w_x, w_h, b)),
        _in_fortran_order(case("Fortran order", xs[0])),
        _in_fortran_order(case("a batch in Fortran order", xs)),
        _strided(case("strided views", xs)),
    )


def _starts(rng, sizes):
    n, d_in, d_h, batch, lead = (sizes[s] for s in ("n", "d_in", "d_h", "batch", "lead"))
    draw = lambda *shape: eighths(rng, *shape) / 2  # noqa: E731
    x, xs, xss = (
        2 * draw(n, d_in),
        2 * draw(batch, n, d_in),
        2 * draw(lead, batch, n, d_in),
    )
    whole = np.round(4 * draw(batch, d_h)).astype(int)
    steps = np.round(2 * xs).astype(int)
    by_name = _case(rng, "an initial state by name", xs, d_h)
    return (
        _case(rng, "an initial state", x, d_h, draw(d_h)),
        _case(rng, "one step from an initial state", x[:1], d_h, draw(d_h)),
        _case(rng, "an initial state for each sequence", xs, d_h, draw(batch, d_h)),
        _case(rng, "initial states, two leading axes", xss, d_h, draw(lead, batch, d_h)),
        _case(rng, "one initial state for all", xs, d_h, draw(d_h)),
        _case(rng, "one initial state for two leading axes", xss, d_h, draw(d_h)),
        _case(rng, "as many states as units", 2 * draw(d_h, n, d_in), d_h, draw(d_h, d_h)),
        _case(rng, "no initial state, said so", xs, d_h, None),  # the calls before had one
        _case(rng, "an initial state of zeros", xs, d_h, np.zeros((batch, d_h))),
        _case(rng, "an initial state of integers", xs, d_h, whole),
        Case(by_name.name, by_name.args, {"h_0": draw(d_h)}),
        _whole(_case(rng, "whole numbers and a state", x, d_h, 2 * draw(d_h))),
        _case(rng, "integer inputs and a state of fractions", steps, d_h, draw(batch, d_h)),
        _case(rng, "one number in, one unit, a state", eighths(rng, n, 1), 1, np.array([-0.75])),
        _in_dtype(_case(rng, "float32 and a state", xs, d_h, draw(batch, d_h)), np.float32),
    )


def _changed(case, change):
    args = (change(a) if isinstance(a, np.ndarray) else a for a in case.args)
    return Case(case.name, tuple(args), case.kwargs)


def _in_dtype(case, dtype):
    return _changed(case, lambda a: a.astype(dtype))


def _whole(case):
    """Integers; twice the numbers, since most weights on the state would be rounded to 0."""
    return _changed(case, lambda a: np.round(2 * a).astype(int))


def _whole_at(place, case):
    """Integers in one argument alone."""
    args = list(case.args)
    args[place] = np.round(args[place]).astype(int)
    return Case(case.name, tuple(args), case.kwargs)


def _in_fortran_order(case):
    return _changed(case, np.asfortranarray)


def _strided(case):
    """Every other entry of arrays twice as long."""
    return _changed(case, lambda a: np.repeat(a, 2, axis=-1)[..., ::2])
