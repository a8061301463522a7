import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from selfattn_course.kernels import (
    log_softmax,
    logsumexp,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)

FLOATS = (np.float16, np.float32, np.float64)
finite_arrays = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=5),
    elements=st.floats(allow_nan=False, allow_infinity=False),
)


def test_two_scores_by_hand():
    np.testing.assert_allclose(softmax([0.0, 1.0]), [1 / (1 + np.e), np.e / (1 + np.e)], rtol=1e-15)


def test_logarithms_of_integers_give_their_shares():
    np.testing.assert_allclose(softmax(np.log([1.0, 2.0, 5.0])), [0.125, 0.25, 0.625], rtol=1e-15)


def test_axis_is_the_one_that_sums_to_one():
    x = np.random.default_rng(0).normal(size=(2, 3, 5))
    for axis in (0, 1, 2, -1, -2, (0, 2)):
        np.testing.assert_allclose(softmax(x, axis=axis).sum(axis=axis), 1, rtol=1e-15)
        np.testing.assert_allclose(
            np.exp(log_softmax(x, axis=axis)), softmax(x, axis=axis), rtol=1e-14
        )
        np.testing.assert_allclose(
            logsumexp(x, axis=axis), np.log(np.exp(x).sum(axis=axis)), rtol=1e-14
        )


@given(finite_arrays)
def test_no_nan_from_any_finite_input(x):
    for function in (softmax, log_softmax, logsumexp):
        assert not np.isnan(function(x)).any()


@given(finite_arrays)
def test_weights_are_a_distribution(x):
    weights = softmax(x)
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=1e-14)


@given(hnp.arrays(np.float64, (3, 4), elements=st.floats(-50, 50)), st.floats(-1e3, 1e3))
def test_shift_changes_nothing(x, shift):
    # x + shift rounds to the spacing of 1e3, 1e-13, and the weights with it.
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=1e-11)


def test_huge_scores_do_not_overflow():
    x = np.array([1e4, 1e4 - 1, -1e4])
    np.testing.assert_allclose(softmax(x), [np.e / (np.e + 1), 1 / (np.e + 1), 0], rtol=1e-12)
    np.testing.assert_allclose(logsumexp(x), 1e4 + np.log1p(np.exp(-1)), rtol=1e-15)


def test_log_softmax_is_exact_where_softmax_underflows():
    assert softmax([0.0, -1e4])[1] == 0
    assert log_softmax([0.0, -1e4])[1] == -1e4


@pytest.mark.parametrize("empty", [np.full(3, -np.inf), np.zeros(0)])
def test_nothing_to_choose_from_gives_zero_weights(empty):
    assert (softmax(empty) == 0).all()
    assert logsumexp(empty) == -np.inf
    assert np.isneginf(log_softmax(empty)).all()


def test_temperature_divides_the_scores():
    x = np.array([0.3, -1.2, 2.0])
    np.testing.assert_allclose(softmax(x, temperature=4.0), softmax(x / 4), rtol=1e-15)
    np.testing.assert_allclose(log_softmax(x, temperature=4.0), log_softmax(x / 4), rtol=1e-14)


def test_low_temperature_gives_the_maximum():
    x = np.array([0.3, -1.2, 2.0])
    np.testing.assert_allclose(softmax(x, temperature=1e-3), [0, 0, 1])
    np.testing.assert_allclose(logsumexp(x, temperature=1e-3), 2.0)


@pytest.mark.parametrize("temperature", [0, -1, np.inf, np.nan])
def test_temperature_must_be_positive(temperature):
    for function in (softmax, log_softmax, logsumexp):
        with pytest.raises(ValueError, match="temperature is .*; expected a positive finite"):
            function([1.0, 2.0], temperature=temperature)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("function", [softmax, log_softmax, logsumexp])
def test_dtype_is_kept(function, dtype):
    result = function(np.ones((2, 3), dtype), temperature=np.float64(2))
    assert result.dtype == dtype


def test_integers_count_as_float64():
    assert softmax([1, 2, 3]).dtype == np.float64
    np.testing.assert_allclose(softmax([1, 2, 3]), softmax([1.0, 2.0, 3.0]))


def test_text_is_refused():
    with pytest.raises(TypeError, match="x has dtype .*; expected numbers"):
        softmax(["a", "b"])


def test_inputs_are_not_written_to():
    x = np.random.default_rng(0).normal(size=(3, 4))
    before = x.copy()
    p = softmax(x)
    log_softmax(x), logsumexp(x), softmax_vjp(p, x), softmax_jacobian(p)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(p, softmax(before))


def test_more_float16_scores_than_float16_can_count():
    weights = softmax(np.zeros(70_000, np.float16))
    np.testing.assert_allclose(weights, 1 / 70_000, rtol=5e-3)  # 1.4e-5 has few digits in float16
    np.testing.assert_allclose(logsumexp(np.zeros(70_000, np.float16)), np.log(70_000), rtol=1e-3)


def test_temperature_too_small_for_float16():
    x = np.float16([1.0, 2.0, 2.0])
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_array_equal(softmax(x, temperature=1e-9), [0, 0.5, 0.5])
        assert logsumexp(x, temperature=1e-9) == 2
        np.testing.assert_allclose(
            log_softmax(x, temperature=1e-9), [-np.inf, -0.693, -0.693], 1e-3
        )


@pytest.mark.parametrize("kernel", [softmax, logsumexp, log_softmax])
@pytest.mark.parametrize("temperature", [1e-50, 1e300])
def test_temperature_that_float32_rounds_to_0_or_infinity_is_refused(kernel, temperature):
    with pytest.raises(ValueError, match=r"temperature is .*; expected .* for float32"):
        kernel(np.float32([1.0, 2.0]), temperature=temperature)


def test_complex_logsumexp_of_nothing_has_no_nan():
    assert logsumexp(np.full(3, -np.inf, complex)) == -np.inf
