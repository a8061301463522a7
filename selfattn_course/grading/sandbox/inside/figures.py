"""Take from Matplotlib work on figures that it would repeat in each notebook's process.

What is shown stays the same to the pixel; a test compares the pictures. All of this only saves
time: where Matplotlib has changed so far that it cannot be done, it is left.
"""

from functools import cache, lru_cache, wraps
from io import BytesIO
from types import SimpleNamespace

import matplotlib
from matplotlib import axes, figure, font_manager, ft2font, pyplot
from matplotlib.backends import backend_agg

from . import layouts, png, settled, shipped, ticks

KNOWN = "3.11."  # of which Matplotlib the modules know the inside
_FONTS = "font.", "mathtext.", "text."


def save_work():
    """Draw each figure once instead of three times, and set each formula once for all notebooks.

    pyplot draws a figure after its cell once more than is needed; and before a figure is cut to
    what is on it, it is drawn without effect. Each renderer keeps the formulas that it has set to
    itself, and those are even the numbers at logarithmic axes. They hold fonts, which Matplotlib
    forgets in a forked process, since it would share their files: here fonts are read from memory.
    The rest needs to know Matplotlib's inside, and is for one version of it.
    """
    try:
        pyplot._draw_all_if_interactive = lambda: None
        figure.Figure.draw = _without_rehearsal(figure.Figure.draw)
        font_manager.ft2font = SimpleNamespace(**vars(ft2font) | {"FT2Font": _font})
        font_manager._get_font = lru_cache(64)(font_manager._get_font.__wrapped__)
        backend_agg.MathTextParser = _once_for_fonts(backend_agg.MathTextParser)
    except AttributeError:
        return
    if matplotlib.__version__.startswith(KNOWN):
        ticks.copy_ticks()
        settled.keep_ticks()
        layouts.keep_layouts()
        png.compress_quickly()
        shipped.note()


def _without_rehearsal(draw):
    """`Figure.draw` that does nothing where nothing is drawn and no layout depends on it."""

    @wraps(draw)
    def drawn(self, renderer):
        rehearsal = "draw_path" in vars(renderer)  # replaced by something without effect
        if not (rehearsal and self.get_layout_engine() is None and _is_plain(self)):
            draw(self, renderer)

    return drawn


def _is_plain(drawn):
    parts = [one for whole in (drawn, *drawn.axes) for one in whole.get_children()]
    return (
        not drawn.subfigs
        and all(type(one) is axes.Axes for one in drawn.axes)
        # others may do anything when they are drawn
        and all(type(one).__module__.startswith("matplotlib.") for one in parts)
    )


def _once_for_fonts(make):
    """`MathTextParser` that is made once for what the options of fonts are then."""

    @cache
    def made(output, fonts):
        return make(output)

    def parser(output):
        options = dict.items(matplotlib.rcParams)
        return made(output, repr([option for option in options if option[0].startswith(_FONTS)]))

    return parser


def _font(path, **options):
    return ft2font.FT2Font(BytesIO(_contents(path)), **options)


@cache
def _contents(path):
    with open(path, "rb") as file:
        return file.read()
