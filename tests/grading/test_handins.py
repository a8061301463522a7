import os

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.handins import LONGEST_NAME, find_handins, name_problem


def test_notebooks_are_found_by_student_and_assignment_in_order(hand_in, handed_in, tmp_path):
    hand_in("bea")
    hand_in("ada")
    (tmp_path / "submitted" / "cyn").mkdir()
    found = handed_in()
    assert [(h.student, h.assignment, h.path.name) for h in found.handins] == [
        ("ada", "toy", "toy.ipynb"),
        ("bea", "toy", "toy.ipynb"),
    ]
    assert found.students == ("ada", "bea", "cyn")
    assert found.refused == found.notices == ()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (b"2026-11-20 18:30:00.250000 UTC", "2026-11-20T18:30:00+00:00"),
        (b"2026-11-20T19:30:00+01:00\n", "2026-11-20T18:30:00+00:00"),
        (b"2026-11-20 18:30", "2026-11-20T18:30:00+00:00"),
        (b"yesterday, I think", ""),
        (b"\xff\xfe", ""),
        (b"9999-12-31T23:59:59-14:00", ""),
    ],
)
def test_time_of_handing_in_comes_from_nbgraders_file(hand_in, handed_in, text, when):
    hand_in("ada")
    hand_in("ada", name="timestamp.txt", content=text)
    found = handed_in()
    assert found.handins[0].handed_in == when
    assert len(found.notices) == (not when)


def test_what_is_passed_over_gets_one_line_each(hand_in, handed_in, tmp_path):
    hand_in("ada")
    hand_in("ada", slug="ch99")
    hand_in("ada", name="draft.ipynb")
    hand_in("ada", name="timestamp.txt", content=b"2026-11-20 18:30:00 UTC")
    hand_in("ada", name=".hidden.ipynb")
    hand_in("ada", slug=".ipynb_checkpoints")
    (tmp_path / "submitted" / "list.csv").touch()
    (tmp_path / "submitted" / "ada" / "stray.ipynb").touch()
    found = handed_in()
    assert len(found.handins) == 1
    assert found.notices == (
        "ada/ch99: is no assignment that is graded here; passed over",
        "ada/stray.ipynb: lies outside an assignment's folder; passed over",
        "ada/toy/draft.ipynb: is not graded; passed over",
        "list.csv: is no student folder; passed over",
    )


def test_lone_notebook_of_another_name_is_taken(hand_in, handed_in):
    path = hand_in("ada", name="toy (1).ipynb")
    found = handed_in()
    assert [handin.path for handin in found.handins] == [path]
    assert found.notices == ("ada/toy/toy (1).ipynb: was graded as toy.ipynb",)


def test_several_notebooks_none_of_the_right_name_are_refused(hand_in, handed_in):
    hand_in("ada", name="a.ipynb")
    hand_in("ada", name="b.ipynb")
    found = handed_in()
    assert found.handins == ()
    assert found.refused == ("ada/toy: has 2 notebooks and none called toy.ipynb",)


def test_links_to_what_is_not_the_students_own_are_refused(hand_in, handed_in, tmp_path):
    inside = hand_in("ada")
    outside = tmp_path / "outside"
    (outside / "toy").mkdir(parents=True)
    (outside / "toy" / "toy.ipynb").write_text("{}")
    root = tmp_path / "submitted"
    (root / "bea").symlink_to(outside)
    (root / "bob").symlink_to(root / "ada")
    (root / "cyn").mkdir()
    (root / "cyn" / "toy").symlink_to(inside.parent)
    (root / "dan" / "toy").mkdir(parents=True)
    (root / "dan" / "toy" / "toy.ipynb").symlink_to(inside)
    found = handed_in()
    assert [handin.student for handin in found.handins] == ["ada"]
    assert found.refused == (
        "bea: is a link; expected the student's own folder",
        "bob: is a link; expected the student's own folder",
        "cyn/toy/toy.ipynb: is a link that leads out of the student's folder",
        "dan/toy/toy.ipynb: is a link that leads out of the student's folder",
    )


def test_a_tree_that_is_given_by_a_link_is_no_problem(hand_in, tmp_path):
    hand_in("ada")
    (tmp_path / "link").symlink_to(tmp_path / "submitted")
    found = find_handins(tmp_path / "link", {"toy"})
    assert (len(found.handins), found.refused) == (1, ())


def test_links_to_nothing_and_to_themselves_are_refused(hand_in, handed_in, tmp_path):
    for student, target in [("ada", "toy.ipynb"), ("bea", "nothing")]:
        folder = tmp_path / "submitted" / student / "toy"
        folder.mkdir(parents=True)
        (folder / "toy.ipynb").symlink_to(target)
    assert handed_in().refused == (
        "ada/toy/toy.ipynb: is no regular file",
        "bea/toy/toy.ipynb: is no regular file",
    )


def test_nothing_that_steers_a_terminal_is_in_a_line(hand_in, handed_in):
    hand_in("ada", name="\x1b[2J\u202etxt.ipynb")
    hand_in("ada", name="é\x85\u2028.txt")
    hand_in("\x1b]0;owned\a")
    found = handed_in()
    assert found.notices == (
        "ada/toy/\\x1b[2J\\u202etxt.ipynb: was graded as toy.ipynb",
        "ada/toy/é\\x85\\u2028.txt: is not graded; passed over",
    )
    (refused,) = found.refused
    assert refused.startswith("\\x1b]0;owned\\x07: the folder's name has control characters")


def test_pipes_and_folders_named_like_notebooks_are_refused(hand_in, handed_in, tmp_path):
    hand_in("ada", name="note.txt")
    os.mkfifo(tmp_path / "submitted" / "ada" / "toy" / "toy.ipynb")
    (tmp_path / "submitted" / "bea" / "toy" / "toy.ipynb").mkdir(parents=True)
    assert handed_in().refused == (
        "ada/toy/toy.ipynb: is no regular file",
        "bea/toy/toy.ipynb: is no regular file",
    )


def test_odd_names_are_kept_and_unsafe_ones_refused(hand_in, handed_in, tmp_path):
    odd = ["=cmd()", "<b>x&\"'", "a b", "été", "-rf", "%2e%2e", "a+b@c.d", "a..", "#?"]
    for name in odd:
        hand_in(name)
    for name in ["new\nline", "bell\a", "back\\slash", "x" * (LONGEST_NAME + 1)]:
        hand_in(name)
    os.makedirs(os.fsencode(tmp_path) + b"/submitted/latin\xe9/toy")
    found = handed_in()
    assert sorted(found.students) == sorted(odd)
    assert len(found.refused) == 5
    assert "latin\\udce9: the folder's name has control characters or is not UTF-8" in found.refused
    "".join(found.refused).encode("utf-8")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "../x", "a\0b", "\ud800", "a\u202eb", "a\u2066b"]
)
def test_names_that_lead_elsewhere_are_no_names(name):
    assert name_problem(name)


def test_a_missing_folder_and_a_file_are_one_sentence(tmp_path):
    with pytest.raises(CourseError, match="none does not exist; expected a folder .*; give"):
        find_handins(tmp_path / "none", {"toy"})
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match="file is a file; expected a folder"):
        find_handins(tmp_path / "file", {"toy"})


def test_a_pipe_for_a_timestamp_keeps_nobody_waiting(hand_in, handed_in):
    folder = hand_in("ada").parent
    os.mkfifo(folder / "timestamp.txt")
    found = handed_in()
    assert [handin.handed_in for handin in found.handins] == [""]
    assert found.notices[0].startswith("ada/toy/timestamp.txt: holds no time")
