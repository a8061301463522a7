from pathlib import Path

import selfattn_course.figures as package
from selfattn_course.figures import style


def test_new_figure_has_the_width_of_the_page():
    fig, axes = style.new_figure(2.0, ncols=3)
    assert tuple(fig.get_size_inches()) == (style.WIDTH_IN, 2.0)
    assert axes.shape == (3,)


def test_svg_is_the_same_bytes_every_time_and_transparent():
    def draw():
        fig, ax = style.new_figure(2.0)
        ax.plot([0, 1], [1, 0], color=style.QUERY, clip_on=True)
        return style.svg(fig)

    first = draw()
    assert first == draw()
    assert "<svg" in first
    assert "fill: #ffffff" not in first


def test_styled_leaves_the_settings_of_others_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    inside = style.styled(lambda: matplotlib.rcParams["svg.hashsalt"])()
    assert inside == style.RC["svg.hashsalt"]
    assert dict(matplotlib.rcParams) == before


def test_no_figure_module_uses_pyplot():
    for path in Path(package.__file__).parent.glob("*.py"):
        assert "import matplotlib.pyplot" not in path.read_text()
        assert "from matplotlib import pyplot" not in path.read_text()
