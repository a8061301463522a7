"""`selfattn export`: the grades that count, for nbgrader, Canvas or Moodle."""

import click

from ..errors import CourseError
from ..grading.export_canvas import HOW_TO_GET, export_canvas
from ..grading.export_moodle import export_moodle
from ..grading.export_nbgrader import export_nbgrader
from ..grading.policy import read_policy
from ..grading.results import class_grades
from ..grading.roster import read_roster
from .graded import graded_folder

MOST_LINES = 20  # that are printed of a kind


def export_grades(folder, to, *, template=None, columns=(), db_url=None, output=None):
    """Write the grades of a folder of results for another system.

    Parameters
    ----------
    folder : Path
        What `grade` wrote.
    to : str
        nbgrader, canvas or moodle.
    template : Path, optional
        For Canvas, and if there is one for Moodle: what the course exported there.
    columns : sequence of str
        SLUG=NAME: columns of Canvas assignments that are called otherwise.
    db_url : str, optional
        nbgrader database other than folder/gradebook.db.
    output : Path, optional
        File to write, for Moodle the folder; in folder/export if not given.

    Returns
    -------
    Exported

    Raises
    ------
    CourseError
        If something that was given cannot be used.
    """
    folder = graded_folder(folder)
    _check_options(to, template, columns, output)
    grades = class_grades(folder, db_url)
    if not grades:
        raise CourseError(f"{folder} holds no grades; expected some; grade a class first")
    if to == "moodle":
        return export_moodle(grades, output or folder / "export" / "moodle", template=template)
    path = output or folder / "export" / f"{to}.csv"
    if to == "canvas":
        titles = read_roster(folder).titles
        named = dict(map(_named_column, columns))
        return export_canvas(grades, path, template=template, titles=titles, columns=named)
    due = read_policy(folder).due
    return export_nbgrader(grades, path, due=due, folder=folder, db_url=db_url)


def print_exported(exported, shown):
    """Print where the files are, and who is not in them.

    Parameters
    ----------
    exported : Exported
    shown : callable
        Shortens a path.
    """
    for path in exported.files:
        click.echo(f"Written: {shown(path)}")
    click.echo(f"Grades: {exported.grades}")
    for heading, lines in (("Left out", exported.left_out), ("Please note", exported.notices)):
        if lines:
            click.echo(f"{heading}:")
        for line in lines[:MOST_LINES]:
            click.echo(f"  {line}")
        if len(lines) > MOST_LINES:
            click.echo(f"  and {len(lines) - MOST_LINES} more")


def _check_options(to, template, columns, output):
    if to == "canvas" and template is None:
        raise CourseError(
            "Canvas needs the course's own export as --template, for only it knows the students' "
            f"numbers; {HOW_TO_GET}"
        )
    if to == "nbgrader" and template is not None:
        raise CourseError("--template is for canvas and moodle; nbgrader needs none; leave it out")
    if output and template and output.resolve() == template.resolve():
        raise CourseError(f"--output {output} is the template itself; choose another file")
    if to != "canvas" and columns:
        raise CourseError(f"--column is for canvas; {to} has no such columns; leave it out")


def _named_column(text):
    slug, equals, name = text.partition("=")
    if not (slug and equals and name):
        raise CourseError(f"--column {text}; expected SLUG=NAME; mend it")
    return slug, name
