import numpy as np
import pytest

from selfattn_course.kernels.linear_recurrence import linear_recurrence

RULES = pytest.mark.parametrize("decays", [False, True])
CORRECTIONS = pytest.mark.parametrize("corrects", [False, True])


def random_inputs(n, *, decays, corrects, leading=(2,), seed=0):
    rng = np.random.default_rng(seed)
    q, k, v = (rng.normal(size=(*leading, n, width)) for width in (3, 3, 5))
    gates = {
        "log_decay": -rng.random((*leading, n, 3)) if decays else None,
        "beta": rng.random((*leading, n, 1)) if corrects else None,
    }
    return q, k, v, gates


def test_without_gates_the_memory_is_a_sum_by_hand():
    q, k, v = [[1.0], [10.0]], [[2.0], [3.0]], [[5.0], [7.0]]
    out, state = linear_recurrence(q, k, v)
    np.testing.assert_array_equal(out, [[10], [310]])
    np.testing.assert_array_equal(state, [[31]])


def test_decay_halves_what_was_kept_by_hand():
    one = np.ones((3, 1))
    out, _ = linear_recurrence(one, one, [[8.0], [0.0], [0.0]], log_decay=np.log(one / 2))
    np.testing.assert_allclose(out, [[8], [4], [2]], rtol=1e-15)


def test_beta_of_one_replaces_the_value_of_a_key():
    k = np.array([[0.6, 0.8], [0.8, -0.6], [0.6, 0.8]])  # the third key is the first one again
    v = np.array([[1.0], [2.0], [5.0]])
    _, state = linear_recurrence(k, k, v, beta=np.ones((3, 1)))
    np.testing.assert_allclose(k[:1] @ state, [[5]], rtol=1e-14)
    np.testing.assert_allclose(k[1:2] @ state, [[2]], rtol=1e-14)


def test_beta_of_zero_changes_nothing():
    q, k, v, _ = random_inputs(4, decays=False, corrects=False)
    state = np.random.default_rng(1).normal(size=(2, 3, 5))
    _, after = linear_recurrence(q, k, v, state, beta=np.zeros((4, 1)))
    np.testing.assert_array_equal(after, state)


@RULES
@CORRECTIONS
def test_equals_the_rules_written_out(decays, corrects):
    q, k, v, gates = random_inputs(6, decays=decays, corrects=corrects)
    got, last = linear_recurrence(q, k, v, **gates, scale=0.7)
    for batch in range(2):
        state = np.zeros((3, 5))
        for t in range(6):
            if decays:
                state = np.diag(np.exp(gates["log_decay"][batch, t])) @ state
            key, value = k[batch, t], v[batch, t]
            if corrects:
                beta = gates["beta"][batch, t, 0]
                state = (np.eye(3) - beta * np.outer(key, key)) @ state
                state = state + beta * np.outer(key, value)
            else:
                state = state + np.outer(key, value)
            np.testing.assert_allclose(got[batch, t], 0.7 * q[batch, t] @ state, atol=1e-12)
        np.testing.assert_allclose(last[batch], state, atol=1e-12)


@RULES
@CORRECTIONS
def test_a_sequence_may_be_cut_anywhere(decays, corrects):
    q, k, v, gates = random_inputs(7, decays=decays, corrects=corrects)
    whole, last = linear_recurrence(q, k, v, **gates)
    for cut in (0, 1, 4, 7):
        state, parts = None, []
        for part in (slice(0, cut), slice(cut, 7)):
            pieces = {n: None if g is None else g[:, part] for n, g in gates.items()}
            out, state = linear_recurrence(q[:, part], k[:, part], v[:, part], state, **pieces)
            parts.append(out)
        np.testing.assert_allclose(np.concatenate(parts, axis=1), whole, atol=1e-13)
        np.testing.assert_allclose(state, last, atol=1e-13)


def test_query_heads_may_share_a_memory():
    rng = np.random.default_rng(2)
    q, k, v = rng.normal(size=(2, 3, 4, 6, 5)), *rng.normal(size=(2, 2, 3, 1, 6, 5))
    beta = rng.random((2, 3, 1, 6, 1))
    got, state = linear_recurrence(q, k, v, beta=beta)
    assert state.shape == (2, 3, 1, 5, 5)
    for head in range(4):
        alone, _ = linear_recurrence(q[:, :, head], k[:, :, 0], v[:, :, 0], beta=beta[:, :, 0])
        np.testing.assert_allclose(got[:, :, head], alone, atol=1e-13)


def test_one_decay_for_all_features_broadcasts():
    q, k, v, gates = random_inputs(5, decays=True, corrects=False)
    narrow = gates["log_decay"][..., :1]
    got, _ = linear_recurrence(q, k, v, log_decay=narrow)
    expected, _ = linear_recurrence(q, k, v, log_decay=np.repeat(narrow, 3, axis=-1))
    np.testing.assert_array_equal(got, expected)


def test_complex_numbers_pass_through():
    q, k, v, gates = random_inputs(4, decays=True, corrects=True)
    step = 1e-30j * np.ones_like(k)
    moved, _ = linear_recurrence(q, k + step, v, **gates)
    plus, minus = (linear_recurrence(q, k + h, v, **gates)[0] for h in (1e-6, -1e-6))
    np.testing.assert_allclose(moved.imag / 1e-30, (plus - minus) / 2e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_dtype_is_kept(dtype):
    q, k, v, gates = random_inputs(3, decays=True, corrects=True)
    gates = {name: gate.astype(dtype) for name, gate in gates.items()}
    out, state = linear_recurrence(*(x.astype(dtype) for x in (q, k, v)), **gates)
    assert out.dtype == state.dtype == dtype


def test_no_tokens_leave_the_memory_as_it_is():
    state = np.random.default_rng(3).normal(size=(3, 5))
    out, after = linear_recurrence(np.ones((0, 3)), np.ones((0, 3)), np.ones((0, 5)), state)
    assert out.shape == (0, 5)
    np.testing.assert_array_equal(after, state)
    assert not np.shares_memory(after, state)


def test_inputs_are_not_written_to():
    q, k, v, gates = random_inputs(4, decays=True, corrects=True)
    state = np.ones((2, 3, 5))
    arrays = [q, k, v, state, *gates.values()]
    before = [x.copy() for x in arrays]
    linear_recurrence(q, k, v, state, **gates)
    for array, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_what_does_not_fit_is_named():
    q, k, v = np.ones((4, 3)), np.ones((4, 3)), np.ones((4, 5))
    with pytest.raises(ValueError, match=r"shapes \(3, 3\), \(4, 3\), \(4, 5\); expected"):
        linear_recurrence(q[:3], k, v)
    with pytest.raises(ValueError, match=r"shapes \(3,\), \(3,\), \(5,\); expected"):
        linear_recurrence(q[0], k[0], v[0])
    with pytest.raises(ValueError, match=r"log_decay has shape \(4, 2\) .* \(..., 4, 1 or 3\)"):
        linear_recurrence(q, k, v, log_decay=np.ones((4, 2)))
    with pytest.raises(ValueError, match=r"beta has shape \(4, 3\) .* \(..., 4, 1\)"):
        linear_recurrence(q, k, v, beta=np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"state has shape \(5, 3\); expected \(..., 3, 5\)"):
        linear_recurrence(q, k, v, np.ones((5, 3)))


def test_leading_axes_that_do_not_broadcast_are_refused():
    x, state = np.ones((2, 5, 3)), np.zeros((3, 3, 3))
    with pytest.raises(ValueError, match="the inputs have leading axes .*; expected axes that"):
        linear_recurrence(x, x, x, state)
    with pytest.raises(ValueError, match="the inputs have leading axes"):
        linear_recurrence(np.ones((4, 5, 3)), x, x)


def test_float16_memory_is_rounded_once():
    rng = np.random.default_rng(4)
    half = [rng.normal(size=(200, 3)).astype(np.float16) for _ in range(3)]
    for got, exact in zip(
        linear_recurrence(*half), linear_recurrence(*(x.astype(float) for x in half)), strict=True
    ):
        assert got.dtype == np.float16
        np.testing.assert_allclose(got, exact, rtol=5e-4, atol=1e-4)
