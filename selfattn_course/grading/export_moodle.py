"""Grades for Moodle: one table for each assignment, with who, grade and feedback.

Moodle erases a grade if feedback is imported without one, so each row has both, and who has no
complete grade has no row.
"""

from selfattn_course.errors import CourseError
from selfattn_course.grading.csv_cells import number, text_cell
from selfattn_course.grading.export import Exported, Table, read_table, write_table
from selfattn_course.grading.export_match import match_students, nobody

_KEYS = ("username", "id number", "idnumber", "email address", "email")


def export_moodle(grades, folder, *, template=None):
    """Write the tables.

    Parameters
    ----------
    grades : sequence of FinalGrade
    folder : Path
        For SLUG.csv of each assignment.
    template : Path, optional
        A table of the course's participants. Without it, the names of students' folders are
        taken for user names.

    Returns
    -------
    Exported

    Raises
    ------
    CourseError
        If the template tells no users apart, or nobody in it is ours.
    """
    students = list(dict.fromkeys(grade.record.student for grade in grades))
    header, who, problems = _people(students, template)
    rows, left_out = {}, list(problems)
    for grade in grades:
        student, slug = grade.record.student, grade.record.assignment
        if grade.score is None:
            left_out.append(f"{student}: {slug} is not fully graded")
        elif student in who:
            row = [*who[student], number(grade.score), text_cell(feedback(grade))]
            rows.setdefault(slug, []).append(row)
    files = []
    for slug, table in sorted(rows.items()):
        files.append(folder / f"{slug}.csv")
        write_table(files[-1], Table([*header, "grade", "feedback"], table))
    return Exported(tuple(files), sum(map(len, rows.values())), tuple(left_out))


def feedback(grade):
    """A grade in words that a student may read."""
    possible = number(grade.record.max_score)
    text = f"{number(grade.score)} of {possible} points."
    if grade.penalty:
        days = f"{grade.days_late} day{'s' if grade.days_late > 1 else ''}"
        text += f" {number(grade.penalty)} points were taken off for {days} of lateness."
    points = grade.points
    missing = [q.title for q in grade.record.questions if points[q.name] < q.max_score]
    if missing:
        text += f" Not all points for: {', '.join(missing)}."
    return text


def _people(students, template):
    """Columns that identify users, their cells for each student, and who has none and why."""
    if template is None:
        header, who, problems = ["username"], {name: [name] for name in students}, []
    else:
        header, who, problems = _from_template(students, read_table(template), template)
    for student, cells in list(who.items()):
        if any(text_cell(cell) != cell for cell in cells):
            del who[student]
            problems.append(f"{student}: a spreadsheet would take the name for a formula")
    return header, who, problems


def _from_template(students, table, template):
    keys = [i for i, name in enumerate(table.header) if name.strip().casefold() in _KEYS]
    if not keys:
        raise CourseError(
            f"the template {template} has the columns {', '.join(table.header)}; expected "
            "Username, ID number or Email address among them; in Moodle open Grades, then Export, "
            "Plain text file, and give that file"
        )
    identities = {i: [row[key] for key in keys] for i, row in enumerate(table.rows)}
    matches = match_students(students, identities)
    if not matches.rows:
        expected = "user name, ID number or e-mail address; rename them"
        raise CourseError(nobody(students, identities, template, expected))
    who = {student: identities[row] for student, row in matches.rows.items()}
    return [table.header[i].strip() for i in keys], who, list(matches.problems)
