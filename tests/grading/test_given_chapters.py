"""A right answer is never refused what it needs of the exercises before it, in any chapter."""

import numpy as np
import pytest

from selfattn_course import layout
from selfattn_course.assignments import assignments
from selfattn_course.checks.calling import call
from selfattn_course.grading.given import Refused, right_result
from selfattn_course.notebooks.build import BEGIN, END
from selfattn_course.notebooks.source import read_cells


def answers(slug):
    """The cells of a chapter's solution that define functions, run in one namespace."""
    source = (layout.SOLUTIONS / f"{slug}.py").read_text(encoding="utf-8")
    space = {"np": np}
    for cell in read_cells(source, slug):
        if cell.kind == "code" and cell.text.startswith("def "):
            lines = (line for line in cell.text.splitlines() if line.strip() not in (BEGIN, END))
            exec("\n".join(lines), space)
    return space


@pytest.mark.parametrize("slug", assignments())
@pytest.mark.parametrize("seed", range(3))
def test_solutions_get_all_that_they_ask_for(slug, seed):
    space, refused, asked = answers(slug), [], 0
    earlier = {}
    for exercise in assignments()[slug].exercises:
        own = space[exercise.name]
        space.update(earlier)
        cases = exercise.visible_cases() + exercise.hidden_cases(np.random.default_rng(seed))
        for case in cases:
            call(own, case)

        def right(*args, _exercise=exercise, **kwargs):
            nonlocal asked
            asked += 1
            try:
                return right_result(_exercise, args, kwargs)
            except Refused as error:
                refused.append(str(error))
                raise

        earlier[exercise.name] = right
    assert refused == []
    print(f"{slug}: {asked} questions, none refused")
