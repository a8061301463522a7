"""The exercises of chapter 5: what attention costs."""

from functools import partial

import numpy as np

from selfattn_course.kernels import cost as costs

from .cases import ch05_complexity, ch05_online
from .cases.ch05_complexity import HIDDEN, VISIBLE
from .cases.draws import one_call
from .check import checker
from .collect import mutants_in, variants_in
from .counting import exactly
from .designs.ch05_complexity import one_of_the_largest, separates_counts
from .exercise import Exercise
from .hunts.ch05_complexity import HUNTED
from .mutants.ch05_complexity import (
    attention_layer_macs,
    attention_macs,
    cache_bytes,
    cost_bug_hunt,
    crossover_length,
    decode_macs,
    fit_exponent,
    intensity,
    largest_tile,
    mac_count,
    online_update_rows,
    online_update_shapes,
    online_update_sums,
    predict_growth,
    roofline,
    score_bytes,
)
from .prediction import about
from .several import each
from .variants import ch05_complexity as right

TITLE = "What attention costs"


def _attention_macs(n, d):
    return costs.attention_cost(n, n, d).multiply_adds


def _mac_count(n, d, width):
    layers = (
        costs.multi_head_attention_cost(n, n, d, 1),
        costs.rnn_cost(n, d, d),
        costs.lstm_cost(n, d, d),
        costs.convolution_cost(n, d, d, width),
    )
    return [layer.multiply_adds for layer in layers]


def _attention_layer_macs(n_q, n_k, d_model, n_heads):
    return costs.multi_head_attention_cost(n_q, n_k, d_model, n_heads).multiply_adds


def _crossover_length(d, n_matrices):
    return max(0, (n_matrices - 4) * d // 2)


def _fit_exponent(n, cost):
    x, y = np.log(n), np.log(cost)
    x = x - x.mean()
    return (x * y).sum() / (x * x).sum()


def _predict_growth(exponent, factor):
    return float(factor) ** exponent


def _score_bytes(n_q, n_k, n_heads, item_bytes):
    return n_q * n_k * n_heads * item_bytes


def _cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes):
    return costs.cache_bytes(n, n_heads, d, d_v, n_layers=n_layers, itemsize=item_bytes)


def _decode_macs(n, d):
    """By formulas, which a test compares with the sums over all steps."""
    without = 2 * d**2 * n * (n + 1) + d * n * (n + 1) * (2 * n + 1) // 3
    return [without, 4 * n * d**2 + d * n * (n + 1)]


def _largest_tile(budget_bytes, d, d_v, item_bytes):
    """All the largest tiles, in rows."""
    numbers = budget_bytes // item_bytes
    rows = np.arange(1, (numbers - d - d_v) // (d + d_v + 3) + 1)
    columns = (numbers - rows * (d + d_v + 2)) // (rows + d + d_v)
    best = rows * columns == (rows * columns).max()
    return np.stack([rows[best], columns[best]], axis=-1)


def _online_update(top, total, out, scores, v):
    new_top = np.maximum(top, scores.max(axis=-1))
    base = np.where(np.isneginf(new_top), 0.0, new_top)  # avoids -inf - -inf
    shrink, e = np.exp(top - base), np.exp(scores - base[..., None])
    return new_top, total * shrink + e.sum(axis=-1), out * shrink[..., None] + e @ v


def _intensity(n, d, item_bytes):
    whole = costs.attention_cost(n, n, d, itemsize=item_bytes)
    moved = whole.bytes_read + whole.bytes_written
    return np.array([2 * whole.multiply_adds / moved, n / item_bytes])


def _roofline(intensities, peak, bandwidth):
    return np.stack([intensities, np.minimum(peak, bandwidth * intensities)])


def _cost_bug_hunt():
    return [(999_999, 999_995)] * len(HUNTED)


def _layer_macs(n, d):
    return 4 * n * d * d + 2 * n * n * d


def _drawn(cases):
    """Visible and hidden cases from one function: sizes from pools that share no number."""
    return {
        "cases": partial(cases, primes=VISIBLE),
        "hidden_cases": partial(cases, primes=HIDDEN),
    }


EXERCISES = (
    Exercise(
        name="attention_macs",
        title="Count the work of attention",
        kind="count",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Count the multiply-adds of two matrix products",),
        signature="attention_macs(n, d)",
        reference=_attention_macs,
        **_drawn(ch05_complexity.attention_cases),
        hint="There are n * n scores of d multiply-adds each, and n * d outputs of n each.",
        mutants=mutants_in(attention_macs),
        variants=variants_in(right.attention_macs),
        compare=exactly,
    ),
    Exercise(
        name="predict_growth",
        title="What becomes of the cost when the text grows?",
        kind="prediction",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Tell a power law from an exponential",),
        signature="predict_growth(exponent, factor)",
        reference=_predict_growth,
        **_drawn(ch05_complexity.growth_cases),
        hint="The cost is c * n ** exponent. Put factor * n in the place of n, and divide.",
        mutants=mutants_in(predict_growth),
        variants=variants_in(right.predict_growth),
        compare=about(0.05),
    ),
    Exercise(
        name="score_bytes",
        title="Memory for the scores",
        kind="memory",
        points=1,
        minutes=5,
        difficulty=1,
        objectives=("Say how many bytes a matrix of scores takes",),
        signature="score_bytes(n_q, n_k, n_heads, item_bytes)",
        reference=_score_bytes,
        **_drawn(ch05_complexity.score_cases),
        hint="Each head has n_q * n_k scores of item_bytes bytes.",
        mutants=mutants_in(score_bytes),
        variants=variants_in(right.score_bytes),
        compare=exactly,
    ),
    Exercise(
        name="mac_count",
        title="Four layers, counted exactly",
        kind="count",
        points=4,
        minutes=20,
        difficulty=3,
        objectives=(
            "Count the multiply-adds of attention, RNN, LSTM and convolution exactly",
            "Say which term grows with the square of the length",
        ),
        signature="mac_count(n, d, width)",
        reference=_mac_count,
        **_drawn(ch05_complexity.layer_cases),
        hint="Attention: four projections of n * d * d, two products of n * n * d. RNN: two "
        "products of d * d in each of n steps. LSTM: four gates of that. Convolution: "
        "width * d * d for each of n positions.",
        mutants=mutants_in(mac_count),
        variants=variants_in(right.mac_count),
        compare=exactly,
    ),
    Exercise(
        name="attention_layer_macs",
        title="Heads are free",
        kind="count",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Count multi-head attention between two sequences",),
        signature="attention_layer_macs(n_q, n_k, d_model, n_heads)",
        reference=_attention_layer_macs,
        **_drawn(ch05_complexity.multi_head_cases),
        hint="Queries and outputs are projected n_q times, keys and values n_k times. A head has "
        "d_model / n_heads features; how many heads are there?",
        mutants=mutants_in(attention_layer_macs),
        variants=variants_in(right.attention_layer_macs),
        compare=exactly,
    ),
    Exercise(
        name="crossover_length",
        title="Up to which length is attention cheaper?",
        kind="count",
        points=2,
        minutes=10,
        difficulty=3,
        objectives=("Find where two costs meet, and say when they never do",),
        signature="crossover_length(d, n_matrices)",
        reference=_crossover_length,
        **_drawn(ch05_complexity.crossover_cases),
        hint="Write 4 n d^2 + 2 n^2 d <= n_matrices n d^2, divide by 2 n d, and round down with "
        "//. A length is never below 0.",
        mutants=mutants_in(crossover_length),
        variants=variants_in(right.crossover_length),
        compare=exactly,
    ),
    Exercise(
        name="fit_exponent",
        title="Read the exponent off measurements",
        kind="numeric",
        points=3,
        minutes=15,
        difficulty=2,
        objectives=("Fit a power law to costs by least squares",),
        signature="fit_exponent(n, cost)",
        reference=_fit_exponent,
        **_drawn(ch05_complexity.curve_cases),
        hint="Take logarithms of n and of cost. The slope of the best line is "
        "sum((x - mean(x)) * y) / sum((x - mean(x)) ** 2).",
        mutants=mutants_in(fit_exponent),
        variants=variants_in(right.fit_exponent),
    ),
    Exercise(
        name="cache_bytes",
        title="Memory for keys and values",
        kind="memory",
        points=1,
        minutes=5,
        difficulty=2,
        objectives=("Say how a cache grows with the text",),
        signature="cache_bytes(n, n_layers, n_heads, d, d_v, item_bytes)",
        reference=_cache_bytes,
        **_drawn(ch05_complexity.cache_cases),
        hint="Each token leaves d + d_v numbers in every head of every layer.",
        mutants=mutants_in(cache_bytes),
        variants=variants_in(right.cache_bytes),
        compare=exactly,
    ),
    Exercise(
        name="decode_macs",
        title="Token by token, with and without a cache",
        kind="count",
        points=3,
        minutes=15,
        difficulty=4,
        objectives=("Sum the cost of decoding, and say what a cache saves",),
        signature="decode_macs(n, d)",
        reference=_decode_macs,
        **_drawn(ch05_complexity.decoding_cases),
        hint="Add up over t = 1 to n: 4 t d^2 + 2 t^2 d without a cache, 4 d^2 + 2 t d with one.",
        mutants=mutants_in(decode_macs),
        variants=variants_in(right.decode_macs),
        compare=exactly,
    ),
    Exercise(
        name="intensity",
        title="Work for each byte moved",
        kind="numeric",
        points=2,
        minutes=10,
        difficulty=3,
        objectives=("Compute the arithmetic intensity of attention",),
        signature="intensity(n, d, item_bytes)",
        reference=_intensity,
        **_drawn(ch05_complexity.intensity_cases),
        hint="4 n^2 d operations. Both ways move q, k, v and the output: 4 n d numbers. The plain "
        "way also moves n^2 numbers four times.",
        mutants=mutants_in(intensity),
        variants=variants_in(right.intensity),
    ),
    Exercise(
        name="roofline",
        title="The roof over every program",
        kind="plot",
        points=2,
        minutes=10,
        difficulty=2,
        objectives=("Say whether arithmetic or memory limits a computation",),
        signature="roofline(intensities, peak, bandwidth)",
        reference=_roofline,
        **_drawn(ch05_complexity.roofline_cases),
        hint="Bytes arrive at `bandwidth`, so at most bandwidth * intensity operations can be "
        "done per second, and never more than `peak`. np.stack puts both rows together.",
        mutants=mutants_in(roofline),
        variants=variants_in(right.roofline),
    ),
    Exercise(
        name="online_update",
        title="Softmax without the whole row",
        kind="numeric",
        points=5,
        minutes=30,
        difficulty=5,
        objectives=(
            "Update maximum, sum and weighted values when more keys arrive",
            "Keep rows without a key free of NaN",
        ),
        signature="online_update(top, total, out, scores, v)",
        reference=_online_update,
        cases=ch05_online.visible_cases,
        hidden_cases=ch05_online.hidden_cases,
        hint="The new top is the maximum of the old one and the tile's. Multiply the old total "
        "and out by exp(old top - new top), then add what the tile brings: exp(scores - new top).",
        mutants=mutants_in(online_update_sums, online_update_rows, online_update_shapes),
        variants=variants_in(right.online_update),
        compare=each("top", "total", "out"),
    ),
    Exercise(
        name="largest_tile",
        title="The largest tile that fits",
        kind="property",
        points=3,
        minutes=20,
        difficulty=4,
        objectives=("Choose the sizes of a tile for a given fast memory",),
        signature="largest_tile(budget_bytes, d, d_v, item_bytes)",
        reference=_largest_tile,
        **_drawn(ch05_complexity.tile_cases),
        hint="For each number of rows, work out how many columns still fit, rounding down. Keep "
        "the pair with the largest product.",
        mutants=mutants_in(largest_tile),
        variants=variants_in(right.largest_tile),
        compare=one_of_the_largest,
    ),
    Exercise(
        name="cost_bug_hunt",
        title="Six wrong counts",
        kind="bug hunt",
        points=3,
        minutes=15,
        difficulty=3,
        objectives=("Find sizes on which a wrong formula differs from the right one",),
        signature="cost_bug_hunt()",
        reference=_cost_bug_hunt,
        cases=one_call,
        hidden_cases=one_call,
        hint="Compare each function with 4 n d^2 + 2 n^2 d. Which part differs, and for which n "
        "and d does it give the same number? Choose others.",
        mutants=mutants_in(cost_bug_hunt),
        variants=variants_in(right.cost_bug_hunt),
        compare=separates_counts(_layer_macs, HUNTED),
    ),
)

check = checker(EXERCISES)
