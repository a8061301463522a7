"""Figures of the recurrence chapter, one function each, drawn from its experiments."""

import numpy as np
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.ticker import NullLocator

from ..experiments import ch04_recurrence as experiments
from ..experiments import gradient_reach, marked_symbols, seasonal
from .elements import end_label, weight_matrix
from .style import INK, MUTED, OTHER, WRONG, new_figure, styled

LOOKS = {
    "RNN": {"color": WRONG, "marker": "s"},
    "LSTM": {"color": OTHER, "marker": "^"},
    "attention": {"color": INK, "marker": "o"},
    "convolution": {"color": MUTED, "marker": "D"},
}
CHANCE = 1 / marked_symbols.SYMBOLS


@styled
def bracket_depth():
    """Depth of brackets in a real program, around the place where it is deepest."""
    depth = experiments.bracket_depth()["depth"]
    deepest = int(depth.argmax())
    shown = np.arange(max(0, deepest - 20), min(len(depth), deepest + 20))
    fig, ax = new_figure(2.8)
    ax.step(shown + 1, depth[shown], where="post", color=INK, marker="o", markersize=4, lw=1.2)
    ax.set(xlabel="brackets read", ylabel="depth", yticks=range(depth.max() + 1))
    return fig


@styled
def unrolled():
    """A recurrent layer drawn once for each of four steps."""
    fig, ax = new_figure(2.6)
    for t in range(4):
        x = 2.2 * t
        _box(ax, (x, 1.4), f"$h_{t}$", INK)
        _box(ax, (x, 0.0), f"$x_{t}$", MUTED)
        _arrow(ax, (x, 0.4), (x, 1.0))
        ax.text(x + 0.12, 0.68, "$w_x$", color=MUTED, va="center")
        _arrow(ax, (x - 1.75, 1.4), (x - 0.45, 1.4))
        ax.text(x - 1.1, 1.52, "$w_h$", color=MUTED, ha="center")
    ax.text(-2.1, 1.4, "0", ha="center", va="center")
    _arrow(ax, (6.6, 2.15), (0.0, 2.15), color=WRONG, style="--")
    ax.text(3.3, 2.25, "the gradient goes back the same way", color=WRONG, ha="center")
    ax.set(xlim=(-2.4, 7.2), ylim=(-0.45, 2.65))
    ax.set_axis_off()
    return fig


@styled
def scalar_backwards():
    """States of a network with one number, and the gradient of the last one in each of them."""
    data = experiments.scalar_example()
    fig, axes = new_figure(3.9, nrows=2, sharex=True)
    steps = np.arange(len(data["h"]))
    rows = {"h": ("state $h_t$", INK), "d_h": ("gradient of\n$h_3$ in $h_t$", WRONG)}
    for ax, (name, (label, color)) in zip(axes, rows.items(), strict=True):
        bars = ax.bar(steps, data[name], width=0.55, color=color)
        ax.bar_label(bars, [f"{value:.3f}" for value in data[name]], padding=2)
        ax.set(ylabel=label, ylim=(0, 1.25), yticks=[0, 0.5, 1])
    axes[0].set_title("forwards: a pulse at step 0 fades", loc="left")
    axes[1].set_title("backwards: from right to left", loc="left")
    axes[1].set(xlabel="step t", xticks=steps)
    return fig


@styled
def linear_and_tanh():
    """Gradient lengths against distance without tanh and with it, for three matrices."""
    fig, (left, right) = new_figure(3.7, ncols=2, sharey=True)
    looks = {0.9: (MUTED, ":"), 1.0: (INK, "--"), 1.5: (WRONG, "-")}
    for rho, (color, style) in looks.items():
        linear = gradient_reach.linear_reach(rho)
        tanh = np.median(gradient_reach.rnn_reach(rho), axis=0)
        for ax, lengths in ((left, linear), (right, tanh)):
            ax.plot(lengths, style, color=color, label=f"ρ = {rho:g}")
    for ax, title in ((left, "without tanh"), (right, "with tanh")):
        ax.set(title=title, xlabel="distance (steps)", yscale="log", xticks=[0, 50, 100])
        ax.set_yticks([1e-10, 1e-5, 1, 1e5, 1e10, 1e15])
    left.set_ylabel("length of the gradient")
    fig.legend(*left.get_legend_handles_labels(), ncols=3, loc="outside upper center")
    return fig


@styled
def reach():
    """Gradient lengths against distance, for recurrent networks and attention."""
    measured = gradient_reach.reach_of_all()
    looks = {
        "RNN, 0.9": (WRONG, "-", "RNN, ρ = 0.9"),
        "RNN, 1.5": (MUTED, "--", "RNN, ρ = 1.5"),
        "LSTM": (OTHER, "-.", "LSTM, forget bias 3"),
        "attention": (INK, "-", "attention"),
    }
    fig, ax = new_figure(4.2)
    for name, (color, style, label) in looks.items():
        low, middle, high = measured[name]
        ax.fill_between(range(len(middle)), low, high, color=color, alpha=0.15, lw=0)
        ax.plot(middle, style, color=color, label=label)
    ax.set(xlabel="distance (steps)", ylabel="length of the gradient", yscale="log")
    ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3])
    fig.legend(ncols=2, loc="outside upper center")
    return fig


@styled
def forget_gate():
    """Share of a cell state's gradient that is left, for four biases of the forget gate."""
    lags = np.arange(gradient_reach.LAGS)
    fig, ax = new_figure(3.4)
    shades = {5: INK, 3: "#555555", 1: "#7A7A7A", 0: "#999999"}
    for (bias, shade), marker in zip(shades.items(), "os^D", strict=True):
        ax.plot(lags, gradient_reach.forget_gate_reach(bias, lags), color=shade, lw=1)
        measured = gradient_reach.lstm_reach(bias, weight_std=0.0, batch=1)[0]
        ax.plot(lags[::10], measured[::10], marker, color=shade, label=f"bias {bias}")
    ax.legend(loc="upper right", bbox_to_anchor=(1.0, 0.9))
    ax.set(xlabel="distance (steps)", ylabel="gradient left", ylim=(-0.03, 1.05))
    return fig


@styled
def steps_and_paths():
    """Steps that wait for each other, and the way of a signal, against length."""
    lengths = (2, 4, 8, 16, 32, 64)
    table = experiments.steps_and_paths(lengths=lengths)
    fig, axes = new_figure(3.4, ncols=2, sharey=True)
    titles = {"steps": "steps that must wait", "path": "first input to last output"}
    for ax, (field, title) in zip(axes, titles.items(), strict=True):
        for name, row in table.items():
            ax.plot(lengths, row[field], label=name, **LOOKS[name])
        ax.set_xscale("log", base=2)
        ax.set_yscale("log", base=2)
        ax.set(xlabel="length n", xticks=lengths, xticklabels=lengths)
        ax.set_yticks(lengths, lengths)
        ax.set_title(title, fontsize=10)
    axes[0].set_ylabel("number of steps")
    fig.legend(*axes[0].get_legend_handles_labels(), ncols=3, loc="outside upper center")
    return fig


@styled
def wall_times():
    """Time of a recurrent layer and of attention on this machine, against length."""
    lengths = (32, 64, 128, 256, 512, 1024)
    times = experiments.wall_times(lengths=lengths)
    fig, ax = new_figure(3.4)
    for name, runs in times.items():
        ax.fill_between(
            lengths,
            runs.min(axis=1),
            np.median(runs, axis=1),
            color=LOOKS[name]["color"],
            alpha=0.15,
        )
        ax.plot(lengths, runs.min(axis=1), label=name, **LOOKS[name])  # the least disturbed run
    ax.set_xscale("log", base=2)
    ax.set(xlabel="length n", ylabel="time (ms)", yscale="log", xticks=lengths)
    ax.set_xticklabels(lengths)
    ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
    ax.legend()
    return fig


@styled
def recall_task(n=10):
    """One sequence of the recall task: its symbols, the mark, and the question."""
    x, targets = marked_symbols.recall_batch(n, batch=1, rng=6)
    fig, ax = new_figure(1.7)
    for t, features in enumerate(x[0]):
        question = features[-1] == 1
        marked = features[marked_symbols.SYMBOLS] == 1
        text = "?" if question else "ABCDEFGH"[features.argmax()]
        _box(ax, (t, 0), text, WRONG if marked else INK if question else MUTED, size=0.76)
        if marked:
            ax.text(t, 0.62, "★", color=WRONG, ha="center", va="bottom", fontsize=13)
    ax.text(n + 0.4, -0.65, f"answer: {'ABCDEFGH'[targets[0, 0]]}", ha="right", va="top")
    ax.set(xlim=(-0.6, n + 0.6), ylim=(-1.3, 1.3))
    ax.set_axis_off()
    return fig


@styled
def recall_weights():
    """Weights of a trained head, asked at the end of five sequences; marked symbols are framed."""
    weights, marked = marked_symbols.trained_weights()
    fig, ax = new_figure(2.8)
    weight_matrix(ax, weights)
    for row, column in enumerate(marked):
        frame = Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, ec=WRONG, lw=2)
        ax.add_patch(frame)
    last = weights.shape[1] - 1
    ax.set_xticks(range(last + 1), [*map(str, range(last)), "?"])
    ax.set(xlabel="key: symbol of the sequence", ylabel="sequence")
    return fig


@styled
def recall_curves(n=20):
    """Accuracy during training on sequences of 20 symbols, one line for each seed."""
    fig, ax = new_figure(3.4)
    for kind in marked_symbols.WIDTHS:
        for k, run in enumerate(marked_symbols.recall_runs(kind, n)):
            label = None if k else kind
            ax.plot(run.seen, run.curve, label=label, lw=1.4, markersize=4, **LOOKS[kind])
    _accuracy_axis(ax)
    ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.55))
    ax.set(xlabel="sequences seen in training")
    return fig


@styled
def recall_race():
    """Accuracy after training against the length of the sequences."""
    fig, ax = new_figure(3.4)
    _by_length(ax, marked_symbols.LENGTHS, marked_symbols.recall_race())
    fig.legend(ncols=3, loc="outside upper center")
    ax.set(xlabel="symbols before the question")
    return fig


@styled
def memory_of_the_past():
    """Bytes that stand for the past in one layer, against tokens read."""
    lengths = 4 ** np.arange(11)
    table = experiments.memory_of_the_past(lengths=tuple(lengths))
    fig, ax = new_figure(3.4)
    for name, row in table.items():
        (line,) = ax.plot(lengths, row["bytes"], markevery=2, **LOOKS[name])
        end_label(ax, line, name)
    ax.set(xscale="log", yscale="log", xlabel="tokens read", ylabel="memory of the past")
    ax.set_xticks([1, 1e3, 1e6], ["1", "thousand", "million"])
    ax.set_yticks([2**10, 2**20, 2**30], ["1 KiB", "1 MiB", "1 GiB"])
    ax.xaxis.set_minor_locator(NullLocator())
    return fig


@styled
def hold_race():
    """Accuracy on sequences longer than those of training, in the task that follows a stream."""
    fig, ax = new_figure(3.4)
    _by_length(ax, marked_symbols.STREAMS, marked_symbols.hold_race())
    trained = marked_symbols.STREAMS[0]
    ax.axvline(trained, color=MUTED, lw=1, ls=":")
    ax.text(1.03 * trained, 0.22, "length in training", color=MUTED)
    ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.74))
    ax.set(xlabel="symbols in the sequence")
    return fig


@styled
def forecasts():
    """Error of forecasts one step ahead, by method."""
    errors = seasonal.forecast_race()
    fig, ax = new_figure(3.2)
    for row, (name, runs) in enumerate(errors.items()):
        look = LOOKS.get(name, {"color": MUTED, "marker": "D"})
        ax.plot(runs, np.full(len(runs), row), ls="", **look)
    ax.axvline(seasonal.NOISE**2, color=MUTED, lw=1, ls=":")
    ax.text(seasonal.NOISE**2, -0.65, "nobody can do better", color=MUTED, ha="center")
    ax.set(yticks=range(len(errors)), yticklabels=errors, ylabel="method", xscale="log")
    ax.set(xlabel="mean squared error, one hour ahead", xlim=(0.045, 0.6))
    ax.set_xticks([0.05, 0.1, 0.2, 0.4], ["0.05", "0.1", "0.2", "0.4"])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_ylim(len(errors) - 0.6, -0.5)
    return fig


def _by_length(ax, lengths, scores):
    """Mean accuracy of each model by length as a line, and every seed as a dot."""
    for kind, runs in scores.items():
        ax.plot(lengths, runs.mean(axis=1), label=kind, **LOOKS[kind])
        for seed in runs.T:
            ax.plot(lengths, seed, ls="", alpha=0.5, markersize=4, **LOOKS[kind])
    _accuracy_axis(ax)
    ax.set_xscale("log", base=2)
    ax.set_xticks(lengths, [str(n) for n in lengths])


def _accuracy_axis(ax):
    ax.axhline(CHANCE, color=MUTED, lw=1, ls=":")
    below = {"va": "top", "transform": ax.get_yaxis_transform()}  # x as a share of the width
    ax.text(0.01, CHANCE - 0.015, "guessing", color=MUTED, **below)
    ax.set(ylabel="share of right answers", ylim=(0, 1.06))


def _box(ax, centre, text, color, size=0.7):
    x, y = centre
    corner = (x - size / 2, y - size / 2)
    ax.add_patch(FancyBboxPatch(corner, size, size, boxstyle="round,pad=0.03", fc="none", ec=color))
    ax.text(x, y, text, ha="center", va="center", color=color)


def _arrow(ax, start, end, *, color=INK, style="-"):
    look = {"arrowstyle": "->", "color": color, "linestyle": style, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, xytext=start, arrowprops=look)
