"""Find the column of each assignment in a table of another system."""

import re
from dataclasses import dataclass

from selfattn_course.errors import CourseError

_NUMBER = re.compile(r"\s*\(\d+\)\s*$")  # Canvas puts its own number behind the name


@dataclass(frozen=True)
class Columns:
    """Assignment -> its column, and one line for each that has none."""

    columns: dict[str, int]
    problems: tuple[str, ...]


def find_columns(slugs, titles, header, named):
    """Find columns by slug, by title, or by what the user says.

    Parameters
    ----------
    slugs : sequence of str
        Assignments that there are grades for.
    titles : dict of str to str
        Assignment -> its title.
    header : dict of int to str
        Columns that may be an assignment's.
    named : dict of str to str
        Assignment -> name of its column, from the user.

    Returns
    -------
    Columns

    Raises
    ------
    CourseError
        If nothing fits, if several columns fit one assignment or the other way round, or if the
        user named something that is not there.
    """
    there = ", ".join(_plain(name) for name in header.values()) or "none"
    for slug, name in named.items():
        if slug not in slugs:
            raise CourseError(
                f"--column {slug}={name}: there is no grade for {slug}; expected one of: "
                f"{', '.join(slugs)}; mend it"
            )
        if not _fitting(header, (name,)):
            raise CourseError(
                f"--column {slug}={name}: the template has no such column; expected one of: "
                f"{there}; mend it"
            )
    columns, problems = {}, []
    for slug in slugs:
        names = (named[slug],) if slug in named else (slug, titles.get(slug, slug))
        fitting = _fitting(header, names)
        if len(fitting) > 1:
            raise CourseError(
                f"{len(fitting)} columns of the template fit {slug}: "
                f"{', '.join(header[i] for i in fitting)}; expected one; name it with "
                f"--column '{slug}={header[fitting[0]]}'"
            )
        if fitting:
            columns[slug] = fitting[0]
        else:
            problems.append(f"{slug}: the template has no column of that name, or of its title")
    _each_once(columns, header)
    if not columns:
        raise CourseError(
            f"no column of the template is called {' or '.join(slugs)}; expected one, among: "
            f"{there}; name it with --column SLUG=NAME, or make the assignment there and export "
            "again"
        )
    return Columns(columns, tuple(problems))


def _fitting(header, names):
    exact = [i for i, name in header.items() if name.strip() in names]
    wanted = {_plain(name).casefold() for name in names}
    return exact or [i for i, name in header.items() if _plain(name).casefold() in wanted]


def _plain(name):
    return _NUMBER.sub("", name).strip()


def _each_once(columns, header):
    slug_of = {}
    for slug, i in columns.items():
        if i in slug_of:
            raise CourseError(
                f"the column {header[i]} fits {slug_of[i]} and {slug}; expected a column for each; "
                "name them with --column SLUG=NAME"
            )
        slug_of[i] = slug
