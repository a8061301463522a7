"""Within one picture, work out the ticks of an axis, and how large their labels are, once.

Matplotlib does so eight times for each axis: for the label beside it, for both of its spines, to
find what is to be cut off, to draw. What it found is taken again where all that it follows from,
and the ticks themselves, are what they were.
"""

from functools import wraps
from operator import attrgetter

import numpy as np
from matplotlib import axis, backend_bases, rcParams, scale, ticker
from matplotlib.text import Text

from . import shipped

_KINDS = {
    *(ticker.AutoLocator, ticker.MaxNLocator, ticker.FixedLocator, ticker.LogLocator),
    *(ticker.NullLocator, ticker.AutoMinorLocator, ticker.NullFormatter, ticker.ScalarFormatter),
    *(ticker.LogFormatterSciNotation, scale.LinearScale, scale.LogScale),
    *(axis.XTick, axis.YTick, Text),
}
_WHAT_IS_SET = attrgetter(
    *("_loc", "tick1line._xorig", "tick1line._yorig", "tick2line._xorig", "tick2line._yorig"),
    *("gridline._xorig", "gridline._yorig", "label1._x", "label1._y", "label1._text"),
    *("label2._x", "label2._y", "label2._text"),
)
_LOOK = attrgetter(
    *("_in_layout", "_text", "_transform", "_rotation", "_rotation_mode", "_linespacing"),
    *("_transform_rotates_text", "_horizontalalignment", "_verticalalignment", "_multialignment"),
    *("_usetex", "_parse_math", "_wrap", "_parent_figure"),
)
_pictures = []  # being printed, the innermost last: what was found for each


def keep_ticks():
    """From now on, keep what was found while a picture is printed."""
    canvas = backend_bases.FigureCanvasBase
    canvas.print_figure = _as_picture(canvas.print_figure)
    axis.Axis._update_ticks = _kept_ticks(axis.Axis._update_ticks)
    axis.Axis._get_ticklabel_bboxes = _kept_boxes(axis.Axis._get_ticklabel_bboxes)


def found_in_picture():
    """What was found for the picture that is being printed, or None if it is not to be kept."""
    return _pictures[-1] if _pictures else None


def _as_picture(print_figure):
    @wraps(print_figure)
    def printed(self, *arguments, **options):
        _pictures.append({} if shipped.are_classes_unchanged() else None)
        try:
            return print_figure(self, *arguments, **options)
        finally:
            _pictures.pop()

    return printed


def _kept_ticks(update):
    @wraps(update)
    def ticks(self):
        return [*_kept(update, _state_of_ticks, self)]

    return ticks


def _kept_boxes(measure):
    @wraps(measure)
    def boxes(self, ticks, renderer):
        low, high = _kept(measure, _state_of_labels, self, ticks, renderer)
        return [*low], [*high]

    return boxes


def _kept(find, state, one, *arguments):
    found = found_in_picture()
    if found is None or not _is_plain(one):
        return find(one, *arguments)
    then, result = found.get((find, one), (None, None))
    if then is None or not _are_same(then, state(one, *arguments)):
        result = find(one, *arguments)
        found[find, one] = state(one, *arguments), result
    return result


def _are_same(then, now):
    (things_then, values_then), (things, values) = then, now
    return shipped.are_same(things_then, things) and values == values_then


def _is_plain(one):
    if not shipped.has_plain_axes(one):
        return False
    ticks = _ticks(one)
    labels = [label for tick in ticks for label in (tick.label1, tick.label2)]
    return {type(part) for part in (*_tickers(one), one._scale, *ticks, *labels)} <= _KINDS


def _ticks(one):
    return [tick for name in ("majorTicks", "minorTicks") for tick in vars(one).get(name, ())]


def _tickers(one):
    return one.major.locator, one.major.formatter, one.minor.locator, one.minor.formatter


def _state_of_ticks(one):
    """What they follow from: things, that must be the very same, and values, that must equal."""
    tickers, ticks = _tickers(one), _ticks(one)
    options = one._major_tick_kw, one._minor_tick_kw
    owners = [vars(part) for part in (one, one._scale, *tickers)]
    things = [thing for owner in (*owners, *options) for thing in owner.values()]
    things += [*tickers, *dict.values(rcParams), *ticks]
    for tick in ticks:
        things += _WHAT_IS_SET(tick)
    axes_of_tickers = {part.axis for part in tickers if part.axis} | {one}  # others where shared
    values = [(*each.get_view_interval(), each.get_minpos()) for each in axes_of_tickers]
    return things, (
        values,
        [each.get_tick_space() for each in axes_of_tickers],
        [*map(list, options)],
    )


def _state_of_labels(one, ticks, renderer):
    """As for the ticks, but for the boxes of their labels."""
    things = [renderer, *ticks, *dict.values(rcParams)]
    labels = [label for tick in ticks for label in (tick.label1, tick.label2) if label._visible]
    places = {}
    for label in labels:
        things += (label, *_LOOK(label), *vars(label._fontproperties).values())
        places.setdefault(id(label._transform), []).append(label)
    # moved axes, another scale and size change what is inside a transform
    pixels = [
        alike[0]._transform.transform(np.array([(label._x, label._y) for label in alike], float))
        for alike in places.values()
    ]
    return things, [one.get_figure(root=True).dpi, *(each.tolist() for each in pixels)]
