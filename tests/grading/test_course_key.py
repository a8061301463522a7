import stat

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.course_key import DRAWS, course_key, hidden_seed


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
    def seeds(key, assignment, exercise):
        return {hidden_seed(key, f"s{i}", assignment, exercise) for i in range(200)}

    given = (b"key", "toy", "double")
    assert hidden_seed(b"key", "ada", "toy", "double") == hidden_seed(
        b"key", "ada", "toy", "double"
    )
    assert seeds(*given) == seeds(*given)
    assert len(seeds(*given)) == DRAWS
    others = [(b"k2", "toy", "double"), (b"key", "t", "double"), (b"key", "toy", "negate")]
    others += [(b"key", "toyd", "ouble")]
    assert len(seeds(*given).union(*(seeds(*other) for other in others))) == 5 * DRAWS


def test_draws_of_one_student_do_not_follow_from_each_other():
    names = [f"f{i}" for i in range(12)]

    def draws(student):
        return [hidden_seed(b"key", student, "toy", name) for name in names]

    same = sum(a == b for a, b in zip(draws("ada"), draws("bea"), strict=True))
    assert same < len(names) / 2
