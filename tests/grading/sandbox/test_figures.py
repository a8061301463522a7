"""Figures drawn in the sandbox, which saves work on them, are those of a plain IPython."""

import base64
import io
import json
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import pytest
from PIL import Image

from selfattn_course.grading.sandbox import Limits, Sandbox, execute
from selfattn_course.grading.sandbox.inside import figures

FIGURES = {
    "logarithmic axis": "plt.semilogx([0.01, 100], [1, 2]); plt.xlabel('$T$')",
    "heat map with a bar": "plt.colorbar(plt.imshow([[1, 2], [3, 4]])); plt.title('a title')",
    "layout engine": "plt.figure(layout='constrained'); plt.plot([1, 2]); "
    "plt.legend(['a'], bbox_to_anchor=(1.02, 1))",
    "three dimensions": "plt.figure().add_subplot(projection='3d').plot([1, 2], [1, 2], [1, 2])",
    "things beyond the axes": "plt.plot([1, 3], label='$x^2$'); plt.text(3, -1, 'below'); "
    "plt.legend(bbox_to_anchor=(1.02, 1)); plt.xticks(rotation=45)",
    "polar": "plt.subplots(subplot_kw={'polar': True})[1].plot([1, 2])",
    "equal aspect": "a = plt.subplots()[1]; a.set_aspect('equal'); a.plot([0, 10], [0, 1]); "
    "a.twinx().plot([3, 1])",
    "subfigures": "s = plt.figure().subfigures(1, 2); s[0].subplots().plot([1]); "
    "s[1].suptitle('x')",
    "offset": "plt.plot([1e12, 1e12 + 1e9]); plt.grid(); plt.ylabel('big')",
    # kinds of axes
    "both logarithmic, on each side": "a = plt.subplots()[1]; a.loglog([1, 1e5], [2, 3e-4]); "
    "b = a.twinx(); b.semilogy([1, 9], [1e3, 1e9]); b.set_ylabel('right'); a.grid(which='both')",
    "symmetric logarithm": "plt.plot([-1e3, 1e3]); plt.yscale('symlog')",
    "logit": "plt.plot([0.01, 0.9]); plt.yscale('logit')",
    "dates": "plt.plot(np.array(['2020-01-01', '2020-03-05'], 'datetime64[D]'), [1, 2])",
    "categories": "plt.bar(['a', 'b', 'long name'], [3, 1, 2])",
    "shared axes": "a = plt.subplots(2, 2, sharex='col', sharey='row')[1]; "
    "a[0, 0].loglog([1, 50], [2, 900]); a[1, 1].plot([3, 1e4]); plt.gcf().align_ylabels()",
    "shared axes of unlike size": "f = plt.figure(); a = f.add_axes([0.1, 0.1, 0.8, 0.3]); "
    "b = f.add_axes([0.1, 0.6, 0.2, 0.3], sharex=a); b.set_aspect(9); a.plot([1, 20], [1, 2]); "
    "a.minorticks_on()",
    "inset": "a = plt.subplots()[1]; a.plot([1, 2]); a.inset_axes([0.6, 0.1, 0.3, 0.3]).plot([3])",
    "reversed": "plt.semilogx([1, 300], [1, 2]); plt.xlim(200, 3); plt.gca().invert_yaxis()",
    "spines moved": "a = plt.subplots()[1]; a.plot([-1, 1], [-2, 2]); "
    "a.spines['left'].set_position('zero'); a.spines['bottom'].set_position(('data', 1)); "
    "a.spines[['right', 'top']].set_visible(False); a.spines['left'].set_bounds(-1, 1)",
    "tight layout": "a = plt.subplots(2)[1]; a[0].semilogx([1, 100]); a[0].set_title('up'); "
    "a[1].set_ylabel('two\\nlines'); plt.tight_layout()",
    # ticks that were asked for
    "ticks set": "plt.plot([1, 2]); plt.xticks([0, 0.25, 1], ['none', '$1/4$', 'all']); "
    "plt.yticks([1, 1.5]); plt.gca().set_yticks([1.1, 1.2], minor=True)",
    "minor ticks of one's own": "from matplotlib.ticker import MultipleLocator\n"
    "plt.plot([1, 9]); plt.gca().xaxis.set_minor_locator(MultipleLocator(0.1)); "
    "plt.gca().yaxis.set_minor_formatter('{x:.1f}'); plt.gca().yaxis.minorticks_on()",
    "ticks in another style": "plt.semilogy([1, 400]); plt.tick_params(which='both', right=True, "
    "direction='in', length=9, width=2, pad=8, color='r', labelsize=7, labelcolor='b', "
    "labelrotation=30, labelright=True); plt.tick_params('x', which='minor', bottom=False)",
    "numbers at both ends": "plt.semilogx([1, 40]); plt.tick_params(labeltop=True, top=True); "
    "plt.rcParams['xtick.direction'] = 'in'; plt.rcParams['xtick.direction'] = 'out'",
    "many ticks and a grid": "plt.plot([1, 2]); plt.gca().set_xticks(np.arange(0, 1, 0.02), "
    "minor=True); plt.gca().grid(which='minor', axis='x', color='#ff000040', linestyle=':')",
    # ticks that were changed one by one
    "first ticks changed": "plt.loglog([1, 1e4]); a = plt.gca()\n"
    "for tick in (a.xaxis.get_major_ticks()[0], a.yaxis.get_minor_ticks()[0]):\n"
    "    tick.label1.set(color='r', fontsize=20, rotation=20); tick.tick1line.set_markersize(15)\n"
    "    tick.tick2line.set(visible=True, color='g'); tick.gridline.set(visible=True, lw=3)\n"
    "    tick.tick1line.sticky_edges.x.append(3); tick._size = 30",
    "all ticks changed": "plt.semilogx([1, 1e4]); ticks = plt.gca().xaxis.get_minor_ticks()\n"
    "for place, tick in enumerate(ticks): tick.tick1line.set_markersize(place); "
    "tick.tick1line.set_marker('xov'[place % 3]); tick.label2.set(visible=place % 2, text='w')\n"
    "plt.setp(plt.gca().get_xticklabels()[1], color='r', fontstyle='italic', visible=True)",
    "one font changed": "plt.semilogx([1, 1e4], [1, 2]); "
    "ticks = plt.gca().yaxis.get_major_ticks(9)\n"
    "ticks[5].label1.get_fontproperties().set_size(22)\n"
    "ticks[5].gridline.get_path()._interpolation_steps = 1; ticks[4].gridline.set_visible(True)",
    "ticks changed after a drawing": "plt.semilogx([1, 1e4]); plt.gcf().canvas.draw()\n"
    "plt.gca().xaxis.get_minor_ticks()[3].tick1line.set(markersize=40, color='r'); "
    "plt.gca().xaxis.get_major_ticks()[1].label1.set_fontsize(30); "
    "plt.gca().set_xlim(1e-9, 1e-5); plt.gca().set_ylim(-1e-3, 200)",
    "ticks that are no ticks": "from matplotlib.axis import XTick\nclass Red(XTick):\n"
    "    def update_position(self, loc):\n        super().update_position(loc * 1.1); "
    "self.tick1line.set_markeredgecolor('r')\n"
    "plt.semilogx([1, 1e4]); plt.gca().xaxis._tick_class = Red; plt.gca().xaxis.reset_ticks()",
    # pictures of one figure, made in turn
    "saved again": "plt.semilogx([1, 1e4]); plt.ylabel('y'); save(); save(bbox_inches='tight'); "
    "plt.xlim(0.1, 1e9); save(bbox_inches='tight'); plt.gca().set_yscale('log'); save()",
    "saved larger": "plt.semilogx([1, 1e4]); save(dpi=200); save(dpi=50, bbox_inches='tight'); "
    "plt.gcf().set_size_inches(2, 9)",
    "saved in other fonts": "plt.semilogx([1, 1e4]); plt.xlabel('$x_1$')\n"
    "with plt.rc_context({'mathtext.fontset': 'stix', 'font.sans-serif': ['cmr10']}): "
    "save(bbox_inches='tight')\n"
    "with plt.rc_context({'text.hinting': 'none', 'text.hinting_factor': 1}): save()",
    "drawn twice": "plt.plot([1, 2]); plt.gcf().canvas.draw(); plt.gca().set_yscale('log'); "
    "plt.gcf().canvas.draw(); print(plt.gca().get_tightbbox())",
    "saved without a background": "plt.plot([1, 2]); save(transparent=True); "
    "save(metadata={'Q': 'q'}); save(format='jpeg'); "
    "save(pil_kwargs={'compress_level': 0}); save(dpi=77.7)",
    "an array as a picture": "b = io.BytesIO(); plt.imsave(b, np.eye(5)); print_picture(b)\n"
    "b = io.BytesIO(); plt.imsave(b, memoryview(np.full((3, 5), 7, np.uint8)), format='png', "
    "origin='upper', dpi=100, metadata=None, pil_kwargs=None); print_picture(b); "
    "plt.plot([1])",
    "two figures, one within the printing of the other": "f = matplotlib.figure.Figure()\n"
    "f.gca().plot([1, 2])\nclass Nested(matplotlib.lines.Line2D):\n    def draw(self, renderer):\n"
    "        super().draw(renderer); f.gca().set_xlim(-3, 9); save(f, bbox_inches='tight')\n"
    "plt.figure(); plt.semilogx([1, 99]); plt.gca().add_line(Nested([1, 50], [2, 3]))",
    # text
    "texts": "plt.title('$\\\\frac{1}{2}$ and\\ntwo lines', loc='left', rotation=3, "
    "linespacing=2); plt.xlabel('a b c ' * 40, wrap=True); "
    "plt.ylabel('side', rotation=0, ha='right'); "
    "plt.text(0.5, 0.5, 'turned', rotation=40, transform_rotates_text=True); plt.xlim(0, 9); "
    "plt.annotate('here', (1, 0), (4, 0.5), arrowprops={}, bbox={'facecolor': 'y'}); "
    "plt.text(0.5, 0.2, 'a$', usetex=False, parse_math=False, fontsize=20, family='monospace'); "
    "plt.text(1, 0.1, 'w ' * 99, wrap=True); plt.text(6, 0.6, 'w ' * 99, wrap=True); "
    "plt.text(5, 0.3, 'turned', rotation=40); plt.text(0.5, 0.3, 'same'); plt.text(2, 0.4, "
    "'same', va='top', ha='right', weight='bold')",
    "a label of one's own": "class Loud(matplotlib.text.Text):\n"
    "    def get_text(self): return super().get_text().upper()\n"
    "plt.plot([1, 2]); plt.gca().xaxis.label = Loud(0.5, 0, 'quiet', figure=plt.gcf(), "
    "transform=plt.gcf().transFigure)\n"
    "plt.gca().xaxis.get_major_ticks()[2].label1.__class__ = Loud; "
    "plt.gca().add_artist(Loud(0.5, 1.5, 'same')); plt.text(0.1, 1.7, 'same')",
    # code of one's own that runs while a picture is drawn
    "formatter that writes elsewhere": "plt.plot([1, 2], label='a'); a = plt.gca()\n"
    "def write(x, place): a.set_title(f'{x:.3f}'); a.yaxis.get_major_ticks()[0]"
    ".label1.set_color('r'); a.yaxis.set_tick_params(pad=9); return f'<{x}>'\n"
    "a.xaxis.set_major_formatter(write); a.set_ylabel('y')",
    "locator that moves the other axis": "plt.plot([1, 2]); a = plt.gca()\n"
    "class Mover(matplotlib.ticker.MaxNLocator):\n    def __call__(self):\n"
    "        a.set_ylim(0, 4); return super().__call__()\n"
    "a.xaxis.set_major_locator(Mover(5))",
    "line that changes the axis": "plt.semilogx([1, 1e4], [1, 2]); a = plt.gca()\n"
    "class Changer(matplotlib.lines.Line2D):\n"
    "    def get_window_extent(self, renderer=None):\n"
    "        a.set_ylim(0, 5); a.xaxis.get_major_ticks()[2].label1.set(text='moved', y=-0.1)\n"
    "        a.tick_params('x', labelsize=17); return super().get_window_extent(renderer)\n"
    "    def draw(self, renderer):\n        a.xaxis.label.set_fontsize(19); "
    "a.set_xlim(1, 1e7); a.tick_params('x', labelsize=6); super().draw(renderer)\n"
    "a.add_artist(Changer([1, 50], [2, 1])); a.set_xlabel('x'); a.set_ylabel('y')",
    "line that changes what all follows from": "plt.plot([1, 2000]); a = plt.gca()\n"
    "class Changer(matplotlib.lines.Line2D):\n    zorder = 0\n    changes = [\n"
    "        lambda: plt.rcParams.update({'axes.unicode_minus': False}),\n"
    "        lambda: plt.rcParams.update({'font.sans-serif': ['DejaVu Sans Mono']}),\n"
    "        lambda: a.yaxis.get_major_formatter().set_powerlimits((0, 0)),\n"
    "        lambda: a.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(3)),\n"
    "        lambda: a.yaxis.get_major_ticks()[1].label1.get_fontproperties().set_size(20),\n"
    "        lambda: a.yaxis.set_remove_overlapping_locs(False), lambda: a.set_yscale('log'),\n"
    "        lambda: a.set_position([0.1, 0.1, 0.3, 0.3]), lambda: a.set_xlim(-3, 3)]\n"
    "    def draw(self, renderer):\n        if self.changes and 'draw_path' not in vars(renderer): "
    "self.changes.pop(0)()\n"
    "        super().draw(renderer)\n"
    "a.set(xlabel='x', ylabel='y', xlim=(-1, 1)); a.add_artist(Changer([0, 0.5], [0, 9]))\n"
    "try:\n    while Changer.changes: save(bbox_inches='tight')\n"
    "finally: plt.rcParams['axes.unicode_minus'] = True; "
    "plt.rcParams['font.sans-serif'] = matplotlib.rcParamsDefault['font.sans-serif']",
    "line that writes into labels": "plt.plot([1, 2]); a = plt.gca()\n"
    "class Writer(matplotlib.lines.Line2D):\n    zorder = 0\n    def draw(self, renderer):\n"
    "        a.xaxis.get_major_ticks()[2].label1.set(text='moved', x=0.1)\n"
    "a.add_artist(Writer([0], [1]))",
    "formatter that counts": "plt.plot([1, 2]); a = plt.gca(); n = itertools.count()\n"
    "class Mine(matplotlib.lines.Line2D): 'Has all of the picture drawn in full.'\n"
    "a.add_artist(Mine([0], [1])); a.xaxis.set_major_formatter(lambda x, place: str(next(n)))",
    "label that calls back": "plt.plot([1, 2]); a = plt.gca(); n = itertools.count(3)\n"
    "class Mine(matplotlib.lines.Line2D): 'Has all of the picture drawn in full.'\n"
    "def grow(label, is_stale): font.set_size(next(n))\n"
    "a.add_artist(Mine([0], "
    "[1]))\nfont = a.xaxis.get_major_ticks(3)[2].label1.get_fontproperties()\n"
    "a.set_xlabel('x'); plt.gcf().align_xlabels(); a.xaxis.label.stale_callback = grow",
    # methods of Matplotlib that were replaced
    "ticks made by others": "old = axis.XTick.__init__\n"
    "def made(self, *a, **k): old(self, *a, **k); "
    "self.tick1line.set_ydata([next(n) / 30])\n"
    "with mock.patch.object(axis.XTick, '__init__', made):\n"
    "    n = itertools.count(); plt.semilogx([1, 99]); save()",
    "ticks placed by others": "old = axis.XTick.update_position\n"
    "def moved(self, x): old(self, x + next(n) / 999)\n"
    "with mock.patch.object(axis.XTick, 'update_position', moved):\n"
    "    n = itertools.count(); plt.plot([1, 3]); save(dpi=50, bbox_inches=Bbox([[0, 0], [3, 3]]))",
    "texts turned by others": "Text = matplotlib.text.Text\n"
    "with mock.patch.object(Text, 'get_rotation', lambda text: next(n)):\n"
    "    n = itertools.count(); plt.plot([1, 3]); save(bbox_inches=Bbox([[0, 0], [3, 3]]))",
}
HELP = """
import hashlib, io, itertools
from unittest import mock
import matplotlib, matplotlib.pyplot as plt, numpy as np
from matplotlib import axis
from matplotlib.transforms import Bbox
from PIL import Image
def save(figure=None, **options):
    file = io.BytesIO()
    (figure or plt.gcf()).savefig(file, **options)
    print_picture(file)
def print_picture(file):
    picture = Image.open(file)
    print(picture.mode, picture.size, picture.info)
    print(hashlib.sha256(picture.tobytes()).hexdigest())
"""
PLAIN = """
import contextlib, io, json, sys
import matplotlib
matplotlib.use("agg")
from IPython.core.pylabtools import print_figure
help, figures = json.load(sys.stdin)
exec(help)
found = {}
for name, source in figures.items():
    plt.close("all")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(source)
        picture = print_figure(plt.gcf(), "png", bbox_inches="tight", base64=True)
    found[name] = said.getvalue(), picture
print(json.dumps(found))
"""

TICKS = """
import matplotlib.pyplot as plt
def ticks(*numbers):
    axis = plt.figure().gca().xaxis
    axis.majorTicks[0].tick1line.sticky_edges.x.append(1)
    return [axis.get_major_ticks(number) for number in numbers][-1]
def is_shared(tick, other):
    parts = "tick1line", "tick2line", "gridline", "label1", "label2"
    both = [("tick", tick, other), *((n, getattr(tick, n), getattr(other, n)) for n in parts)]
    here = {(n, key): (vars(a)[key], vars(b)[key]) for n, a, b in both for key in vars(a)}
    return {key: a is b or isinstance(a, float) for key, (a, b) in here.items()}
one_by_one, at_once = ticks(2, 3, 4, 5), ticks(5)
expected, found = is_shared(*one_by_one[3:]), is_shared(*at_once[3:])
assert expected.keys() == found.keys()
print(sorted(key for key in found if found[key] != expected[key]))
plt.close("all")
"""


@pytest.fixture(scope="module")
def plain():
    """What each of the figures prints, and its picture, where nothing saves work."""
    python = [sys.executable, "-c", PLAIN]
    given = json.dumps([HELP, FIGURES])
    done = subprocess.run(python, input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def drawn():
    """The same from one sandbox, and one notebook's process."""
    cells = [HELP, *(f"{source};" for source in FIGURES.values())]
    with Sandbox("process") as sandbox:
        done = execute(sandbox, cells, [], [], Limits()).cells[1:]
    return dict(zip(FIGURES, done, strict=True))


@pytest.mark.parametrize("name", FIGURES)
def test_figure_is_the_same_to_the_pixel(plain, drawn, name):
    said, picture = plain[name]
    cell = drawn[name]
    assert cell.status == "ok", cell.outputs
    (image,) = [output["data"]["image/png"] for output in cell.outputs]
    expected, found = base64.b64decode(picture), base64.b64decode(image)
    assert cell.text.strip() == said.strip()
    assert parts(found) == parts(expected)
    assert np.array_equal(pixels(found), pixels(expected))


def test_pictures_take_hardly_more_bytes(plain, drawn):
    cells = drawn.values()
    sizes = [len(output["data"]["image/png"]) for cell in cells for output in cell.outputs]
    assert sum(sizes) < 1.05 * sum(len(picture) for _, picture in plain.values())


def parts(png):
    """The chunks of a PNG file, without how the pixels are compressed."""
    place, found = 8, [png[:8]]
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        data = png[place : place + 12 + size]
        found += [kind] if kind == b"IDAT" else [data]
        place += len(data)
    return [one for n, one in enumerate(found) if found[n - 1 : n] != [one]]


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)))


def test_copied_ticks_share_what_ticks_share(full_sandbox, say):
    """But for arrays of no numbers, which nobody can change."""
    assert (
        say(full_sandbox, TICKS) == "[('gridline', '_x'), ('gridline', '_xy'), ('gridline', '_y')]"
    )


def test_matplotlib_is_one_whose_inside_is_known():
    assert matplotlib.__version__.startswith(figures.KNOWN), "see whether its inside has changed"


def test_figures_can_be_turned_off_and_on(full_sandbox, say):
    source = "import matplotlib.pyplot as plt\nplt.ioff(); plt.ion(); plt.ioff(); print('fine')"
    assert say(full_sandbox, source) == "fine"


def test_notebooks_at_the_same_time_draw_the_same(full_sandbox, run):
    """They must not share what they read fonts from."""
    cells = ["import matplotlib.pyplot as plt\nplt.title('$a_1$ ' + 'xyz' * 9);"] * 3
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: run(full_sandbox, cells).cells, range(8)))
    pictures = {cell.outputs[0]["data"]["image/png"] for cells in runs for cell in cells}
    assert len(pictures) == 1
