"""Within one picture, set each text once.

Matplotlib sets a text anew each time that it asks for its size or draws it, and reads the tables of
the font for it.
"""

from functools import wraps
from operator import attrgetter, is_

from matplotlib import rcParams, text
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.text import Text

from . import settled

_LOOK = attrgetter(
    *("_text", "_rotation", "_rotation_mode", "_horizontalalignment", "_verticalalignment"),
    *("_multialignment", "_linespacing", "_usetex", "_parse_math"),
)


def keep_layouts():
    """From now on, keep layouts while a picture is printed."""
    Text._get_layout = _kept(Text._get_layout)


def _kept(lay_out):
    @wraps(lay_out)
    def layout(self, renderer):
        found = settled.found_in_picture()
        if found is None or not (_is_plain(self, renderer) and _is_new(renderer, found)):
            return lay_out(self, renderer)
        font = tuple(vars(self._fontproperties).values())
        key = _LOOK(self), font, renderer.dpi, self.get_figure(root=True).dpi
        options, result = found.get(key, ((), None))
        if not (options and all(map(is_, options, dict.values(rcParams)))):
            result = lay_out(self, renderer)
            found[key] = [*dict.values(rcParams)], result
        return result

    return layout


def _is_new(renderer, found):
    # one from an earlier picture knows the sizes of texts in fonts that may be others by now
    return found.setdefault(renderer, renderer not in _sizes_of_texts())


def _sizes_of_texts():
    return text._get_text_metrics_function.__defaults__[0]


def _is_plain(self, renderer):
    kinds = type(self), type(renderer)
    return kinds == (Text, RendererAgg) and not (self._wrap or self._transform_rotates_text)
