import fcntl
import hashlib
import json
import os

import pytest

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading.ledger import FIRST, Ledger, read_history, read_ledger
from selfattn_course.grading.ledger_head import Head, read_head


def test_last_line_of_a_student_and_assignment_counts(tmp_path, record):
    older, newer = record(sha256="01"), record(sha256="02")
    other = record(assignment="other")
    with Ledger(tmp_path) as ledger:
        for one in (older, other, newer):
            ledger.append(one)
        assert ledger.get("ada", "toy") == newer
        assert ledger.get("bea", "toy") is None
    assert read_ledger(tmp_path) == (other, newer)
    assert len((tmp_path / "ledger.jsonl").read_text().splitlines()) == 3
    with Ledger(tmp_path) as ledger:
        assert ledger.current() == (other, newer)


def test_each_line_names_the_one_before_it_also_after_reopening(tmp_path, record):
    for student in ("ada", "bea", "cyn"):
        with Ledger(tmp_path) as ledger:
            ledger.append(record(student))
    lines = (tmp_path / "ledger.jsonl").read_bytes().splitlines()
    expected = [hashlib.sha256(line).hexdigest() for line in (b"", *lines)]
    assert [json.loads(line)["previous"] for line in lines] == expected[:-1]
    history = read_history(tmp_path)
    assert [entry.record.student for entry in history] == ["ada", "bea", "cyn"]
    assert [entry.sha256 for entry in history] == expected[1:]


def test_several_records_are_chained_and_synced_at_once(tmp_path, record, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (real(file), synced.append(file)))
    with Ledger(tmp_path) as ledger:
        ledger.append_all([record("ada"), record("bea")])
        ledger.append_all([])
        ledger.append(record("cyn"))
        assert len(synced) == 2
        assert ledger.get("bea", "toy") == record("bea")
    history = read_history(tmp_path)
    assert [entry.record.student for entry in history] == ["ada", "bea", "cyn"]
    assert [entry.previous for entry in history[1:]] == [entry.sha256 for entry in history[:2]]


def test_head_tells_how_long_the_ledger_is_and_what_its_last_line_is(tmp_path, record):
    assert read_head(tmp_path) is None
    with Ledger(tmp_path) as ledger:
        ledger.write_head()
        assert read_head(tmp_path) == Head(0, FIRST)
        ledger.append_all([record("ada"), record("bea")])
        ledger.write_head()
    assert read_head(tmp_path) == Head(2, read_history(tmp_path)[-1].sha256)
    with Ledger(tmp_path) as ledger:
        ledger.append(record("cyn"))
        ledger.write_head()
    assert read_head(tmp_path).lines == 3


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"lines":"1","sha256":""}'])
def test_damaged_head_is_an_error(tmp_path, text):
    (tmp_path / "ledger.head").write_text(text)
    with pytest.raises(ValueError, match="[Ee]xpect|lines|sha256"):
        read_head(tmp_path)


def test_no_ledger_is_an_empty_one(tmp_path):
    assert read_ledger(tmp_path) == ()
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("tail", [b'{"student":"ada","ass', b"\0" * 100, b"\xff"])
def test_torn_tail_is_passed_over_and_mended_on_opening(tmp_path, record, tail):
    with Ledger(tmp_path) as ledger:
        ledger.append(record())
    path = tmp_path / "ledger.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    assert read_ledger(tmp_path) == (record(),)
    assert path.read_bytes() == whole + tail, "reading must not write"
    with Ledger(tmp_path) as ledger:
        ledger.append(record("bea"))
    assert path.read_bytes().startswith(whole)
    assert read_ledger(tmp_path) == (record(), record("bea"))


def test_tail_torn_anywhere_loses_only_the_last_record(tmp_path, record):
    with Ledger(tmp_path) as ledger:
        ledger.append(record())
        ledger.append(record("bea"))
    path = tmp_path / "ledger.jsonl"
    data = path.read_bytes()
    first = data.index(b"\n") + 1
    for cut in range(first, len(data)):
        path.write_bytes(data[:cut])
        assert read_ledger(tmp_path) == (record(),)


def test_damage_in_the_middle_is_an_error_that_names_the_line(tmp_path, record):
    path = tmp_path / "ledger.jsonl"
    with Ledger(tmp_path) as ledger:
        ledger.append(record())
        ledger.append(record("bea"))
    first, second = path.read_text().splitlines()
    path.write_text(f"{first}\n{{}}\n{second}\n")
    with pytest.raises(CourseError, match="line 2 is no grade record .*; expected .*; restore"):
        read_ledger(tmp_path)
    with pytest.raises(CourseError, match="line 2"):
        Ledger(tmp_path)


def test_second_grader_is_turned_away_until_the_first_is_done(tmp_path, record):
    with Ledger(tmp_path) as ledger:
        ledger.append(record())
        with pytest.raises(NotGradedError, match="in use by another grading run"):
            Ledger(tmp_path)
    with Ledger(tmp_path) as ledger:
        assert len(ledger.current()) == 1


def test_failed_opening_gives_the_lock_back(tmp_path):
    (tmp_path / "ledger.jsonl").write_text("nonsense\n")
    with pytest.raises(CourseError, match="line 1"):
        Ledger(tmp_path)
    with open(tmp_path / "ledger.jsonl") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_full_disk_leaves_the_ledger_as_it_was(small_disk, record):
    with Ledger(small_disk) as ledger:
        ledger.append(record())
        before = (small_disk / "ledger.jsonl").read_bytes()
        room = os.statvfs(small_disk)
        (small_disk / "filler").write_bytes(b"x" * room.f_bavail * room.f_bsize)
        long = record("bea", message="x" * 900_000)
        with pytest.raises(NotGradedError, match="no space left on device.*are safe"):
            ledger.append(long)
        assert (small_disk / "ledger.jsonl").read_bytes() == before
        assert ledger.get("bea", "toy") is None
        (small_disk / "filler").unlink()
        ledger.append(record("cyn"))
    assert read_ledger(small_disk) == (record(), record("cyn"))


def test_record_is_on_the_disk_before_append_returns(tmp_path, record, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (real(file), synced.append(file)))
    with Ledger(tmp_path) as ledger:
        ledger.append(record())
        assert len(synced) == 1
