import numpy as np
import pytest

from selfattn_course.kernels import (
    attention,
    attention_bias_vjp,
    attention_scores,
    attention_scores_vjp,
    attention_vjp,
    complex_step_vjp,
    finite_difference_vjp,
)
from tests.kernels.attention_problems import KERNELS, Problem

N_Q, N_K, D, D_V = 3, 5, 2, 7  # all different, so that no swapped axis goes unseen
BIAS_SHAPES = [(), (1, 1), (N_Q, 1), (1, N_K), (N_Q, N_K), (2, 1, N_Q, N_K), (2, 3, 1, N_K)]


def random_problem(**options):
    rng = np.random.default_rng(0)
    q, k, v = rng.normal(size=(N_Q, D)), rng.normal(size=(N_K, D)), rng.normal(size=(N_K, D_V))
    return Problem(q, k, v, **options)


def some_mask():
    """One query has nothing to attend to, the others several keys."""
    return np.array([[1, 1, 0, 1, 1], [0, 0, 0, 0, 0], [1, 0, 1, 1, 1]], bool)


def some_bias():
    bias = np.random.default_rng(2).normal(size=(N_Q, N_K))
    bias[2, :3] = -np.inf
    return bias


PROBLEMS = {
    "nothing else": {},
    "mask": {"mask": some_mask()},
    "bias": {"bias": some_bias()},
    "scale": {"scale": 0.3},
    "softcap": {"softcap": 0.8},
    "causal": {"causal": True, "offset": 1},
    "causal, first query sees nothing": {"causal": True, "offset": -1},
    "everything": {
        "mask": some_mask(),
        "bias": some_bias(),
        "scale": 1.7,
        "softcap": 0.8,
        "causal": True,
        "offset": 2,
    },
}


def assert_gradients_agree(got, expected, tolerance):
    """Relative to the largest number of each gradient."""
    for mine, other in zip(got, expected, strict=True):
        assert mine.shape == other.shape
        largest = np.abs(other).max(initial=0) or 1
        np.testing.assert_allclose(mine, other, rtol=0, atol=tolerance * largest)


def complex_step_gradients(p, d_out):
    def out(q=p.q, k=p.k, v=p.v):
        return attention(q, k, v, p.full_mask, **p.options).astype(complex)

    return (
        complex_step_vjp(lambda q: out(q=q), p.q, d_out),
        complex_step_vjp(lambda k: out(k=k), p.k, d_out),
        complex_step_vjp(lambda v: out(v=v), p.v, d_out),
    )


@pytest.fixture(params=KERNELS, ids=lambda kernel: kernel.__name__.lower())
def kernel(request):
    return request.param


def test_two_keys_by_hand(kernel):
    p = Problem(np.array([[0.0]]), np.array([[1.0], [-1.0]]), np.array([[3.0], [1.0]]))
    dq, dk, dv = kernel.vjp(p, np.array([[1.0]]))
    np.testing.assert_allclose(dv, [[0.5], [0.5]])  # the weights
    np.testing.assert_allclose(dq, [[1.0]])  # 1/4 (3 - 1) (1 - -1)
    np.testing.assert_allclose(dk, [[0.0], [0.0]], atol=1e-15)  # the query is 0


@pytest.mark.parametrize("options", PROBLEMS.values(), ids=PROBLEMS.keys())
def test_agrees_with_the_complex_step(kernel, options):
    p = random_problem(**options)
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    assert_gradients_agree(kernel.vjp(p, d_out), complex_step_gradients(p, d_out), 1e-12)


@pytest.mark.parametrize("order", ["rising", "falling"])
@pytest.mark.parametrize("shift", [-1e3, 0, 1e3])
def test_agrees_with_the_complex_step_when_scores_are_large(kernel, order, shift):
    bias = np.sort(np.random.default_rng(4).uniform(-40, 40, (N_Q, N_K)))
    bias[:, 1:] = bias[:, :1] + np.linspace(0, 3, N_K - 1)  # several keys keep some weight
    p = random_problem(bias=shift + (bias if order == "rising" else bias[:, ::-1]))
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    # Scores of 1e3 are rounded to 1e-13.
    assert_gradients_agree(kernel.vjp(p, d_out), complex_step_gradients(p, d_out), 1e-11)


@pytest.mark.parametrize("softcap", [None, 0.8])
def test_axes_that_were_broadcast_are_summed(kernel, softcap):
    rng = np.random.default_rng(4)
    p = Problem(
        q=rng.normal(size=(2, 1, N_Q, D)),
        k=rng.normal(size=(N_K, D)),
        v=rng.normal(size=(3, N_K, D_V)),
        mask=rng.random((2, 3, 1, N_K)) < 0.7,
        bias=rng.normal(size=(1, 1, N_Q, 1)),
        softcap=softcap,
    )
    d_out = rng.normal(size=(2, 3, N_Q, D_V))
    assert_gradients_agree(kernel.vjp(p, d_out), complex_step_gradients(p, d_out), 1e-12)


def test_leading_axes_of_the_mask_alone_are_summed(kernel):
    rng = np.random.default_rng(5)
    p = random_problem(mask=rng.random((2, 3, N_Q, N_K)) < 0.5)
    d_out = rng.normal(size=(2, 3, N_Q, D_V))
    assert_gradients_agree(kernel.vjp(p, d_out), complex_step_gradients(p, d_out), 1e-12)


def test_agrees_with_finite_differences():
    p = random_problem(mask=some_mask(), softcap=0.8)
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    measured = finite_difference_vjp(
        lambda k: attention(p.q, k, p.v, p.mask, softcap=0.8), p.k, d_out
    )
    np.testing.assert_allclose(
        attention_vjp(p.q, p.k, p.v, d_out, p.mask, softcap=0.8)[1], measured, atol=1e-9
    )


@pytest.mark.parametrize("options", PROBLEMS.values(), ids=PROBLEMS.keys())
def test_float32_agrees_with_float64(kernel, options):
    rng = np.random.default_rng(6)
    options = {n: np.float32(x) if n == "bias" else x for n, x in options.items()}
    q, k, v = (np.float32(rng.normal(size=s)) for s in ((N_Q, D), (N_K, D), (N_K, D_V)))
    d_out = np.float32(rng.normal(size=(N_Q, D_V)))
    single = kernel.vjp(Problem(q, k, v, **options), d_out)
    exact = kernel.vjp(Problem(*map(np.float64, (q, k, v)), **options), np.float64(d_out))
    assert {gradient.dtype for gradient in single} == {np.dtype(np.float32)}
    assert_gradients_agree(single, exact, 1e-5)


def test_hidden_keys_and_blind_queries_have_no_gradient(kernel):
    mask = np.ones((N_Q, N_K), bool)
    mask[1], mask[:, 4] = False, False
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    dq, dk, dv = kernel.vjp(random_problem(mask=mask), d_out)
    assert (dq[1] == 0).all()
    assert (dk[4] == 0).all()
    assert (dv[4] == 0).all()
    dq, dk, dv = kernel.vjp(random_problem(mask=mask & False), d_out)
    assert not dq.any()
    assert not dk.any()
    assert not dv.any()


def test_gradients_of_all_keys_cancel(kernel):
    """Adding one vector to all keys changes nothing, so their gradients cancel."""
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    _, dk, _ = kernel.vjp(random_problem(), d_out)
    np.testing.assert_allclose(dk.sum(axis=0), 0, atol=1e-14)


@pytest.mark.parametrize("shape", BIAS_SHAPES, ids=str)
@pytest.mark.parametrize("softcap", [None, 0.8])
def test_bias_gradient_agrees_with_the_complex_step(shape, softcap):
    rng = np.random.default_rng(7)
    p, bias = random_problem(mask=some_mask()), rng.normal(size=shape)
    out_shape = (*shape[:-2], N_Q, D_V)
    d_out = rng.normal(size=out_shape)
    exact = complex_step_vjp(
        lambda bias: attention(p.q, p.k, p.v, p.mask, bias=bias, softcap=softcap), bias, d_out
    )
    by_hand = attention_bias_vjp(p.q, p.k, p.v, d_out, p.mask, bias=bias, softcap=softcap)
    assert_gradients_agree([by_hand], [exact], 1e-12) if np.abs(exact).max() > 1e-12 else None
    np.testing.assert_allclose(by_hand, exact, atol=1e-14)


def test_bias_gradient_is_zero_where_the_bias_excludes():
    p, bias = random_problem(), some_bias()
    d_out = np.random.default_rng(3).normal(size=(N_Q, D_V))
    d_bias = attention_bias_vjp(p.q, p.k, p.v, d_out, bias=bias)
    assert (d_bias[np.isneginf(bias)] == 0).all()
    np.testing.assert_allclose(d_bias.sum(axis=-1), 0, atol=1e-15)


@pytest.mark.parametrize("scale", [None, 0.3])
def test_scores_gradient_agrees_with_the_complex_step(scale):
    rng = np.random.default_rng(8)
    q, k = rng.normal(size=(2, 1, N_Q, D)), rng.normal(size=(3, N_K, D))
    d_scores = rng.normal(size=(2, 3, N_Q, N_K))
    exact = (
        complex_step_vjp(lambda q: attention_scores(q, k, scale=scale), q, d_scores),
        complex_step_vjp(lambda k: attention_scores(q, k, scale=scale), k, d_scores),
    )
    assert_gradients_agree(attention_scores_vjp(q, k, d_scores, scale=scale), exact, 1e-12)


def test_inputs_are_not_written_to(kernel):
    p = random_problem(mask=some_mask(), bias=some_bias(), softcap=1.0)
    d_out = np.ones((N_Q, D_V))
    arrays = (p.q, p.k, p.v, p.mask, p.bias, d_out)
    before = [array.copy() for array in arrays]
    kernel.vjp(p, d_out)
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


@pytest.mark.parametrize(("n_q", "n_k", "d", "d_v"), [(0, 5, 2, 7), (3, 0, 2, 7), (3, 5, 0, 7)])
def test_empty_axes(kernel, n_q, n_k, d, d_v):
    p = Problem(np.ones((n_q, d)), np.ones((n_k, d)), np.ones((n_k, d_v)))
    gradients = kernel.vjp(p, np.ones((n_q, d_v)))
    assert [x.shape for x in gradients] == [p.q.shape, p.k.shape, p.v.shape]
    assert all(np.isfinite(x).all() for x in gradients)


def test_shapes_that_disagree_are_explained(kernel):
    p = random_problem()
    with pytest.raises(ValueError, match=r"d_out has shape \(7, 3\); expected \(3, 7\)"):
        kernel.vjp(p, np.ones((D_V, N_Q)))
    with pytest.raises(ValueError, match=r"d_out has shape \(3, 1\); expected \(3, 7\)"):
        kernel.vjp(p, np.ones((N_Q, 1)))
    with pytest.raises(ValueError, match=r"d_out has shape \(\); expected \(3, 7\)"):
        kernel.vjp(p, 1.0)
    with pytest.raises(ValueError, match=r"d_out has shape \(3, 7\); expected \(2, 3, 7\)"):
        kernel.vjp(random_problem(mask=np.ones((2, 1, 1), bool)), np.ones((N_Q, D_V)))


def test_slope_of_the_softcap_keeps_its_digits_where_it_is_small():
    rng = np.random.default_rng(8)
    q, k = (rng.uniform(2, 2.5, size=(5, 4)).astype(np.float32) for _ in range(2))
    v, d_out = (rng.normal(size=(5, 4)).astype(np.float32) for _ in range(2))
    single = attention_vjp(q, k, v, d_out, softcap=1.5)  # 1 - tanh(6)^2 would keep two digits
    exact = attention_vjp(*(x.astype(float) for x in (q, k, v, d_out)), softcap=1.5)
    for got, expected in zip(single[:2], exact[:2], strict=True):
        np.testing.assert_allclose(got, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 4), (3, 2, 3, 5), ()])
def test_gradient_of_scores_of_another_shape_is_refused(shape):
    q, k = np.ones((2, 3, 4)), np.ones((2, 5, 4))
    with pytest.raises(ValueError, match=r"d_scores has shape .*; expected \(2, 3, 5\)"):
        attention_scores_vjp(q, k, np.ones(shape))
    with pytest.raises(ValueError, match="q has d = 4 and k has d = 3"):
        attention_scores_vjp(q, np.ones((2, 5, 3)), np.ones((2, 3, 5)))
