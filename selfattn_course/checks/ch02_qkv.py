"""The exercises of chapter 2: queries, keys and values."""

from functools import partial

import numpy as np

from selfattn_course import kernels

from .cases import ch02_attention, ch02_multi_head, ch02_predictions, ch02_qkv
from .cases.ch02_sizes import VISIBLE, drawn_sizes
from .cases.draws import one_call
from .check import checker
from .collect import mutants_in, variants_in
from .designs.ch02_qkv import copies, looks_back
from .exercise import Exercise
from .hunts.ch02_qkv import HUNTED
from .mutants.ch02_qkv import (
    attention_bug_hunt,
    context_vectors,
    copying_layers,
    cross_attention,
    cross_attention_scores,
    dot_scores,
    embed,
    merge_heads,
    multi_head_axes,
    multi_head_mask,
    multi_head_mask_axes,
    multi_head_mask_values,
    multi_head_matrices,
    multi_head_scale,
    multi_head_softmax,
    multi_head_split,
    predict_own_weight,
    previous_token_head,
    project,
    query_gradient,
    restore_order,
    self_attention,
    self_attention_scores,
    split_heads,
)
from .prediction import about
from .separation import separation
from .several import each
from .variants import ch02_qkv as right

TITLE = "Queries, keys and values"


def _embed(ids, table):
    return table[ids]


def _project(x, w_q, w_k, w_v):
    return tuple(kernels.linear_map(x, w) for w in (w_q, w_k, w_v))


def _context_vectors(weights, v):
    return weights @ v


def _cross_attention(x_q, x_kv, w_q, w_k, w_v):
    q, k, v = (kernels.linear_map(x, w) for x, w in ((x_q, w_q), (x_kv, w_k), (x_kv, w_v)))
    return kernels.attention(q, k, v)


def _self_attention(x, w_q, w_k, w_v):
    return _cross_attention(x, x, w_q, w_k, w_v)


def _multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None):
    weights = kernels.MultiHeadWeights(w_q, w_k, w_v, w_o)
    return kernels.multi_head_attention(x_q, x_kv, weights, n_heads, mask)


def _restore_order(out_of_shuffled, permutation):
    return out_of_shuffled[..., np.argsort(permutation), :]


def _predict_own_weight(d, n):
    return 1 / (1 + (n - 1) * np.exp(0.5 - np.sqrt(d)))


def _query_gradient(q, k, v, d_out):
    return kernels.attention_vjp(q, k, v, d_out)[0]


def _previous_token_head(n):
    return 10 * np.eye(n), 10 * np.eye(n, k=1)


def _copying_layers(n, vocab):
    width = 2 * vocab + n
    token, place, before = slice(vocab), slice(vocab, vocab + n), slice(vocab + n, width)
    w_q1, w_k1, w_v1 = (np.zeros((width, columns)) for columns in (n, n, width))
    w_q1[place], w_k1[place] = _previous_token_head(n)
    w_v1[token, before] = np.eye(vocab)
    w_q2, w_k2, w_v2 = (np.zeros((width, vocab)) for _ in range(3))
    w_q2[token] = w_k2[before] = 10 * np.eye(vocab)
    w_k2[vocab] = -10  # place 0 has no token before it, and took itself for that
    w_v2[token] = np.eye(vocab)
    return w_q1, w_k1, w_v1, w_q2, w_k2, w_v2


def _attention_bug_hunt():
    q, k = np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[3.0, 0.0], [1.0, 1.0]])
    v = np.array([[5, 1, 0], [0, 2, 4]])
    batch = tuple(np.stack([a, a]) for a in (q, k, v))
    far_apart = 900.0 * q - np.array([[0.0], [6000.0]]), k, v
    tail = np.array([[6.0]]), np.array([[0.0], [1.0]]), np.array([[100.0], [0.0]])
    return [batch, (q, k, v), far_apart, far_apart, (q, k, v), (q, k, v), (q, k, v), tail]


def _on(cases):
    """The visible and the hidden cases: fixed sizes, and sizes drawn for each student."""
    return {
        "cases": partial(cases, sizes=VISIBLE),
        "hidden_cases": lambda rng: cases(rng, drawn_sizes(rng)),
    }


EXERCISES = (
    Exercise(
        name="embed",
        title="From tokens to vectors",
        kind="numeric",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Look up embeddings, and say why this is a product with one-hot rows",),
        signature="embed(ids, table)",
        reference=_embed,
        **_on(ch02_qkv.embed_cases),
        hint="Indexing does it: table[ids] takes a row for every id, whatever the shape of ids.",
        mutants=mutants_in(embed),
        variants=variants_in(right.embed),
    ),
    Exercise(
        name="project",
        title="Three roles for every token",
        kind="numeric",
        points=2,
        minutes=5,
        difficulty=1,
        objectives=("Make queries, keys and values with three matrices",),
        signature="project(x, w_q, w_k, w_v)",
        reference=_project,
        **_on(ch02_qkv.project_cases),
        hint="Return x @ w_q, x @ w_k, x @ w_v. The product works on the last two axes.",
        mutants=mutants_in(project),
        variants=variants_in(right.project),
        compare=each("q", "k", "v"),
    ),
    Exercise(
        name="dot_scores",
        title="How well a key fits a query",
        kind="numeric",
        points=3,
        minutes=15,
        difficulty=2,
        objectives=(
            "Score every query against every key with one product",
            "Turn the last two axes only, so that batches work",
        ),
        signature="dot_scores(q, k)",
        reference=kernels.attention_scores,
        **_on(ch02_qkv.score_cases),
        hint="q @ np.swapaxes(k, -1, -2), divided by np.sqrt(q.shape[-1]).",
        mutants=mutants_in(dot_scores),
        variants=variants_in(right.dot_scores),
    ),
    Exercise(
        name="context_vectors",
        title="A mean of values for every query",
        kind="numeric",
        points=2,
        minutes=5,
        difficulty=1,
        objectives=("Average values with weights, for all queries at once",),
        signature="context_vectors(weights, v)",
        reference=_context_vectors,
        **_on(ch02_qkv.context_cases),
        hint="It is one matrix product: weights @ v.",
        mutants=mutants_in(context_vectors),
        variants=variants_in(right.context_vectors),
    ),
    Exercise(
        name="self_attention",
        title="Self-attention",
        kind="numeric",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Put projections, scores, softmax and values together",),
        signature="self_attention(x, w_q, w_k, w_v)",
        reference=_self_attention,
        **_on(ch02_attention.self_attention_cases),
        hint="q, k, v = project(...); then context_vectors(softmax(dot_scores(q, k)), v).",
        mutants=mutants_in(self_attention_scores, self_attention),
        variants=variants_in(right.self_attention),
    ),
    Exercise(
        name="cross_attention",
        title="One sequence asks another",
        kind="numeric",
        points=3,
        minutes=10,
        difficulty=3,
        objectives=("Say which of the two sequences gives queries, and which keys and values",),
        signature="cross_attention(x_q, x_kv, w_q, w_k, w_v)",
        reference=_cross_attention,
        **_on(ch02_attention.cross_attention_cases),
        hint="Queries are x_q @ w_q; keys and values are x_kv @ w_k and x_kv @ w_v. The rest is "
        "as in self-attention.",
        mutants=mutants_in(cross_attention_scores, cross_attention),
        variants=variants_in(right.cross_attention),
    ),
    Exercise(
        name="predict_own_weight",
        title="How much a token keeps for itself",
        kind="prediction",
        points=2,
        minutes=15,
        difficulty=3,
        objectives=("Predict a weight from the length of vectors and the number of tokens",),
        signature="predict_own_weight(d, n)",
        reference=_predict_own_weight,
        cases=ch02_predictions.visible_cases,
        hidden_cases=ch02_predictions.hidden_cases,
        hint="Write down the softmax: the token's own exponential, divided by itself plus n - 1 "
        "times the mean exponential of another token.",
        mutants=mutants_in(predict_own_weight),
        variants=variants_in(right.predict_own_weight),
        compare=about(0.05),
    ),
    Exercise(
        name="split_heads",
        title="One projection, several heads",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Cut features into heads without mixing tokens",),
        signature="split_heads(x, n_heads)",
        reference=kernels.split_heads,
        **_on(ch02_qkv.split_cases),
        hint="Reshape the last axis into (n_heads, d), then swap axes -2 and -3.",
        mutants=mutants_in(split_heads),
        variants=variants_in(right.split_heads),
    ),
    Exercise(
        name="merge_heads",
        title="Heads side by side again",
        kind="numeric",
        points=2,
        minutes=5,
        difficulty=2,
        objectives=("Undo the cutting into heads",),
        signature="merge_heads(x)",
        reference=kernels.merge_heads,
        **_on(ch02_qkv.merge_cases),
        hint="Swap axes -2 and -3, then reshape the last two axes into one.",
        mutants=mutants_in(merge_heads),
        variants=variants_in(right.merge_heads),
    ),
    Exercise(
        name="multi_head_attention",
        title="Multi-head attention",
        kind="numeric",
        points=5,
        minutes=30,
        difficulty=4,
        objectives=(
            "Attend in several heads at once, and bring their results together",
            "Apply a mask that broadcasts over heads",
        ),
        signature="multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, n_heads, mask=None)",
        reference=_multi_head_attention,
        **_on(ch02_multi_head.multi_head_cases),
        hint="Go step by step: project, split_heads, dot_scores, forbidden scores to -1e30, "
        "softmax, times the mask, context_vectors, merge_heads, @ w_o.",
        mutants=mutants_in(
            multi_head_scale,
            multi_head_softmax,
            multi_head_split,
            multi_head_matrices,
            multi_head_axes,
            multi_head_mask,
            multi_head_mask_axes,
            multi_head_mask_values,
        ),
        variants=variants_in(right.multi_head_attention),
    ),
    Exercise(
        name="restore_order",
        title="Shuffled tokens, shuffled results",
        kind="property",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Say what happens to the results of attention if tokens change places",),
        signature="restore_order(out_of_shuffled, permutation)",
        reference=_restore_order,
        **_on(ch02_qkv.order_cases),
        hint="Row permutation[i] of the result is row i of what you get. np.argsort inverts a "
        "permutation.",
        mutants=mutants_in(restore_order),
        variants=variants_in(right.restore_order),
    ),
    Exercise(
        name="query_gradient",
        title="What would make a query better",
        kind="gradient",
        points=4,
        minutes=25,
        difficulty=4,
        objectives=("Follow a gradient from the output through the weights to the query",),
        signature="query_gradient(q, k, v, d_out)",
        reference=_query_gradient,
        **_on(ch02_qkv.gradient_cases),
        hint="Backwards: d_weights = d_out @ v^T; d_scores = weights * (d_weights - sum(weights * "
        "d_weights)); d_q = d_scores @ k / sqrt(d).",
        mutants=mutants_in(query_gradient),
        variants=variants_in(right.query_gradient),
    ),
    Exercise(
        name="previous_token_head",
        title="A head that looks one token back",
        kind="construction",
        points=4,
        minutes=20,
        difficulty=4,
        objectives=("Choose W_Q and W_K so that a head attends where you want",),
        signature="previous_token_head(n)",
        reference=_previous_token_head,
        cases=ch02_predictions.visible_lengths,
        hidden_cases=ch02_predictions.hidden_lengths,
        hint="x is the identity, so x @ w_q is w_q: row i of w_q is the query of token i. Let it "
        "point where row i - 1 of w_k points, and no other row does.",
        mutants=mutants_in(previous_token_head),
        variants=variants_in(right.previous_token_head),
        compare=looks_back,
    ),
    Exercise(
        name="copying_layers",
        title="Two layers that go on with a pattern",
        kind="construction",
        points=5,
        minutes=35,
        difficulty=5,
        objectives=("Build an induction head: find the token after the last time, and copy it",),
        signature="copying_layers(n, vocab)",
        reference=_copying_layers,
        cases=ch02_predictions.visible_patterns,
        hidden_cases=ch02_predictions.hidden_patterns,
        hint="Layer 1: places ask for the place before and hand on its token into the room. "
        "Layer 2: a token asks for keys with that token in their room, and copies their token.",
        mutants=mutants_in(copying_layers),
        variants=variants_in(right.copying_layers),
        compare=copies,
    ),
    Exercise(
        name="attention_bug_hunt",
        title="Eight wrong attentions",
        kind="bug hunt",
        points=4,
        minutes=25,
        difficulty=4,
        objectives=("Find inputs on which a wrong attention differs from the right one",),
        signature="attention_bug_hunt()",
        reference=_attention_bug_hunt,
        cases=one_call,
        hidden_cases=one_call,
        hint="For each function, find the one line that differs from yours, and ask for which "
        "shapes, sizes of numbers or dtypes that line matters.",
        mutants=mutants_in(attention_bug_hunt),
        variants=variants_in(right.attention_bug_hunt),
        compare=separation(kernels.attention, HUNTED, names=("q", "k", "v")),
    ),
)

check = checker(EXERCISES)
