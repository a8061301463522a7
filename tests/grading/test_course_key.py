import stat

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.course_key import course_key, hidden_rng


@pytest.fixture(autouse=True)
def no_key_in_environment(monkeypatch):
    monkeypatch.delenv("SELFATTN_COURSE_KEY", raising=False)


def test_key_is_made_once_secret_and_for_this_folder_only(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    key = course_key(first)
    assert len(key) >= 32
    assert course_key(first) == key
    assert course_key(second) != key
    assert stat.S_IMODE((first / "course.key").stat().st_mode) == 0o600


def test_key_from_the_environment_comes_first_and_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setenv("SELFATTN_COURSE_KEY", "secret")
    assert course_key(tmp_path) == b"secret"
    assert not (tmp_path / "course.key").exists()


def test_empty_key_file_is_refused(tmp_path):
    (tmp_path / "course.key").write_text("\n")
    with pytest.raises(CourseError, match="course.key is empty; expected .*; restore"):
        course_key(tmp_path)


def test_hidden_numbers_follow_from_key_student_assignment_and_exercise():
    def numbers(*names):
        return hidden_rng(*names).integers(1 << 60)

    given = (b"key", "ada", "toy", "double")
    assert numbers(*given) == numbers(*given)
    others = [(b"k2", "ada", "toy", "double"), (b"key", "bea", "toy", "double")]
    others += [(b"key", "ada", "t", "double"), (b"key", "ada", "toy", "negate")]
    others += [(b"key", "adat", "oy", "double")]
    assert len({numbers(*given), *(numbers(*other) for other in others)}) == 6
