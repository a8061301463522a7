import re

from selfattn_course.grading.histogram import BINS, Bin, bins, drawing


def counts(*shares):
    return [bin.count for bin in bins(shares)]


def test_shares_on_the_edge_of_a_range_fall_into_the_upper_one():
    for right in range(11):
        assert counts(right / 10).index(1) == min(right, 9)


def test_ranges_say_what_they_hold():
    assert [bin.label for bin in bins([0.5])][:2] == ["0–9 %", "10–19 %"]
    assert bins([1.0])[-1] == Bin("90–100 %", 1)
    assert bins([1.2, 0.9])[-1] == Bin("90 % and more", 2)


def test_drawing_says_in_words_what_it_shows():
    svg = drawing(bins([0.0, 0.05, 0.95]), 0.05, "1")
    assert 'role="img" aria-label="Bar chart of submissions by share of the points. ' in svg
    assert '0–9 %: 2, 90–100 %: 1. The median is 1."' in svg


def test_bars_are_as_high_as_their_counts_and_the_median_is_marked():
    svg = drawing(bins([0.0, 0.05, 0.95, 0.25]), 0.15, "1.5")
    heights = [float(one) for one in re.findall(r'class="fill"[^>]* height="([\d.]+)"', svg)]
    assert heights == [94.0, 47.0, 47.0]
    assert 'class="median" d="M68.4 ' in svg  # 12 + 0.15 * 376
    assert ">median 1.5<" in svg


def test_no_submission_gives_an_axis_only():
    svg = drawing(bins([]), None, "–")
    assert len(bins([])) == BINS
    assert "rect" not in svg
    assert "median" not in svg
    assert "points. none." in svg


def test_everything_stays_on_the_drawing():
    for share in (0.0, 1.0, 1.5):
        svg = drawing(bins([share]), share, "35.25")
        assert all(0 <= float(x) <= 400 for x in re.findall(r' x="([-\d.]+)"', svg))
        assert "M388.0" in svg or share == 0
