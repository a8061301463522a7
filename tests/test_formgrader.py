"""nbgrader's formgrader, in a real Jupyter server and a real browser, on grades of ours."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from selfattn_course import layout
from selfattn_course.grading.ledger import read_ledger
from selfattn_course.sample_class import SLUG, sample_class

STUDENTS = ("ada", "ben", "hal")
BIN = Path(sys.executable).parent
PATH = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by its bare name
TOKEN = secrets.token_hex(16)
SLOW_MS = 60_000  # the pages fetch their rows; a busy machine takes its time


@pytest.fixture(scope="module")
def course(tmp_path_factory, run_selfattn):
    """An nbgrader course with three submissions, graded by `selfattn grade` alone."""
    folder = tmp_path_factory.mktemp("formgrader") / "course"
    assert run_selfattn("build", "--nbgrader").returncode == 0
    (folder / "source").mkdir(parents=True)
    shutil.copytree(layout.NBGRADER_TREE / "source" / SLUG, folder / "source" / SLUG)
    shutil.copy(layout.NBGRADER_TREE / "nbgrader_config.py", folder)
    nbgrader(folder, "generate_assignment", SLUG)
    for submission in sample_class():
        if submission.student in STUDENTS:
            path = folder / "submitted" / submission.student / SLUG / f"{SLUG}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(submission.content)
    grade(folder, run_selfattn)
    return folder


def nbgrader(folder, *command):
    finished = subprocess.run(
        [BIN / "nbgrader", *command],
        cwd=folder,
        env=os.environ | {"PATH": PATH},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stderr


def grade(folder, run_selfattn):
    done = run_selfattn("grade", "submitted", "--out", ".", "--trust-submissions", cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def server(course):
    """Address of a Jupyter server whose folder is the course."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _running(course, port) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            assert process.poll() is None, (course.parent / "server.log").read_text()
            try:
                urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address


@contextmanager
def _running(course, port):
    """A Jupyter server with nothing of the user's own settings."""
    kinds = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{kind}_DIR": str(course.parent / kind.lower()) for kind in kinds}
    options = [f"--port={port}", "--ip=127.0.0.1", "--no-browser", "--allow-root"]
    options += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={course}"]
    with open(course.parent / "server.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "server", *options],
            cwd=course,
            env=os.environ | own | {"PATH": PATH},
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture
def formgrader(server, browser):
    """A browser tab, logged in; give it the page that follows /formgrader/."""
    login = {"Authorization": f"token {TOKEN}"}
    with browser.new_context(extra_http_headers=login) as context:
        tab = context.new_page()
        tab.set_default_timeout(SLOW_MS)

        def open_page(name):
            tab.goto(f"{server}/formgrader/{name}")
            return tab

        yield open_page


def in_ledger(course):
    return {record.student: record for record in read_ledger(course)}


def test_totals_of_selfattn_grade_alone_are_on_the_page_of_all_students(course, formgrader):
    records = in_ledger(course)
    assert sorted(records) == list(STUDENTS)
    page = formgrader("manage_students")
    for student, record in records.items():
        row = page.locator("tr", has=page.get_by_text(student, exact=True))
        assert f"{record.score:g} / {record.max_score:g}" in row.first.inner_text()


def test_after_autograde_scores_and_submissions_open_and_points_by_hand_stay(
    course, formgrader, run_selfattn
):
    nbgrader(course, "autograde", SLUG)
    records = in_ledger(course)
    page = formgrader(f"manage_submissions/{SLUG}")
    for student, record in records.items():
        row = page.locator("tr", has=page.get_by_text(student, exact=True))
        assert f"{record.score:g} / {record.max_score:g}" in row.first.inner_text()
    _give_points(course, formgrader, "ben", "check_attention_weights", "2.5")
    grade(course, run_selfattn)
    assert in_ledger(course) == records
    assert _points(course, "ben") == (records["ben"].score + 2.5, 2.5)


def _give_points(course, formgrader, student, cell, points):
    """Open a submission in the browser and type points into the box of a cell."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        (notebook,) = book.find_submission(SLUG, student).notebooks
        page = formgrader(f"submissions/{notebook.id}/")
    automatic = {q.name: q.score for q in in_ledger(course)[student].questions}
    shown = f"{automatic[cell.removeprefix('check_')]:g}"
    box = page.locator(f'input#{cell}[placeholder="{shown}"]')  # comes after the page
    box.wait_for()
    with page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
        box.fill(points)
        box.press("Tab")
    assert saved.value.ok


def _points(course, student):
    """Score in nbgrader's gradebook, and the points given by hand."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        submission = book.find_submission(SLUG, student)
        by_hand = [g.manual_score for n in submission.notebooks for g in n.grades]
        return submission.score, sum(filter(None, by_hand))
