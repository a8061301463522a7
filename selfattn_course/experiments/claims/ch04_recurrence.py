"""Claims about recurrent networks, and about what attention does better or worse."""

import numpy as np

from ...kernels.cost import multi_head_attention_cost, rnn_cost
from .. import ch04_recurrence as experiments
from .. import gradient_reach, seasonal
from .claim import CONDITIONS, FAILS, HOLDS, Claim

MILLION = 10**6


def _rnn_gradients():
    lstm = gradient_reach.lstm_reach(5.0, weight_std=0.0, batch=1)
    return {
        "vanished": np.median(gradient_reach.rnn_reach(0.9)[:, 100]),
        "exploded": gradient_reach.linear_reach(1.5)[100],
        "kept": gradient_reach.linear_reach(1.0)[100],
        "gated": lstm[0, 100],
    }


def _vanish_or_explode(numbers):
    vanish, explode = numbers["vanished"] < 1e-6, numbers["exploded"] > 1e6
    if not vanish and not explode:
        return FAILS
    survive = min(numbers["kept"], numbers["gated"]) > 0.1
    return CONDITIONS if survive else HOLDS


def _parallel_training():
    steps = experiments.steps_and_paths(lengths=(64,))
    work = {
        n: multi_head_attention_cost(n, n, 512, 8).multiply_adds
        / rnn_cost(n, 512, 512).multiply_adds
        for n in (64, 8192)
    }
    return {
        "rnn_steps": int(steps["RNN"]["steps"][0]),
        "attention_steps": int(steps["attention"]["steps"][0]),
        "work_short": work[64],
        "work_long": work[8192],
    }


def _at_once(numbers):
    if numbers["attention_steps"] >= numbers["rnn_steps"]:
        return FAILS
    return CONDITIONS if numbers["work_long"] > 1.5 else HOLDS


def _streaming():
    table = experiments.memory_of_the_past(lengths=(1, MILLION))
    rnn, attention = table["RNN"], table["attention"]
    return {
        "rnn_growth": rnn["bytes"][1] / rnn["bytes"][0],
        "rnn_bytes": int(rnn["bytes"][1]),
        "cache_gigabytes": attention["bytes"][1] / 1e9,
        "work_ratio": attention["multiply_adds"][1] / rnn["multiply_adds"][1],
    }


def _more_efficient(numbers):
    lean = numbers["rnn_bytes"] < 1e9 * numbers["cache_gigabytes"] / 100
    if numbers["rnn_growth"] <= 1 and lean and numbers["work_ratio"] > 10:
        return HOLDS
    return CONDITIONS if lean or numbers["work_ratio"] > 10 else FAILS


def _time_series():
    errors = {name: runs.mean() for name, runs in seasonal.forecast_race().items()}
    return {
        "floor": seasonal.NOISE**2,
        "linear": errors["linear"],
        "lstm": errors["LSTM"],
        "rnn": errors["RNN"],
        "attention": errors["attention"],
    }


def _better_forecasts(numbers):
    if numbers["lstm"] >= numbers["attention"]:
        return FAILS
    return CONDITIONS if numbers["linear"] < numbers["lstm"] else HOLDS


def _linear_tradition():
    layers = experiments.traditional_layers()
    gates = experiments.forget_gate_range()
    return {
        "convolution": experiments.superposition_error(layers["convolution"]),
        "rnn": experiments.superposition_error(layers["RNN"]),
        "lstm": experiments.superposition_error(layers["LSTM"]),
        "gate_low": gates[0],
        "gate_high": gates[1],
    }


def _fixed_and_linear(numbers):
    linear = [numbers[name] < 1e-6 for name in ("rnn", "lstm")]
    fixed = numbers["gate_high"] - numbers["gate_low"] < 0.01
    if all(linear) and fixed:
        return HOLDS
    return CONDITIONS if any(linear) or fixed else FAILS


CLAIMS = (
    Claim(
        id="rnn-gradients",
        said_by=("A",),
        claim="The gradients of recurrent networks vanish or explode over long distances.",
        chapter="ch04_recurrence",
        verdict=CONDITIONS,
        measure=_rnn_gradients,
        decide=_vanish_or_explode,
        finding="After 100 steps a gradient of length 1 was {vanished:.0e} long in a tanh network "
        "with factor 0.9, and {exploded:.0e} in a linear one with factor 1.5. But a linear one "
        "with an orthogonal matrix kept {kept:.2f}, and an LSTM with forget bias 5 {gated:.2f}.",
        caveat="True of the plain network unless its matrix is chosen with care. Gates were "
        "invented to cure it, and at a distance of 100 they do.",
    ),
    Claim(
        id="parallel-training",
        said_by=("A", "C"),
        claim="Attention processes all tokens at once, so it trains faster.",
        chapter="ch04_recurrence",
        verdict=CONDITIONS,
        measure=_parallel_training,
        decide=_at_once,
        finding="For 64 tokens the longest chain of steps that wait for each other was "
        "{attention_steps} in attention and {rnn_steps} in a recurrent layer. But attention did "
        "{work_short:.1f} times the multiply-adds of the recurrent layer at 64 tokens, and "
        "{work_long:.1f} times at 8192 (d = 512).",
        caveat="Fewer steps save time only where hardware stands idle while it waits. When text is "
        "generated, each token needs the one before it, in both.",
    ),
    Claim(
        id="streaming-rnn",
        said_by=("C",),
        claim="Recurrent networks can be more efficient for long series in real time.",
        chapter="ch04_recurrence",
        verdict=HOLDS,
        measure=_streaming,
        decide=_more_efficient,
        finding="After a million tokens the state of a recurrent layer had {rnn_bytes} bytes, as "
        "after the first (d = 512, float32); keys and values took {cache_gigabytes:.1f} GB. The "
        "next token cost attention {work_ratio:.0f} times as many multiply-adds.",
        caveat="A small state must forget. Attention with a window has a bounded memory, too, "
        "and forgets everything that is older.",
    ),
    Claim(
        id="time-series-rnn",
        said_by=("A",),
        claim="Recurrent networks may beat self-attention on time series.",
        chapter="ch04_recurrence",
        verdict=CONDITIONS,
        measure=_time_series,
        decide=_better_forecasts,
        finding="On a noisy daily cycle an LSTM had a mean squared error of {lstm:.3f}, a plain "
        "recurrent network {rnn:.3f}, and attention of the same size {attention:.3f}. A weighted "
        "sum of the last 48 values had {linear:.3f}; the noise alone is {floor:.3f}.",
        caveat="One made-up series and one small head of attention. Try the straight line first, "
        "whatever the network.",
    ),
    Claim(
        id="linear-tradition",
        said_by=("C",),
        claim="Traditional networks treat their input in a fixed, linear way.",
        chapter="ch04_recurrence",
        verdict=FAILS,
        measure=_linear_tradition,
        decide=_fixed_and_linear,
        finding="A linear layer answers a sum of inputs with the sum of its answers. A plain "
        "recurrent layer missed that by {rnn:.0%}, an LSTM by {lstm:.0%}. The forget gates of "
        "the LSTM ranged from {gate_low:.2f} to {gate_high:.2f}, depending on the input. A bare "
        "convolution missed by {convolution:.0e}: it is linear.",
        caveat="The matrices of a trained network are fixed, those of attention included. Where "
        "weights between steps are fixed as well, as in a convolution, the sentence is right.",
    ),
)
