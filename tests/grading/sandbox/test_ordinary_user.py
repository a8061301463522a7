"""The sandbox works for a user without any rights, too. Needs root, to become such a user."""

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
USER = 60123
SCRIPT = """
import json, os
from selfattn_course.errors import NotGradedError
from selfattn_course.grading.sandbox import Call, Limits, Sandbox, execute
found = {"user": os.getuid()}
cells = [
    "def double(x): return 2 * x",
    "def read(path):\\n    try: return open(path).read()\\n    except OSError as e: return e.errno",
    "def loop():\\n    while True: pass",
    "import os; os._exit(0)",
]
calls = [[Call("double", (2,))], [Call("read", ("/etc/passwd",))], [Call("loop")]]
for level in ("full", "landlock"):
    try:
        with Sandbox(level) as sandbox:
            execution = execute(sandbox, cells, calls, [[], [], []], Limits(call_cpu_s=1))
    except NotGradedError as error:
        found[level] = str(error)
        continue
    found[level] = {
        "cells": [cell.status for cell in execution.cells],
        "answers": [[outcome.status, outcome.value] for (outcome,) in execution.visible],
    }
print(json.dumps(found))
"""


def blocked(path):
    """First folder on the way to path that other users may not pass, or None."""
    for folder in reversed([path, *path.parents]):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def show(places, keep):
    """Shell commands that open the way to places, in a mount namespace of their own."""
    hidden = {place: blocked(place) for place in places}
    commands = ["set -e"]
    for number, place in enumerate(hidden):
        kept = keep / str(number)
        kept.mkdir()
        commands.append(f"mount --bind {shlex.quote(str(place))} {kept}")
    for folder in {folder for folder in hidden.values() if folder}:
        commands.append(f"mount -t tmpfs -o mode=755 tmpfs {shlex.quote(str(folder))}")
    for number, (place, folder) in enumerate(hidden.items()):
        if folder:
            name = shlex.quote(str(place))
            commands += [f"mkdir -p {name}", f"mount --bind {keep / str(number)} {name}"]
    return "\n".join(commands)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with unshare and setpriv")
    places = {Path(sys.base_prefix), Path(sys.prefix), REPOSITORY}
    words = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "env", "HOME=/tmp"]
    words += ["TMPDIR=/tmp", f"PYTHONPATH={REPOSITORY}", "PYTHONDONTWRITEBYTECODE=1"]
    words += [sys.executable, "-c", SCRIPT]
    script = f"{show(places, tmp_path_factory.mktemp('keep'))}\nexec {shlex.join(words)}"
    command = ["unshare", "--mount", "bash", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if "mount:" in done.stderr or done.stderr.startswith("unshare"):
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_was_an_ordinary_user(found):
    assert found["user"] == USER


@pytest.mark.parametrize("level", ["full", "landlock"])
def test_a_notebook_is_run_confined_and_limited(found, level):
    result = found[level]
    if isinstance(result, str):
        pytest.skip(result)
    assert result["cells"] == ["ok", "ok", "ok", "crash"]
    double, read, loop = result["answers"]
    assert double == ["returned", 4]
    assert read in (["returned", 2], ["returned", 13])
    assert loop == ["timeout", None]
