"""What several tests share: the command line as users run it, and the sample class, graded once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from selfattn_course.sample_class import write_sample_class

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OFFLINE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
SELFATTN = Path(sys.executable).with_name("selfattn")


def selfattn(*arguments, **options):
    """Run a command; returns the finished process with its output as text."""
    return subprocess.run(
        [str(SELFATTN), *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | {"COLUMNS": "200"},
        **options,
    )


@pytest.fixture(scope="session")
def run_selfattn():
    return selfattn


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory):
    """Folder with `submitted` and `graded`, and the finished `selfattn grade` process."""
    folder = tmp_path_factory.mktemp("class")
    write_sample_class(folder / "submitted")
    finished = selfattn(
        "grade", folder / "submitted", "--out", folder / "graded", "--trust-submissions"
    )
    return folder, finished


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests: Playwright's driver runs only once at a time."""
    reason = "Playwright is not installed"
    playwright = pytest.importorskip("playwright.sync_api", reason=reason)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium here: apt install chromium")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=OFFLINE)
        yield running
        running.close()
