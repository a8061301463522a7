"""Every mistake at the command line: one sentence, the right exit code, nothing half done."""

import os
import subprocess
import sys

import pytest

from selfattn_course import layout
from selfattn_course.sample_class import SLUG, sample_class

NOTEBOOK = layout.EXERCISES / f"{SLUG}.ipynb"


@pytest.fixture
def submitted(tmp_path):
    """One honest submission."""
    folder = tmp_path / "submitted" / "ada" / SLUG
    folder.mkdir(parents=True)
    ada = next(s for s in sample_class() if s.student == "ada")
    (folder / f"{SLUG}.ipynb").write_bytes(ada.content)
    return tmp_path / "submitted"


def assert_one_sentence(finished, exit_code, *parts):
    assert finished.returncode == exit_code, finished.stderr
    assert "Traceback" not in finished.stderr
    lines = [line for line in finished.stderr.splitlines() if line.startswith("Error")]
    assert len(lines) == 1, finished.stderr
    for part in parts:
        assert part in lines[0]


def test_missing_folder(run_selfattn, tmp_path):
    out = tmp_path / "out"
    finished = run_selfattn("grade", tmp_path / "nowhere", "--out", out)
    assert_one_sentence(finished, 2, "nowhere does not exist", "STUDENT/SLUG/SLUG.ipynb")
    assert not out.exists()


def test_file_where_the_class_should_be(run_selfattn, tmp_path):
    finished = run_selfattn("grade", NOTEBOOK, "--out", tmp_path / "out")
    assert_one_sentence(finished, 2, "is a file", "STUDENT/SLUG/SLUG.ipynb")


def test_file_where_the_output_should_be(run_selfattn, submitted, tmp_path):
    out = tmp_path / "out"
    out.write_text("mine")
    assert_one_sentence(run_selfattn("grade", submitted, "--out", out), 2, str(out), "folder")
    assert out.read_text() == "mine"


def test_unknown_slug(run_selfattn, submitted, tmp_path):
    finished = run_selfattn(
        "grade", submitted, "--out", tmp_path / "out", "--assignment", "ch99_nothing"
    )
    assert_one_sentence(finished, 2, "ch99_nothing is no assignment", SLUG)
    assert not (tmp_path / "out").exists()


def test_notebook_that_is_missing_or_a_folder(run_selfattn, tmp_path):
    assert_one_sentence(run_selfattn("check", tmp_path / "no.ipynb"), 2, "does not exist")
    assert_one_sentence(run_selfattn("check", tmp_path), 2, "is a folder; expected a notebook")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_notebook_that_cannot_be_read(run_selfattn, tmp_path, content):
    path = tmp_path / f"{SLUG}.ipynb"
    path.write_bytes(content)
    assert_one_sentence(run_selfattn("check", path), 3, "cannot be graded")


def test_notebook_of_another_course(run_selfattn, tmp_path):
    path = tmp_path / "other.ipynb"
    path.write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    assert_one_sentence(run_selfattn("check", path), 2, "defines no function that the course asks")


def test_report_of_a_folder_without_a_ledger(run_selfattn, tmp_path):
    assert_one_sentence(run_selfattn("report", tmp_path), 2, "holds no ledger.jsonl")


def test_usage_mistakes_leave_with_two(run_selfattn):
    for arguments in (["grade"], ["grade", ".", "--out"], ["frobnicate"], ["check"]):
        assert run_selfattn(*arguments).returncode == 2


def test_process_level_needs_trust(run_selfattn, submitted, tmp_path):
    finished = run_selfattn("grade", submitted, "--out", tmp_path / "out", "--level", "process")
    assert_one_sentence(finished, 2, "--trust-submissions")
    assert not (tmp_path / "out").exists()


def path_without(program, folder):
    """A PATH with everything but one program."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for name in os.listdir(place) if os.path.isdir(place) else ():
            if name != program and not (folder / name).exists():
                (folder / name).symlink_to(os.path.join(place, name))
    return str(folder)


def without_bubblewrap(arguments, tmp_path):
    command = [os.path.join(os.path.dirname(sys.executable), "selfattn"), *map(str, arguments)]
    environment = os.environ | {"PATH": path_without("bwrap", tmp_path / "bin")}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_no_bubblewrap_means_landlock_and_the_grade_says_so(submitted, tmp_path):
    out = tmp_path / "out"
    finished = without_bubblewrap(["grade", submitted, "--out", out], tmp_path)
    if "--trust-submissions" in finished.stderr:
        pytest.skip("this kernel has no Landlock")
    assert finished.returncode == 0, finished.stderr
    assert "Sandbox level: landlock" in finished.stdout
    assert '"sandbox_level":"landlock"' in (out / "ledger.jsonl").read_text()


def test_level_full_without_bubblewrap(submitted, tmp_path):
    out = tmp_path / "out"
    arguments = ["grade", submitted, "--out", out, "--level", "full"]
    finished = without_bubblewrap(arguments, tmp_path)
    assert_one_sentence(finished, 3, "bubblewrap is not installed")
    assert not out.exists()


@pytest.fixture
def tiny_disk(tmp_path):
    """Mounts a tmpfs of a given size; only root can."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True).returncode:
            pytest.skip("mounting is not allowed here")
        return place

    yield mount
    subprocess.run(["umount", str(place)], capture_output=True)


def test_read_only_output(run_selfattn, submitted, tiny_disk):
    disk = tiny_disk("size=1m,ro")
    finished = run_selfattn("grade", submitted, "--out", disk / "out")
    assert_one_sentence(finished, 2, "ead-only")
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("size_kib", [4, 16, 64])
def test_full_disk(run_selfattn, submitted, tiny_disk, size_kib):
    disk = tiny_disk(f"size={size_kib}k")
    finished = run_selfattn("grade", submitted, "--out", disk / "out")
    assert finished.returncode in (2, 3)
    assert_one_sentence(finished, finished.returncode)
    assert "no space" in finished.stderr.lower() or "disk is full" in finished.stderr
    ledger = disk / "out" / "ledger.jsonl"
    assert not ledger.exists() or ledger.read_bytes().endswith(b"\n") or not ledger.stat().st_size
    leftovers = [path.name for path in disk.rglob("*") if path.name.startswith((".", "tmp"))]
    assert [name for name in leftovers if name != ".lock"] == []
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert run_selfattn("grade", submitted, "--out", disk / "out").returncode == 0
    assert len((disk / "out" / "ledger.jsonl").read_text().splitlines()) == 1
