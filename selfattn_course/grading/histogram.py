"""How the scores of one assignment are spread: counts, and a drawing of them as SVG."""

from dataclasses import dataclass

import markupsafe

BINS = 10
_WIDTH, _HEIGHT = 400, 194  # of the drawing, in its own units
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 388, 44, 154  # of the plane that the bars stand on


@dataclass(frozen=True)
class Bin:
    """Submissions whose share of the points lies in a range."""

    label: str
    count: int


def bins(shares):
    """Count shares of the points in ten ranges; more than all of them falls into the last."""
    counts = [0] * BINS
    for share in shares:
        counts[min(int(share * BINS), BINS - 1)] += 1
    more = any(share > 1 for share in shares)
    return [Bin(_range(i, more), count) for i, count in enumerate(counts)]


def drawing(counted, median, median_text):
    """The counts as bars, the median as a dashed line.

    Parameters
    ----------
    counted : list of Bin
        From `bins`.
    median : float or None
        Share of the points; None draws no line.
    median_text : str
        The median as people read it.

    Returns
    -------
    Markup
        An SVG that takes its colours from the page and says in words what it shows.
    """
    parts = [_axis(), *(_bar(i, bin, counted) for i, bin in enumerate(counted) if bin.count)]
    if median is not None:
        parts.append(_median(min(median, 1.0), median_text))
    svg = '<svg class="histogram" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    words = _in_words(counted, median, median_text)
    return markupsafe.Markup(svg).format(_WIDTH, _HEIGHT, words, markupsafe.Markup("".join(parts)))


def _range(i, more):
    width = 100 // BINS
    if i < BINS - 1:
        return f"{i * width}–{(i + 1) * width - 1} %"
    return f"{i * width} % and more" if more else f"{i * width}–100 %"


def _x(share):
    return _LEFT + share * (_RIGHT - _LEFT)


def _bar(i, bin, counted):
    most = max(one.count for one in counted)
    height = max(bin.count / most * (_BOTTOM - _TOP - 16), 1)
    left, right = _x(i / BINS) + 2, _x((i + 1) / BINS) - 2
    return (
        f'<rect class="fill" x="{left:.1f}" y="{_BOTTOM - height:.1f}" '
        f'width="{right - left:.1f}" height="{height:.1f}"/>'
        f'<text x="{(left + right) / 2:.1f}" y="{_BOTTOM - height - 4:.1f}" '
        f'text-anchor="middle">{bin.count}</text>'
    )


def _axis():
    ticks = "".join(
        f'<text x="{_x(percent / 100):.1f}" y="{_BOTTOM + 16}" text-anchor="{anchor}">'
        f"{percent}</text>"
        for percent, anchor in ((0, "start"), (25, "middle"), (50, "middle"), (75, "middle"))
    )
    return (
        f'<path class="axis" d="M{_LEFT} {_BOTTOM}H{_RIGHT}"/>{ticks}'
        f'<text x="{_RIGHT}" y="{_BOTTOM + 16}" text-anchor="end">100 %</text>'
        f'<text x="{_x(0.5):.1f}" y="{_HEIGHT - 6}" text-anchor="middle">share of the points</text>'
        f'<text x="{_LEFT}" y="13">submissions</text>'
    )


def _median(share, text):
    x, anchor = _x(share), "end" if share > 0.5 else "start"
    words = markupsafe.Markup('<text x="{:.1f}" y="34" text-anchor="{}">median {}</text>')
    label = words.format(x, anchor, text)
    return f'<path class="median" d="M{x:.1f} 38V{_BOTTOM}"/>{label}'


def _in_words(counted, median, median_text):
    counts = ", ".join(f"{bin.label}: {bin.count}" for bin in counted if bin.count) or "none"
    middle = "" if median is None else f" The median is {median_text}."
    return f"Bar chart of submissions by share of the points. {counts}.{middle}"
