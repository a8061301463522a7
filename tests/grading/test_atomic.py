import os
import stat

import pytest

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading.atomic import prepare_folder, write_file


def test_text_is_written_as_utf8_with_the_mode_asked_for(tmp_path):
    path = tmp_path / "new" / "file"
    write_file(path, "é\n", mode=0o600)
    assert path.read_bytes() == "é\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_file(path.with_name("page"), "for everyone")
    assert stat.S_IMODE(path.with_name("page").stat().st_mode) == 0o644


def test_same_content_leaves_the_file_alone(tmp_path):
    path = tmp_path / "file"
    write_file(path, "same")
    os.utime(path, (1, 1))
    write_file(path, "same")
    assert path.stat().st_mtime == 1
    write_file(path, "other")
    assert path.read_text() == "other"


def test_full_disk_keeps_the_old_file_and_leaves_no_rest(small_disk):
    path = small_disk / "file"
    write_file(path, "old")
    with pytest.raises(NotGradedError, match="cannot write .*file: no space left on device"):
        write_file(path, b"x" * (2 << 20))
    assert path.read_text() == "old"
    assert os.listdir(small_disk) == ["file"]


def test_interrupted_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_file(path, "old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["file"]


def test_folder_is_made_and_left_empty(tmp_path):
    prepare_folder(tmp_path / "a" / "b")
    assert os.listdir(tmp_path / "a" / "b") == []


def test_file_in_place_of_the_folder_is_refused(tmp_path):
    path = tmp_path / "out"
    path.touch()
    with pytest.raises(CourseError, match="out is a file; expected a folder; choose another"):
        prepare_folder(path)
    with pytest.raises(CourseError, match="cannot write to .*deeper: not a directory"):
        prepare_folder(path / "deeper")


def test_read_only_folder_is_refused_before_any_work(read_only):
    with pytest.raises(CourseError, match="cannot write to .*: read-only file system") as refused:
        prepare_folder(read_only)
    assert refused.value.exit_code == 2
