import pytest
from matplotlib.figure import Figure

from selfattn_course.figures import page


@pytest.mark.parametrize(
    ("x", "text"),
    [(2.3e-16, "2 × 10⁻¹⁶"), (3e4, "3 × 10⁴"), (9.6e-5, "1 × 10⁻⁴"), (0, "0")],
)
def test_power_of_ten(x, text):
    assert page.power_of_ten(x) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_tell_hands_over_plain_numbers(monkeypatch):
    import numpy as np

    told = {}
    monkeypatch.setattr(page, "glue", lambda name, value, display: told.update({name: value}))
    page.tell(spread=np.float32(0.5), rows=3, note="2 × 10⁻¹⁶")
    assert told == {"spread": 0.5, "rows": 3, "note": "2 × 10⁻¹⁶"}
    assert [type(value) for value in told.values()] == [float, int, str]


def test_figures_show_as_svg_once_asked(monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    monkeypatch.setattr(page, "get_ipython", lambda: shell)
    page.show_figures_as_svg()
    data, _ = shell.display_formatter.format(Figure())
    assert "<svg" in data["image/svg+xml"]
