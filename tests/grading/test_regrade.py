"""A check is mended, and the class is graded again: toy.py, with a check that is first too strict.

`double` compares with the type as well at first, so a list instead of an array is rejected.
"""

import shutil
from dataclasses import dataclass, replace

import numpy as np
import pytest
from nbgrader.api import Gradebook

from selfattn_course.errors import CourseError
from selfattn_course.grading import sandbox as box
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.ledger import read_history, read_ledger
from selfattn_course.grading.regrade import ANEW, MISSING, regrade_class
from selfattn_course.grading.run import grade_class
from selfattn_course.grading.wanted import Wanted

pytestmark = pytest.mark.usefixtures("quick_gradebook")

AS_LIST = "def double(x):\n    return (2 * x).tolist()"
AS_FLOAT32 = "import numpy as np\ndef negate(x):\n    return -x.astype(np.float32)"
WRONG = "def double(x):\n    return 3 * x"


@pytest.fixture
def versions(toy):
    """The assignment before the checks were mended, and after."""

    @dataclass(frozen=True)
    class Stricter(toy.Exercise):
        """Refuses what is not exactly what it wants."""

        def verdict(self, cases, outcomes):
            for outcome in outcomes:
                exact = isinstance(outcome.value, np.ndarray) and outcome.value.dtype == float
                if outcome.status == "returned" and not exact:
                    return toy.Verdict(False, "wrong", "not exactly that type", self.hint)
            return super().verdict(cases, outcomes)

    double, negate = toy.EXERCISES
    strict_double = Stricter(*(getattr(double, f) for f in double.__dataclass_fields__))
    strict_negate = Stricter(*(getattr(negate, f) for f in negate.__dataclass_fields__))
    before = replace(toy.ASSIGNMENT, exercises=(strict_double, negate))
    after = replace(toy.ASSIGNMENT, exercises=(double, strict_negate))
    return {"1.0": before, "1.1": after}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def grade(handed_in, versions, out, level):
    def go(version):
        return grade_class(
            handed_in(), {"toy": versions[version]}, out, level=level, grader_version=version
        )

    return go


@pytest.fixture
def regrade(handed_in, versions, out, level):
    def go(version="1.1", found=None, level=level, **options):
        wanted = {name: frozenset(options.pop(name, ())) for name in Wanted.__dataclass_fields__}
        return regrade_class(
            found or handed_in(),
            {"toy": versions[version]},
            out,
            Wanted(**wanted),
            level=level,
            grader_version=version,
            **options,
        )

    return go


@pytest.fixture
def graded(hand_in, grade, toy):
    """A class graded with the check that is too strict."""
    hand_in("ada", toy.DOUBLE, toy.NEGATE)
    hand_in("bea", AS_LIST, toy.NEGATE)
    hand_in("cyn", WRONG, toy.NEGATE)
    hand_in("dov", toy.DOUBLE, AS_FLOAT32)
    return grade("1.0")


def scores(folder):
    return {record.student: record.score for record in read_ledger(folder)}


def gains(result):
    return {one.before.student: one.gain for one in result.regraded}


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_who_was_right_goes_up_and_who_is_wrong_stays_and_who_goes_down_is_named(
    graded, regrade, out
):
    assert scores(out) == {"ada": 3.5, "bea": 1.5, "cyn": 1.5, "dov": 3.5}
    result = regrade()
    assert gains(result) == {"ada": 0, "bea": 2.0, "cyn": 0, "dov": -1.5}
    assert scores(out) == {"ada": 3.5, "bea": 3.5, "cyn": 1.5, "dov": 2.0}
    (up,), (down,) = result.regraded[1].changes, result.regraded[3].changes
    assert (up.name, up.before.status, up.after.status) == ("double", "wrong", "ok")
    assert (down.name, down.after.message) == ("negate", "not exactly that type")
    assert result.complete
    assert {record.reason for record in read_ledger(out)} == {"regraded"}


def test_everything_in_the_folder_follows(graded, regrade, out):
    regrade()
    assert "toy,bea,3.5,3.5,0," in (out / "grades.csv").read_text()
    assert "<strong>3.5</strong> of 3.5" in (out / "feedback" / "bea" / "toy.html").read_text()
    assert "not exactly that type" in (out / "feedback" / "dov" / "toy.html").read_text()
    assert "Grader version 1.1." in (out / "report.html").read_text()
    with Gradebook(f"sqlite:///{out}/gradebook.db", "selfattn") as book:
        assert book.find_submission("toy", "bea").score == 3.5


def test_only_the_named_exercise_is_replaced(graded, regrade, out):
    result = regrade(exercises=["double"])
    assert gains(result) == {"ada": 0, "bea": 2.0, "cyn": 0, "dov": 0}
    reasons = {record.reason for record in read_ledger(out)}
    assert reasons == {"regraded double; the rest as graded by 1.0"}


def test_what_was_graded_again_in_part_is_up_to_date_for_grade(graded, regrade, grade, out):
    regrade(exercises=["double"])
    before = files(out)
    assert (grade("1.1").graded, scores(out)["dov"]) == (0, 3.5)
    assert files(out) == before


def test_grade_again_in_part_and_then_in_full(graded, regrade, out):
    regrade(exercises=["double"])
    assert gains(regrade()) == {"ada": 0, "bea": 0, "cyn": 0, "dov": -1.5}


def test_a_second_time_changes_no_byte(graded, regrade, out):
    regrade()
    before = files(out)
    result = regrade()
    assert len(result.regraded) == 4
    assert not any(one.changes for one in result.regraded)
    assert files(out) == before


def test_dry_run_says_the_same_and_writes_nothing(graded, regrade, out, monkeypatch):
    before = files(out)
    would = regrade(dry_run=True)
    assert files(out) == before
    assert would == regrade()


def test_only_what_is_named_is_graded_again(graded, regrade, out):
    assert gains(regrade(students=["bea", "cyn"], slugs=["toy"])) == {"bea": 2.0, "cyn": 0}
    assert len(read_history(out)) == 6


@pytest.mark.parametrize(
    ("kind", "names", "known"),
    [
        ("exercise", {"exercises": ["halve"]}, "double, negate"),
        ("student", {"students": ["halve"]}, "ada, bea, cyn, dov"),
        ("assignment", {"slugs": ["halve"]}, "toy"),
    ],
)
def test_unknown_name_lists_those_that_are_known(graded, regrade, out, kind, names, known):
    before = files(out)
    with pytest.raises(CourseError, match=f"halve is no {kind} .* expected one of: {known};"):
        regrade(**names)
    assert files(out) == before


def test_a_file_that_is_another_one_or_gone_is_left_alone(graded, regrade, hand_in, toy, tmp_path):
    hand_in("bea", toy.DOUBLE)
    shutil.rmtree(tmp_path / "submitted" / "dov")
    hand_in("new", toy.DOUBLE)
    result = regrade()
    assert result.left_alone == (("bea", "toy", ANEW), ("dov", "toy", MISSING))
    assert set(gains(result)) == {"ada", "cyn"}
    assert not result.complete
    assert scores(tmp_path / "out") == {"ada": 3.5, "bea": 1.5, "cyn": 1.5, "dov": 3.5}


def test_submissions_that_were_moved_are_found_by_their_bytes(graded, regrade, tmp_path):
    (tmp_path / "submitted").rename(tmp_path / "moved")
    assert gains(regrade(found=find_handins(tmp_path / "moved", {"toy"})))["bea"] == 2.0


def test_earlier_attempts_are_said_to_keep_their_grades(graded, regrade, hand_in, grade, toy):
    hand_in("cyn", toy.DOUBLE)
    grade("1.0")
    assert regrade().older == (("cyn", "toy", 1),)


def test_a_fault_of_our_own_never_replaces_a_grade(graded, regrade, out, monkeypatch):
    monkeypatch.setenv("TOY_FAULT", "double")
    result = regrade()
    assert not result.complete
    assert [question.name for question in result.regraded[0].failed] == ["double"]
    assert scores(out) == {"ada": 3.5, "bea": 1.5, "cyn": 1.5, "dov": 2.0}
    assert read_ledger(out)[0].reason == "regraded negate; the rest as graded by 1.0"
    before = files(out)
    assert not regrade(exercises=["double"]).complete
    assert files(out) == before


def test_a_sandbox_that_fails_leaves_the_grade_and_stops_no_other(
    graded, regrade, out, monkeypatch
):
    class Notebook(box.Notebook):
        def __init__(self, sandbox, cells, *rest, **options):
            if cells[0] == AS_LIST:
                raise RuntimeError("secret")
            super().__init__(sandbox, cells, *rest, **options)

    monkeypatch.setattr(box, "Notebook", Notebook)
    result = regrade(jobs=2)
    assert [one.name for one in result.regraded[1].failed] == ["double", "negate"]
    assert scores(out) == {"ada": 3.5, "bea": 1.5, "cyn": 1.5, "dov": 2.0}
    assert read_ledger(out)[1].grader_version == "1.0"


def test_what_was_not_graded_before_is_graded_now(hand_in, grade, regrade, out, toy, monkeypatch):
    hand_in("ada", toy.DOUBLE, toy.NEGATE)
    monkeypatch.setenv("TOY_FAULT", "negate")
    grade("1.0")
    monkeypatch.delenv("TOY_FAULT")
    (one,) = regrade().regraded
    assert [(c.before.status, c.after.status) for c in one.changes] == [("not graded", "ok")]
    assert scores(out) == {"ada": 3.5}


def test_verdicts_made_without_isolation_still_show_in_a_grade_made_in_part(
    hand_in, handed_in, versions, out, regrade, level
):
    if level == "process":
        pytest.skip("no isolation works on this machine")
    hand_in("bea", AS_LIST)
    grade_class(handed_in(), {"toy": versions["1.0"]}, out, level="process", grader_version="1.0")
    regrade(exercises=["double"])
    assert read_ledger(out)[0].sandbox_level == "process"
    regrade()
    assert read_ledger(out)[0].sandbox_level == level


def test_another_course_key_is_refused(graded, regrade, out, monkeypatch):
    monkeypatch.delenv("SELFATTN_COURSE_KEY", raising=False)
    (out / "course.key").unlink()
    with pytest.raises(CourseError, match="course.key does not exist; .* restore it, or set"):
        regrade()
    assert not (out / "course.key").exists()


def test_points_given_by_hand_stay_and_count(graded, regrade, out):
    url = f"sqlite:///{out}/gradebook.db"
    with Gradebook(url, "selfattn") as book:
        book.find_grade("check_double", "toy", "toy", "bea").manual_score = 1.25
        book.find_grade("check_negate", "toy", "toy", "dov").manual_score = 1.0
        book.db.commit()
    regrade()
    with Gradebook(url, "selfattn") as book:
        given = book.find_grade("check_double", "toy", "toy", "bea")
        assert (given.manual_score, given.auto_score) == (1.25, 2.0)
        assert book.find_submission("toy", "bea").score == 1.25 + 1.5
        assert book.find_submission("toy", "dov").score == 2.0 + 1.0


def test_by_the_same_grader_nothing_is_written(graded, regrade, out):
    before = files(out)
    assert regrade("1.0").complete
    assert files(out) == before
