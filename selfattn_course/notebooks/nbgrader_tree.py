"""The same notebooks for nbgrader: its metadata, its tree, checks as graded cells."""

from selfattn_course.errors import CourseError

from .build import notebook_cell, notebook_text, write_whole
from .source import read_cells

_NEITHER = {"schema_version": 3, "task": False}


def build_nbgrader_notebook(source_text, slug, points):
    """The instructor's notebook of an nbgrader assignment.

    Solution cells keep their marks, for `nbgrader generate_assignment` to clear. A check cell
    becomes a locked, graded one that fails where the check does, with the check's own sentence,
    and that prints nothing otherwise. It imports `check` anew, whatever the student did to it.

    Parameters
    ----------
    source_text : str
        In jupytext's py:percent format.
    slug : str
        Name of the chapter, and of its module of checks.
    points : sequence of (str, number)
        What each exercise is worth.

    Returns
    -------
    str
        JSON, nbformat 4.5, no outputs.

    Raises
    ------
    CourseError
        If `points` and the source disagree on the exercises, or the source breaks a rule of
        `read_cells`.
    """
    cells, points = read_cells(source_text, slug), dict(points)
    names = {cell.exercise for cell in cells if cell.exercise}
    if names != set(points):
        odd = ", ".join(sorted(names ^ set(points)))
        raise CourseError(
            f"{slug}: the notebook and the checks disagree on {odd}; expected the same exercises "
            "in both. Add what is missing."
        )
    return notebook_text([_nbgrader_cell(cell, slug, points) for cell in cells])


def write_nbgrader_tree(sources, points, config, root):
    """Write `source/SLUG/SLUG.ipynb` for every chapter, and nbgrader's configuration.

    Parameters
    ----------
    sources : dict of str to str
        Text source of each slug.
    points : dict of str to sequence of (str, number)
        Points of each exercise, for each slug.
    config : Path
        The `nbgrader_config.py` to copy.
    root : Path
        Where nbgrader will run; made if missing.

    Returns
    -------
    list of Path
        What was written, the configuration last.

    Raises
    ------
    CourseError
        As `build_nbgrader_notebook`; nothing is written then.
    """
    texts = {slug: build_nbgrader_notebook(sources[slug], slug, points[slug]) for slug in sources}
    settings = config.read_text(encoding="utf-8")
    written = []
    for slug, text in texts.items():
        folder = root / "source" / slug
        folder.mkdir(parents=True, exist_ok=True)
        written.append(write_whole(folder / f"{slug}.ipynb", text))
    return [*written, write_whole(root / "nbgrader_config.py", settings)]


def _nbgrader_cell(cell, slug, points):
    if cell.exercise:
        made = notebook_cell(cell, cell.text)
        made.metadata.nbgrader = _NEITHER | {
            "grade": False,
            "grade_id": cell.id,
            "locked": False,
            "solution": True,
        }
    elif cell.check:
        made = notebook_cell(cell, _graded(cell.check, slug))
        made.metadata.nbgrader = _NEITHER | {
            "grade": True,
            "grade_id": cell.id,
            "locked": True,
            "solution": False,
            "points": points[cell.check],
        }
    else:
        made = notebook_cell(cell, cell.text)
    return made


def _graded(name, slug):
    return (
        f"from selfattn_course.checks.{slug} import check\n\n"
        f"result = check({name})\n"
        "assert result, result"
    )
