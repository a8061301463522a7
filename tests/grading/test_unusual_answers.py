"""An answer that is right but unusual costs no point, there or where a later answer calls it."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from selfattn_course import layout
from selfattn_course.assignments import assignments
from selfattn_course.checks.collect import source_text
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.grade import grade_submission
from selfattn_course.grading.submission import Submission
from selfattn_course.notebooks.build import build_solution_notebook


@pytest.fixture(scope="module")
def sandbox(level):
    with box.Sandbox(level) as one:
        yield one


def solution(slug):
    """Cell id -> source of a chapter's solved notebook."""
    text = build_solution_notebook((layout.SOLUTIONS / f"{slug}.py").read_text("utf-8"), slug)
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def classes(slug):
    """What is unusual -> the answers that are, by exercise."""
    exercises, solved = assignments()[slug].exercises, solution(slug)
    for i, exercise in enumerate(exercises):
        later = "\n".join(solved[one.name] for one in exercises[i + 1 :])
        if re.search(rf"\b{exercise.name}\(", later):
            for variant in exercise.variants:
                yield f"{exercise.name} {variant.__name__}", {exercise.name: variant}
    for k in range(max(len(exercise.variants) for exercise in exercises)):
        for which in (0, 1):  # every other one, for those that are usual to build on
            chosen = [one for one in exercises[which::2] if one.variants]
            yield (
                f"{k}, every other from {which}",
                {one.name: one.variants[k % len(one.variants)] for one in chosen},
            )


@pytest.mark.parametrize("slug", assignments())
def test_unusual_answers_cost_nothing(slug, sandbox):
    solved = solution(slug)

    def refused(about_and_answers):
        about, answers = about_and_answers
        cells = solved | {name: source_text(f, name) for name, f in answers.items()}
        record = grade_submission(
            Submission("ada", slug, None, "00", tuple(cells.values())),
            assignments()[slug],
            sandbox,
            key=b"key",
            grader_version="1.0",
        ).record
        wrong = [one for one in record.questions if one.status != "ok"]
        return {f"{about}: {one.name}": one.message for one in wrong}

    with ThreadPoolExecutor(2) as pool:
        found = [*pool.map(refused, classes(slug))]
    print(f"{slug}: {len(found)} notebooks")
    assert [one for one in found if one] == []
