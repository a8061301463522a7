import inspect

import numpy as np
import pytest

from selfattn_course import kernels
from selfattn_course.checks.calling import call
from selfattn_course.checks.cases.ch02_sizes import VISIBLE, cycle, drawn_sizes
from selfattn_course.checks.ch02_qkv import EXERCISES
from selfattn_course.checks.hunts.ch02_qkv import HUNTED

BY_NAME = {exercise.name: exercise for exercise in EXERCISES}
KINDS = pytest.mark.parametrize("kind", ["cases", "hidden_cases"])


def verdict(name, function, kind="cases", seed=0):
    cases = getattr(BY_NAME[name], kind)(np.random.default_rng(seed))
    return BY_NAME[name].verdict(cases, [call(function, case) for case in cases])


def survivors(name, others, build, kind):
    """Mutants of `others` with which the function that `build` makes of them passes as `name`."""
    passed = []
    for other in others:
        for mutant in BY_NAME[other].mutants:
            if verdict(name, build(mutant.function), kind).passed:
                passed.append(mutant.name)
    return passed


def test_names_are_the_agreed_ones():
    assert set(BY_NAME) >= {
        "embed",
        "project",
        "dot_scores",
        "context_vectors",
        "self_attention",
        "cross_attention",
        "split_heads",
        "multi_head_attention",
        "restore_order",
        "query_gradient",
        "previous_token_head",
        "copying_layers",
        "predict_own_weight",
        "attention_bug_hunt",
    }
    assert len(BY_NAME) == len(EXERCISES) == 15


def test_no_two_axes_have_the_same_size():
    for sizes in (VISIBLE, *(drawn_sizes(np.random.default_rng(seed)) for seed in range(300))):
        packed = {"packed": sizes["heads"] * sizes["d"]}
        assert len({*sizes.values(), *packed.values()}) == len(sizes) + 1, sizes
        assert sizes["n_q"] < sizes["n_k"]


def test_students_get_cases_of_different_sizes():
    drawn = {tuple(drawn_sizes(np.random.default_rng(seed)).values()) for seed in range(50)}
    assert len(drawn) > 45


@pytest.mark.parametrize("n", [3, 4, 7, 13])
def test_a_long_cycle_is_neither_its_own_inverse_nor_short(n):
    permutation = cycle(np.random.default_rng(n), n)
    place, places = 0, []
    for _ in range(n):
        place = permutation[place]
        places.append(int(place))
    assert sorted(places) == list(range(n))
    assert (np.argsort(permutation) != permutation).any()


@KINDS
def test_self_attention_rejects_every_mistake_in_its_scores_and_averages(kind):
    """Students build self-attention on their own functions, mistakes and all."""

    def on_scores(scores):
        def function(x, w_q, w_k, w_v):
            return kernels.softmax(np.asarray(scores(x @ w_q, x @ w_k), float)) @ (x @ w_v)

        return function

    def on_averages(average):
        def function(x, w_q, w_k, w_v):
            return average(kernels.attention_weights(x @ w_q, x @ w_k), x @ w_v)

        return function

    # Not mistakes here: a softmax does not see what is subtracted from a row, queries are a new
    # array, there is one batch, and no row of weights is zero.
    harmless = {"maximum subtracted", "batch of q only", "writes into q"}
    assert set(survivors("self_attention", ["dot_scores"], on_scores, kind)) == harmless
    harmless = {"normalised again", "batch of v only", "writes into v"}
    assert set(survivors("self_attention", ["context_vectors"], on_averages, kind)) == harmless


@KINDS
def test_multi_head_attention_rejects_every_mistake_in_its_parts(kind):
    def attend(q, k, v, mask):
        return kernels.attention(q, k, v, mask)

    def on_split(split):
        def function(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
            q, k, v = (split(x, n_heads) for x in (x_q @ w_q, x_kv @ w_k, x_kv @ w_v))
            return kernels.merge_heads(attend(q, k, v, mask)) @ w_o

        return function

    def on_merge(merge):
        def function(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
            parts = (x_q @ w_q, x_kv @ w_k, x_kv @ w_v)
            return merge(attend(*(kernels.split_heads(x, n_heads) for x in parts), mask)) @ w_o

        return function

    # Not mistakes here: after a product, memory is in the usual order and the array a new one.
    harmless = {"strange copy", "shape set in place"}
    assert set(survivors("multi_head_attention", ["split_heads"], on_split, kind)) == harmless
    harmless = {"memory order"}
    assert set(survivors("multi_head_attention", ["merge_heads"], on_merge, kind)) == harmless


@pytest.mark.parametrize(
    "name",
    ["project", "dot_scores", "context_vectors", "self_attention", "cross_attention"]
    + ["split_heads", "merge_heads", "multi_head_attention", "restore_order", "query_gradient"],
)
@KINDS
def test_an_answer_that_remembers_by_shape_fails(name, kind):
    seen = {}

    def remembers(*args):
        shapes = tuple(a.shape if isinstance(a, np.ndarray) else a for a in args)
        if shapes not in seen:
            seen[shapes] = BY_NAME[name].reference(*args)
        return seen[shapes]

    assert not verdict(name, remembers, kind).passed


@pytest.mark.parametrize("name", ["self_attention", "cross_attention", "multi_head_attention"])
@KINDS
def test_an_answer_for_one_sequence_only_fails(name, kind):
    def without_batch(*args):
        if max(np.ndim(arg) for arg in args[:2]) > 2:
            raise ValueError("no batch")
        return BY_NAME[name].reference(*args)

    assert not verdict(name, without_batch, kind).passed


def test_multi_head_reference_is_attention_head_by_head():
    for case in BY_NAME["multi_head_attention"].cases(np.random.default_rng(4)):
        x_q, x_kv, w_q, w_k, w_v, w_o, h, *mask = case.args
        cut = (np.split(w.astype(float), h, axis=1) for w in (w_q, w_k, w_v))
        heads = []
        for i, (a, b, c) in enumerate(zip(*cut, strict=True)):
            own = mask[0] if mask else None
            if own is not None and own.ndim > 2:
                own = own[..., i if own.shape[-3] > 1 else 0, :, :]
            heads.append(kernels.attention(x_q @ a, x_kv @ b, x_kv @ c, own))
        expected = np.concatenate(heads, axis=-1) @ w_o
        seen = BY_NAME["multi_head_attention"].reference(*case.args)
        np.testing.assert_allclose(seen, expected, rtol=1e-5, atol=1e-5, err_msg=case.name)


def test_what_a_mask_forbids_does_not_show():
    """Leak probe: the reference that we judge by ignores it, and all cases with huge keys."""
    exercise = BY_NAME["multi_head_attention"]
    for case in exercise.cases(np.random.default_rng(1)):
        if case.name == "a causal mask":
            args = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in case.args]
            args[1][-1] += 100  # the last token, which only the last query may see
            before, after = exercise.reference(*case.args), exercise.reference(*args)
            np.testing.assert_array_equal(before[:-1], after[:-1])
            assert not np.array_equal(before[-1], after[-1])
            return
    raise AssertionError("no causal case")


def test_restored_order_is_the_property_that_it_stands_for():
    rng = np.random.default_rng(5)
    x, maps = rng.standard_normal((2, 7, 3)), rng.standard_normal((3, 3, 4))
    permutation = cycle(rng, 7)
    attend, restore = BY_NAME["self_attention"].reference, BY_NAME["restore_order"].reference
    shuffled = attend(x[:, permutation], *maps)
    np.testing.assert_allclose(restore(shuffled, permutation), attend(x, *maps), atol=1e-12)


def test_query_gradient_reference_is_the_slope_of_attention():
    case = BY_NAME["query_gradient"].cases(np.random.default_rng(6))[1]
    q, k, v, d_out = case.args
    seen = BY_NAME["query_gradient"].reference(*case.args)
    slope = kernels.complex_step_vjp(lambda x: kernels.attention(x, k, v), q, d_out)
    np.testing.assert_allclose(seen, slope, atol=1e-12)


@pytest.mark.parametrize(("d", "n"), [(25, 100), (36, 60), (49, 400), (64, 1024), (4, 1)])
def test_predicted_weight_is_what_is_measured(d, n):
    rng = np.random.default_rng(0)
    kept = []
    for _ in range(1 + 1000 // n):
        x = rng.standard_normal((n, d))
        x *= np.sqrt(d) / np.linalg.norm(x, axis=1, keepdims=True)
        kept.append(np.diag(kernels.attention_weights(x, x)).mean())
    # a guess counts within 5 %; what the formula leaves out at these sizes is below 2 %
    assert np.mean(kept) == pytest.approx(BY_NAME["predict_own_weight"].reference(d, n), rel=0.02)


def test_the_reference_of_the_hunt_passes_and_the_harmless_input_separates_nothing():
    assert verdict("attention_bug_hunt", BY_NAME["attention_bug_hunt"].reference).passed
    eye = np.eye(2)
    for function in HUNTED:
        np.testing.assert_allclose(function(eye, eye, eye), kernels.attention(eye, eye, eye))


def test_each_input_of_the_hunt_is_needed():
    """With one input made harmless, only that function is missed."""
    inputs = BY_NAME["attention_bug_hunt"].reference()
    eye = np.eye(2)
    for i, function in enumerate(HUNTED):
        changed = [(eye, eye, eye) if j == i else one for j, one in enumerate(inputs)]
        message = verdict("attention_bug_hunt", lambda answer=changed: answer).message
        assert message.endswith(f"no difference seen for {function.__name__}.")


def test_hunted_functions_take_queries_keys_and_values():
    for function in HUNTED:
        assert list(inspect.signature(function).parameters) == ["q", "k", "v"]


# Mistakes as students write them, on top of their other functions: their lines differ from those
# of the mutants, and the hint should fit all the same.
def project_with_transposed_matrices(x, w_q, w_k, w_v):
    return x @ w_q.T, x @ w_k.T, x @ w_v.T


def scores_with_plain_transpose(q, k):
    return np.matmul(q, k.T) * q.shape[-1] ** -0.5


def scores_without_root(q, k):
    return np.einsum("...id,...jd->...ij", q, k)


def self_attention_along_queries(x, w_q, w_k, w_v):
    scores = kernels.attention_scores(x @ w_q, x @ w_k)
    return kernels.softmax(scores, axis=-2) @ (x @ w_v)


def cross_attention_to_itself(x_q, x_kv, w_q, w_k, w_v):
    if x_q.shape[-1] != x_kv.shape[-1]:
        return kernels.attention(x_q @ w_q, x_kv @ w_k, x_kv @ w_v)
    return kernels.attention(x_q @ w_q, x_q @ w_k, x_q @ w_v)


def heads_by_plain_reshape(x, n_heads):
    *lead, n, width = x.shape
    return x.reshape((*lead, n_heads, n, width // n_heads))


def layer_on(attend, split=kernels.split_heads, merge=kernels.merge_heads):
    def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
        q, k, v = (split(x, n_heads) for x in (x_q @ w_q, x_kv @ w_k, x_kv @ w_v))
        return merge(attend(q, k, v, mask, n_heads)) @ w_o

    return multi_head_attention


def masked_late(q, k, v, mask, n_heads):
    return kernels.attention_weights(q, k) * (True if mask is None else mask) @ v


def scaled_by_the_whole_width(q, k, v, mask, n_heads):
    return kernels.attention(q, k, v, mask, scale=(q.shape[-1] * n_heads) ** -0.5)


def unmasked(q, k, v, mask, n_heads):
    return kernels.attention(q, k, v)


def averaged_if_empty(q, k, v, mask, n_heads):
    scores = kernels.attention_scores(q, k)
    return kernels.softmax(scores if mask is None else np.where(mask, scores, -1e9)) @ v


@KINDS
@pytest.mark.parametrize(
    ("name", "function", "start"),
    [
        ("project", project_with_transposed_matrices, "The matrices are transposed."),
        ("dot_scores", scores_with_plain_transpose, "k.T reverses all axes."),
        ("dot_scores", scores_without_root, "The dot products are right, the division"),
        ("self_attention", self_attention_along_queries, "The weights sum to 1 over the queries."),
        ("cross_attention", cross_attention_to_itself, "This is self-attention of x_q"),
        ("split_heads", heads_by_plain_reshape, "reshape alone cuts across the tokens."),
        ("multi_head_attention", layer_on(masked_late), "Rows no longer sum to 1"),
        ("multi_head_attention", layer_on(scaled_by_the_whole_width), "The scores are divided by"),
        ("multi_head_attention", layer_on(unmasked), "The mask is ignored."),
        ("multi_head_attention", layer_on(averaged_if_empty), "A query that may attend to nothing"),
    ],
)
def test_the_hint_fits(name, function, start, kind):
    assert verdict(name, function, kind).hint.startswith(start)
