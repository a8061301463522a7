"""The edge cases: how each is set up, how its outcome is put into words, and what it teaches."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from edge_case_calls import Call


@dataclass(frozen=True)
class Case:
    title: str
    setting: str
    call: Callable  # () -> Call
    describe: Callable  # (call, out) -> str
    lesson: str


def random_call(n_q=3, n_k=4, d=8, dtype=np.float32, **options):
    rng = np.random.default_rng(0)
    q, k, v = (rng.normal(size=(2, n, d)).astype(dtype) for n in (n_q, n_k, n_k))
    return Call(q, k, v, **options)


def visible_call(n_q, n_k, **options):
    """With the identity for values, the output begins with the weights."""
    rng = np.random.default_rng(0)
    q, k = (rng.normal(size=(1, n, 8)).astype(np.float32) for n in (n_q, n_k))
    return Call(q, k, np.eye(n_k, 8, dtype=np.float32)[None], **options)


def arrays(**sizes):
    call = random_call(**sizes)
    return call.q, call.k, call.v


def row_1_excluded(excluded, allowed=0.0):
    terms = np.full((3, 4), allowed, np.asarray(excluded).dtype)
    terms[1] = excluded
    return terms


def with_nan(name, **options):
    """Key 2, or its value, is NaN; every query but the last is told to ignore it."""
    call = random_call(**options)
    spoiled = getattr(call, name).copy()
    spoiled[:, 2] = np.nan
    arrays = {"q": call.q, "k": call.k, "v": call.v, name: spoiled}
    return Call(**arrays, mask=call.mask, bias=call.bias)


def all_but_key_2(excluded, allowed):
    terms = np.full((3, 4), allowed)
    terms[:2, 2] = excluded
    return terms


def one_query(query, keys, dtype, d):
    """Every component of a vector is the same, and the output begins with the weights."""
    q = np.full((1, 1, d), query, dtype)
    k = np.repeat(np.array(keys, dtype)[:, None], d, axis=1)[None]
    return Call(q, k, np.eye(len(keys), d, dtype=dtype)[None])


def grouped_call():
    """All scores are 0, and each head of values holds its own number."""
    v = np.array([1, 2], np.float32).reshape(2, 1, 1) * np.ones((1, 3, 8), np.float32)
    return Call(np.zeros((4, 3, 8), np.float32), np.zeros((2, 3, 8), np.float32), v)


def integer_call():
    rng = np.random.default_rng(0)
    return Call(*(rng.integers(-3, 4, size=(2, n, 8)) for n in (3, 4, 4)))


def row_1(call, out):
    row, mean = out[:, 1], call.v.mean(axis=1)
    if np.isnan(row).any():
        return "NaN" if np.isfinite(np.delete(out, 1, axis=1)).all() else "NaN in every row"
    if not row.any():
        return "zeros"
    return "the mean of all values" if np.allclose(row, mean, atol=1e-6) else "something else"


def visible(call, out):
    """For every query a group of digits: 1 for each key that has weight."""
    if np.isnan(out).any():
        return nan_rows(call, out)
    seen = out[0, :, : call.k.shape[1]] > 0
    return f"`{' '.join(''.join('01'[int(one)] for one in row) for row in seen)}`"


def nan_rows(call, out):
    spoiled = np.isnan(out).any(axis=(0, 2))
    if spoiled.all():
        return "NaN in every row"
    return f"NaN in row {', '.join(map(str, np.flatnonzero(spoiled)))}" if spoiled.any() else "none"


def weights(call, out):
    shown = out[0, 0, : call.k.shape[1]]
    return "NaN" if np.isnan(shown).any() else f"`{' '.join(f'{w:.2g}' for w in shown)}`"


def shape_and_zeros(call, out):
    return f"shape `{out.shape}`" + (", zeros" if out.size and not out.any() else "")


def heads_used(call, out):
    return f"heads `{' '.join(str(round(x) - 1) for x in out[:, 0, 0].tolist())}`"


def dtype_and_value(call, out):
    right = np.allclose(out, exact(call), atol=1e-5)
    return f"{out.dtype}, {'right' if right else 'wrong'}"


def precision(call, out):
    error = np.abs(out - exact(call)).max()
    return f"{out.dtype}, " + ("all digits" if error < 1e-13 else "the digits of float32")


def exact(call):
    """The definition in the widest floating-point numbers of this machine."""
    q, k, v = (x.astype(np.longdouble) for x in (call.q, call.k, call.v))
    exps = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(np.longdouble(q.shape[-1])))
    return exps / exps.sum(axis=-1, keepdims=True) @ v


CASES = (
    Case(
        title="Nothing to attend to: a mask",
        setting="All of row 1 of the mask is False. Here is row 1 of the output:",
        call=lambda: random_call(mask=row_1_excluded(False, True)),
        describe=row_1,
        lesson="""\
Softmax has no answer here: it would divide 0 by 0.
We return zeros, so that a query that sees nothing adds nothing, and its gradient is 0.

The mean of all values appears where False becomes a large negative number: all scores are then
equally bad, and softmax shares the weight among keys that nobody was allowed to see.
Before you rely on a row like this, try it.""",
    ),
    Case(
        title="Nothing to attend to: a bias of minus infinity",
        setting="The same, said with numbers: row 1 of the bias is $-\\infty$, the rest 0.",
        call=lambda: random_call(bias=row_1_excluded(np.float32(-np.inf))),
        describe=row_1,
        lesson="""\
For us a bias of $-\\infty$ and a mask of False are one thing, and the row is 0.
NaN appears where softmax subtracts the maximum of the row, for $-\\infty - (-\\infty)$ is NaN.""",
    ),
    Case(
        title="Nothing to attend to: a very negative bias",
        setting="Row 1 of the bias is the lowest number of float32, about $-3.4 \\cdot 10^{38}$.",
        call=lambda: random_call(bias=row_1_excluded(np.finfo(np.float32).min)),
        describe=row_1,
        lesson="""\
This number is finite, and so not a mask: it swallows the scores by rounding, and what is left is
a tie.
Wherever you read `masked_fill(mask, -1e9)`, ask what happens to a row that is masked as a whole.
Say what you mean with a mask.""",
    ),
    Case(
        title="Causal, with more keys than queries",
        setting="2 queries, 5 keys, causal, and nothing else said. One group of digits for each "
        "query, with a 1 for each key that it may see:",
        call=lambda: visible_call(2, 5, causal=True),
        describe=visible,
        lesson="""\
The question is where the queries are.
Aligned at the start, query 0 stands at key 0; aligned at the end, the last query stands at the
last key, as it does when the keys come from a cache.

We align at the start and let you say otherwise with `offset`.
If you generate text with a cache, this default is not what you want.""",
    ),
    Case(
        title="Causal, with more queries than keys",
        setting="5 queries, 2 keys, causal:",
        call=lambda: visible_call(5, 2, causal=True),
        describe=visible,
        lesson="""\
The same rule: query $i$ may see keys 0 to $i$, as far as there are any.
Aligned at the end, the first three queries would see nothing.""",
    ),
    Case(
        title="Causal with an offset",
        setting="2 queries, 5 keys, and query 0 stands at key 3, after a cache of three:",
        call=lambda: visible_call(2, 5, causal=True, offset=3),
        describe=visible,
        lesson="""\
With `offset=3` our mask moves three keys to the right.
PyTorch has a mask object of its own for this, `causal_lower_right`; the ONNX standard derives the
offset from the length of the cache.
Where there is no such argument, build the mask yourself: it is one comparison.""",
    ),
    Case(
        title="Causal with a negative offset",
        setting="5 queries, 2 keys, and query 0 stands three places *before* key 0:",
        call=lambda: visible_call(5, 2, causal=True, offset=-3),
        describe=visible,
        lesson="""\
Queries 0 to 2 come before all keys, see nothing, and get zeros from us: the same answer as for
any other row without a key.
A group `00` is such a row of zeros.""",
    ),
    Case(
        title="A mask and causal together",
        setting="3 queries, 4 keys, causal, and a mask that hides key 0 from everybody:",
        call=lambda: visible_call(3, 4, causal=True, mask=np.arange(4) * np.ones((3, 1)) > 0),
        describe=visible,
        lesson="""\
A key is seen if both allow it.
Query 0 may see only key 0, which is hidden: its row has no key at all, so we give zeros.
The group `1111` in its place is a mean of all values, the future included.

To combine masks, write `causal_mask(n_q, n_k) & mask`, and nobody has to guess.""",
    ),
    Case(
        title="NaN in a masked key",
        setting="Key 2 is NaN, and the mask hides it from queries 0 and 1. Which rows are NaN?",
        call=lambda: with_nan("k", mask=all_but_key_2(False, True)),
        describe=nan_rows,
        lesson="""\
We *choose* between score and $-\\infty$, so that a hidden score never matters, whatever it is.
Only query 2, which may look, sees the NaN.

Where a mask is turned into numbers that are *added*, NaN plus $-\\infty$ is NaN, and the mask
hides nothing. Padding that was never written, such as memory from `np.empty`, may hold NaN.""",
    ),
    Case(
        title="NaN in a masked value",
        setting="The value of key 2 is NaN, and the mask hides it from queries 0 and 1.",
        call=lambda: with_nan("v", mask=all_but_key_2(False, True)),
        describe=nan_rows,
        lesson="""\
The weight of a hidden value is exactly 0, but 0 times NaN is NaN.
Our kernels do not look for it: an extra pass over the values would cost all the correct programs,
and hide the mistake of the others. Fill padding with zeros.""",
    ),
    Case(
        title="NaN behind a bias of minus infinity",
        setting="Key 2 is NaN, and a bias of $-\\infty$ hides it from queries 0 and 1.",
        call=lambda: with_nan("k", bias=all_but_key_2(-np.inf, 0.0).astype(np.float32)),
        describe=nan_rows,
        lesson="""\
A bias is added, and NaN plus anything is NaN.
Here a bias of $-\\infty$ and a mask differ, and it is a reason to prefer the mask.""",
    ),
    Case(
        title="A bias of plus infinity",
        setting="The bias is $+\\infty$ for query 1 and key 2, and 0 elsewhere.",
        call=lambda: random_call(bias=np.float32([[0] * 4, [0, 0, np.inf, 0], [0] * 4])),
        describe=nan_rows,
        lesson="""\
"Attend to this key and to nothing else" sounds sensible, but subtracting the maximum gives
$\\infty - \\infty$.
We return NaN, loud and in that row only; a mask with one True says the same thing safely.""",
    ),
    Case(
        title="Scores too large for float16",
        setting="float16, $d = 16$, and scores of 409600, 408320 and 0, scaled already. The "
        "largest number of float16 is 65504. The right weights are `1 0 0`.",
        call=lambda: one_query(320, (320, 319, 0), np.float16, d=16),
        describe=weights,
        lesson="""\
Computing in float32 and rounding the output gets this right, and that is what our kernels do.

In half precision, keep at least the scores and the softmax in float32.""",
    ),
    Case(
        title="Scores too large for float32",
        setting="float32, $d = 4$, and scores of $4 \\cdot 10^{40}$, $2 \\cdot 10^{40}$ and 0. The "
        "largest number of float32 is $3.4 \\cdot 10^{38}$. The right weights are `1 0 0`.",
        call=lambda: one_query(1e20, (2e20, 1e20, 0), np.float32, d=4),
        describe=weights,
        lesson="""\
Infinite scores make NaN, and NaN spreads.
Our kernels cut scores off at the largest number instead: the output stays finite, but scores
beyond the limit are tied, so it is *not* right either.

Scores of this size mean that something went wrong before: look at the lengths of `q` and `k`.""",
    ),
    Case(
        title="No queries",
        setting="2 heads, $n_q = 0$, 4 keys, $d = 8$:",
        call=lambda: random_call(n_q=0),
        describe=shape_and_zeros,
        lesson="""\
Nobody asks, nobody is answered: an array without rows.
It happens to batches that were filtered, and code that survives it needs no special case.""",
    ),
    Case(
        title="No keys",
        setting="2 heads, 3 queries, $n_k = 0$, $d = 8$:",
        call=lambda: random_call(n_k=0),
        describe=shape_and_zeros,
        lesson="""\
A row with no keys is a row with nothing to attend to, and so it is 0.
An empty cache is a case of it. The maximum of nothing is the stumbling block: NumPy's `max` needs
an `initial` value.""",
    ),
    Case(
        title="Values of another size than keys",
        setting="$d = 8$, and values with $d_v = 5$ components. Nothing in the formula minds.",
        call=lambda: Call(*(x[..., :size] for x, size in zip(arrays(), (8, 8, 5), strict=True))),
        describe=shape_and_zeros,
        lesson="""\
The output has the size of the values, and only queries and keys must agree.
A fast path may be written for one size alone; a refusal is then the honest answer.""",
    ),
    Case(
        title="No components",
        setting="3 queries and 3 keys of size $d = 0$; the values have 8 components.",
        call=lambda: Call(*np.zeros((2, 2, 3, 0), np.float32), random_call(n_k=3).v),
        describe=row_1,
        lesson="""\
Every dot product is an empty sum, 0, so all keys fit alike and the output is the mean.
Only the scale, $1/\\sqrt{0}$, needs care: infinity times 0 is NaN. We count $d$ as at least 1.
The values had to keep a size of their own here, which alone makes some refuse (see above).""",
    ),
    Case(
        title="Which heads share keys",
        setting="4 heads of queries, 2 heads of keys and values. The head of values that each "
        "head of queries uses:",
        call=grouped_call,
        describe=heads_used,
        lesson="""\
Neighbours share: heads 0 and 1 use the first, heads 2 and 3 the second, as `np.repeat` would
order them; `np.tile` gives `0 1 0 1`.
Both orders have the same shapes, so no error tells you when a model was trained with the other.

Our function for it is `grouped_query_attention`. With the tiled kernel, give the heads that share
an axis of their own.""",
    ),
    Case(
        title="Integers",
        setting="`q`, `k` and `v` are int64.",
        call=integer_call,
        describe=dtype_and_value,
        lesson="""\
For us integers count as float64, as in `np.mean`, because examples by hand are made of them.
To refuse them is just as good. To keep the dtype is not: weights below 1 would round to 0.""",
    ),
    Case(
        title="How much of float64 is left",
        setting="`q`, `k` and `v` are float64. What is the output, and how precise?",
        call=lambda: random_call(dtype=np.float64),
        describe=precision,
        lesson="""\
A dtype that goes in and comes out does not tell what was used between.
We compute in the dtype you give (the tiled kernel uses float32 for float16).
It matters when you compare two programs: know what your reference computes in.""",
    ),
)
