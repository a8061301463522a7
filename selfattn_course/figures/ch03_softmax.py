"""Figures of the softmax chapter, one function each, drawn from its experiments."""

import numpy as np
from matplotlib.colors import ListedColormap

from ..experiments import ch03_softmax as experiments
from ..experiments import masking, rounding
from ..kernels import softmax
from .elements import (
    end_label,
    number_block,
    powers_of_two_axis,
    queries_by_keys,
    weight_matrix,
)
from .style import INK, KEY, MUTED, OTHER, QUERY, SIGNED_CMAP, VALUE, WRONG, new_figure, styled

SCALE_LOOKS = {
    "unscaled": {"color": WRONG, "marker": "s"},
    "1/sqrt(d)": {"color": INK, "marker": "o"},
    "1/d": {"color": OTHER, "marker": "^"},
}
SCALE_NAMES = {"unscaled": "unscaled", "1/sqrt(d)": r"$1/\sqrt{d}$", "1/d": r"$1/d$"}


@styled
def small_example():
    """Queries, keys, values, scores, weights and output of a small attention, as numbers."""
    data = experiments.small_example()
    scores, weights = "scores =\n" + r"$q\,k^\top / \sqrt{d}$", "weights =\nsoftmax(scores)"
    fig, ax = new_figure(3.4)
    number_block(ax, data["q"], (0, 0), "q", color=QUERY, digits=0)
    number_block(ax, data["k"], (6, 0), "k", color=KEY, digits=0)
    number_block(ax, data["scores"], (12, 0), scores, color=INK)
    number_block(ax, data["weights"], (0, 5), weights, color=INK, digits=2)
    number_block(ax, data["v"], (6, 5), "v", color=VALUE, digits=0)
    number_block(ax, data["out"], (12, 5), "out =\nweights · v", color=VALUE, digits=2)
    ax.set(xlim=(-0.1, 15.8), ylim=(8.1, -1.8))
    ax.set_axis_off()
    return fig


@styled
def weighting_rules():
    """Weight of a key under three rules, as its score sweeps."""
    data = experiments.weighting_rules()
    fig, axes = new_figure(5.4, nrows=3, sharex=True)
    titles = {"share": "divide by the sum", "argmax": "argmax", "softmax": "softmax"}
    for ax, (rule, title) in zip(axes, titles.items(), strict=True):
        weight = np.where(np.abs(data[rule][:, 0]) > 20, np.nan, data[rule][:, 0])  # the pole
        ax.axhspan(0, 1, color=MUTED, alpha=0.15, lw=0)
        ax.plot(data["sweep"], weight, color=WRONG if rule == "share" else INK)
        ax.set(title=title, ylabel="weight", ylim=(-0.15, 1.15))
    axes[0].set_ylim(-3.2, 4.2)
    axes[0].text(4, 1.2, "between 0 and 1", color=MUTED, ha="right", va="bottom")
    axes[0].axvline(-3, color=MUTED, lw=1, ls=":")
    axes[0].text(-2.9, 3.2, "sum is 0", color=MUTED, va="center")
    axes[-1].set_xlabel("score of the key; the other two score 2 and 1")
    return fig


@styled
def softmax_by_hand(scores=(2.0, 1.0, -1.0)):
    """Scores, their exponentials, and the weights, as bars."""
    exps, weights = np.exp(scores), softmax(scores)
    fig, axes = new_figure(2.6, ncols=3)
    stages = {"scores": scores, "exponentials": exps, "weights": weights}
    for ax, (title, heights) in zip(axes, stages.items(), strict=True):
        bars = ax.bar(range(len(scores)), heights, color=INK if title == "weights" else MUTED)
        labels = [f"{h:.3f}" if title != "scores" else f"{h:g}" for h in heights]
        ax.bar_label(bars, labels, fontsize=9, padding=2)
        ax.axhline(0, color=MUTED, lw=1)
        ax.set(title=title, xlabel="key", xticks=range(len(scores)), yticks=[])
        ax.margins(y=0.18)
        ax.spines[:].set_visible(False)
    axes[0].set_ylabel("value")
    return fig


@styled
def offset_errors():
    """Error of naive and shifted softmax when a constant is added to all scores."""
    fig, axes = new_figure(5.6, nrows=3, sharex=True)
    for ax, dtype in zip(axes, ("float16", "float32", "float64"), strict=True):
        data = rounding.offset_errors(dtype)
        floor = np.finfo(dtype).eps / 8  # an error of exactly 0 needs a place on a log axis
        top = np.nanmax(data["naive"])
        for rule, color in (("naive", WRONG), ("shifted", INK)):
            error = np.maximum(data[rule], floor)
            style = "-" if rule == "naive" else "--"
            ax.plot(data["offset"], error, style, color=color, label=rule, lw=2)
            failed = data["offset"][np.isnan(error)]
            ax.plot(failed, np.full(len(failed), top), "x", color=color, ms=5, label="_")
        ax.set(title=dtype, ylabel="largest error", yscale="log")
        ax.set_xscale("symlog", linthresh=1)
        ax.margins(y=0.25)
        ax.set_ylim(floor / 2, 8 * top)
    axes[0].plot([], [], "x", color=WRONG, label="naive: NaN")
    axes[0].legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.15))
    axes[-1].set(xlabel="constant added to all scores")
    axes[-1].set_xticks([-1000, -10, 0, 10, 1000], ["−1000", "−10", "0", "10", "1000"])
    return fig


@styled
def temperature():
    """Weights of four scores, and their entropy, against temperature."""
    data = experiments.temperature_sweep()
    fig, (top, bottom) = new_figure(4.6, nrows=2, sharex=True, height_ratios=(3, 2))
    names = ["score 2", "score 1", "score 0", "score −1"]
    shades = [INK, "#555555", "#7A7A7A", "#999999"]
    for weights, name, shade, style in zip(
        data["weights"].T, names, shades, ("-", "--", "-.", ":"), strict=True
    ):
        top.plot(data["temperature"], weights, style, color=shade, label=name)
    top.legend()
    top.set(ylabel="weight", ylim=(-0.03, 1.05))
    bottom.plot(data["temperature"], data["entropy"], color=INK)
    bottom.axhline(np.log(4), color=MUTED, lw=1, ls=":")
    bottom.text(0.035, np.log(4), "log 4", color=MUTED, va="bottom")
    bottom.set(ylabel="entropy (nats)", xlabel="temperature", xscale="log", ylim=(-0.08, 1.75))
    bottom.set_xticks([0.1, 1, 10], ["0.1", "1", "10"])
    return fig


@styled
def smooth_maximum():
    """Log-sum-exp of two scores at three temperatures, above their maximum."""
    data = experiments.smooth_maximum()
    fig, ax = new_figure(3.4)
    looks = {1.0: ("-", INK), 0.5: ("--", "#555555"), 0.1: ("-.", "#888888")}
    for temperature_, (style, shade) in looks.items():
        ax.plot(
            data["gap"],
            data[temperature_],
            style,
            color=shade,
            label=f"log-sum-exp, T = {temperature_:g}",
        )
    ax.plot(data["gap"], data["max"], color=WRONG, lw=1, label="maximum")
    ax.legend()
    ax.set(xlabel="first score; the second is 0", ylabel="smooth maximum")
    return fig


@styled
def score_spread():
    """Standard deviation of the scores against d, under three scales."""
    measured = experiments.score_scaling()
    d = np.array(experiments.POWERS_OF_TWO)
    fig, ax = new_figure(3.5)
    ax.plot(d, np.sqrt(d), color=MUTED, lw=1, ls=":")
    ax.text(40, 9, r"$\sqrt{d}$", color=MUTED)
    for name, row in measured.items():
        (line,) = ax.plot(d, row.std, **SCALE_LOOKS[name])
        end_label(ax, line, SCALE_NAMES[name])
    powers_of_two_axis(ax, d, "size d of queries and keys")
    ax.set(ylabel="standard deviation of scores", yscale="log")
    ax.set_yticks([0.03, 0.1, 0.3, 1, 3, 10, 30], ["0.03", "0.1", "0.3", "1", "3", "10", "30"])
    return fig


@styled
def score_scaling():
    """Largest weight, entropy and Jacobian norm against d, under three scales."""
    measured = experiments.score_scaling()
    d = np.array(experiments.POWERS_OF_TWO)
    fig, axes = new_figure(6.2, nrows=3, sharex=True)
    labels = {
        "max_weight": "largest weight",
        "entropy": "entropy (nats)",
        "jacobian_norm": "Jacobian norm",
    }
    for ax, (field, label) in zip(axes, labels.items(), strict=True):
        for name, row in measured.items():
            ax.plot(d, getattr(row, field), label=SCALE_NAMES[name], **SCALE_LOOKS[name])
        ax.set(ylabel=label)
        ax.set_ylim(bottom=0)
    axes[0].set_ylim(0, 1.05)
    axes[1].axhline(np.log(16), color=MUTED, lw=1, ls=":")
    axes[1].text(4, np.log(16), "log 16: uniform", color=MUTED, va="bottom")
    axes[1].set_ylim(0, 3.4)
    axes[0].legend(ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    powers_of_two_axis(axes[-1], d, "size d of queries and keys")
    return fig


@styled
def tied_queries():
    """Weight of a token on itself against d, with independent and with tied queries."""
    measured = experiments.self_weights()
    d = np.array(experiments.POWERS_OF_TWO)
    fig, ax = new_figure(3.4)
    looks = {"tied": (WRONG, "s", "queries = keys"), "independent": (INK, "o", "independent")}
    for name, (color, marker, label) in looks.items():
        ax.plot(d, measured[name], color=color, marker=marker, label=label)
    ax.axhline(1 / 16, color=MUTED, lw=1, ls=":")
    ax.legend(loc="center right")
    powers_of_two_axis(ax, d, r"size d; scores scaled by $1/\sqrt{d}$")
    ax.set(ylabel="weight on itself", ylim=(0, 1.05))
    return fig


@styled
def masked_weights():
    """Weights of one causal sequence under five masking rules."""
    by_rule = masking.masked_weights()
    fig, axes = new_figure(4.7, nrows=2, ncols=3)
    *panels, spare = axes.flat
    for ax, (name, weights) in zip(panels, by_rule.items(), strict=True):
        weight_matrix(ax, weights, digits=0)
        ax.set_title(name.replace(": ", ":\n"), fontsize=10)
        edges = np.arange(len(weights) + 1) - 0.5
        ax.step(edges + 1, edges, where="post", color=WRONG, lw=1.5)
        ax.set(xlim=edges[[0, -1]], ylim=edges[[-1, 0]])
        if ax not in axes[:, 0]:
            ax.set(ylabel="", yticklabels=[])
    spare.set_axis_off()
    bar = spare.inset_axes([0.1, 0.0, 0.15, 1.0])
    fig.colorbar(panels[0].images[0], cax=bar, label="weight")
    return fig


@styled
def leak_probe(first_changed=5):
    """How far each output moves when the last tokens change, for five masking rules."""
    rules = masking.masking_rules()
    change = np.array(
        [masking.leak_probe(rule, first_changed=first_changed) for rule in rules.values()]
    )
    kind = np.where(change == 0, 0, 2)  # nothing moved, or a leak
    kind[:, first_changed:] = 1  # these may move
    fig, ax = new_figure(3.6)
    ax.imshow(kind, cmap=ListedColormap(["white", "#E3E3E3", "#F2B58C"]), vmax=2, aspect="auto")
    for (i, j), moved in np.ndenumerate(change):
        ax.text(j, i, _short(moved), ha="center", va="center", fontsize=9)
    queries_by_keys(ax, *change.shape)
    ax.axvline(first_changed - 0.5, color=INK, lw=2)
    names = [name.replace(": ", ":\n") for name in rules]
    ax.set(yticks=range(len(rules)), yticklabels=names, ylabel="masking rule", xlabel="query")
    ax.set_title(f"tokens {first_changed} and later were changed", loc="right", fontsize=10)
    return fig


@styled
def empty_rows():
    """Weights of a sequence in which one query may attend to nothing, under three policies."""
    fig, axes = new_figure(2.4, ncols=3, sharey=True)
    for ax, (name, result) in zip(axes, masking.empty_rows().items(), strict=True):
        weight_matrix(ax, result.weights, digits=0)
        ax.set_title(name)
        ax.set(ylabel="query" if ax is axes[0] else "")
    return fig


@styled
def jacobians():
    """Softmax Jacobians of flat, moderate and sharp weights."""
    matrices = experiments.jacobians()
    fig, axes = new_figure(2.9, ncols=3, sharey=True)
    for ax, (factor, matrix) in zip(axes, matrices.items(), strict=True):
        image = ax.imshow(matrix, cmap=SIGNED_CMAP, vmin=-0.25, vmax=0.25)
        queries_by_keys(ax, *matrix.shape)
        ax.set(title=f"scores × {factor:g}", xlabel="score", ylabel="")
    axes[0].set_ylabel("weight")
    bar = fig.colorbar(image, ax=axes, location="bottom", aspect=30)
    bar.set_label("derivative of weight in score")
    return fig


@styled
def two_readings():
    """Two sets of weights with no key in common, and the one output they share."""
    readings = experiments.two_readings()
    fig, (top, bottom) = new_figure(4.6, nrows=2, height_ratios=(3, 2))
    keys = np.arange(readings.weights.shape[1])
    top.bar(keys, readings.weights[0], color=INK, label="reading A")
    top.bar(keys, -readings.weights[1], color=OTHER, hatch="//", ec="white", label="reading B")
    top.axhline(0, color=MUTED, lw=1)
    top.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    top.set(xlabel="key", ylabel="weight (B downwards)")
    ticks = np.array([-0.2, 0, 0.2, 0.4])
    top.set_yticks(ticks, [f"{abs(t):g}" for t in ticks])
    coordinates = np.arange(readings.out.shape[1])
    bottom.plot(coordinates, readings.out[0], "o", color=VALUE, ms=10, label="output of A")
    bottom.plot(coordinates, readings.out[1], "x", color=INK, mew=2, label="output of B")
    bottom.axhline(0, color=MUTED, lw=1)
    bottom.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    bottom.set(xlabel="coordinate of the output", ylabel="value")
    return fig


@styled
def contributions():
    """Weights beside the length of what each key adds to the output."""
    data = experiments.contributions()
    fig, (left, right) = new_figure(3.0, ncols=2, sharey=True)
    keys = np.arange(len(data["weight"]))
    left.barh(keys, data["weight"], color=INK)
    right.barh(keys, data["contribution"], color=VALUE)
    left.set(xlabel="weight", ylabel="key", yticks=keys, xlim=(0, 1), xticks=[0, 0.5, 1])
    right.set(xlabel="length of weight × value")
    left.invert_yaxis()
    return fig


def _short(change):
    if change == 0 or change >= 0.05:
        return f"{change:.1f}" if change else "0"
    return f"1e{np.log10(change):.0f}"
