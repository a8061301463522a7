"""The same for a grader that is no root: then notebooks may run as the grader's own user."""

import importlib.util
import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from selfattn_course.grading.sandbox.usage import remove_folder
from tests.hostile.attacks import FULL
from tests.hostile.class_of_attacks import chosen, good_name, hostile_name
from tests.hostile.watched import run_class

SOME = "|".join(
    (
        *("files:", "kills", "kernel kill", "daemon", "fork bomb", "thread bomb", "kernel: other"),
        *("kernel: name", "kernel: /proc", "the grader's machine", "every family", "shared memory"),
        *("memory: files", "a few forks", "forged cells", "closes", "os.write", "in C$", "limits"),
        *("deaf", "files, and a cell", "exit code", "descriptors"),
    )
)
BESIDE = Path(__file__).parents[1] / "grading" / "sandbox" / "test_ordinary_user.py"


def beside():
    """The test that knows how to become an ordinary user."""
    spec = importlib.util.spec_from_file_location("ordinary_user", BESIDE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_a_user(keep):
    """The start of a command that runs the rest as an ordinary user who can read all it needs."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with unshare and setpriv")
    other = beside()
    places = {Path(sys.base_prefix), Path(sys.prefix), other.REPOSITORY}
    become = ["setpriv", f"--reuid={other.USER}", f"--regid={other.USER}", "--clear-groups", "env"]
    become += ["HOME=/tmp", f"PYTHONPATH={other.REPOSITORY}", "PYTHONDONTWRITEBYTECODE=1"]
    script = f'{other.show(places, keep)}\nexec {shlex.join(become)} "$@"'
    return ["unshare", "--mount", "bash", "-c", script, "bash"], other.USER


@pytest.fixture
def open_folder():
    """A folder that others can reach at all times: pytest closes its own whenever it starts."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    folder.chmod(0o755)
    yield folder
    remove_folder(folder)


@pytest.mark.parametrize("level", ["full", "landlock"])
def test_attackers_of_an_ordinary_user_get_nothing(tmp_path, open_folder, level):
    prefix, user = as_a_user(tmp_path)
    os.chown(open_folder, user, user)
    graded = run_class(open_folder, level, pattern=SOME, prefix=prefix, owner=user)
    attacks = chosen(SOME)
    assert len(attacks) >= 25
    assert graded.finished.returncode == 0, graded.finished.stderr
    assert graded.unchanged == [True, True, True]
    assert graded.seen["contacts"] == graded.seen["processes"] == []
    for number, (name, attack) in enumerate(attacks):
        assert graded.ledger[good_name(number)]["score"] == FULL
        record, page = (f(hostile_name(number, name)) for f in (graded.ledger.get, graded.page))
        assert attack.score in (None, record["score"]), record["questions"]
        key = (open_folder / "out" / "course.key").read_text().strip()
        for token in ("GOT:", "918273", "root:", "float_array", graded.secret, key):
            assert token not in page, (name, token)
