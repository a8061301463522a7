"""Speeds differ from run to run: tests are about counts and limits, never about a clock alone."""

import numpy as np
import pytest

from selfattn_course.experiments import machine


def test_run_times_counts_the_calls():
    calls = []
    times = machine.run_times(lambda: calls.append(1), repeats=3)
    assert len(calls) == 4  # the first warms up
    assert times.shape == (3,)
    assert (times > 0).all()


def test_time_sweep_has_every_run():
    sweep = machine.time_sweep(lengths=(3, 5), d=4, repeats=2)
    assert {name: runs.shape for name, runs in sweep.items()} == {
        "attention": (2, 2),
        "RNN": (2, 2),
        "LSTM": (2, 2),
    }
    assert all((runs > 0).all() for runs in sweep.values())


def test_intensity_of_a_product():
    assert machine.product_intensity(2, 3, 5) == pytest.approx(60 / (4 * (6 + 15 + 10)))
    assert machine.product_intensity(1, 10**6, 10**6) == pytest.approx(0.5, rel=1e-5)
    square = machine.product_intensity(600, 600, 600, itemsize=8)
    assert square == pytest.approx(600 / 12)


def test_roof_is_the_lower_of_two_limits():
    roof = machine.Roofline(peak=100.0, bandwidth=10.0, points=())
    np.testing.assert_array_equal(roof.attainable([1, 10, 50]), [10, 100, 100])


def test_points_lie_where_their_counts_say():
    points = {point.name: point for point in machine.roofline(n_cached=2**12, repeats=1).points}
    assert points["one query"].intensity < 0.5 < points["softmax"].intensity < 1
    assert 20 < points["scores"].intensity < points["projection"].intensity
    assert all(point.speed > 0 for point in points.values())
