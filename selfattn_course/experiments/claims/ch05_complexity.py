"""Claims about cost: work, memory, and how both grow with the length of a text."""

from functools import cache

import numpy as np

from ...kernels.cost import (
    attention_cost,
    multi_head_attention_cost,
    multi_head_attention_vjp_cost,
    tiled_attention_cost,
)
from .. import ch05_complexity as experiments
from .. import counted_layers, memory_use, workers
from .claim import CONDITIONS, FAILS, HOLDS, Claim

WIDTH = 64
MANY_WORKERS = 10**6
COUNTED_LENGTHS = (4, 8, 16, 32, 64)  # these layers count one number at a time


def _rnn_exponential():
    counts = [counted_layers.measured_counts(n, 4) for n in COUNTED_LENGTHS]
    fits = experiments.fit_growth(COUNTED_LENGTHS, [count["RNN"] for count in counts])
    return {
        "exponent": fits["power"].slope,
        "power_fit": fits["power"].r_squared,
        "exponential_fit": fits["exponential"].r_squared,
        "rnn_doubling": counts[-1]["RNN"] / counts[-2]["RNN"],
        "attention_doubling": counts[-1]["attention"] / counts[-2]["attention"],
    }


def _exponential_and_avoided(numbers):
    if numbers["exponential_fit"] <= numbers["power_fit"]:
        return FAILS
    avoided = numbers["attention_doubling"] < numbers["rnn_doubling"]
    return HOLDS if avoided else CONDITIONS


def _longer_for_free():
    lengths = (*experiments.LENGTHS, 2 * experiments.LENGTHS[-1])
    work = _doublings([_training_work(n) for n in lengths])
    rounds = _doublings([workers.rounds("attention", n, WIDTH, MANY_WORKERS) for n in lengths])
    return {
        "low": work.min(),
        "high": work.max(),
        "workers": MANY_WORKERS,
        "idle": rounds.min(),
        "busy": rounds.max(),
    }


def _less_than_matching(numbers):
    lowest, highest = min(numbers["low"], numbers["idle"]), max(numbers["high"], numbers["busy"])
    if highest < 1.9:
        return HOLDS
    return CONDITIONS if lowest < 1.9 else FAILS


def _memory_lean(n=1024):
    kept, state = memory_use.held_while_training(n, WIDTH), memory_use.decoding_memory(n, WIDTH)
    return {
        "cache": state["cache"] / state["RNN"],
        "full": kept["attention"] / kept["RNN"],
        "tiled": kept["tiled"] / kept["RNN"],
        "full_of_lstm": kept["attention"] / kept["LSTM"],
        "tiled_of_lstm": kept["tiled"] / kept["LSTM"],
    }


def _leaner(numbers):
    wins = [numbers[name] < 1 for name in ("cache", "full", "tiled")]  # beside a plain RNN
    if all(wins):
        return HOLDS
    return CONDITIONS if any(wins) else FAILS


def _quadratic():
    exponents = experiments.growth_exponents(WIDTH)["attention"]
    long = 1024 * WIDTH
    return {
        "short": exponents[0],
        "long": exponents[-1],
        "memory": _exponent(lambda n: attention_cost(n, n, WIDTH).bytes_held, long),
        "tiled": _exponent(lambda n: tiled_attention_cost(n, n, WIDTH).bytes_held, long),
    }


def _always_quadratic(numbers):
    if min(numbers["long"], numbers["memory"]) < 1.9:
        return FAILS
    return HOLDS if min(numbers["short"], numbers["tiled"]) > 1.9 else CONDITIONS


def _exponential_cost():
    lengths = experiments.LENGTHS[2:]
    counts = [experiments.layer_counts(n, WIDTH)["attention"] for n in lengths]
    fits = experiments.fit_growth(lengths, counts)
    return {
        "exponent": fits["power"].slope,
        "power_fit": fits["power"].r_squared,
        "exponential_fit": fits["exponential"].r_squared,
        "largest_doubling": max(b / a for a, b in zip(counts[:-1], counts[1:], strict=True)),
    }


def _exponential(numbers):
    if numbers["exponential_fit"] > numbers["power_fit"]:
        return HOLDS
    return CONDITIONS if numbers["largest_doubling"] > 16 else FAILS


@cache
def _training_work(n):
    forward = multi_head_attention_cost(n, n, WIDTH, 1)
    return (forward + multi_head_attention_vjp_cost(n, n, WIDTH, 1)).multiply_adds


def _doublings(costs):
    return np.array(costs[1:]) / np.array(costs[:-1])


def _exponent(cost, n):
    return np.log2(cost(2 * n) / cost(n))


CLAIMS = (
    Claim(
        id="rnn-exponential",
        said_by=("A",),
        claim="The cost of an RNN grows exponentially with the length of the sequence, and "
        "self-attention avoids that.",
        chapter="ch05_complexity",
        verdict=FAILS,
        measure=_rnn_exponential,
        decide=_exponential_and_avoided,
        finding="Counted one by one while they ran, the multiply-adds of an RNN grew like n to "
        "the power {exponent:.2f} (R² = {power_fit:.3f}; an exponential reaches "
        "{exponential_fit:.2f}). Doubling the text multiplied them by {rnn_doubling:.2f}, and "
        "those of attention by {attention_doubling:.2f}.",
        caveat="The RNN's work is linear, and it is attention's that grows faster. What "
        "attention does avoid is the queue: an RNN must take its n steps one after another.",
    ),
    Claim(
        id="longer-for-free",
        said_by=("A",),
        claim="Self-attention can take longer input without a matching rise in training time.",
        chapter="ch05_complexity",
        verdict=CONDITIONS,
        measure=_longer_for_free,
        decide=_less_than_matching,
        finding="Doubling the text multiplied the multiply-adds of a training step (forward and "
        "backward) by {low:.2f} at best and {high:.2f} at worst, for 16 to 8192 tokens. On an "
        "ideal machine with {workers:,} workers, it multiplied the rounds of the forward pass by "
        "{idle:.2f} while workers were idle, and by {busy:.2f} when all were busy.",
        caveat="True as long as a machine has idle workers, since the number of steps that must "
        "wait does not grow. The work always grows by more than the text, and in the end so does "
        "the time.",
    ),
    Claim(
        id="memory-lean",
        said_by=("A",),
        claim="Self-attention needs less memory than a network that keeps its earlier steps.",
        chapter="ch05_complexity",
        verdict=FAILS,
        measure=_memory_lean,
        decide=_leaner,
        finding="At 1024 tokens and width 64, the cache of keys and values took {cache:.0f} times "
        "the memory of an RNN's state. What a training step keeps was {full:.0f} times as large "
        "as an RNN's with all weights stored, and {tiled:.1f} times in tiles; beside an LSTM, "
        "which keeps its gates, {full_of_lstm:.1f} times and {tiled_of_lstm:.2f} times.",
        caveat="Beside a plain RNN it is false at every length. Beside an LSTM it is true in "
        "training, and only there: in tiles, or for texts shorter than twice the width.",
    ),
    Claim(
        id="quadratic",
        said_by=("A", "C"),
        claim="The cost of self-attention is quadratic in the length, O(n²).",
        chapter="ch05_complexity",
        verdict=CONDITIONS,
        measure=_quadratic,
        decide=_always_quadratic,
        finding="At width 64, the work of a layer grew with an exponent of {long:.2f} from 8192 "
        "tokens on, but of {short:.2f} at 16 tokens. Memory, from 65536 tokens on, grew with an "
        "exponent of {memory:.2f} when all scores were held, and of {tiled:.2f} in tiles.",
        caveat="O(n²) describes long texts, well beyond twice the width. For shorter ones the "
        "projections cost more; and memory need not be quadratic at any length.",
    ),
    Claim(
        id="exponential-cost",
        said_by=("C",),
        claim="The cost of self-attention grows exponentially with the length.",
        chapter="ch05_complexity",
        verdict=FAILS,
        measure=_exponential_cost,
        decide=_exponential,
        finding="From 64 to 8192 tokens, the multiply-adds followed n to the power {exponent:.2f} "
        "(R² = {power_fit:.4f}; an exponential reaches {exponential_fit:.2f}), and no doubling of "
        "the text multiplied them by more than {largest_doubling:.2f}.",
        caveat="They do grow faster than the text, which everyday speech calls exponential. An "
        "exponential cost would be squared by each doubling.",
    ),
)
