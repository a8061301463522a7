import json

import nbformat
import pytest

from selfattn_course import layout
from selfattn_course.errors import CourseError
from selfattn_course.notebooks import (
    build_solution_notebook,
    build_student_notebook,
    write_notebooks,
)

SLUGS = layout.slugs(layout.SOLUTIONS, ".py")
TOY = '''# %%
def double(x):
    """Twice x."""
    y = x
    ### BEGIN SOLUTION
    if y is None:
        return 0

    return 2 * y
    ### END SOLUTION


# %%
check(double)
'''


def cells(text):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(text)["cells"]}


def source(slug):
    return (layout.SOLUTIONS / f"{slug}.py").read_text(encoding="utf-8")


def test_students_get_the_docstring_and_a_stub():
    found = cells(build_student_notebook(TOY, "toy"))["double"]
    assert found == (
        'def double(x):\n    """Twice x."""\n    y = x\n'
        '    raise NotImplementedError("double is not written yet")'
    )


def test_the_solution_notebook_has_the_body_and_no_marks():
    found = cells(build_solution_notebook(TOY, "toy"))["double"]
    assert found == (
        'def double(x):\n    """Twice x."""\n    y = x\n'
        "    if y is None:\n        return 0\n\n    return 2 * y"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_committed_notebooks_are_what_the_sources_give(slug):
    committed = (layout.EXERCISES / f"{slug}.ipynb").read_bytes()
    assert committed == build_student_notebook(source(slug), slug).encode()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("build", [build_student_notebook, build_solution_notebook])
def test_notebooks_are_valid_and_carry_nothing_local(slug, build):
    notebook = nbformat.reads(build(source(slug), slug), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        assert cell.metadata == {}
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("slug", SLUGS)
def test_the_student_notebook_holds_no_solution(slug):
    student = build_student_notebook(source(slug), slug)
    parts = source(slug).split("### BEGIN SOLUTION")[1:]
    assert "SOLUTION" not in student
    assert student.count("raise NotImplementedError(") == len(parts) + 1  # once in the text
    for part in parts:
        last = part.split("### END SOLUTION")[0].strip().splitlines()[-1].strip()
        assert json.dumps(last)[1:-1] not in student


def test_write_notebooks_writes_each_source_once(tmp_path):
    (tmp_path / "in").mkdir()
    slugs = [f"ch{5 * i % 16:02}_toy" for i in range(16)]
    for slug in slugs:
        (tmp_path / "in" / f"{slug}.py").write_text(TOY)
    for _ in range(2):
        written = write_notebooks(tmp_path / "in", tmp_path / "out")
        assert written == [tmp_path / "out" / f"{slug}.ipynb" for slug in sorted(slugs)]
        assert written[0].read_text() == build_student_notebook(TOY, "ch00_toy")
    assert set((tmp_path / "out").iterdir()) == set(written)


def test_a_failed_write_leaves_the_old_notebook(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text(TOY)
    (written,) = write_notebooks(tmp_path, tmp_path / "out")
    before = written.read_bytes()
    (tmp_path / "a.py").write_text(TOY.replace("Twice", "Two times"))

    def full(*paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_notebooks(tmp_path, tmp_path / "out")
    assert written.read_bytes() == before
    assert list((tmp_path / "out").iterdir()) == [written]


def test_one_bad_source_and_nothing_is_written(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.py").write_text(TOY)
    (tmp_path / "in" / "b.py").write_text(TOY.replace("check(double)", ""))
    with pytest.raises(CourseError, match="b: the exercise 'double' lacks"):
        write_notebooks(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_sources_is_refused(tmp_path):
    with pytest.raises(CourseError, match="holds no .py file; expected one for each chapter"):
        write_notebooks(tmp_path, tmp_path / "out")
