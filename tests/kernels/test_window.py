import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels import attention, attention_vjp, complex_step_vjp, window_mask
from selfattn_course.kernels.window import (
    window_attention,
    window_attention_vjp,
    window_slices,
)

N_Q, N_K, D, D_V = 13, 17, 5, 3  # all different, so that no swapped axis goes unseen
WINDOW = {"left": 4, "right": 2, "offset": 3, "block": 5}


@pytest.fixture
def qkv():
    return random_qkv(np.random.default_rng(0))


def random_qkv(rng, leading=(), n_q=N_Q, n_k=N_K):
    shapes = (n_q, D), (n_k, D), (n_k, D_V)
    return tuple(rng.normal(size=(*leading, *shape)) for shape in shapes)


def loop_window_attention(q, k, v, left, right, offset):
    """The definition, one query at a time."""
    out = np.zeros((len(q), v.shape[1]))
    for i in range(len(q)):
        keys = [j for j in range(len(k)) if -left <= j - (i + offset) <= right]
        exps = [np.exp(sum(q[i] * k[j]) / np.sqrt(len(q[i]))) for j in keys]
        for j, e in zip(keys, exps, strict=True):
            out[i] += e / sum(exps) * v[j]
    return out


def relative(got, expected):
    return np.abs(got - expected).max() / np.abs(expected).max()


def test_window_of_two_by_hand():
    q, k, v = np.zeros((4, 1)), np.zeros((4, 1)), np.array([[1.0], [3.0], [5.0], [9.0]])
    out = window_attention(q, k, v, left=1, right=0)
    np.testing.assert_allclose(out, [[1], [2], [4], [7]])


def test_slices_by_hand():
    assert window_slices(5, 6, left=1, right=1, block=2) == [
        (slice(0, 2), slice(0, 3)),
        (slice(2, 4), slice(1, 5)),
        (slice(4, 5), slice(3, 6)),
    ]


def test_window_of_zero_copies_the_values():
    v = np.random.default_rng(1).normal(size=(N_Q, D_V))
    q, k = np.ones((2, N_Q, D))
    np.testing.assert_array_equal(window_attention(q, k, v, left=0, right=0, block=4), v)


@pytest.mark.parametrize("offset", [-4, 0, 3, 9])
def test_agrees_with_the_definition(qkv, offset):
    expected = loop_window_attention(*qkv, 4, 2, offset)
    out = window_attention(*qkv, left=4, right=2, offset=offset, block=5)
    np.testing.assert_allclose(out, expected, atol=1e-14)


sizes = st.integers(0, 23)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    n_q=sizes,
    n_k=sizes,
    left=st.integers(0, 30),
    right=st.integers(0, 30),
    offset=st.integers(-30, 30),
    block=st.integers(1, 9),
    softcap=st.sampled_from([None, 1.5]),
    seed=st.integers(0, 99),
)
def test_equals_attention_with_a_window_mask(n_q, n_k, left, right, offset, block, softcap, seed):
    rng = np.random.default_rng(seed)
    q, k, v = random_qkv(rng, (2,), n_q, n_k)
    d_out = rng.normal(size=(2, n_q, D_V))
    window = {"left": left, "right": right, "offset": offset}
    options = {"scale": 0.7, "softcap": softcap}
    mask = window_mask(n_q, n_k, **window)
    out = window_attention(q, k, v, **window, **options, block=block)
    np.testing.assert_allclose(out, attention(q, k, v, mask, **options), atol=1e-14)
    gradients = window_attention_vjp(q, k, v, d_out, **window, **options, block=block)
    expected = attention_vjp(q, k, v, d_out, mask, **options)
    for got, gradient in zip(gradients, expected, strict=True):
        np.testing.assert_allclose(got, gradient, atol=1e-13)


@pytest.mark.parametrize("n", [63, 64, 65, 200])
@pytest.mark.parametrize("left", [0, 1, 64, 10**6])
def test_default_block_changes_nothing(n, left):
    q, k, v = random_qkv(np.random.default_rng(n), (), n, n)
    expected = attention(q, k, v, window_mask(n, left=left, right=1))
    out = window_attention(q, k, v, left=left, right=1)
    np.testing.assert_allclose(out, expected, atol=1e-14)


def test_each_sequence_may_have_its_own_offset():
    rng = np.random.default_rng(2)
    q, k, v = random_qkv(rng, (3, 2))
    offset = np.array([[0], [-2], [6]])
    window = {"left": 2, "right": 1, "offset": offset}
    d_out = rng.normal(size=(3, 2, N_Q, D_V))
    mask = window_mask(N_Q, N_K, **window)
    out = window_attention(q, k, v, **window, block=4)
    np.testing.assert_allclose(out, attention(q, k, v, mask), atol=1e-14)
    gradients = window_attention_vjp(q, k, v, d_out, **window, block=4)
    for got, expected in zip(gradients, attention_vjp(q, k, v, d_out, mask), strict=True):
        np.testing.assert_allclose(got, expected, atol=1e-13)


def test_offsets_alone_may_bring_the_leading_axes(qkv):
    out = window_attention(*qkv, left=2, right=0, offset=[0, 4], block=4)
    assert out.shape == (2, N_Q, D_V)
    np.testing.assert_allclose(
        out[1], window_attention(*qkv, left=2, right=0, offset=4), atol=1e-15
    )


def test_leading_axes_broadcast_and_their_gradients_add_up(qkv):
    rng = np.random.default_rng(3)
    q, (_, k, v) = rng.normal(size=(2, 1, N_Q, D)), qkv
    v = rng.normal(size=(7, N_K, D_V))
    d_out = rng.normal(size=(2, 7, N_Q, D_V))
    out = window_attention(q, k, v, **WINDOW)
    assert out.shape == (2, 7, N_Q, D_V)
    np.testing.assert_allclose(out[1, 6], window_attention(q[1, 0], k, v[6], **WINDOW), atol=1e-15)
    mask = window_mask(N_Q, N_K, left=4, right=2, offset=3)
    gradients = window_attention_vjp(q, k, v, d_out, **WINDOW)
    for got, expected in zip(gradients, attention_vjp(q, k, v, d_out, mask), strict=True):
        assert got.shape == expected.shape
        np.testing.assert_allclose(got, expected, atol=1e-13)


@pytest.mark.parametrize("softcap", [None, 2.0])
def test_vjp_agrees_with_the_complex_step(qkv, softcap):
    options = WINDOW | {"softcap": softcap}
    d_out = np.random.default_rng(4).normal(size=(N_Q, D_V))
    gradients = window_attention_vjp(*qkv, d_out, **options)
    for index, gradient in enumerate(gradients):

        def function(x, index=index):
            return window_attention(*qkv[:index], x, *qkv[index + 1 :], **options)

        assert relative(gradient, complex_step_vjp(function, qkv[index], d_out)) < 1e-12


def test_float32_gradients_agree_with_float64():
    rng = np.random.default_rng(5)
    q, k, v = random_qkv(rng, (2,), 150, 150)
    d_out = rng.normal(size=(2, 150, D_V))
    exact = window_attention_vjp(q, k, v, d_out, left=9, right=9)
    single = window_attention_vjp(
        *(x.astype(np.float32) for x in (q, k, v, d_out)), left=9, right=9
    )
    for got, expected in zip(single, exact, strict=True):
        assert got.dtype == np.float32
        assert relative(got, expected) < 1e-5


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex128])
def test_dtype_is_kept(qkv, dtype):
    q, k, v = (x.astype(dtype) for x in qkv)
    assert window_attention(q, k, v, **WINDOW).dtype == dtype
    for gradient in window_attention_vjp(q, k, v, np.ones((N_Q, D_V), dtype), **WINDOW):
        assert gradient.dtype == dtype


def test_integers_count_as_float64():
    assert window_attention([[1], [2]], [[1], [2]], [[1], [2]], left=1, right=0).dtype == np.float64


def test_inputs_are_not_written_to(qkv):
    arrays = (*qkv, np.ones((N_Q, D_V)))
    before = [x.copy() for x in arrays]
    window_attention(*qkv, **WINDOW)
    window_attention_vjp(*arrays, **WINDOW)
    for x, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(x, old)


def test_query_that_reaches_no_key_gets_zero(qkv):
    out = window_attention(*qkv, left=1, right=1, offset=N_K + 1)
    assert (out == 0).all()
    for gradient in window_attention_vjp(
        *qkv, np.ones((N_Q, D_V)), left=1, right=1, offset=N_K + 1
    ):
        assert (gradient == 0).all()


def test_empty_axes(qkv):
    q, k, v = qkv
    assert window_attention(q[:0], k, v, **WINDOW).shape == (0, D_V)
    assert (window_attention(q, k[:0], v[:0], **WINDOW) == 0).all()
    gradients = window_attention_vjp(q[:0], k, v, np.ones((0, D_V)), **WINDOW)
    assert [x.shape for x in gradients] == [(0, D), (N_K, D), (N_K, D_V)]
    no_batch = random_qkv(np.random.default_rng(0), (0,))
    assert window_attention(*no_batch, **WINDOW).shape == (0, N_Q, D_V)


def test_nan_stays_within_reach_of_its_block(qkv):
    q, k, v = qkv
    v = np.concatenate([np.full((1, D_V), np.nan), v[1:]])
    out = window_attention(q, k, v, left=1, right=0, block=4)
    assert np.isnan(out[:2]).all()
    assert np.isfinite(out[4:]).all()


def test_huge_scores_give_no_nan_and_no_warning(qkv):
    q, k, v = qkv
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(window_attention(q * 1e200, k * 1e200, v, **WINDOW)).all()


def measured_peak(function):
    tracemalloc.start()
    try:
        kept = function()  # what it returns is part of the peak
        return tracemalloc.get_traced_memory()[1]
    finally:
        del kept
        tracemalloc.stop()


def test_memory_doubles_with_n_and_stays_far_below_n_by_n():
    rng = np.random.default_rng(6)
    peaks = {}
    for n in (4096, 8192):
        q, k, v, d_out = rng.normal(size=(4, n, 8)).astype(np.float32)
        peaks[n] = (
            measured_peak(lambda: window_attention(q, k, v, left=128, right=0)),  # noqa: B023
            measured_peak(lambda: window_attention_vjp(q, k, v, d_out, left=128, right=0)),  # noqa: B023
        )
        assert max(peaks[n]) < n * n * 4 / 50
    for small, large in zip(peaks[4096], peaks[8192], strict=True):
        assert large < 2.05 * small


def test_beyond_its_result_it_takes_the_same_memory_at_any_length():
    extra = []
    for n in (2048, 8192):
        x = np.zeros((n, 8), np.float32)
        peak = measured_peak(lambda: window_attention(x, x, x, left=64, right=0))  # noqa: B023
        extra.append(peak - x.nbytes)
    assert extra[1] < 1.2 * extra[0]


def test_bad_windows_are_explained(qkv):
    with pytest.raises(TypeError, match="left is None; expected how many keys"):
        window_attention(*qkv, left=None, right=0)
    with pytest.raises(TypeError, match="right is None; expected how many keys"):
        window_attention_vjp(*qkv, np.ones((N_Q, D_V)), left=0, right=None)
    with pytest.raises(ValueError, match="left is -1; expected 0 or more"):
        window_attention(*qkv, left=-1, right=0)
    with pytest.raises(ValueError, match="right is -2; expected 0 or more"):
        window_attention(*qkv, left=1, right=-2)
    with pytest.raises(ValueError, match="block is 0; expected 1 or more"):
        window_attention(*qkv, left=1, right=0, block=0)
    with pytest.raises(TypeError, match="offset has dtype float64; expected integers"):
        window_attention(*qkv, left=1, right=0, offset=0.5)


def test_shapes_that_disagree_are_explained(qkv):
    q, k, v = qkv
    with pytest.raises(ValueError, match="q has d = 5 and k has d = 4"):
        window_attention(q, k[:, :4], v, **WINDOW)
    with pytest.raises(ValueError, match=r"q has shape \(5,\)"):
        window_attention(q[0], k, v, **WINDOW)
    with pytest.raises(ValueError, match=r"v has shape \(16, 3\) for 17 keys"):
        window_attention(q, k, v[:-1], **WINDOW)
    with pytest.raises(ValueError, match=r"d_out has shape \(13, 2\); expected \(13, 3\)"):
        window_attention_vjp(q, k, v, np.ones((N_Q, 2)), **WINDOW)
    with pytest.raises(TypeError, match="q has dtype"):
        window_attention(np.array([[None]]), k, v, **WINDOW)


def test_agrees_with_pytorch(qkv):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
    rng = np.random.default_rng(7)
    q, k, v = random_qkv(rng, (2, 3), 140, 150)
    d_out = rng.normal(size=(2, 3, 140, D_V))
    window = {"left": 20, "right": 3, "offset": 10}
    mask = torch.tensor(window_mask(140, 150, **window))
    tensors = [torch.tensor(x, requires_grad=True) for x in (q, k, v)]
    expected = torch.nn.functional.scaled_dot_product_attention(*tensors, attn_mask=mask)
    expected.backward(torch.tensor(d_out))
    np.testing.assert_allclose(
        window_attention(q, k, v, **window), expected.detach().numpy(), atol=1e-14
    )
    for got, tensor in zip(window_attention_vjp(q, k, v, d_out, **window), tensors, strict=True):
        np.testing.assert_allclose(got, tensor.grad.numpy(), atol=1e-13)


def test_offset_of_small_integers_does_not_wrap_around():
    rng = np.random.default_rng(1)
    q, k = rng.normal(size=(1, 128, 3)), rng.normal(size=(1, 400, 3))
    window = {"left": 3, "right": 0, "block": 64}
    for small in (np.uint8([250]), np.int8([100])):
        expected = window_attention(q, k, k, offset=small.astype(int), **window)
        np.testing.assert_array_equal(window_attention(q, k, k, offset=small, **window), expected)


def test_offset_that_does_not_broadcast_is_refused():
    x = np.ones((2, 5, 3))
    with pytest.raises(ValueError, match=r"offset has shape \(3,\) for leading axes \(2,\)"):
        window_attention(x, x, x, left=1, right=1, offset=[0, 1, 2])


def test_float16_gradients_add_up_in_single_precision():
    rng = np.random.default_rng(2)
    half = [rng.normal(size=(96, 3)).astype(np.float16) for _ in range(4)]
    window = {"left": 60, "right": 0, "block": 4}
    exact = window_attention_vjp(*(x.astype(float) for x in half), **window)
    for got, expected in zip(window_attention_vjp(*half, **window), exact, strict=True):
        assert got.dtype == np.float16
        np.testing.assert_allclose(got, expected, rtol=5e-4, atol=1e-5)


def test_gradients_have_the_dtype_of_the_inputs():
    x = np.ones((5, 3), np.float32)
    for gradient in window_attention_vjp(x, x, x, np.ones((5, 3)), left=1, right=1):
        assert gradient.dtype == np.float32
