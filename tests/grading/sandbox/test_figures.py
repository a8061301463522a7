"""Figures drawn in the sandbox, which saves work on them, are those of a plain IPython."""

import base64
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

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
}
PLAIN = """
import json, sys
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
from IPython.core.pylabtools import print_figure
pictures = {}
for name, source in json.load(sys.stdin).items():
    plt.close("all")
    exec(source)
    pictures[name] = print_figure(plt.gcf(), "png", bbox_inches="tight", base64=True)
print(json.dumps(pictures))
"""


def test_figures_are_the_same_to_the_byte(full_sandbox, run):
    plain = subprocess.run(
        [sys.executable, "-c", PLAIN],
        input=json.dumps(FIGURES),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = json.loads(plain.stdout)
    cells = ["import matplotlib.pyplot as plt", *(f"{source};" for source in FIGURES.values())]
    drawn = run(full_sandbox, cells).cells[1:]
    for name, cell in zip(FIGURES, drawn, strict=True):
        images = [output["data"]["image/png"] for output in cell.outputs]
        assert len(images) == 1, (name, cell)
        assert base64.b64decode(images[0]) == base64.b64decode(expected[name]), name


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
