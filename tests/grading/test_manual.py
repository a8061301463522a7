import pytest
from nbgrader import api
from nbgrader.api import Gradebook

from selfattn_course.errors import NotGradedError
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.manual import ByHand, read_manual


@pytest.fixture
def graded(tmp_path, record, final):
    """A gradebook; give it records to bring it up to date."""

    def update(*records):
        update_gradebook([final(one) for one in records], folder=tmp_path)
        return tmp_path

    return update


def give(folder, student, question, **points):
    """Give points as formgrader does."""
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "selfattn") as book:
        grade = book.find_grade(f"check_{question}", "toy", "toy", student)
        for name, value in points.items():
            setattr(grade, name, value)
        grade.needs_manual_grade = False
        book.db.commit()


def test_points_given_in_nbgrader_are_read(graded, record):
    folder = graded(record(), record("bea"), record("cyn"))
    assert read_manual(folder) == {}
    give(folder, "ada", "q1", manual_score=1.5)
    give(folder, "bea", "q0", extra_credit=0.5)
    give(folder, "bea", "q1", manual_score=0.0, extra_credit=0.25)
    give(folder, "cyn", "q0", extra_credit=0.0)
    assert read_manual(folder) == {
        ("ada", "toy"): {"q1": ByHand(1.5)},
        ("bea", "toy"): {"q0": ByHand(None, 0.5), "q1": ByHand(0.0, 0.25)},
    }


def test_points_for_cells_of_others_are_not_read(graded, record):
    folder = graded(record())
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "selfattn") as book:
        book.add_grade_cell("q1", "toy", "toy", max_score=5.0, cell_type="markdown")
        book.db.add(api.Grade(cell=book.find_grade_cell("q1", "toy", "toy"), manual_score=4.0))
        book.db.query(api.Grade).filter_by(
            manual_score=4.0
        ).one().notebook = book.find_submission_notebook("toy", "toy", "ada")
        book.db.commit()
    assert read_manual(folder) == {}


def test_they_stay_over_a_new_grade(graded, record):
    folder = graded(record())
    give(folder, "ada", "q1", manual_score=1.5, extra_credit=0.5)
    graded(record(statuses=("wrong", "ok"), sha256="01"))
    assert read_manual(folder) == {("ada", "toy"): {"q1": ByHand(1.5, 0.5)}}


def test_no_gradebook_holds_no_points(tmp_path):
    assert read_manual(tmp_path) == {}
    assert read_manual(tmp_path, f"sqlite:///{tmp_path}/empty.db") == {}
    assert not (tmp_path / "gradebook.db").exists()


def test_gradebook_that_cannot_be_read_is_one_sentence(tmp_path):
    (tmp_path / "gradebook.db").write_bytes(b"no database at all" * 99)
    with pytest.raises(NotGradedError, match="cannot read the gradebook .*not a database"):
        read_manual(tmp_path)
