import os

import pytest

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.sandbox import LEVELS, Sandbox, best_sandbox, explain, levels, probe


def test_the_best_level_is_the_first_that_works():
    found = explain()
    assert [level for level, _, _ in found] == list(LEVELS)
    working = [level for level, works, _ in found if works]
    with best_sandbox() as sandbox:
        assert sandbox.level == working[0]


def test_without_bubblewrap_the_next_level_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotGradedError, match="not installed; install the package bubblewrap. Run"):
        Sandbox("full")
    assert probe() in ("landlock", "process")


def test_a_bubblewrap_that_fails_gives_its_own_reason(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text(
        "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"
    )
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(NotGradedError, match="setting up uid map: Permission denied. Run `self"):
        Sandbox("full")


def test_a_bubblewrap_that_confines_nothing_is_found_out(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text('#!/bin/sh\nwhile [ "$1" != "--chdir" ]; do shift; done\nshift 2\nexec "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(NotGradedError, match="level full .*Run `selfattn doctor`"):
        levels._tried("full")


def test_a_level_that_leaks_is_refused(monkeypatch, full_sandbox):
    leak = "def attempts(secret, grader):\n    return ['reads', 'connects']"
    monkeypatch.setattr(levels, "_ATTEMPTS", leak)
    with pytest.raises(NotGradedError, match="does not hold: a notebook reads and connects outs"):
        levels._check(full_sandbox)


def test_an_unknown_level_is_refused():
    with pytest.raises(
        ValueError, match="level is 'best'; expected one of full, landlock, process"
    ):
        Sandbox("best")
