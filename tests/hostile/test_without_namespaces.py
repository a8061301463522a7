"""Without bubblewrap, and in a container that allows no namespaces, Landlock confines."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.sandbox import Sandbox
from selfattn_course.sample_class import sample_class
from tests.hostile.attacks import FULL
from tests.hostile.class_of_attacks import chosen, good_name, hostile_name
from tests.hostile.watched import run_class

CONTAINER = (sys.executable, str(Path(__file__).with_name("without_namespaces.py")))
SELFATTN = Path(sys.executable).with_name("selfattn")
SLUG = "ch03_softmax"
SOME = "|".join(
    (
        *("files: reads$", "files: writes$", "fork bomb", "kills others$", "in C$", "os.write"),
        *("the grader's machine", "a verdict$", "exit code"),
    )
)


@pytest.fixture(scope="module", autouse=True)
def _landlock_works():
    try:
        Sandbox("landlock").close()
    except NotGradedError as error:
        required = os.environ.get("SELFATTN_REQUIRED_LEVELS", "").split(",")
        (pytest.fail if "landlock" in required else pytest.skip)(str(error))


def no_bubblewrap(folder):
    """A PATH with the programs that a shell has, and without bubblewrap."""
    for name in ("rm", "chmod", "env", "sh"):
        (folder / name).symlink_to(f"/bin/{name}")
    return {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{folder}"}


def grade_one(folder, prefix, environment):
    content = next(s.content for s in sample_class() if s.student == "ada")
    path = folder / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    command = [*prefix, SELFATTN, "grade", folder / "submitted", "--out", folder / "out"]
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=os.environ | environment
    )


@pytest.mark.parametrize("missing", ["bubblewrap", "namespaces"])
def test_grade_chooses_landlock_and_grades_right(tmp_path, missing):
    programs = tmp_path / "programs"
    programs.mkdir()
    prefix = CONTAINER if missing == "namespaces" else ()
    environment = no_bubblewrap(programs) if missing == "bubblewrap" else {}
    finished = grade_one(tmp_path, prefix, environment)
    assert finished.returncode == 0, finished.stderr
    assert "Sandbox level: landlock" in finished.stdout
    (record,) = map(json.loads, (tmp_path / "out" / "ledger.jsonl").read_text().splitlines())
    assert (record["score"], record["sandbox_level"]) == (record["max_score"], "landlock")


def test_there_really_are_no_namespaces(tmp_path):
    command = [*CONTAINER, "unshare", "--user", "true"]
    assert "not permitted" in subprocess.run(command, capture_output=True, text=True).stderr
    script = "from selfattn_course.grading.sandbox import explain\nprint(explain()[0])"
    command = [*CONTAINER, sys.executable, "-c", script]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    assert said.startswith("('full', False,"), said


def test_attackers_in_a_container_get_nothing_either(tmp_path):
    tmp_path.chmod(0o755)
    graded = run_class(tmp_path, "landlock", pattern=SOME, prefix=CONTAINER)
    attacks = chosen(SOME)
    assert len(attacks) >= 9
    assert graded.finished.returncode == 0, graded.finished.stderr
    for number, (name, attack) in enumerate(attacks):
        assert graded.ledger[good_name(number)]["score"] == FULL
        assert graded.ledger[hostile_name(number, name)]["score"] == attack.score, name
        assert "GOT:" not in graded.page(hostile_name(number, name))
    assert graded.unchanged == [True, True, True]
    assert graded.seen["contacts"] == graded.seen["processes"] == []
