"""Make most of an axis's ticks by copying one, since building each takes Matplotlib long.

A logarithmic axis has dozens. All that are added at once are alike, so the first is built and the
others are copied from it: they share with it what ticks share, and have their own of all else.
"""

from functools import wraps

from matplotlib import axis, cbook
from matplotlib.lines import Line2D
from matplotlib.text import Text

from . import shipped

_PARTS = "tick1line", "tick2line", "gridline", "label1", "label2"
_OWN = {"_marker", "_fontproperties", "_path"}
_OWN_LISTS = {"_xorig", "_yorig"}


def copy_ticks():
    """From now on, copy ticks where axes, and all that they are made of, are Matplotlib's own."""
    axis.Axis.get_major_ticks = _with_copies(axis.Axis.get_major_ticks, "majorTicks")
    axis.Axis.get_minor_ticks = _with_copies(axis.Axis.get_minor_ticks, "minorTicks")


def _with_copies(get, name):
    @wraps(get)
    def ticks(self, numticks=None):
        made = getattr(self, name)
        if numticks is not None and len(made) + 1 < numticks and _can_copy(self):
            get(self, len(made) + 1)
            made = getattr(self, name)
            if made and _is_plain(made[-1]):
                made.extend([_tick_like(made[-1]) for _ in range(len(made), numticks)])
        return get(self, numticks)

    return ticks


def _can_copy(one):
    return shipped.has_plain_axes(one) and shipped.are_classes_unchanged()


def _is_plain(tick):
    kinds = {type(getattr(tick, name)) for name in _PARTS}
    return type(tick) in (axis.XTick, axis.YTick) and kinds == {Line2D, Text}


def _tick_like(tick):
    copied = _artist_like(tick)
    vars(copied).update({name: _artist_like(getattr(tick, name)) for name in _PARTS})
    return copied


def _artist_like(artist):
    copied = _like(artist)
    own = vars(copied)
    own["_callbacks"] = cbook.CallbackRegistry(signals=["pchanged"])
    for name in own.keys() & _OWN:
        own[name] = own[name] if own[name] is None else _like(own[name])
    for name in own.keys() & _OWN_LISTS:
        own[name] = [*own[name]]
    if edges := own["_sticky_edges"]:
        own["_sticky_edges"] = edges._make(map(list, edges))
    return copied


def _like(thing):
    copied = object.__new__(type(thing))
    vars(copied).update(vars(thing))
    return copied
