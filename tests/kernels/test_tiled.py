import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels import (
    attention,
    attention_vjp,
    causal_mask,
    logsumexp,
    masked_scores,
    tiled_attention,
    tiled_attention_trace,
    tiled_attention_vjp,
    tiles,
)
from tests.kernels.attention_problems import small_tiles

# A sum of n products rounds off like sqrt(n) * eps; the order of the keys is all that differs.
TOLERANCE = {np.float16: 4e-3, np.float32: 1e-5, np.float64: 1e-13}


def problem(rng, n_q, n_k, dtype=np.float64, leading=(2, 3)):
    """Random q, k, v, d_out that broadcast: keys lack a leading axis, values have one of size 1."""
    q, d_out = rng.normal(size=(*leading, n_q, 7)), rng.normal(size=(*leading, n_q, 5))
    k, v = rng.normal(size=(*leading[1:], n_k, 7)), rng.normal(size=(*leading[:1], 1, n_k, 5))
    return [array.astype(dtype) for array in (q, k, v, d_out)]


def assert_agree(got, expected, dtype, score_size=1):
    """A score of size s has rounding s * eps, and a weight the same, relative to itself."""
    assert got.shape == expected.shape
    assert got.dtype == expected.dtype == dtype
    size = max(np.abs(expected).max(initial=0), 1)
    np.testing.assert_allclose(
        got / size, expected / size, rtol=0, atol=TOLERANCE[dtype] * max(score_size, 1)
    )


def assert_same_as_plain(q, k, v, d_out, mask=None, plain_mask=None, tiled=None, **options):
    """Output and gradients of the tiled kernel are those of the plain one."""
    tiled = tiled or {}
    plain_mask = mask if plain_mask is None else plain_mask
    scores = masked_scores(q, k, plain_mask, **options)
    compared_at = q.dtype.type, np.abs(scores[np.isfinite(scores)]).max(initial=0)
    trace = tiled_attention_trace(q, k, v, mask, **tiled, **options)
    assert_agree(trace.out, attention(q, k, v, plain_mask, **options), *compared_at)
    got = tiled_attention_vjp(q, k, v, d_out, trace, mask, **tiled, **options)
    expected = attention_vjp(q, k, v, d_out, plain_mask, **options)
    for one, other in zip(got, expected, strict=True):
        assert_agree(one, other, *compared_at)


@pytest.fixture(params=[(2, 3), (512, 256)], ids=["tiny tiles", "tiles as they are"])
def tile_size(request):
    """With tiny tiles, small problems have many, ragged ones at the ends included."""
    with small_tiles(*request.param):
        yield


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("n_q", "n_k"), [(5, 11), (11, 5), (1, 1), (300, 1100)])
@pytest.mark.parametrize("size", [1, 20, 300])
def test_same_numbers_as_the_plain_kernel(n_q, n_k, dtype, size):
    q, k, v, d_out = problem(np.random.default_rng(0), n_q, n_k, dtype)
    assert_same_as_plain(q * dtype(size), k, v, d_out)


@pytest.mark.usefixtures("tile_size")
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_mask_bias_cap_and_offset_through_tiny_tiles(data):
    seed = data.draw(st.integers(0, 2**32 - 1))
    n_q, n_k = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 9))
    rng = np.random.default_rng(seed)
    q, k, v, d_out = problem(rng, n_q, n_k)
    mask = rng.random((3, n_q, n_k)) < data.draw(st.sampled_from([0.1, 0.5, 1.0]))
    bias = data.draw(st.sampled_from([1.0, 50.0, 1e4])) * rng.normal(size=(n_q, n_k))
    bias[rng.random((n_q, n_k)) < 0.2] = -np.inf
    softcap = data.draw(st.sampled_from([None, 0.5, 40.0]))
    offset = data.draw(st.integers(-4, 12))
    size = data.draw(st.sampled_from([0.1, 1.0, 10.0]))
    assert_same_as_plain(
        q * size, k, v, d_out, mask, mask & causal_mask(n_q, n_k, offset=offset),
        {"causal": True, "offset": offset}, bias=bias, softcap=softcap, scale=0.7,
    )  # fmt: skip


@pytest.mark.usefixtures("tile_size")
@pytest.mark.parametrize("offset", [-20, -3, 0, 2, 7, 40])
@pytest.mark.parametrize(("n_q", "n_k"), [(5, 11), (11, 5), (7, 7)])
@pytest.mark.parametrize("size", [1, 30])
def test_causal_is_the_causal_mask(n_q, n_k, offset, size):
    q, k, v, d_out = problem(np.random.default_rng(1), n_q, n_k)
    assert_same_as_plain(
        size * q, k, v, d_out, None, causal_mask(n_q, n_k, offset=offset),
        {"causal": True, "offset": offset},
    )  # fmt: skip


@pytest.mark.usefixtures("tile_size")
def test_scores_that_fall_far_below_the_reference_are_not_lost():
    """The first tile is masked for some rows; what they may attend to scores around -200."""
    q, k, v, d_out = problem(np.random.default_rng(2), 6, 13)
    mask = np.ones((6, 13), bool)
    mask[::2, :12] = False
    bias = np.full((6, 13), -200.0)
    assert_same_as_plain(q, k, v, d_out, mask, bias=bias)
    bias[:, :6] = -900.0  # and rise by 700 halfway
    assert_same_as_plain(q, k, v, d_out, mask, bias=bias)


@pytest.mark.parametrize("size", [1e3, 1e18, 1e25])
def test_scores_that_overflow_are_those_of_the_plain_kernel(size):
    q, k, v, d_out = problem(np.random.default_rng(3), 5, 11, np.float32)
    with np.errstate(all="raise", under="ignore"):
        out = tiled_attention(np.float32(size) * q, np.float32(size) * k, v)
    assert_agree(out, attention(np.float32(size) * q, np.float32(size) * k, v), np.float32)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gradients_where_scores_have_lost_their_digits(dtype):
    """Scores near 1e10: two ways to compute them differ by much more than 1."""
    q, k, v, d_out = problem(np.random.default_rng(3), 5, 11, dtype)
    with np.errstate(all="raise", under="ignore"):
        trace = tiled_attention_trace(q * dtype(1e5), k * dtype(1e5), v)
        dq, dk, dv = tiled_attention_vjp(q * dtype(1e5), k * dtype(1e5), v, d_out, trace)
    one_hot = attention(q * dtype(1e5), k * dtype(1e5), np.eye(11, dtype=dtype))
    assert_agree(dv, np.einsum("abij,abid->ajd", one_hot, d_out)[:, None], dtype)
    assert (dq == 0).all()
    assert (dk == 0).all()


@pytest.mark.parametrize("softcap", [0.5, 1.0])
def test_soft_cap_of_small_scores(softcap):
    assert_same_as_plain(*problem(np.random.default_rng(3), 5, 11), softcap=softcap)


def test_an_error_in_a_thread_reaches_the_caller():
    q, k, v, _ = problem(np.random.default_rng(3), 5, 11)
    whole = tiles.tile_problem(q, k, v, None, None, False, 0, None, None)

    def fail(heads, memory):
        raise RuntimeError("this block cannot be done")

    for threads in (1, 2):
        with pytest.raises(RuntimeError, match="this block"):
            tiles.each_head_block(fail, whole, threads, n_tiles=1)


def test_bias_that_overflows_gives_no_nan():
    q, k, v, d_out = problem(np.random.default_rng(4), 5, 11, np.float32)
    bias = np.full((5, 11), np.finfo(np.float32).max)
    q = np.float32(1e16) * q  # one unit in the last place of the bias is 2e31
    out = tiled_attention(q, np.float32(1e16) * k, v, bias=bias)
    assert_agree(out, attention(q, np.float32(1e16) * k, v, bias=bias), np.float32)
    assert np.isfinite(out).all()


def test_nan_and_infinity_come_to_what_they_do_in_the_plain_kernel():
    q, k, v, _ = problem(np.random.default_rng(5), 5, 11)
    mask = np.ones((5, 11), bool)
    mask[:, 4] = False
    k[:, 4] = np.nan
    np.testing.assert_allclose(tiled_attention(q, k, v, mask), attention(q, k, v, mask), atol=1e-13)
    np.testing.assert_array_equal(np.isnan(tiled_attention(q, k, v)), True)
    bias = np.zeros((5, 11))
    bias[2, 3] = np.inf
    isnan = np.isnan(tiled_attention(q, np.nan_to_num(k), v, bias=bias))
    assert isnan[..., 2, :].all()
    assert isnan.sum() == isnan[..., 2, :].size


def test_log_normalizer_is_the_log_of_the_sum_of_exponentials():
    q, k, v, _ = problem(np.random.default_rng(6), 5, 600)
    mask = np.ones((5, 600), bool)
    mask[3] = False
    trace = tiled_attention_trace(q, k, v, mask)
    expected = np.broadcast_to(logsumexp(masked_scores(q, k, mask)), (2, 3, 5))
    np.testing.assert_allclose(trace.log_normalizer, expected, rtol=1e-13)
    assert (trace.log_normalizer[..., 3] == -np.inf).all()
    assert (trace.out[..., 3, :] == 0).all()


def test_float16_is_rounded_once():
    q, k, v, d_out = problem(np.random.default_rng(7), 64, 700, np.float16)
    wide = [x.astype(np.float64) for x in (q, k, v)]
    single = tiled_attention(*(x.astype(np.float32) for x in (q, k, v)))
    last_place = np.finfo(np.float16).eps  # where two float32 sums round to neighbours
    np.testing.assert_allclose(tiled_attention(q, k, v), single, rtol=last_place / 2, atol=1e-5)
    np.testing.assert_allclose(tiled_attention(q, k, v), attention(*wide), rtol=1e-3, atol=1e-5)
    assert_same_as_plain(q, k, v, d_out)


def test_gradients_in_float16_are_rounded_once():
    q, k, v, d_out = problem(np.random.default_rng(7), 50, 50, np.float16)
    q = 5 * q
    got = tiled_attention_vjp(q, k, v, d_out, tiled_attention_trace(q, k, v))
    exact = attention_vjp(*(x.astype(np.float64) for x in (q, k, v, d_out)))
    for gradient, expected in zip(got, exact, strict=True):
        largest = np.abs(expected).max()
        np.testing.assert_allclose(gradient, expected, rtol=1e-3, atol=1e-4 * largest)


def test_options_beyond_float32_raise_no_warning():
    q, k, v, _ = problem(np.random.default_rng(7), 5, 11, np.float32)
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(
            tiled_attention(q, k, v, scale=1e300), attention(q, k, v, scale=1e300)
        )
        for softcap in (1e-50, 1e50):
            with pytest.raises(ValueError, match="softcap is .* for float32"):
                tiled_attention(q, k, v, softcap=softcap)


def test_two_dimensional_arrays_and_threads():
    q, k, v, d_out = problem(np.random.default_rng(8), 300, 700, np.float32, (4, 6))
    one, two = tiled_attention_trace(q, k, v), tiled_attention_trace(q, k, v, threads=3)
    np.testing.assert_array_equal(one.out, two.out)
    back = [tiled_attention_vjp(q, k, v, d_out, one, threads=threads) for threads in (1, 3)]
    for a, b in zip(*back, strict=True):
        np.testing.assert_array_equal(a, b)
    assert_same_as_plain(q[0, 0], k[0], v[0, 0], d_out[0, 0])


def test_complex_step_passes_through():
    q, k, v, _ = problem(np.random.default_rng(9), 5, 11)
    out = tiled_attention(q + 1e-30j, k, v)
    np.testing.assert_allclose(out, attention(q + 1e-30j, k, v), rtol=1e-13)


@pytest.mark.parametrize("causal", [False, True])
def test_memory_is_at_most_twice_an_input_array(causal):
    q, k, v, d_out = np.random.default_rng(10).normal(size=(4, 8, 2048, 64)).astype(np.float32)
    peak = peak_bytes(lambda: tiled_attention(q, k, v, causal=causal))
    assert peak <= 2 * q.nbytes  # the output is one of the two
    trace = tiled_attention_trace(q, k, v, causal=causal)
    peak = peak_bytes(lambda: tiled_attention_vjp(q, k, v, d_out, trace, causal=causal))
    assert peak <= 5 * q.nbytes  # three of them are the gradients


@pytest.mark.parametrize("options", [{"softcap": 5.0}, {"scale": 1e30}], ids=str)
def test_memory_is_linear_also_where_the_plain_kernel_steps_in(options):
    def peak(n):
        q, k, v, d_out = np.ones((4, 1, n, 8), np.float32)
        trace = tiled_attention_trace(q, k, v, **options)
        return peak_bytes(lambda: tiled_attention_vjp(q, k, v, d_out, trace, **options))

    assert peak(4096) < 2.5 * peak(2048)


def peak_bytes(call):
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    call()
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return peak


def test_mask_and_bias_are_never_expanded():
    q, k, v, _ = np.random.default_rng(11).normal(size=(4, 64, 512, 8)).astype(np.float32)
    mask, bias = np.ones((512, 512), bool), np.zeros((64, 1, 512), np.float32)
    peak = peak_bytes(lambda: tiled_attention(q, k, v, mask, bias=bias))
    assert peak < 64 * 512 * 512  # one expanded mask


def test_inputs_are_not_written_to():
    arrays = problem(np.random.default_rng(12), 5, 11)
    mask, bias = np.eye(5, 11, dtype=bool), np.ones((5, 11))
    before = [x.copy() for x in (*arrays, mask, bias)]
    for options in ({}, {"bias": bias}, {"softcap": 2.0}, {"scale": 1e200}):
        trace = tiled_attention_trace(*arrays[:3], mask, **options)
        kept = trace.out.copy(), trace.log_normalizer.copy()
        tiled_attention_vjp(*arrays, trace, mask, **options)
        np.testing.assert_array_equal(trace.out, kept[0])
        np.testing.assert_array_equal(trace.log_normalizer, kept[1])
    for array, old in zip((*arrays, mask, bias), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_bad_input_is_explained():
    q, k, v, d_out = problem(np.random.default_rng(13), 5, 11)
    with pytest.raises(ValueError, match="q has d = 7 and k has d = 6; expected the same"):
        tiled_attention(q, k[..., :6], v)
    with pytest.raises(ValueError, match="for 11 keys"):
        tiled_attention(q, k, v[..., :10, :])
    with pytest.raises(TypeError, match="mask has dtype float64; expected bool"):
        tiled_attention(q, k, v, np.ones((5, 11)))
    with pytest.raises(TypeError, match="bias has dtype bool; expected numbers"):
        tiled_attention(q, k, v, bias=np.ones((5, 11), bool))
    with pytest.raises(ValueError, match=r"mask has shape \(11, 5\)"):
        tiled_attention(q, k, v, np.ones((11, 5), bool))
    with pytest.raises(ValueError, match="softcap is 0; expected a positive"):
        tiled_attention(q, k, v, softcap=0)
    with pytest.raises(TypeError, match="offset is 1.5; expected an integer"):
        tiled_attention(q, k, v, causal=True, offset=1.5)
    with pytest.raises(ValueError, match="threads is 0; expected 1 or more"):
        tiled_attention(q, k, v, threads=0)
    with pytest.raises(TypeError, match="q has dtype object"):
        tiled_attention(np.array(q, object), k, v)
    trace = tiled_attention_trace(q, k, v)
    with pytest.raises(ValueError, match=r"d_out has shape \(5, 5\); expected \(2, 3, 5, 5\)"):
        tiled_attention_vjp(q, k, v, d_out[0, 0], trace)
    with pytest.raises(ValueError, match=r"trace has an output of shape \(2, 3, 4, 5\)"):
        tiled_attention_vjp(q, k, v, d_out, tiled_attention_trace(q[..., :4, :], k, v))


def test_empty_axes():
    q, k, v, d_out = problem(np.random.default_rng(14), 5, 0)
    assert (tiled_attention(q, k, v) == 0).all()
    assert_same_as_plain(q, k, v, d_out)
    assert_same_as_plain(*problem(np.random.default_rng(14), 0, 5))
    assert_same_as_plain(*problem(np.random.default_rng(14), 3, 5, leading=(0, 2)))
    assert_same_as_plain(q[..., :0], np.ones((3, 2, 0)), np.ones((2, 1, 2, 5)), d_out)
