import hashlib
import json
import os

import pytest

from selfattn_course.grading import submission as module
from selfattn_course.grading.handins import Handin
from selfattn_course.grading.submission import file_sha256, read_submission


@pytest.fixture
def read(tmp_path):
    def one(content):
        path = tmp_path / "toy.ipynb"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return read_submission(Handin("ada", "toy", path))

    return one


def code(source, **other):
    return {"cell_type": "code", "source": source, **other}


def test_code_cells_come_in_order_and_the_hash_is_of_the_bytes(read, tmp_path):
    got = read({"cells": [code("a"), {"cell_type": "markdown", "source": "m"}, code(["b\n", "c"])]})
    assert got.cells == ("a", "b\nc")
    assert got.problem == ""
    assert got.sha256 == hashlib.sha256((tmp_path / "toy.ipynb").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        {"cells": [code("x")]},
        {"cells": [code("x")], "metadata": {"kernelspec": {"name": "ir", "language": "R"}}},
        {"cells": [code("x", metadata={"tags": ["skip-execution"]})], "nbformat": 4},
        {"cells": [code("x", id="1"), {"cell_type": "raw"}, {"cell_type": "new"}, {}]},
        {"cells": [3, None, code("x")]},
        {"cells": [{}, code(3), code(None), code("x")]},
        {"cells": [code(["a", None]), code("x")]},
        {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x"]}]}], "nbformat": 3},
        {"worksheets": [{"cells": []}, {"cells": [{"cell_type": "code", "input": "x"}]}]},
        b"\xef\xbb\xbf" + json.dumps({"cells": [code("x")]}).encode(),
        json.dumps({"cells": [code("x", outputs=[float("nan")])]}).encode(),
    ],
    ids=(
        "plain R-kernel tags odd-cells no-cells no-text half-text v3 v3-sheets BOM NaN".split()  # noqa: SIM905
    ),
)
def test_notebooks_of_every_make_are_read(read, content):
    got = read(content)
    assert (got.cells, got.problem) == (("x",), "")


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_notebooks_in_other_unicode_encodings_are_read(read, encoding):
    text = json.dumps({"cells": [code("x = 'é ∑ 😀'")]}, ensure_ascii=False)
    got = read(text.encode(encoding))
    assert (got.cells, got.problem) == (("x = 'é ∑ 😀'",), "")


def test_blank_cells_are_left_out_and_do_not_count(read, monkeypatch):
    monkeypatch.setattr(module, "MAX_CODE_CELLS", 1)
    blank = [code(source) for source in ("", " \n\t\n", [], ["\n", " "])]
    got = read({"cells": [*blank, code("x"), *blank]})
    assert (got.cells, got.problem) == (("x",), "")


def test_no_code_is_no_problem(read):
    got = read({"cells": []})
    assert (got.cells, got.problem) == ((), "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfe", "is empty"),
        (" \n".encode("utf-16"), "is empty"),
        (b'{"cells": [', "no valid JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b'{"cells": "\xe9"}', "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"cells":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b"1" * 5000, "no valid JSON"),
        (b"[]", "no notebook: expected an object"),
        (b"{}", "expected a list of cells"),
        (b'{"cells": 3}', "expected a list of cells"),
        (b'{"worksheets": [3]}', "expected a list of cells"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(read, content, problem):
    got = read(content)
    assert problem in got.problem
    assert got.cells == ()
    assert "\n" not in got.problem


def test_fifty_megabytes_of_stored_output_are_read(read):
    lines = ["[0.1, 0.2],\n"] * 1_000_000
    output = {"output_type": "stream", "text": "x" * (40 << 20)}
    assert read({"cells": [code("x", outputs=[output, {"text": lines}])]}).cells == ("x",)


def test_limits_are_kept(read, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILE_BYTES", 1 << 20)
    monkeypatch.setattr(module, "MAX_CODE_CELLS", 3)
    monkeypatch.setattr(module, "MAX_SOURCE_BYTES", 100)
    assert "larger than 1 MB" in read(b" " * ((1 << 20) + 1)).problem
    assert "4 code cells" in read({"cells": [code("x")] * 4}).problem
    assert "code is longer" in read({"cells": [code("x" * 101)]}).problem
    assert read({"cells": [code("x" * 33)] * 3}).problem == ""


def test_bytes_are_counted_as_utf8_whatever_the_file_is_in(read, monkeypatch):
    monkeypatch.setattr(module, "MAX_FILE_BYTES", 1 << 20)
    grows = json.dumps({"cells": [code("∑" * 400_000)]}, ensure_ascii=False)
    data = grows.encode("utf-16")
    assert len(data) < 1 << 20 < len(grows.encode("utf-8"))
    assert "larger than 1 MB" in read(data).problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
@pytest.mark.parametrize("flood", [b"[]", b'"\\"\\\\"', b"{}"])
def test_floods_of_values_are_refused_before_they_become_objects(
    read, monkeypatch, flood, encoding
):
    monkeypatch.setattr(module, "MAX_JSON_PARTS", 1000)
    monkeypatch.setattr(module.json, "loads", lambda _: pytest.fail("was parsed"))
    text = (b"[" + flood + (b"," + flood) * 2100 + b"]").decode()
    assert "more than 1000 values" in read(text.encode(encoding)).problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_commas_and_quotes_inside_strings_do_not_count_as_values(read, monkeypatch, encoding):
    monkeypatch.setattr(module, "MAX_JSON_PARTS", 1000)
    source = '"[,{⬢∢' * 5000 + "\\"  # in UTF-16, ⬢ and ∢ hold the bytes of a comma and a quote
    text = json.dumps({"cells": [code(source)]}, ensure_ascii=False)
    assert read(text.encode(encoding)).cells == (source,)


def test_lone_surrogates_become_question_marks(read):
    assert read(b'{"cells": [{"cell_type": "code", "source": "a\\ud800"}]}').cells == ("a?",)


def test_an_unreadable_disk_is_not_the_students_fault(tmp_path):
    with pytest.raises(FileNotFoundError, match="gone"):
        read_submission(Handin("ada", "toy", tmp_path / "gone.ipynb"))


def test_a_pipe_put_in_the_place_of_a_notebook_keeps_nobody_waiting(tmp_path):
    path = tmp_path / "toy.ipynb"
    os.mkfifo(path)
    for work in (file_sha256, lambda path: read_submission(Handin("ada", "toy", path))):
        with pytest.raises(OSError, match="no regular file"):
            work(path)


def test_the_hash_is_that_of_what_is_graded(hand_in, monkeypatch, notebook_text):
    path = hand_in("ada", "a = 1")
    before = path.read_bytes()
    real = module._code_cells

    def swapped(*arguments):
        path.write_bytes(notebook_text("b = 2").encode())
        return real(*arguments)

    monkeypatch.setattr(module, "_code_cells", swapped)
    read = read_submission(Handin("ada", "toy", path))
    assert (read.cells, read.sha256) == (("a = 1",), hashlib.sha256(before).hexdigest())
