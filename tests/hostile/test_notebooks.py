"""Files that attack whoever reads them, and names that attack whatever they are written into."""

import contextlib
import csv
import gzip
import json
import os
import signal
import socket
import stat
from html.parser import HTMLParser

import pytest

from selfattn_course.commands.grade import print_summary
from selfattn_course.grading import sandbox
from selfattn_course.grading.handins import find_handins
from selfattn_course.grading.run import grade_class
from tests.hostile.attacks import DOUBLE, NEGATE
from tests.hostile.class_of_attacks import LIMITS, load_toy

RIGHT = f"{DOUBLE}\n{NEGATE}"
UNREADABLE = "unreadable"
LONGEST_S = 300


def code(source):
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}


def notebook(*cells, **more):
    text = json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, **more})
    return text.encode()


def with_right(*cells):
    return notebook(*cells, code(RIGHT))


RIGHT_FILE = with_right()
TEXT = RIGHT_FILE.decode()
# what a file holds, and what it is worth
FILES = {
    "deep lists": (b"[" * 10**6, UNREADABLE),
    "deep objects": (b'{"cells":' * 10**5, UNREADABLE),
    "deep but whole": (b"[" * 10**5 + b"]" * 10**5, UNREADABLE),
    "100000 cells": (with_right(*[code("a")] * 10**5), UNREADABLE),
    "100000 cells of text": (
        with_right(*[{"cell_type": "markdown", "source": "a"}] * 10**5),
        3.5,
    ),
    "a source of 3 MB": (with_right(code("#" * 3_000_000)), UNREADABLE),
    "outputs of 30 MB": (with_right(code("1") | {"outputs": ["x" * 30_000_000]}), 3.5),
    "a huge integer": (TEXT.replace('"nbformat": 4', f'"x": {"9" * 10**6}').encode(), UNREADABLE),
    "a huge float": (TEXT.replace('"nbformat": 4', '"x": 1e999999').encode(), 3.5),
    "NaN": (TEXT.replace('"nbformat": 4', '"x": [NaN, -Infinity]').encode(), 3.5),
    "keys twice": (TEXT.replace('{"cells"', '{"cells": "no", "cells"').encode(), 3.5),
    "cells are an object": (b'{"cells": {"0": 1}}', UNREADABLE),
    "cells are null": (b'{"cells": null}', UNREADABLE),
    "cells are a text": (b'{"cells": "code"}', UNREADABLE),
    "cells of every kind": (
        with_right(None, 1, "a", [], {}, [[]], True, {"cell_type": "code"}),
        3.5,
    ),
    "types of cells that are none": (
        with_right({"cell_type": ["code"], "source": "1 / 0"}, {"cell_type": {}, "source": "a"}),
        3.5,
    ),
    "sources that are none": (
        with_right(*[code(s) for s in ([["a"]], {"a": 1}, 1, None, [None], [["import os"]] * 9)]),
        3.5,
    ),
    "metadata that is none": (notebook(code(RIGHT) | {"metadata": 7}, metadata=[1, "a"]), 3.5),
    "lone surrogates": (with_right(code("'\ud800'"), code("# \udfff")), 3.5),
    "control characters": (with_right(code("'\x00'"), code("\x1a\x0c\x0b"), code("a\rb")), 3.5),
    "a byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), 3.5),
    "UTF-16": (TEXT.encode("utf-16"), 3.5),
    "bytes that are no text": (b"\xff\xfe\xfd" * 999, UNREADABLE),
    "gzip": (gzip.compress(TEXT.encode()), UNREADABLE),
    "zip": (b"PK\x03\x04" + b"\0" * 999, UNREADABLE),
    "zeros": (b"\0" * 10**6, UNREADABLE),
    "a bomb of zeros, gzipped": (gzip.compress(b"\0" * 10**8), UNREADABLE),
    "nothing": (b"", UNREADABLE),
    "blanks": (b" \n" * 10**6, UNREADABLE),
    "null": (b"null", UNREADABLE),
    "a number": (b"1e999", UNREADABLE),
    "a text": (b'"cells"', UNREADABLE),
    "an empty list": (b"[]", UNREADABLE),
    "no cells": (b'{"cells": []}', 0),
    "five million values": (b'{"cells": [' + b"1," * 5_000_000 + b"1]}", UNREADABLE),
    "more after the end": (TEXT.encode() + b"{}", UNREADABLE),
    "signs before a number": (with_right(code("-" * 90_000 + "1")), 3.5),
    "a long sum": (with_right(code("+".join("1" * 45_000))), 3.5),
    "a long chain": (with_right(code("x" + ".a" * 45_000)), 3.5),
    "brackets": (with_right(code("(" * 5000), code("[" * 150 + "]" * 150)), 3.5),
    "lambdas": (with_right(code("lambda: " * 9000 + "1")), 3.5),
    "a long integer in code": (with_right(code("x = " + "9" * 90_000)), 3.5),
    "blocks within blocks": (
        with_right(code("".join(" " * i + "if a:\n" for i in range(200)) + " " * 200 + "b")),
        3.5,
    ),
    "code points of every plane": (with_right(code("'\U0010ffff\u0000\u200b\ufeff'")), 3.5),
}
ALLOWED_NAMES = [
    "=cmd|' \\C calc'!A0".replace("\\", ""),
    '=HYPERLINK("x")',
    "+1",
    "-rf",
    "--help",
    "@SUM(1)",
    "\uff1d1+1",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)<script>",
    "\"quoted' & more",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "%s%n%2e%2e",
    "$(reboot)",
    "`id`",
    "; drop table student; --",
    "Ada",
    "ada",
    "caf\u00e9",
    "cafe\u0301",
    "report.html",
    "ledger.jsonl",
    "toy",
    "~",
    "*",
    "CON",
    "a,b;c\u00a0d",
    "n" * 128,
]
REFUSED_NAMES = [
    "a\nb",
    "a\u202eb",
    "\x1b[2J",
    "a\\b",
    "n" * 129,
    "\udcff\udcfe",
    "a\x00"[:1] + "\x7f",
]


@contextlib.contextmanager
def in_time():
    """A grader that hangs must not hang the tests."""

    def ring(*_):
        raise TimeoutError("the grader hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def put(submitted, student, content=RIGHT_FILE):
    path = submitted / student / "toy" / "toy.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def grade(root):
    toy = load_toy()
    with in_time():
        result = grade_class(
            find_handins(root / "submitted", {"toy"}),
            {"toy": toy.ASSIGNMENT},
            root / "out",
            level=sandbox.probe(),
            grader_version="hostile",
            jobs=2,
            limits=LIMITS,
        )
    print_summary(result, root / "out")
    return result


@pytest.fixture(scope="module")
def graded_files(tmp_path_factory):
    root = tmp_path_factory.mktemp("files")
    for number, (content, _) in enumerate(FILES.values()):
        put(root / "submitted", f"h{number:03}a_good")
        put(root / "submitted", f"h{number:03}b_hostile", content)
    with open(put(root / "submitted", "h999b_huge"), "r+b") as file:
        file.truncate(101 << 20)
    return grade(root)


def scores(result):
    return {record.student: record.score for record in result.records}


@pytest.mark.parametrize(("number", "name"), list(enumerate(FILES)))
def test_a_file_is_read_or_refused_for_what_it_is(graded_files, number, name):
    (record,) = (r for r in graded_files.records if r.student == f"h{number:03}b_hostile")
    worth = FILES[name][1]
    statuses = {question.status for question in record.questions}
    if worth == UNREADABLE:
        assert statuses == {UNREADABLE}
        assert record.score == 0
    else:
        assert record.score == worth, record.questions


def test_files_cost_nobody_else_anything(graded_files):
    assert graded_files.complete
    good = {name: s for name, s in scores(graded_files).items() if name.endswith("good")}
    assert set(good.values()) == {3.5}
    assert scores(graded_files)["h999b_huge"] == 0


class Page(HTMLParser):
    """Names of tags and attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attributes}


def test_names_are_text_wherever_they_are_written(tmp_path, capsys):
    for name in ALLOWED_NAMES:
        put(tmp_path / "submitted", name)
    result = grade(tmp_path)
    assert scores(result) == dict.fromkeys(ALLOWED_NAMES, 3.5)
    assert result.complete
    out = tmp_path / "out"
    pages = [out / "report.html", *(out / "feedback").glob("*/toy.html")]
    assert len(pages) == 1 + len(ALLOWED_NAMES)
    for page in pages:
        read = Page(page.read_text("utf-8"))
        assert "img" not in read.tags
        assert not [name for name in read.attributes if name.startswith("on")]
    assert "{{ 7 * 7 }}" in pages[0].read_text("utf-8")
    rows = list(csv.reader((out / "grades.csv").open(encoding="utf-8", newline="")))
    assert len(rows) == 1 + len(ALLOWED_NAMES)
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d")), cell
    again = grade(tmp_path)
    assert (again.graded, again.skipped) == (0, len(ALLOWED_NAMES))
    assert "\x1b" not in capsys.readouterr().out


def test_names_that_steer_are_refused_and_shown_harmlessly(tmp_path, capsys):
    put(tmp_path / "submitted", "good")
    for name in REFUSED_NAMES:
        put(tmp_path / "submitted", name)
    result = grade(tmp_path)
    assert scores(result) == {"good": 3.5}
    assert len(result.refused) == len(REFUSED_NAMES)
    said = capsys.readouterr().out
    assert said.count("\n") == len(REFUSED_NAMES) + 3
    assert all(character.isprintable() or character == "\n" for character in said)


def test_what_is_no_file_of_the_students_own_hangs_and_leaks_nothing(tmp_path, capsys):
    submitted = tmp_path / "submitted"
    theirs = put(submitted, "good")
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(TEXT.encode())
    made = {
        "pipe": os.mkfifo,
        "folder": os.mkdir,
        "loop": lambda path: os.symlink(path, path),
        "link_out": lambda path: os.symlink(secret, path),
        "link_to_another": lambda path: os.symlink(theirs, path),
        "link_to_nothing": lambda path: os.symlink("/nowhere", path),
        "link_to_zeros": lambda path: os.symlink("/dev/zero", path),
        "link_to_memory": lambda path: os.symlink("/proc/self/mem", path),
    }
    with socket.socket(socket.AF_UNIX) as server:
        made["socket"] = lambda path: _bind(server, path)
        if os.geteuid() == 0:
            made["device"] = lambda path: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        for name, make in made.items():
            folder = submitted / name / "toy"
            folder.mkdir(parents=True)
            try:
                make(folder / "toy.ipynb")
            except PermissionError:  # a machine that lets not even root make devices
                os.mkdir(folder / "toy.ipynb")
    (submitted / "linked").symlink_to(theirs.parents[1])
    (submitted / "linked_below").mkdir()
    (submitted / "linked_below" / "toy").symlink_to(theirs.parent)
    os.mkfifo(submitted / "pipe_for_a_student")
    result = grade(tmp_path)
    assert scores(result) == {"good": 3.5}
    assert len(result.refused) == len(made) + 2, capsys.readouterr().out
    assert any("pipe_for_a_student" in notice for notice in result.notices)


def _bind(server, path):
    folder = os.getcwd()
    os.chdir(path.parent)  # a socket's path has to be short
    try:
        server.bind(path.name)
    finally:
        os.chdir(folder)
