"""Figures of the chapter on dependencies, one function each, drawn from its experiments."""

import numpy as np

from ..experiments import ch01_dependencies as experiments
from ..experiments import direct_link, markov_chains, real_text, windows
from ..experiments.learning_to_copy import copy_learners
from ..experiments.name_distances import name_distances as measured_names
from .elements import end_label, number_block, powers_of_two_axis, weight_matrix
from .style import INK, KEY, MUTED, OTHER, QUERY, WRONG, new_figure, styled

TASK_LOOKS = {
    "copy": (INK, "s", "-", "copy, 8 back"),
    "agreement": (WRONG, "o", "--", "agreement"),
    "brackets": (OTHER, "^", "-.", "brackets"),
}


@styled
def sentence_arcs():
    """The words of a sentence below each other, with an arc for each pair that belongs together."""
    fig, ax = new_figure(4.0)
    colors = {experiments.IT: QUERY, experiments.DOG: KEY}
    for i, word in enumerate(experiments.WORDS):
        known = i in colors
        ax.text(-0.5, i, str(i), ha="right", va="center", color=MUTED, fontsize=9)
        ax.text(0, i, word, va="center", color=INK, weight="bold" if known else "normal")
        if known:
            ax.plot(-0.2, i, "so"[i == experiments.IT], color=colors[i], clip_on=False)
    for i, head in enumerate(experiments.HEADS):
        if i != head:
            _arc(ax, i, head, color=MUTED, lw=1)
    _arc(ax, experiments.IT, experiments.DOG, color=INK, lw=2.5)
    top = _width(experiments.IT - experiments.DOG)
    ax.text(2.15 + top, 5.5, "which one is\nmeant: 9 apart", va="center")
    ax.text(2.05 + _width(7), 9.6, "grammar:\n1 to 9 apart", color=MUTED, va="center")
    ax.set(xlim=(-0.9, 6.6), ylim=(11.6, -0.6))
    ax.set_axis_off()
    return fig


@styled
def name_distances():
    """How far the uses of names in programs are from their last assignment, in lines."""
    lines = measured_names().lines
    fig, (top, bottom) = new_figure(4.8, nrows=2, sharex=True)
    distances, counts = np.unique(lines[lines > 0], return_counts=True)
    top.plot(distances, counts, "o", color=INK, ms=3)
    top.axvline(np.median(lines), color=MUTED, lw=1, ls=":")
    top.text(np.median(lines) * 1.1, 1.2, "median", color=MUTED)
    top.set(yscale="log", ylabel="number of uses")
    steps = np.arange(1, lines.max())
    beyond = 1 - np.searchsorted(np.sort(lines), steps, side="right") / len(lines)
    bottom.plot(steps, beyond, color=INK)
    for limit in (10, 50, 100):
        share = np.mean(lines > limit)
        bottom.plot(limit, share, "o", color=WRONG)
        text = f"{share:.0%}" if share > 0.015 else f"{share:.1%}"
        bottom.annotate(text, (limit, share), xytext=(6, 4), textcoords="offset points")
    bottom.set(xscale="log", yscale="log", xlabel="distance in lines", ylabel="share farther away")
    bottom.set_xticks([1, 3, 10, 30, 100], ["1", "3", "10", "30", "100"])
    bottom.set_ylim(1e-4, 1.5)
    return fig


@styled
def reach():
    """Share of dependencies that lie within a window, against its size."""
    data, story = experiments.reach(), experiments.story()["distance"]
    fig, ax = new_figure(3.6)
    looks = {"programs": (INK, "o", "names in programs"), "text": (OTHER, "^", "words coming back")}
    for name, (color, marker, label) in looks.items():
        ax.plot(data["window"], data[name], color=color, marker=marker, ms=4, label=label)
    marks = [(experiments.IT - experiments.DOG, "it, the dog", "top"), (story, "story", "bottom")]
    for distance, text, va in marks:
        ax.axvline(distance, color=MUTED, lw=1, ls=":")
        y = {"top": 1.02, "bottom": 0.02}[va]
        ax.text(distance * 0.92, y, text, rotation=90, color=MUTED, va=va, ha="right")
    ax.legend(loc="lower right")
    powers_of_two_axis(ax, data["window"], "window in tokens")
    ax.set_xticks([1, 16, 256, 4096, 65536], ["1", "16", "256", "4096", "65536"])
    ax.set(ylabel="share in sight", ylim=(-0.03, 1.05))
    return fig


@styled
def information_by_hand():
    """From counts of pairs to mutual information, as numbers."""
    data = experiments.information_by_hand()
    fig, ax = new_figure(3.6)
    blocks = {
        "counts": ("pairs counted", INK, 0),
        "joint": ("share of all 8", INK, 3),
        "apart": ("if independent", MUTED, 3),
        "terms": ("share × log(ratio)", WRONG, 3),
    }
    corners = [(1.4, 0), (5.8, 0), (1.4, 4.2), (5.8, 4.2)]
    for (name, (title, color, digits)), corner in zip(blocks.items(), corners, strict=True):
        number_block(ax, data[name], corner, title, color=color, digits=digits)
        for i, letter in enumerate("ab"):
            x, y = corner
            ax.text(x - 0.2, y + i + 0.5, letter, ha="right", va="center", color=MUTED)
            ax.text(x + 1.2 * i + 0.6, y + 2.15, letter, ha="center", va="top", color=MUTED)
    ax.text(0.6, 1, "first", rotation=90, ha="center", va="center", color=MUTED)
    ax.text(2.6, 3.05, "second", ha="center", va="center", color=MUTED)
    ax.text(5.8, 7.5, f"sum: {data['information']:.3f} nats", va="center")
    ax.set(xlim=(0.2, 8.6), ylim=(7.9, -0.9))
    ax.set_axis_off()
    return fig


@styled
def markov_decay():
    """Mutual information against lag for two Markov chains, exact and counted."""
    fig, ax = new_figure(3.7)
    looks = {"two states": (INK, "o", "-"), "three states": (WRONG, "^", "--")}
    for name, data in markov_chains.decay().items():
        color, marker, dashes = looks[name]
        label = rf"{name}, $\lambda_2$ = {data['second']:.2f}"
        ax.plot(data["lag"], data["exact"], dashes, color=color, label=label)
        ax.plot(data["lag"], data["counted"], marker, color=color, ms=4, label="_")
        ax.axhline(data["floor"], color=color, lw=1, ls=":")
    ax.text(0.5, 1.2e-5, "dotted: found by chance", va="center", color=MUTED)
    ax.legend()
    ax.set(xlabel="lag", ylabel="mutual information (nats)", yscale="log", ylim=(3e-7, 1))
    return fig


@styled
def letter_information():
    """Mutual information of two letters of a real text against their distance."""
    data = real_text.letter_information()
    fig, ax = new_figure(3.8)
    ax.plot(data["lag"], data["text"], "o-", color=INK, ms=4, lw=1, label="documentation")
    ax.plot(data["lag"], data["words"], "s-", color=OTHER, ms=3, lw=1, label="words shuffled")
    ax.plot(data["lag"], data["shuffled"], "x", color=MUTED, ms=5, label="letters shuffled")
    ax.plot(data["lag"], data["chain"], "^--", color=WRONG, ms=5, label="its Markov chain")
    ax.axhline(data["bias"], color=MUTED, lw=1, ls=":")
    ax.legend()
    ax.set(xlabel="distance in letters", ylabel="mutual information (nats)")
    ax.set(xscale="log", yscale="log", ylim=(4e-4, 1))
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    return fig


@styled
def window_tasks():
    """Accuracy of the best answer from the last W tokens, for three tasks."""
    fig, ax = new_figure(3.6)
    for name, data in windows.window_accuracy().items():
        color, marker, dashes, label = TASK_LOOKS[name]
        ax.plot(data["size"], data["measured"], marker, color=color, ms=5, label=label)
        sizes = np.arange(1, data["size"][-1] + 1)
        curve = [1 - windows.TASKS[name].beyond(int(size)) / 2 for size in sizes]
        ax.plot(sizes, curve, dashes, color=color, lw=1.5, drawstyle="steps-post", label="_")
    ax.axhline(0.5, color=MUTED, lw=1, ls=":")
    ax.text(256, 0.505, "guessing", ha="right", va="bottom", color=MUTED)
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.35))
    powers_of_two_axis(ax, 2 ** np.arange(9), "window in tokens")
    ax.set(ylabel="share of right answers", ylim=(0.45, 1.03))
    return fig


@styled
def ngram_growth():
    """Strings of n letters that are possible and that a real text has, and how many are new."""
    data = real_text.ngram_growth()
    fig, (top, bottom) = new_figure(5.0, nrows=2, sharex=True, height_ratios=(3, 2))
    looks = {"possible": (WRONG, "^--"), "places": (MUTED, ":"), "seen": (INK, "o-")}
    names = {"possible": "possible", "places": "letters in the text", "seen": "in the text"}
    for name, (color, look) in looks.items():
        top.plot(data["n"], data[name], look, color=color, ms=5, label=names[name])
    top.legend()
    top.set(yscale="log", ylabel="different strings")
    bottom.bar(data["n"], data["new"], color=INK, width=0.6)
    bottom.set(xlabel="length n in letters", ylabel="share never\nseen before", ylim=(0, 0.6))
    bottom.set_xticks(data["n"])
    return fig


@styled
def copy_learning():
    """Accuracy of a table of contexts, and of finding where to look, against the lag."""
    data = copy_learners()
    fig, ax = new_figure(3.5)
    ax.plot(data["lag"], data["expected"], color=WRONG, lw=1, label="_")
    ax.plot(data["lag"], data["table"], "^", color=WRONG, label="table, 4000 examples")
    ax.plot(data["lag"], data["lookup"], "o-", color=INK, label="where to look, 20 examples")
    ax.axhline(0.5, color=MUTED, lw=1, ls=":")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 0.1))
    ax.set(xlabel="lag: how many tokens back the answer stands", ylabel="share of right answers")
    ax.set(ylim=(0.45, 1.03), xticks=range(0, 21, 4))
    return fig


@styled
def first_attention():
    """Weights, made by hand, of every word of the sentence on every word."""
    weights = experiments.first_attention()["weights"]
    fig, ax = new_figure(4.6)
    weight_matrix(ax, weights, digits=0)
    ax.set_xticklabels(experiments.WORDS, rotation=60, ha="right", rotation_mode="anchor")
    ax.set_yticklabels(experiments.WORDS)
    for j in (experiments.DOG, experiments.NOISE):
        weight = weights[experiments.IT, j]
        ink = "white" if weight > 0.6 else INK
        text = f"{weight:.2f}".removeprefix("0")
        ax.text(j, experiments.IT, text, ha="center", va="center", color=ink, fontsize=8)
    ax.get_yticklabels()[experiments.IT].set(color=QUERY, weight="bold")
    ax.get_xticklabels()[experiments.DOG].set(weight="bold")
    ax.set(ylabel="who looks (query)", xlabel="at whom (key)")
    fig.colorbar(ax.images[0], ax=ax, label="weight", shrink=0.8)
    return fig


@styled
def direct_link_weights():
    """Weight of a source against its distance, and against the number of tokens."""
    fig, (top, bottom) = new_figure(5.4, nrows=2)
    window = direct_link.weights_at_distance(window=64)
    full = direct_link.weights_at_distance()
    top.plot(full["distance"], full["weight"], "o-", color=INK, label="sees all 1024 tokens")
    top.plot(window["distance"], window["weight"], "^--", color=WRONG, label="sees 64 back")
    top.set(ylabel="weight of the source", ylim=(-0.05, 1.08))
    powers_of_two_axis(top, 2 ** np.arange(11), "distance of the source")
    top.legend(loc="lower left")
    lengths = np.array(direct_link.LENGTHS)
    for gap, shade, dashes in ((5.0, "#888888", ":"), (8.0, INK, "-"), (11.0, "#555555", "--")):
        weights = direct_link.weights_at_length(gap=gap)
        (line,) = bottom.plot(lengths, weights, dashes, color=shade)
        end_label(bottom, line, f"{gap:g} ahead", dy={5.0: -6, 8.0: 6, 11.0: 0}[gap])
    powers_of_two_axis(bottom, lengths, "number of tokens n")
    bottom.set_xticks([4, 64, 1024, 16384], ["4", "64", "1024", "16384"])
    bottom.set(ylabel="weight of the source", ylim=(-0.05, 1.08))
    return fig


def _width(distance):
    return 0.9 * distance**0.5


def _arc(ax, a, b, **looks):
    """Half an ellipse to the right of two words, whose width grows with their distance."""
    angle = np.linspace(0, np.pi, 40)
    x = 2.0 + _width(abs(a - b)) * np.sin(angle)
    ax.plot(x, (a + b) / 2 + (a - b) / 2 * np.cos(angle), **looks)
