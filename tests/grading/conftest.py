"""A toy assignment, trees of submissions for it, and disks that are full or read-only."""

import importlib.util
import json
import os
import sqlite3
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from selfattn_course.grading.final_grade import FinalGrade
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.record import Question, Record


@pytest.fixture(scope="session")
def toy():
    """The module toy.py beside this file."""
    spec = importlib.util.spec_from_file_location("toy", Path(__file__).with_name("toy.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def notebook_text():
    """Turns sources of code cells into the text of a notebook."""

    def text(*sources):
        cells = [
            {"cell_type": "code", "id": f"c{i}", "source": s, "metadata": {}, "outputs": []}
            for i, s in enumerate(sources)
        ]
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    return text


@pytest.fixture
def hand_in(tmp_path, notebook_text):
    """Puts a notebook of these cells, or of these bytes, into tmp_path/submitted."""

    def put(student, *sources, slug="toy", content=None, name=None):
        path = tmp_path / "submitted" / student / slug / (name or f"{slug}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(notebook_text(*sources).encode() if content is None else content)
        return path

    (tmp_path / "submitted").mkdir()
    return put


@pytest.fixture
def handed_in(tmp_path):
    """What find_handins sees in tmp_path/submitted."""
    return lambda: find_handins(tmp_path / "submitted", {"toy"})


@pytest.fixture(scope="session")
def record():
    """Makes a record; give statuses of its questions."""

    def make(student="ada", assignment="toy", statuses=("ok", "wrong"), sha256="00", **texts):
        questions = tuple(
            Question(
                f"q{i}",
                f"Question {i}",
                None if status == "not graded" else 2.0 * (status == "ok"),
                2.0,
                status,
                **({} if status == "ok" else texts),
            )
            for i, status in enumerate(statuses)
        )
        return Record(student, assignment, sha256, "1.0", "full", questions)

    return make


@pytest.fixture(scope="session")
def kept():
    """What a graded folder holds, without what differs from run to run: ids, times, order."""

    def read(out):
        lines = [json.loads(line) for line in (out / "ledger.jsonl").read_text().splitlines()]
        names = ("student", "assignment", "submission_sha256", "score", "questions")
        ledger = sorted(([line[name] for name in names] for line in lines), key=lambda one: one[:2])
        with sqlite3.connect(f"file:{out}/gradebook.db?mode=ro", uri=True) as db:
            assert db.execute("pragma integrity_check").fetchone() == ("ok",)
            return ledger, sorted(db.execute(GRADEBOOK_ROWS).fetchall(), key=repr)

    return read


GRADEBOOK_ROWS = """
    select a.name, s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade,
        m.auto_comment, b.name
    from grade g join base_cell c on g.cell_id = c.id
    join submitted_notebook n on g.notebook_id = n.id
    join submitted_assignment s on n.assignment_id = s.id
    join assignment a on s.assignment_id = a.id
    join comment m on m.notebook_id = n.id
    join base_cell b on m.cell_id = b.id and c.name = 'check_' || b.name
"""


@pytest.fixture(scope="session")
def final():
    """Makes the final grade of a record, as of a class without a policy."""

    def make(record, **what):
        only = {"attempt": 1, "attempts": 1, "days_late": 0, "penalty": 0.0, "manual": {}}
        known = only | what
        points = {q.name: q.score for q in record.questions} | known["manual"]
        graded = None not in points.values()
        score = max(0.0, sum(points.values()) - known["penalty"]) if graded else None
        return FinalGrade(record, **{"score": score} | known)

    return make


@pytest.fixture(scope="session")
def level():
    """The best isolation that works on this machine."""
    from selfattn_course.grading import sandbox

    return sandbox.probe()


@pytest.fixture(scope="session")
def quick_gradebook():
    """nbgrader asks `alembic` for its version once, not once for each new gradebook."""
    from nbgrader import api

    original = api.get_alembic_version
    api.get_alembic_version = lru_cache(original)
    yield
    api.get_alembic_version = original


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB."""
    yield from _mounted(tmp_path / "small", "size=1m")


@pytest.fixture
def read_only(tmp_path):
    """A folder on a read-only disk."""
    yield from _mounted(tmp_path / "read_only", "ro")


def _mounted(folder, options):
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.geteuid() != 0:
        pytest.skip("mounting a test disk needs root")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
