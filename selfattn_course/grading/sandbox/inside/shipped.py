"""Whether Matplotlib's classes of axes, ticks and their parts are as they were imported."""

from operator import is_

from matplotlib import axes, axis, cbook, font_manager, lines, markers, scale, spines, text, ticker

_CLASSES = {
    base
    for one in (
        *(axes.Axes, axis.XAxis, axis.YAxis, axis.XTick, axis.YTick, lines.Line2D, text.Text),
        *(ticker.AutoLocator, ticker.AutoMinorLocator, ticker.FixedLocator, ticker.LogLocator),
        *(ticker.NullLocator, ticker.ScalarFormatter, ticker.LogFormatterSciNotation),
        *(ticker.NullFormatter, scale.LinearScale, scale.LogScale, spines.Spine),
        *(markers.MarkerStyle, font_manager.FontProperties, cbook.CallbackRegistry),
    )
    for base in one.__mro__[:-1]
}
_contents_then = []


def note():
    """Remember what the classes contain now."""
    _contents_then[:] = _contents()


def are_classes_unchanged():
    """Whether they contain what they did then: nobody has put a method of their own there."""
    return are_same(_contents_then, _contents())


def are_same(then, now):
    """Whether two lists hold the very same things, and not only equal ones."""
    return len(then) == len(now) and all(map(is_, then, now))


def _contents():
    # copying an object of a class adds `__slotnames__` to the class
    return [
        content
        for one in _CLASSES
        for name, content in vars(one).items()
        if name != "__slotnames__"
    ]


def has_plain_axes(one):
    """Whether an axis and the Axes it belongs to are of Matplotlib's ordinary kind."""
    return type(one) in (axis.XAxis, axis.YAxis) and type(one.axes) is axes.Axes
