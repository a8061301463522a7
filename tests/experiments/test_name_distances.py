import numpy as np
import pytest

from selfattn_course.experiments import name_distances as experiment

PROGRAM = """
def f(a, *, b=1):  # a comment is no token
    c = a + b

    c = c + 1
    for x in a:
        c += x
    with open(c) as d:
        e = [c for c in d]
        (y := d)
        y.close()
    g = lambda c: c
    return self, print
"""


def test_every_use_finds_the_assignment_before_it():
    ((name, uses),) = experiment.uses_in(PROGRAM)
    assert name == "f"
    lines = [(name, lines) for name, lines, _ in uses]
    assert lines == [
        ("a", 1),
        ("b", 1),
        ("c", 2),  # the right side is computed before its own assignment
        ("a", 4),
        ("c", 2),  # x += 1 uses x
        ("x", 1),
        ("c", 1),
        ("d", 2),  # (y := d); comprehensions and lambdas have names of their own
        ("y", 1),
    ]


def test_tokens_leave_out_comments_and_line_ends():
    ((_, uses),) = experiment.uses_in("def f(a):  # one\n\n    # two\n    return a\n")
    assert uses == [("a", 3, 4)]  # ) : return a


def test_farther_limits_have_smaller_shares():
    assert experiment.share_beyond(np.array([1, 5, 10, 11]), (0, 5, 10, 11)) == [1, 0.5, 0.25, 0]


def test_standard_library_has_short_and_long_distances():
    found = experiment.name_distances()
    assert found.n_modules >= 120
    assert len(found.lines) == len(found.tokens) > 30_000
    assert found.lines.min() == 0
    assert found.tokens.min() >= 1
    assert 3 <= np.median(found.lines) <= 8
    assert found.lines.max() == found.farthest["lines"] > 100


def test_module_without_source_is_left_out():
    found = experiment.name_distances(("itertools", "no_such_module", "textwrap"))
    assert found.n_modules == 1


def test_program_with_a_mistake_is_not_passed_over():
    with pytest.raises(SyntaxError):
        list(experiment.uses_in("def f:\n    pass\n"))
