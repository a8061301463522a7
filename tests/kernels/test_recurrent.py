"""What holds for every recurrent layer; the modules beside it have each layer's own numbers."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernels.gradient_checks import (
    assert_gradients_exact,
    assert_records_close,
    assert_single_precision_gradients,
    assert_unwritten,
)
from tests.kernels.recurrent_layers import LAYERS

pytestmark = pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)


def gradient_like(layer, x, weights, *states):
    out = layer.forward(x, weights, *states)
    return np.random.default_rng(9).normal(size=out.shape)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    lead=st.lists(st.integers(1, 3), max_size=2).map(tuple),
    sizes=st.tuples(*[st.integers(1, 5)] * 3),
)
def test_states_are_those_of_the_loop_over_steps(layer, lead, sizes):
    n, d_in, d_h = sizes
    problem = layer.problem(lead=lead, n=n, d_in=d_in, d_h=d_h)
    np.testing.assert_allclose(layer.forward(*problem), layer.loop(*problem)[0], atol=1e-13)


@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
def test_gradients_agree_with_the_complex_step(layer, lead):
    problem = layer.problem(lead=lead, n=4, d_in=2, d_h=3)
    d_out = gradient_like(layer, *problem)
    assert_gradients_exact(layer.forward, problem, d_out, layer.backward(*problem, d_out))


def test_gradients_of_what_was_broadcast_are_sums(layer):
    x, weights, *_ = layer.problem(lead=(2, 1), n=3, d_in=2, d_h=3)
    _, _, h0, *c0 = layer.problem(lead=(5,), d_h=3)
    states = [h0, *(c[:1] for c in c0)]  # of another shape than h0
    d_out = gradient_like(layer, x, weights, *states)
    assert d_out.shape == (2, 5, 3, 3)
    problem = (x, weights, *states)
    assert_gradients_exact(layer.forward, problem, d_out, layer.backward(*problem, d_out))


def test_long_sequences_have_exact_gradients(layer):
    problem = layer.problem(lead=(1,), n=23, d_in=2, d_h=2)
    d_out = gradient_like(layer, *problem)
    assert_gradients_exact(layer.forward, problem, d_out, layer.backward(*problem, d_out))


def test_single_precision_gradients_are_close(layer):
    problem = layer.problem(lead=(3,), n=11)
    d_out = gradient_like(layer, *problem)
    assert_single_precision_gradients(layer.backward, problem, d_out)


def test_no_initial_state_means_zeros(layer):
    x, weights, *states = layer.problem(lead=(2, 3))
    zeros = [np.zeros_like(s) for s in states]
    d_out = gradient_like(layer, x, weights)
    without, given = layer.backward(x, weights, d_out), layer.backward(x, weights, *zeros, d_out)
    np.testing.assert_array_equal(layer.forward(x, weights), layer.forward(x, weights, *zeros))
    assert_records_close(without, given, 1e-15)


def test_two_halves_with_the_state_carried_over_make_the_whole(layer):
    x, weights, *states = layer.problem(lead=(2,), n=7)
    whole, first = layer.trace(x, weights, *states), layer.trace(x[:, :3], weights, *states)
    carried = [first.out[:, -1]]
    if layer.n_states == 2:
        carried.append(first.cell_states[:, -1])
    rest = layer.trace(x[:, 3:], weights, *carried)
    np.testing.assert_allclose(np.concatenate([first.out, rest.out], 1), whole.out, atol=1e-14)


def test_no_step_sees_a_later_one(layer):
    x, weights, *states = layer.problem(n=7)
    changed = x.copy()
    changed[:, 4:] = 3
    out, other = layer.forward(x, weights, *states), layer.forward(changed, weights, *states)
    np.testing.assert_array_equal(out[:, :4], other[:, :4])
    assert (out[:, 4:] != other[:, 4:]).any()


def test_padding_changes_no_gradient(layer):
    x, weights, *states = layer.problem(n=7)
    d_out = gradient_like(layer, x, weights, *states)
    d_out[:, 4:] = 0
    d_x, *others = layer.backward(x, weights, *states, d_out)
    short_x, *short_others = layer.backward(x[:, :4], weights, *states, d_out[:, :4])
    assert (d_x[:, 4:] == 0).all()
    assert_records_close((d_x[:, :4], *others), (short_x, *short_others), 1e-14)


def test_batched_sequences_do_not_touch_each_other(layer):
    x, weights, *states = layer.problem(lead=(2, 3))
    together = layer.forward(x, weights, *states)
    for index in np.ndindex(2, 3):
        alone = layer.forward(x[index], weights, *(s[index] for s in states))
        np.testing.assert_allclose(together[index], alone, atol=1e-14)


def test_nan_stays_in_its_sequence_and_after_its_step(layer):
    x, weights, *states = layer.problem(n=5)
    x[1, 2, 0] = np.nan
    bad = np.isnan(layer.forward(x, weights, *states))
    assert bad[1, 2:].all()
    assert not bad[0].any()
    assert not bad[1, :2].any()


@pytest.mark.filterwarnings("error")
def test_huge_inputs_saturate_without_warning(layer):
    x, weights, *states = layer.problem()
    problem = [x * 1e6, weights, *states]
    d_out = gradient_like(layer, *problem)
    assert np.isfinite(layer.forward(*problem)).all()
    d_x, d_weights, *d_states = layer.backward(*problem, d_out)
    for gradient in (d_x, *vars(d_weights).values(), *d_states):
        assert np.isfinite(gradient).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.complex128])
def test_dtype_is_kept(layer, dtype):
    x, weights, *states = layer.problem()
    arrays = {name: array.astype(dtype) for name, array in vars(weights).items()}
    narrow = layer.weights(**arrays)
    problem = x.astype(dtype), narrow, *(s.astype(dtype) for s in states)
    out = layer.forward(*problem)
    assert out.dtype == dtype
    tolerance = 0.05 if dtype == np.float16 else 1e-5  # eps is 1e-3, and steps pass it on
    np.testing.assert_allclose(out, layer.forward(x, weights, *states), atol=tolerance)
    d_x, d_weights, *d_states = layer.backward(*problem, np.ones(out.shape))
    for gradient in (d_x, *vars(d_weights).values(), *d_states):
        assert gradient.dtype == dtype


def test_integers_count_as_float64(layer):
    _, weights, *states = layer.problem(d_in=3)
    x = np.arange(30).reshape(2, 5, 3)
    assert layer.forward(x, weights, *states).dtype == np.float64
    expected = layer.forward(x.astype(float), weights, *states)
    np.testing.assert_array_equal(layer.forward(x.tolist(), weights, *states), expected)


@pytest.mark.parametrize("lead", [(), (1,), (3,)])  # with one sequence nothing has to be copied
def test_inputs_are_not_written_to(layer, lead):
    problem = layer.problem(lead=lead)
    assert_unwritten(layer.backward, *problem, gradient_like(layer, *problem))


def test_a_trace_serves_twice(layer):
    problem = layer.problem()
    d_out, trace = gradient_like(layer, *problem), layer.trace(*problem)
    assert_records_close(layer.vjp(trace, d_out), layer.vjp(trace, d_out), 0)


@pytest.mark.parametrize("sizes", [{"lead": (0,)}, {"n": 0}, {"d_in": 0}, {"d_h": 0}])
def test_empty_axes_give_gradients_of_the_right_shape(layer, sizes):
    x, weights, *states = layer.problem(**sizes)
    out = layer.forward(x, weights, *states)
    assert out.shape == (*x.shape[:-1], weights.w_h.shape[0])
    d_x, d_weights, *d_states = layer.backward(x, weights, *states, np.ones(out.shape))
    assert d_x.shape == x.shape
    for name, array in vars(weights).items():
        assert getattr(d_weights, name).shape == array.shape
    assert [d.shape for d in d_states] == [s.shape for s in states]


def test_without_steps_no_gradient_reaches_the_weights(layer):
    x, weights, *states = layer.problem(n=0)
    _, d_weights, *_ = layer.backward(x, weights, *states, np.ones((2, 0, 7)))
    for gradient in vars(d_weights).values():
        assert (gradient == 0).all()


def test_a_single_vector_is_refused(layer):
    _, weights, *_ = layer.problem()
    with pytest.raises(ValueError, match=r"x has shape \(3,\); expected \(\.\.\., n, d_in\)"):
        layer.forward(np.ones(3), weights)


def test_transposed_weights_are_refused(layer):
    x, weights, *states = layer.problem()
    for name in ("w_x", "w_h", "b" if hasattr(weights, "b") else "b_h"):
        array = getattr(weights, name)
        wrong = replace(weights, **{name: array.T if array.ndim == 2 else array[:, None]})
        if name == "w_h" and layer.n_gates == 1:
            continue  # square: nothing to see
        with pytest.raises(ValueError, match=r"has shape .*; expected \(.*act from the right"):
            layer.forward(x, wrong, *states)


def test_a_state_that_does_not_fit_is_refused(layer):
    x, weights, *states = layer.problem()
    for wrong in (np.ones((2, 6)), np.ones((5, 7)), np.ones(())):
        with pytest.raises(ValueError, match=r"h0 has shape .* for x of shape \(2, 5, 3\)"):
            layer.forward(x, weights, wrong, *states[1:])


def test_a_gradient_of_another_shape_is_refused(layer):
    trace = layer.trace(*layer.problem())
    for shape in [(2, 5, 1), (5, 2, 7), (5, 7), ()]:
        with pytest.raises(ValueError, match=r"d_out has shape .*; expected \(2, 5, 7\)"):
            layer.vjp(trace, np.ones(shape))


def test_a_complex_gradient_of_real_states_is_refused(layer):
    trace = layer.trace(*layer.problem())
    with pytest.raises(TypeError, match=r"d_out has dtype complex128 .* Pass d_out\.real"):
        layer.vjp(trace, np.ones((2, 5, 7), complex))


def test_text_is_refused(layer):
    x, weights, *states = layer.problem()
    with pytest.raises(TypeError, match="x has dtype .*; expected numbers"):
        layer.forward(x.astype(object), weights, *states)
    for field in fields(weights):
        wrong = replace(weights, **{field.name: getattr(weights, field.name).astype(str)})
        with pytest.raises(TypeError, match=f"{field.name} has dtype .*; expected numbers"):
            layer.forward(x, wrong, *states)


def test_records_of_another_layer_are_refused(layer):
    for other in LAYERS.values():
        problem = x, weights, *_ = other.problem()
        if other.weights is not layer.weights:
            with pytest.raises(TypeError, match=f"weights is .*expected {layer.weights.__name__}"):
                layer.forward(x, weights)
        if other is not layer:
            with pytest.raises(TypeError, match="trace is of type .*; expected .*Trace"):
                layer.vjp(other.trace(*problem), np.ones((2, 5, 7)))
