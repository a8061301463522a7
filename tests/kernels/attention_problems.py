"""Random attention problems, and the two kernels that must solve all of them alike."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import strategies as st

from selfattn_course.kernels import attention, attention_vjp, causal_mask
from selfattn_course.kernels.tiled import tiled_attention, tiled_attention_trace
from selfattn_course.kernels.tiled_vjp import tiled_attention_vjp


@dataclass(frozen=True)
class Problem:
    q: np.ndarray  # (..., n_q, d)
    k: np.ndarray  # (..., n_k, d)
    v: np.ndarray  # (..., n_k, d_v)
    mask: np.ndarray | None = None  # True = may attend
    bias: np.ndarray | None = None
    scale: float | None = None
    softcap: float | None = None
    causal: bool = False
    offset: int = 0

    @property
    def grid(self):
        return self.q.shape[-2], self.k.shape[-2]

    @property
    def full_mask(self):
        """Mask and causal mask together, or None."""
        if not self.causal:
            return self.mask
        causal = causal_mask(*self.grid, offset=self.offset)
        return causal if self.mask is None else causal & self.mask

    @property
    def options(self):
        return {"bias": self.bias, "scale": self.scale, "softcap": self.softcap}

    def d_out(self, out):
        """Some gradient in the output."""
        return np.random.default_rng(0).normal(size=out.shape).astype(out.dtype)


class Plain:
    """The plain kernel; causal is one more mask."""

    @staticmethod
    def out(p):
        return attention(p.q, p.k, p.v, p.full_mask, **p.options)

    @staticmethod
    def vjp(p, d_out):
        return attention_vjp(p.q, p.k, p.v, d_out, p.full_mask, **p.options)


class Tiled:
    """The tiled kernel, with tiles of 2 x 3 so that small problems have several."""

    @staticmethod
    def out(p):
        with small_tiles():
            options = p.options | {"causal": p.causal, "offset": p.offset}
            return tiled_attention(p.q, p.k, p.v, p.mask, **options)

    @staticmethod
    def vjp(p, d_out):
        with small_tiles():
            options = p.options | {"causal": p.causal, "offset": p.offset}
            trace = tiled_attention_trace(p.q, p.k, p.v, p.mask, **options)
            return tiled_attention_vjp(p.q, p.k, p.v, d_out, trace, p.mask, **options)


KERNELS = [Plain, Tiled]


@contextmanager
def small_tiles(rows=2, columns=3):
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("selfattn_course.kernels.tile"):
                patch.setattr(module, "ROWS", rows, raising=False)
                patch.setattr(module, "COLUMNS", columns, raising=False)
        yield


@st.composite
def problems(draw, *, dtype, empty_rows=True):
    """A problem with up to two leading axes, each of which any array may lack."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    n_q, n_k, d, d_v = (draw(st.integers(1, 8)) for _ in range(4))
    leading = draw(st.sampled_from([(), (3,), (2, 3)]))

    def some(*last_two):
        axes = [draw(st.sampled_from([size, 1])) for size in leading]
        return rng.normal(size=(*axes[draw(st.integers(0, len(axes))) :], *last_two)).astype(dtype)

    p = Problem(some(n_q, d), some(n_k, d), some(n_k, d_v))
    if draw(st.booleans()):
        p = replace(p, mask=some(draw(st.sampled_from([n_q, 1])), n_k) < draw(st.floats(-1, 1)))
    if draw(st.booleans()):
        bias = some(draw(st.sampled_from([n_q, 1])), draw(st.sampled_from([n_k, 1])))
        p = replace(p, bias=np.where(bias > 1, -np.inf, bias).astype(dtype))
    if draw(st.booleans()):
        p = replace(p, causal=True, offset=draw(st.integers(-3, 9)))
    if not empty_rows:
        p = _without_empty_rows(p)
    return replace(p, scale=draw(st.sampled_from([None, 0.25, 3.0])))


def _without_empty_rows(p):
    """Every query may attend to key 0."""
    first = np.arange(p.grid[1]) == 0
    mask = None if p.mask is None else p.mask | first
    bias = None if p.bias is None else np.where(np.isneginf(p.bias), -2, p.bias)
    return replace(p, mask=mask, bias=bias, offset=max(p.offset, 0))


def assert_close(got, expected, *, dtype):
    """Equal up to a few dozen roundings, relative to the largest number."""
    assert got.dtype == dtype
    assert got.shape == expected.shape
    largest = np.abs(expected).max(initial=1)
    np.testing.assert_allclose(got, expected, rtol=0, atol=100 * np.finfo(dtype).eps * largest)
