import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfattn_course.kernels import attention, attention_vjp, causal_mask, complex_step_vjp
from selfattn_course.kernels.block_sparse import (
    block_sparse_attention,
    block_sparse_attention_vjp,
    layout_slices,
)
from selfattn_course.kernels.layouts import (
    global_layout,
    layout_mask,
    local_layout,
    random_layout,
    strided_layout,
)

N_Q, N_K, D, D_V, BLOCK = 13, 17, 5, 3, 4  # all different; both sequences end in a short block
LAYOUT = np.array(  # a row without any block, a column nobody sees, both ragged corners
    [[1, 0, 1, 0, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, 1], [1, 1, 1, 0, 1]], bool
)


@pytest.fixture
def qkv():
    return random_qkv(np.random.default_rng(0))


def random_qkv(rng, leading=(), n_q=N_Q, n_k=N_K):
    shapes = (n_q, D), (n_k, D), (n_k, D_V)
    return tuple(rng.normal(size=(*leading, *shape)) for shape in shapes)


def loop_attention(q, k, v, layout, block):
    """The definition, one query at a time."""
    out = np.zeros((len(q), v.shape[1]))
    for i in range(len(q)):
        keys = [j for j in range(len(k)) if layout[i // block, j // block]]
        exps = [np.exp(sum(q[i] * k[j]) / np.sqrt(len(q[i]))) for j in keys]
        for j, e in zip(keys, exps, strict=True):
            out[i] += e / sum(exps) * v[j]
    return out


def relative(got, expected):
    return np.abs(got - expected).max() / np.abs(expected).max()


def test_blocks_of_two_by_hand():
    q, k, v = np.zeros((4, 1)), np.zeros((4, 1)), np.array([[1.0], [3.0], [5.0], [9.0]])
    diagonal = np.eye(2, dtype=bool)
    np.testing.assert_allclose(
        block_sparse_attention(q, k, v, diagonal, block=2), [[2], [2], [7], [7]]
    )
    np.testing.assert_allclose(
        block_sparse_attention(q, k, v, diagonal, block=2, causal=True), [[1], [2], [5], [7]]
    )


def test_slices_by_hand():
    (rows, keys), (last_rows, last_keys) = layout_slices(
        [[True, False], [True, True]], 3, 4, block=2
    )
    assert (rows, last_rows) == (slice(0, 2), slice(2, 3))
    np.testing.assert_array_equal(keys, [0, 1])
    np.testing.assert_array_equal(last_keys, [0, 1, 2, 3])


def test_causal_slices_leave_out_blocks_in_the_future():
    slices = layout_slices(np.ones((3, 3), bool), 6, 6, block=2, causal=True)
    assert [len(keys) for _, keys in slices] == [2, 4, 6]
    slices = layout_slices(np.ones((3, 3), bool), 6, 6, block=2, causal=True, offset=-3)
    assert [len(keys) for _, keys in slices] == [0, 2, 4]


def test_agrees_with_the_definition(qkv):
    out = block_sparse_attention(*qkv, LAYOUT, block=BLOCK)
    np.testing.assert_allclose(out, loop_attention(*qkv, LAYOUT, BLOCK), atol=1e-14)


sizes = st.integers(0, 23)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    n_q=sizes,
    n_k=sizes,
    block=st.integers(1, 9),
    causal=st.booleans(),
    offset=st.integers(-30, 30),
    softcap=st.sampled_from([None, 1.5]),
    seed=st.integers(0, 99),
)
def test_equals_attention_with_a_layout_mask(n_q, n_k, block, causal, offset, softcap, seed):
    rng = np.random.default_rng(seed)
    q, k, v = random_qkv(rng, (2,), n_q, n_k)
    d_out = rng.normal(size=(2, n_q, D_V))
    layout = rng.random((-(-n_q // block), -(-n_k // block))) < 0.5
    mask = layout_mask(layout, n_q, n_k, block=block)
    if causal:
        mask &= causal_mask(n_q, n_k, offset=offset)
    options = {"scale": 0.7, "softcap": softcap}
    blocks = {"block": block, "causal": causal, "offset": offset}
    out = block_sparse_attention(q, k, v, layout, **blocks, **options)
    np.testing.assert_allclose(out, attention(q, k, v, mask, **options), atol=1e-14)
    gradients = block_sparse_attention_vjp(q, k, v, d_out, layout, **blocks, **options)
    expected = attention_vjp(q, k, v, d_out, mask, **options)
    for got, gradient in zip(gradients, expected, strict=True):
        np.testing.assert_allclose(got, gradient, atol=1e-13)


def test_combined_layouts_equal_attention_with_their_mask():
    rng = np.random.default_rng(1)
    n, block = 61, 5
    q, k, v = random_qkv(rng, (2,), n, n)
    layout = local_layout(13, left=1, right=1) | global_layout(13, n_global=1)
    layout |= strided_layout(13, stride=4) | random_layout(13, n_random=1, rng=rng)
    mask = layout_mask(layout, n, n, block=block)
    out = block_sparse_attention(q, k, v, layout, block=block)
    np.testing.assert_allclose(out, attention(q, k, v, mask), atol=1e-14)


def test_blocks_that_are_not_listed_are_never_read(qkv):
    q, k, v = (x.copy() for x in qkv)
    expected = block_sparse_attention(q, k, v, LAYOUT, block=BLOCK)
    k[12:16], v[12:16] = np.nan, np.nan  # the column of blocks that nobody sees
    np.testing.assert_array_equal(block_sparse_attention(q, k, v, LAYOUT, block=BLOCK), expected)


def test_rows_without_a_block_are_zero(qkv):
    assert (block_sparse_attention(*qkv, LAYOUT, block=BLOCK)[4:8] == 0).all()
    dq, dk, dv = block_sparse_attention_vjp(*qkv, np.ones((N_Q, D_V)), LAYOUT, block=BLOCK)
    assert (dq[4:8] == 0).all()
    assert (dk[12:16] == 0).all()
    assert (dv[12:16] == 0).all()


def test_leading_axes_broadcast_and_their_gradients_add_up(qkv):
    rng = np.random.default_rng(2)
    q, (_, k, v) = rng.normal(size=(2, 1, N_Q, D)), qkv
    v = rng.normal(size=(7, N_K, D_V))
    d_out = rng.normal(size=(2, 7, N_Q, D_V))
    out = block_sparse_attention(q, k, v, LAYOUT, block=BLOCK)
    single = block_sparse_attention(q[1, 0], k, v[6], LAYOUT, block=BLOCK)
    np.testing.assert_allclose(out[1, 6], single, atol=1e-15)
    mask = layout_mask(LAYOUT, N_Q, N_K, block=BLOCK)
    gradients = block_sparse_attention_vjp(q, k, v, d_out, LAYOUT, block=BLOCK)
    for got, expected in zip(gradients, attention_vjp(q, k, v, d_out, mask), strict=True):
        assert got.shape == expected.shape
        np.testing.assert_allclose(got, expected, atol=1e-13)


@pytest.mark.parametrize("options", [{}, {"softcap": 2.0, "causal": True, "offset": 2}])
def test_vjp_agrees_with_the_complex_step(qkv, options):
    options = options | {"layout": LAYOUT, "block": BLOCK}
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    gradients = block_sparse_attention_vjp(*qkv, d_out, **options)
    for index, gradient in enumerate(gradients):

        def function(x, index=index):
            return block_sparse_attention(*qkv[:index], x, *qkv[index + 1 :], **options)

        assert relative(gradient, complex_step_vjp(function, qkv[index], d_out)) < 1e-12


def test_float32_gradients_agree_with_float64(qkv):
    arrays = (*qkv, np.random.default_rng(4).normal(size=(N_Q, D_V)))
    exact = block_sparse_attention_vjp(*arrays, LAYOUT, block=BLOCK)
    single = block_sparse_attention_vjp(
        *(x.astype(np.float32) for x in arrays), LAYOUT, block=BLOCK
    )
    for got, expected in zip(single, exact, strict=True):
        assert got.dtype == np.float32
        assert relative(got, expected) < 1e-5


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex128])
def test_dtype_is_kept(qkv, dtype):
    q, k, v = (x.astype(dtype) for x in qkv)
    assert block_sparse_attention(q, k, v, LAYOUT, block=BLOCK).dtype == dtype
    d_out = np.ones((N_Q, D_V), dtype)
    for gradient in block_sparse_attention_vjp(q, k, v, d_out, LAYOUT, block=BLOCK):
        assert gradient.dtype == dtype


def test_inputs_are_not_written_to(qkv):
    arrays = (*qkv, np.ones((N_Q, D_V)), LAYOUT.copy())
    before = [x.copy() for x in arrays]
    block_sparse_attention(*qkv, arrays[-1], block=BLOCK)
    block_sparse_attention_vjp(*arrays, block=BLOCK)
    for x, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(x, old)


def test_empty_axes(qkv):
    q, k, v = qkv
    no_keys = block_sparse_attention(q, k[:0], v[:0], np.zeros((4, 0), bool), block=BLOCK)
    np.testing.assert_array_equal(no_keys, np.zeros((N_Q, D_V)))
    no_queries = np.zeros((0, 5), bool)
    assert block_sparse_attention(q[:0], k, v, no_queries, block=BLOCK).shape == (0, D_V)
    gradients = block_sparse_attention_vjp(q[:0], k, v, np.ones((0, D_V)), no_queries, block=BLOCK)
    assert [x.shape for x in gradients] == [(0, D), (N_K, D), (N_K, D_V)]


def measured_peak(function):
    tracemalloc.start()
    try:
        kept = function()  # what it returns is part of the peak
        return tracemalloc.get_traced_memory()[1]
    finally:
        del kept
        tracemalloc.stop()


def test_memory_doubles_with_n_and_stays_far_below_n_by_n():
    rng = np.random.default_rng(5)
    peaks = {}
    for n in (4096, 8192):
        q, k, v, d_out = rng.normal(size=(4, n, 8)).astype(np.float32)
        layout = local_layout(n // 64, left=2) | global_layout(n // 64, n_global=1)
        arguments = {"layout": layout, "block": 64, "causal": True}
        peaks[n] = (
            measured_peak(lambda: block_sparse_attention(q, k, v, **arguments)),  # noqa: B023
            measured_peak(lambda: block_sparse_attention_vjp(q, k, v, d_out, **arguments)),  # noqa: B023
        )
        assert max(peaks[n]) < n * n * 4 / 20
    for small, large in zip(peaks[4096], peaks[8192], strict=True):
        assert large < 2.05 * small


def test_bad_arguments_are_explained(qkv):
    q, k, v = qkv
    with pytest.raises(TypeError, match="layout has dtype int64; expected bool"):
        block_sparse_attention(q, k, v, LAYOUT.astype(np.int64), block=BLOCK)
    with pytest.raises(ValueError, match=r"layout has shape \(4, 5\); expected \(7, 9\)"):
        block_sparse_attention(q, k, v, LAYOUT, block=2)
    with pytest.raises(ValueError, match="block is 0; expected 1 or more"):
        block_sparse_attention(q, k, v, LAYOUT, block=0)
    for offset in (0.5, np.array([1, 2])):
        with pytest.raises(TypeError, match=r"offset is .*; expected one integer"):
            block_sparse_attention(q, k, v, LAYOUT, block=BLOCK, offset=offset)
    with pytest.raises(ValueError, match="q has d = 5 and k has d = 4"):
        block_sparse_attention(q, k[:, :4], v, LAYOUT, block=BLOCK)
    with pytest.raises(ValueError, match=r"v has shape \(16, 3\) for 17 keys"):
        block_sparse_attention(q, k, v[:-1], LAYOUT, block=BLOCK)
    with pytest.raises(ValueError, match=r"d_out has shape \(13, 2\); expected \(13, 3\)"):
        block_sparse_attention_vjp(q, k, v, np.ones((N_Q, 2)), LAYOUT, block=BLOCK)


def test_agrees_with_pytorch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: no second opinion here")
    rng = np.random.default_rng(6)
    q, k, v = random_qkv(rng, (2, 3), 61, 53)
    d_out = rng.normal(size=(2, 3, 61, D_V))
    layout = rng.random((8, 7)) < 0.5
    layout[:, 0] = True  # PyTorch gives NaN gradients for a row with nothing to attend to
    mask = torch.tensor(layout_mask(layout, 61, 53, block=8))
    tensors = [torch.tensor(x, requires_grad=True) for x in (q, k, v)]
    expected = torch.nn.functional.scaled_dot_product_attention(*tensors, attn_mask=mask)
    expected.backward(torch.tensor(d_out))
    out = block_sparse_attention(q, k, v, layout, block=8)
    np.testing.assert_allclose(out, expected.detach().numpy(), atol=1e-14)
    gradients = block_sparse_attention_vjp(q, k, v, d_out, layout, block=8)
    for got, tensor in zip(gradients, tensors, strict=True):
        np.testing.assert_allclose(got, tensor.grad.numpy(), atol=1e-13)
