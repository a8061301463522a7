"""What the grader's version covers."""

import subprocess
import sys

from selfattn_course import layout
from selfattn_course.assignments import _DECIDING

# What only words errors and writes files, and no score depends on.
AROUND = {"errors", "grading.atomic"}


def test_version_covers_every_module_that_judging_loads():
    code = (
        "import sys, selfattn_course.grading.grade; "
        "print(*(n for n in sys.modules if n.startswith('selfattn_course.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    covered = {path for pattern in _DECIDING for path in layout.PACKAGE.glob(pattern)}
    for name in done.stdout.split():
        inside = name.removeprefix("selfattn_course.")
        path = layout.PACKAGE / f"{inside.replace('.', '/')}.py"
        if inside not in AROUND and path.is_file():
            assert path in covered, f"{inside} may decide a score; add it to _DECIDING"
