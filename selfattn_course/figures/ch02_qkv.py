"""Figures of the query, key and value chapter, one function each, drawn from its experiments."""

import numpy as np
from matplotlib.colors import ListedColormap

from ..experiments import built_heads, head_shapes, similarity, word_order
from ..experiments import ch02_qkv as experiments
from .elements import end_label, number_block, queries_by_keys, weight_matrix
from .style import INK, KEY, MUTED, OTHER, QUERY, VALUE, WRONG, new_figure, styled

CAT = experiments.CAT_SENTENCE


@styled
def it_readings():
    """Weights of "it" on the words of its sentence, under two heads built by hand."""
    readings = experiments.it_readings()
    fig, axes = new_figure(3.6, ncols=2, sharey=True)
    rows = np.arange(len(experiments.DOG_SENTENCE))
    titles = {"alive": "asks: which noun\nis alive?", "sound": "asks: which noun\nis a sound?"}
    for ax, (name, reading) in zip(axes, readings.items(), strict=True):
        bars = ax.barh(rows, reading["weights"], color=INK)
        ax.bar_label(bars, [f"{w:.2f}" for w in reading["weights"]], padding=3, fontsize=9)
        ax.set(title=titles[name], xlabel='weight of "it"', xlim=(0, 1.25), xticks=[0, 0.5, 1])
    axes[0].set_yticks(rows, experiments.DOG_SENTENCE)
    axes[0].set_ylabel("word")
    axes[0].invert_yaxis()
    return fig


@styled
def lookup():
    """One-hot rows times a table, as numbers, and the rows of the table that come out."""
    data = experiments.lookup()
    fig, ax = new_figure(2.9)
    number_block(ax, data["one_hot"], (2, 0), "one-hot rows", color=MUTED, digits=0)
    number_block(ax, data["table"], (10.6, 0), "table", color=INK)
    number_block(ax, data["x"], (15.6, 0), "x", color=INK)
    _row_names(ax, CAT, 1.8)
    _row_names(ax, data["vocabulary"], 10.4)
    ax.text(8.25, 2.5, "·", fontsize=16, va="center")
    ax.text(14.6, 2.5, "=", va="center")
    ax.set(xlim=(-0.3, 19.3), ylim=(6.1, -1.2))
    ax.set_axis_off()
    return fig


@styled
def projections():
    """The six tokens of the cat sentence, and their queries, keys and values."""
    data = experiments.cat_sentence()
    fig, ax = new_figure(3.1)
    blocks = {
        "x": (2, "x", INK),
        "q": (6.2, r"q = x $W_Q$", QUERY),
        "k": (9.2, r"k = x $W_K$", KEY),
        "v": (12.2, r"v = x $W_V$", VALUE),
    }
    for name, (left, title, color) in blocks.items():
        digits = 0 if name == "v" else 1  # our values are whole numbers
        number_block(ax, data[name], (left, 0), title, color=color, digits=digits)
    _row_names(ax, CAT, 1.8)
    ax.set(xlim=(0, 14.8), ylim=(6.1, -1.2))
    ax.set_axis_off()
    return fig


@styled
def likeness():
    """Two reasons why a dot product need not be likeness: lengths, and two projections."""
    fig, (top, bottom) = new_figure(4.8, nrows=2, height_ratios=(3, 2))
    top.plot(similarity.LENGTH_SPREADS, similarity.best_by_angle(), "o-", color=INK)
    top.axhline(1 / 32, color=MUTED, lw=1, ls=":")
    top.text(0, 1 / 32, "by chance", color=MUTED, va="bottom")
    top.set(xlabel="spread of the lengths of keys (σ of log length)", ylim=(0, 1.05))
    top.set_ylabel("best score =\nsmallest angle")
    correlations = similarity.likeness_of_scores()
    names = ["none", "one, shared", "two"]
    bottom.barh(names, list(correlations.values()), color=[INK, MUTED, WRONG])
    for row, correlation in enumerate(correlations.values()):
        text = f"{abs(correlation):.2f}" if abs(correlation) < 0.005 else f"{correlation:.2f}"
        bottom.text(max(correlation, 0) + 0.02, row, text, va="center", fontsize=9)
    bottom.axvline(0, color=MUTED, lw=1)
    bottom.set(xlabel="correlation of score and cosine", ylabel="projections", xlim=(-0.05, 1.15))
    bottom.invert_yaxis()
    return fig


@styled
def cat_weights():
    """Weights of the cat sentence, words by words."""
    fig, ax = new_figure(3.7)
    weight_matrix(ax, experiments.cat_sentence()["weights"])
    _word_ticks(ax, CAT, CAT)
    return fig


@styled
def value_hull():
    """Values of the cat sentence, their hull, and where context vectors fall."""
    data, sentence = experiments.value_hull(), experiments.cat_sentence()
    fig, ax = new_figure(4.0)
    ax.fill(*data["corners"].T, color=VALUE, alpha=0.12, lw=0)
    ax.plot(*data["out"].T, ".", color=MUTED, ms=3, label="context vectors of random queries")
    ax.plot(*data["v"].T, "o", color=VALUE, ms=8, label="values")
    ax.plot(*sentence["out"][2], "D", color=INK, ms=8, label='context vector of "sat"')
    offsets = {"the": (8, -4), "cat": (6, 5), "sat": (8, 2), "on": (-20, 4), "mat": (6, -12)}
    for word, at in dict(zip(CAT, data["v"], strict=True)).items():
        ax.annotate(word, at, xytext=offsets[word], textcoords="offset points")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0))
    ax.set(xlabel="first component", ylabel="second component", xlim=(-1.6, 2.6))
    ax.set_aspect("equal")
    return fig


@styled
def query_paths():
    """Where context vectors go as queries grow longer, and how strongly they still respond."""
    paths, hull = experiments.query_paths(), experiments.value_hull()
    fig, (top, bottom) = new_figure(6.2, nrows=2, height_ratios=(3, 2))
    top.fill(*hull["corners"].T, color=VALUE, alpha=0.12, lw=0)
    top.plot(*hull["v"].T, "o", color=VALUE, ms=8)
    for word, at in dict(zip(CAT, hull["v"], strict=True)).items():
        top.annotate(word, at, xytext=(7, 4), textcoords="offset points", color=VALUE)
    looks = {"sat": (INK, "-"), "mat": (MUTED, "--"), "the": (OTHER, "-.")}
    for word, (color, line) in looks.items():
        out = paths[word]["out"]
        top.plot(*out.T, line, color=color, label=f'query of "{word}"')
        top.plot(*out[10], "D", color=color)
        bottom.plot(paths["factor"], paths[word]["slope"], line, color=color)
    top.plot(*hull["v"].mean(axis=0), "k+", ms=10, mew=2, label="mean of all values")
    top.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    top.set(xlabel="first component", ylabel="second component", xlim=(-1.4, 2.6))
    bottom.set(xlabel="factor on the query", ylabel="size of derivative", ylim=(0, None))
    return fig


@styled
def questions():
    """Weights of two questions over the words of a sentence."""
    asked = ("who", "where")
    fig, ax = new_figure(2.0)
    weight_matrix(ax, experiments.questions(asked)["weights"])
    _word_ticks(ax, CAT, asked)
    return fig


@styled
def own_weights():
    """Weight of a token on itself against the number of tokens."""
    data, n = similarity.own_weights(), np.array(similarity.LENGTHS)
    fig, ax = new_figure(3.5)
    ax.plot(n, data["tied"], "s", color=WRONG, label="queries = keys")
    ax.plot(n, data["expected"], color=WRONG, lw=1, label="estimate for queries = keys")
    ax.plot(n, data["two"], "o", color=INK, label="two random projections")
    ax.plot(n, data["equal"], color=MUTED, lw=1, ls=":", label="equal share 1/n")
    ax.legend(loc="lower left")
    ax.set_xscale("log", base=2)
    ax.set(xlabel="number of tokens n", ylabel="weight on itself", yscale="log")
    ax.set_xticks(n[1::2], [str(m) for m in n[1::2]])
    ax.set_yticks([0.001, 0.01, 0.1, 1], ["0.001", "0.01", "0.1", "1"])
    return fig


@styled
def without_the_diagonal():
    """Causal weights of tied tokens with and without the diagonal."""
    cases = similarity.without_the_diagonal()
    titles = {"with": "may look at itself", "without": "others only"}
    fig, axes = new_figure(2.9, ncols=2, sharey=True)
    for ax, (name, (weights, _)) in zip(axes, cases.items(), strict=True):
        weight_matrix(ax, weights)
        ax.set(title=titles[name], ylabel="query" if ax is axes[0] else "")
    return fig


@styled
def head_reads():
    """Which features of the input each head reads, for two ways to make heads."""
    cases = head_shapes.head_reads()
    fig, axes = new_figure(4.6, nrows=2)
    titles = {"projection": "split the projection", "embedding": "split the embedding"}
    for ax, (name, moved) in zip(axes, cases.items(), strict=True):
        ax.imshow(moved, cmap="Greys", vmin=0, vmax=2)
        for (i, j), change in np.ndenumerate(moved):
            text, ink = (
                (f"{change:.1f}", "white" if change > 1.1 else INK) if change else ("·", MUTED)
            )
            ax.text(j, i, text, ha="center", va="center", color=ink, fontsize=9)
        queries_by_keys(ax, *moved.shape)
        ax.set(title=titles[name], xlabel="feature of the input", ylabel="head")
    return fig


@styled
def order():
    """How far shuffling before and after attention differ, for four layers."""
    deviations = word_order.order_deviations()
    fig, ax = new_figure(2.5)
    rows = np.arange(len(deviations))
    sizes = np.array(list(deviations.values()))
    broken = sizes > 1e-9
    ax.axvspan(1e-17, 1e-14, color=MUTED, alpha=0.15, lw=0)
    ax.text(1.5e-17, -0.6, "rounding", color=MUTED)
    ax.plot(sizes[~broken], rows[~broken], "o", color=INK, ms=8)
    ax.plot(sizes[broken], rows[broken], "s", color=WRONG, ms=8)
    ax.set(xscale="log", xlim=(1e-17, 100), ylim=(3.5, -1.1), yticks=rows, ylabel="layer")
    ax.set_yticklabels(["attention", "its mean", "with positions", "causal mask"])
    ax.set_xlabel("largest difference")
    ax.set_xticks([1e-16, 1e-12, 1e-8, 1e-4, 1])
    return fig


@styled
def ranks():
    """Singular values of the scores of a small head, and of its weights."""
    values = head_shapes.singular_values()
    fig, ax = new_figure(3.3)
    index = np.arange(1, len(values["scores"]) + 1)
    ax.plot(index, values["weights"], "o", color=INK, ms=4, label="weights")
    ax.plot(index, values["scores"], "s", color=WRONG, ms=4, label="scores")
    ax.legend(loc="center right")
    ax.axvline(4.5, color=MUTED, lw=1, ls=":")
    ax.text(5.2, 1e-10, "d = 4", color=MUTED)
    ax.set(yscale="log", xlabel="number of the singular value", ylabel="singular value")
    ax.set_yticks([1e-15, 1e-10, 1e-5, 1])
    return fig


@styled
def previous_token():
    """Weights of a head built to look one position back, for three gaps of the scores."""
    fig, axes = new_figure(2.4, ncols=3, sharey=True)
    for ax, (gap, weights) in zip(axes, built_heads.previous_weights().items(), strict=True):
        weight_matrix(ax, weights, digits=0)
        ax.set(title=f"gap {gap:g}", ylabel="query" if ax is axes[0] else "")
        ax.set_xticks(range(0, 8, 2))
    return fig


@styled
def sharpness():
    """Smallest weight on the token before against the factor on the query projection."""
    curves = built_heads.sharpness()
    fig, ax = new_figure(3.4)
    factor = curves["factor"]
    ax.plot(factor, curves["sinusoidal"], "--", color=OTHER, label="sinusoidal")
    ax.plot(factor[::2], curves["one-hot"][::2], "o", color=INK, label="one-hot")
    ax.plot(factor, curves["predicted"], color=MUTED, lw=1, label="formula (one-hot)")
    ax.plot(factor, curves["length 1"], "-.", color=OTHER, label="sinusoidal, length 1")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    ax.set(xlabel="factor on the query projection", xscale="log", ylim=(0, 1.05))
    ax.set_ylabel("smallest weight\non the token before")
    ax.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    return fig


@styled
def induction(word="JUMPING"):
    """Weights of two layers that copy, on one word written twice after a start token."""
    letters = sorted(set(word))
    tokens = np.array([[0] + [1 + letters.index(c) for c in 2 * word]])
    run = built_heads.induction(tokens, n_symbols=len(letters))
    names = ["^", *word, *word]
    fig, axes = new_figure(3.1, ncols=2, sharey=True)
    titles = {"layer 1: token before": run.previous[0], "layer 2: match": run.found[0]}
    for ax, (title, weights) in zip(axes, titles.items(), strict=True):
        weight_matrix(ax, weights, digits=0)
        for text in ax.texts:
            text.set_visible(False)  # 105 dots would hide the pattern
        _word_ticks(ax, names, names, rotation=0)
        ax.tick_params(labelsize=8)
        ax.set(title=title, ylabel="query" if ax is axes[0] else "")
    return fig


@styled
def copying():
    """Weight on the right next token against position, with one layer and with two."""
    fig, ax = new_figure(3.2)
    for layers, (color, marker) in {2: (INK, "o"), 1: (WRONG, "s")}.items():
        share = built_heads.copying(layers=layers)["share"]
        (line,) = ax.plot(share, color=color, marker=marker, ms=5)
        end_label(ax, line, f"{layers} layer" + "s" * (layers - 1))
    ax.axvline(12.5, color=MUTED, lw=1, ls=":")
    ax.text(12.2, 0.5, "first time", color=MUTED, ha="right")
    ax.text(12.8, 0.5, "again", color=MUTED)
    ax.set(xlabel="position", ylabel="weight on the right\nnext token", ylim=(-0.03, 1.05))
    return fig


@styled
def reach():
    """Which outputs move when a token changes: without a mask, causal, and in a window."""
    fig, axes = new_figure(2.3, ncols=3, sharey=True)
    for ax, (name, moved) in zip(axes, word_order.reach().items(), strict=True):
        ax.imshow(moved > 0, cmap=ListedColormap(["white", "#9A9A9A"]), vmin=0, vmax=1)
        queries_by_keys(ax, *moved.shape)
        ax.set(title=name, xlabel="changed token", ylabel="output" if ax is axes[0] else "")
        ax.set_xticks(range(0, 8, 2))
    return fig


def _row_names(ax, names, right):
    for i, name in enumerate(names):
        ax.text(right, i + 0.5, name, ha="right", va="center", fontsize=9.5)


def _word_ticks(ax, keys, queries, *, rotation=45):
    ax.set_xticks(range(len(keys)), keys, rotation=rotation)
    ax.set_yticks(range(len(queries)), queries)
