"""Grades for Canvas: the course's own gradebook export, with our columns filled in.

Canvas takes a table whose first columns tell who a student is, and overwrites the grade of every
cell, also with nothing. So what we have no grade for keeps the value that it was exported with.
"""

import re

from selfattn_course.errors import CourseError
from selfattn_course.grading.csv_cells import number, text_cell
from selfattn_course.grading.export import Exported, Table, read_table, write_table
from selfattn_course.grading.export_columns import find_columns
from selfattn_course.grading.export_match import match_students, nobody

_KEYS = ("sis user id", "sis login id", "id")
_WHO = ("student", "lastname", "firstname", *_KEYS, "integration id", "root account", "section")
_TEST_STUDENT = ("student, test", "test student")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")
HOW_TO_GET = "in Canvas open Grades, then Export, Export Entire Gradebook, and give that file"


def export_canvas(grades, path, *, template, titles, columns=None):
    """Write the table.

    Parameters
    ----------
    grades : sequence of FinalGrade
    path : Path
        File to write.
    template : Path
        What the course's Canvas gradebook exported.
    titles : dict of str to str
        Assignment -> its title: Canvas may know it by slug or title.
    columns : dict of str to str, optional
        Assignment -> its column, where neither is its name.

    Returns
    -------
    Exported

    Raises
    ------
    CourseError
        If the template is no such table, or nothing in it is ours.
    """
    table = read_table(template)
    who = [i for i, name in enumerate(table.header) if name.strip().casefold() in _WHO]
    if not {table.header[i].strip().casefold() for i in who} & set(_KEYS):
        raise CourseError(
            f"the template {template} has no column ID, SIS User ID or SIS Login ID; expected what "
            f"Canvas exports; {HOW_TO_GET}"
        )
    others = {i: name for i, name in enumerate(table.header) if i not in who}
    slugs = list(dict.fromkeys(grade.record.assignment for grade in grades))
    found = find_columns(slugs, titles, others, columns or {})
    students = list(dict.fromkeys(grade.record.student for grade in grades))
    identities = _identities(table)
    matches = match_students(students, identities)
    if not matches.rows:
        expected = (
            "SIS User ID, SIS Login ID or ID; rename them, or give the export of the right course"
        )
        raise CourseError(nobody(students, identities, template, expected))
    filled = _Filled(table, grades, matches.rows, found.columns)
    shown = [*who, *sorted(found.columns.values())]
    rows = [
        [text_cell(cell) if i in who else cell for i, cell in enumerate(row)] for row in filled.rows
    ]
    chosen = Table(
        [table.header[i] for i in shown],
        [[row[i] for i in shown] for row in rows],
        table.delimiter,
        table.bom,
    )
    write_table(path, chosen)
    left_out = (*found.problems, *filled.left_out, *matches.problems)
    return Exported((path,), filled.count, left_out, tuple(filled.notices))


class _Filled:
    """The template's rows with our grades, and what there is to say about them."""

    def __init__(self, table, grades, row_of, column_of):
        self.rows = [list(row) for row in table.rows]
        self.count, self.left_out, self.notices = 0, [], []
        self._comma = _has_decimal_commas(table, column_of.values())
        for grade in grades:
            slug, student = grade.record.assignment, grade.record.student
            if slug in column_of and student in row_of:
                self._fill(grade, row_of[student], column_of[slug])
        for slug, i in column_of.items():
            self._compare_points(table, slug, i, grades)
            given = {row_of.get(g.record.student) for g in grades if g.record.assignment == slug}
            without = len(_identities(table).keys() - given)
            if without:
                self.notices.append(
                    f"{slug}: nothing from {without} of the template's students; their cells are "
                    "as they were"
                )

    def _fill(self, grade, row, i):
        before = self.rows[row][i].strip()
        name = f"{grade.record.student}: {grade.record.assignment}"
        if grade.score is None:
            self.left_out.append(f"{name} is not fully graded; its cell is as it was")
        elif before.casefold() == "ex":
            self.left_out.append(f"{name} is excused (EX) in the template; its cell is as it was")
        else:
            self.rows[row][i] = self._number(grade.score)
            self.count += 1
            old = _value(before)
            if old is not None and old > grade.score + 0.005:  # Canvas exports two decimals
                self.notices.append(f"{name} goes down from {before} to {self.rows[row][i]}")

    def _number(self, value):
        return number(value).replace(".", ",") if self._comma else number(value)

    def _compare_points(self, table, slug, i, grades):
        possible = next((_value(row[i]) for row in table.rows if _is_points_row(row)), None)
        ours = max(g.record.max_score for g in grades if g.record.assignment == slug)
        if possible is not None and possible != ours:
            self.notices.append(
                f"{slug}: {number(possible)} points are possible in Canvas, {number(ours)} here; "
                "change that in Canvas, for grades are not scaled"
            )


def _identities(table):
    """Row -> what identifies its student; rows of other kinds are left out."""
    keys = [i for i, name in enumerate(table.header) if name.strip().casefold() in _KEYS]
    return {
        number: [row[i] for i in keys]
        for number, row in enumerate(table.rows)
        if any(row[i].strip() for i in keys)
        and not _is_points_row(row)
        and row[0].strip().casefold() not in _TEST_STUDENT
    }


def _is_points_row(row):
    return "points possible" in row[0].casefold()


def _has_decimal_commas(table, columns):
    cells = [cell.strip() for i in columns for cell in table.column(i)]
    return any(map(_DECIMAL_COMMA.fullmatch, cells)) and not any(
        map(_DECIMAL_POINT.fullmatch, cells)
    )


def _value(text):
    """A number as Canvas reads it: its last comma or point is the decimal one."""
    whole, _, rest = text.strip().replace(",", ".").rpartition(".")
    try:
        return float(f"{whole.replace('.', '')}.{rest}" if whole else rest)
    except ValueError:
        return None
