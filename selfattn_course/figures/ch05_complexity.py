"""Figures of the complexity chapter, one function each, drawn from its experiments."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from ..experiments import ch05_complexity as experiments
from ..experiments import machine, memory_use, workers
from .elements import end_label, number_block, powers_of_two_axis
from .style import INK, KEY, MUTED, OTHER, QUERY, VALUE, WRONG, new_figure, styled

LOOKS = {
    "core": {"color": MUTED, "marker": "o", "ls": "--"},
    "attention": {"color": INK, "marker": "o", "ls": "-"},
    "RNN": {"color": OTHER, "marker": "s", "ls": "-"},
    "GRU": {"color": OTHER, "marker": "D", "ls": ":"},
    "LSTM": {"color": OTHER, "marker": "^", "ls": "--"},
    "convolution": {"color": MUTED, "marker": "v", "ls": ":"},
}
NAMES = {"core": "attention, core only", "attention": "attention, with projections"}
POWERS_AS_TEXT = {1: "1 B", 10**3: "1 KB", 10**6: "1 MB", 10**9: "1 GB", 10**12: "1 TB"}


@styled
def text_lengths(n_heads=12):
    """Memory of one layer's scores against the length of the text, with real texts marked."""
    fig, ax = new_figure(3.6)
    n = np.logspace(1, 5.3, 50)
    ax.plot(n, experiments.score_bytes(n, n_heads=n_heads), color=INK)
    for name, words in experiments.text_lengths().items():
        size = experiments.score_bytes(words, n_heads=n_heads)
        ax.plot(words, size, "o", color=INK, ms=8)
        right = words < 20000
        ax.annotate(
            f"{name}\n{words} words",
            (words, size),
            xytext=(12 if right else -12, -3),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center" if right else "bottom",
            fontsize=9,
        )
    ax.axhline(16e9, color=WRONG, lw=1.5, ls="--")
    ax.text(10, 22e9, "memory of a 16 GB laptop", color=WRONG, va="bottom")
    ax.set(xscale="log", yscale="log", xlabel="length of the text (words)", ylim=(1e3, 3e12))
    ax.set_ylabel("memory of one layer's scores")
    _byte_ticks(ax, (10**3, 10**6, 10**9, 10**12))
    return fig


@styled
def count_by_hand():
    """Scores and outputs of three tokens, each number with its multiply-adds."""
    data = experiments.small_example()
    fig, ax = new_figure(3.5)
    number_block(ax, data["q"], (0, 0), "q", color=QUERY, digits=0)
    number_block(ax, data["k"].T, (4.6, 0), r"$k^\top$", color=KEY, digits=0)
    number_block(ax, data["scores"], (10.4, 0), "scores", color=INK, digits=0)
    ax.text(3.5, 1.5, "×", ha="center", va="center", fontsize=13)
    ax.text(9.3, 1.5, "=", ha="center", va="center", fontsize=13)
    ax.text(7, 3.5, "9 scores × 2 multiply-adds = 18", ha="center", va="center")
    number_block(ax, data["weights"], (0, 5.4), "weights", color=INK, digits=2)
    number_block(ax, data["v"], (5.8, 5.4), "v", color=VALUE, digits=0)
    number_block(ax, data["out"], (10.4, 5.4), "out", color=VALUE, digits=2)
    ax.text(4.7, 6.9, "×", ha="center", va="center", fontsize=13)
    ax.text(9.3, 6.9, "=", ha="center", va="center", fontsize=13)
    ax.text(7, 8.9, "6 numbers × 3 multiply-adds = 18", ha="center", va="center")
    for left, top, wide, high in ((0, 0, 2.4, 1), (5.8, 0, 1.2, 2), (11.6, 0, 1.2, 1)):
        ax.add_patch(Rectangle((left, top), wide, high, fill=False, ec=INK, lw=2.5))
    for left, top, wide, high in ((0, 5.4, 3.6, 1), (5.8, 5.4, 1.2, 3), (10.4, 5.4, 1.2, 1)):
        ax.add_patch(Rectangle((left, top), wide, high, fill=False, ec=INK, lw=2.5))
    ax.set(xlim=(-0.2, 14.2), ylim=(9.3, -1.0))
    ax.set_axis_off()
    return fig


@styled
def layer_counts(d=64):
    """Multiply-adds of five layers against the length."""
    n = np.array(experiments.LENGTHS)
    counts = [experiments.layer_counts(int(length), d) for length in n]
    fig, ax = new_figure(4.2)
    for name in ("attention", "core", "LSTM", "convolution", "RNN"):
        label = NAMES.get(name, name)
        ax.plot(n, [count[name] for count in counts], label=label, **LOOKS[name])
    ax.legend(loc="upper left")
    powers_of_two_axis(ax, n, f"length n (tokens); width d = {d}")
    ax.set(yscale="log", ylabel="multiply-adds of one layer")
    return fig


@styled
def crossovers(d=64):
    """Multiply-adds of attention, divided by those of three recurrent layers, against n / d."""
    ratio = np.logspace(-1.5, 1.25, 45)
    n = np.unique(np.round(ratio * d).astype(int))
    counts = [experiments.layer_counts(int(length), d) for length in n]
    fig, ax = new_figure(3.7)
    for name in ("RNN", "GRU", "LSTM"):
        look = LOOKS[name] | {"markevery": 8}
        share = np.array([count["attention"] / count[name] for count in counts])
        (line,) = ax.plot(n / d, share, **look)
        end_label(ax, line, name)
    ax.axhline(1, color=INK, lw=1.5)
    ax.text(0.033, 1.04, "equal", va="bottom")
    for at, text, shift in ((1, "n = d", (-6, 8)), (2, "n = 2d", (8, -14))):
        ax.plot([at], [1], "o", color=INK, ms=9, mfc="none", mew=2)
        side = "right" if shift[0] < 0 else "left"
        ax.annotate(text, (at, 1), xytext=shift, textcoords="offset points", ha=side)
    ax.set(xscale="log", yscale="log", xlabel="length n / width d")
    ax.set_ylabel("attention's multiply-adds\n÷ those of the other layer")
    ax.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.set_yticks([0.5, 1, 2, 4, 8, 16], ["0.5", "1", "2", "4", "8", "16"])
    return fig


@styled
def exponents(d=64):
    """Exponent of growth at each length: what one doubling does."""
    n = np.array(experiments.LENGTHS)
    measured = experiments.growth_exponents(d)
    fig, ax = new_figure(3.5)
    for name in ("core", "attention", "RNN"):
        ax.plot(n, measured[name], label=NAMES.get(name, name), **LOOKS[name])
    ax.axvline(2 * d, color=MUTED, lw=1, ls=":")
    ax.text(2 * d * 1.1, 1.1, "n = 2d", color=MUTED, va="bottom")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set(ylim=(0.9, 2.1), yticks=(1, 1.25, 1.5, 1.75, 2), ylabel="exponent at this length")
    powers_of_two_axis(ax, n, f"length n before doubling (tokens); d = {d}")
    return fig


@styled
def times():
    """Wall-clock times of three layers against the length, with their spread."""
    measured = machine.time_sweep()
    n = np.array(machine.TIME_LENGTHS)
    fig, ax = new_figure(3.8)
    labels = {"attention": "attention, core only"}
    for name, seconds in measured.items():
        ms = 1000 * np.sort(seconds, axis=1)
        middle = np.median(ms, axis=1)
        spread = np.array([middle - ms[:, 0], ms[:, -1] - middle])
        ax.errorbar(n, middle, spread, label=labels.get(name, name), capsize=4, **LOOKS[name])
    ax.legend(loc="upper left")
    powers_of_two_axis(ax, n, "length n (tokens); d = 64")
    ax.set(yscale="log", ylabel="time (ms)")
    return fig


@styled
def two_fits(d=64):
    """Counts of attention with the best power of n and the best exponential through them."""
    n = np.array(experiments.LENGTHS[2:9])
    counts = np.array([experiments.layer_counts(int(length), d)["core"] for length in n])
    fits = experiments.fit_growth(n, counts)
    fig, ax = new_figure(3.6)
    power, exponential = fits["power"], fits["exponential"]
    ax.plot(n, counts, "o", color=INK, ms=8, label="counted")
    between = np.linspace(n[0], n[-1], 200)
    curve = power.predicted[0] * (between / n[0]) ** power.slope
    ax.plot(between, curve, color=INK, label=f"best power: $n^{{{power.slope:.0f}}}$")
    start = exponential.predicted[0] / np.exp(exponential.slope * n[0])
    curve = start * np.exp(exponential.slope * between)
    ax.plot(between, curve, "--", color=WRONG, label="best exponential")
    ax.legend()
    ax.set(yscale="log", xlabel="length n (tokens)", ylabel="multiply-adds")
    ax.set_xticks([0, 1024, 2048, 4096])
    return fig


@styled
def tiles(n=8, tile=2):
    """The scores that exist at one moment: all of them, or one tile."""
    fig, axes = new_figure(2.9, ncols=2)
    for ax, name in zip(axes, ("all at once", "tile by tile"), strict=True):
        for i, j in np.ndindex(n, n):
            here = name == "all at once" or (4 <= i < 4 + tile and 2 <= j < 2 + tile)
            done = i < 4 or (i < 4 + tile and j < 2)
            face = to_rgba(INK, 0.75) if here else "#E3E3E3" if done else "white"
            ax.add_patch(Rectangle((j, i), 1, 1, fc=face, ec=MUTED, lw=0.6))
        ax.set(xlim=(-0.1, n + 0.1), ylim=(n + 0.1, -0.1), aspect="equal", title=name)
        ax.set(xticks=[], yticks=[], xlabel="keys", ylabel="queries")
        ax.spines[:].set_visible(False)
    count = n * n, tile * tile
    for ax, held in zip(axes, count, strict=True):
        ax.text(n / 2, n + 1.9, f"{held} scores held", ha="center", va="top", clip_on=False)
    return fig


@styled
def peaks():
    """Measured peak memory of attention with a full matrix and in tiles."""
    measured = memory_use.peaks()
    n = np.array(memory_use.MEMORY_LENGTHS)
    fig, ax = new_figure(3.5)
    looks = {"naive": ("all scores at once", WRONG, "s"), "tiled": ("tile by tile", INK, "o")}
    for name, (label, color, marker) in looks.items():
        ax.plot(n, measured[name], color=color, marker=marker, label=label)
    guide = np.array([1024, 2048])
    for power, start in ((2, 12e6), (1, 1.4e6)):
        ax.plot(guide, start * (guide / 1024) ** power, color=MUTED, lw=1, ls=":")
        text = "n" if power == 1 else "n²"
        ax.text(1024, start, f"like {text} ", color=MUTED, ha="right", va="center")
    ax.legend(loc="upper left")
    ax.set_xscale("log", base=2)
    ax.set(yscale="log", xlabel="length n (tokens); d = 64, float64", ylabel="peak memory")
    ax.set_xticks(n, [str(length) for length in n])
    ax.set_ylim(5e5, 4e8)
    _byte_ticks(ax, (10**6, 10**7, 10**8))
    return fig


@styled
def generation(n=1024, d=64):
    """Multiply-adds of each step and in total while a text grows, with and without a cache."""
    counts = memory_use.generation_counts(n, d)
    fig, (left, right) = new_figure(3.4, ncols=2)
    looks = {"without": ("without cache", WRONG, "--"), "with": ("with cache", INK, "-")}
    token = np.arange(1, n + 1)
    for name, (label, color, style) in looks.items():
        left.plot(token, counts[name], style, color=color, label=label)
        right.plot(token, counts[name].cumsum(), style, color=color, label=label)
    left.set(title="for this token", ylabel="multiply-adds")
    right.set(title="for all so far")
    for ax in (left, right):
        ax.set(yscale="log", xscale="log", xlabel="token", ylim=(1e4, 2e11))
        ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    left.legend(loc="upper left")
    return fig


@styled
def roofline():
    """Speed against operations per byte: the two limits of this machine, and four steps."""
    measured = machine.roofline()
    fig, ax = new_figure(4.0)
    intensity = np.logspace(-1.3, 2.8, 200)
    ax.plot(intensity, measured.attainable(intensity), color=INK)
    looks = {  # marker, and where the name stands
        "softmax": ("^", (9, -4), "left"),
        "one query": ("D", (9, -8), "left"),
        "scores": ("s", (0, -19), "center"),
        "projection": ("o", (0, 10), "center"),
    }
    for point in measured.points:
        marker, shift, side = looks[point.name]
        at = point.intensity, point.speed
        ax.plot(*at, marker, color=OTHER, ms=9)
        ax.annotate(point.name, at, xytext=shift, textcoords="offset points", ha=side)
    ridge = measured.peak / measured.bandwidth
    ax.axvline(ridge, color=MUTED, lw=1, ls=":")
    floor = min(point.speed for point in measured.points) / 6
    ax.text(ridge / 1.15, floor * 1.3, "memory\ndecides", ha="right", va="bottom", color=MUTED)
    ax.text(ridge * 1.15, floor * 1.3, "arithmetic\ndecides", ha="left", va="bottom", color=MUTED)
    ax.set(xscale="log", yscale="log", xlabel="operations per byte of traffic")
    ax.set(ylabel="operations per second", ylim=(floor, measured.peak * 3))
    ax.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    return fig


@styled
def scaling_out():
    """Rounds on more and more workers: a fixed problem, and problems that grow along."""
    strong, weak = workers.strong_scaling(), workers.weak_scaling()
    fig, (top, bottom) = new_figure(6.4, nrows=2)
    for name, counts in strong.items():
        top.plot(workers.WORKERS, counts, label=name, **LOOKS[name])
    top.axhline(1025, color=MUTED, lw=1, ls=":")
    top.text(1, 1025 * 0.8, "1025 steps, one after another", color=MUTED, va="top", fontsize=9)
    top.legend()
    top.set(title="one text of 1024 tokens", xscale="log", yscale="log")
    top.set_xscale("log", base=2)
    top.set(xlabel="workers", ylabel="rounds")
    factor = 2 ** np.arange(len(weak["RNN, longer"]))
    for name in ("attention", "RNN"):
        look = LOOKS[name]
        bottom.plot(factor, weak[f"{name}, longer"], label=f"{name}, longer text", **look)
    bottom.plot(factor, weak["attention, more"], "v:", color=MUTED, label="either, more texts")
    bottom.legend()
    bottom.set_xscale("log", base=2)
    bottom.set(title="problem and workers grow together", yscale="log")
    bottom.set(xlabel="factor for problem and workers", ylabel="rounds, relative")
    bottom.set_xticks(factor[::2], [str(f) for f in factor[::2]])
    bottom.set_yticks([1, 10, 100], ["1", "10", "100"])
    return fig


def _byte_ticks(ax, sizes):
    text = {10**7: "10 MB", 10**8: "100 MB"} | POWERS_AS_TEXT
    ax.set_yticks(sizes, [text[size] for size in sizes])
