"""What several tests share: the command line as users run it, and the sample class, graded once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfattn_course.sample_class import write_sample_class

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
