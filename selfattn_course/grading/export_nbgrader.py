"""The table that `nbgrader export` writes, with the grades that count."""

from datetime import UTC, datetime

from selfattn_course.grading.csv_cells import text_cell
from selfattn_course.grading.export import Exported, Table, write_table
from selfattn_course.grading.gradebook import reading_gradebook

_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def export_nbgrader(grades, path, *, due, folder, db_url=None):
    """Write the table.

    Parameters
    ----------
    grades : sequence of FinalGrade
    path : Path
        File to write.
    due : dict of str to datetime
        When assignments are due; what the gradebook says holds for others.
    folder : Path
        Folder whose gradebook.db knows names and e-mail addresses.
    db_url : str, optional
        A database instead.

    Returns
    -------
    Exported
        As with nbgrader, who is in the gradebook and handed in nothing gets 0. Who has no
        complete grade is left out: nbgrader would count what is missing as 0.
    """
    people, known_due = _gradebook(folder, db_url)
    people = {grade.record.student: ("", "", "") for grade in grades} | people
    due = known_due | {slug: _naive_utc(time) for slug, time in due.items()}
    by_key = {(grade.record.assignment, grade.record.student): grade for grade in grades}
    most = _max_scores(grades)
    rows, left_out = [], []
    for slug in sorted(most, key=lambda slug: (str(due.get(slug) or ""), slug)):
        for student in sorted(people, key=lambda name: (people[name], name)):
            grade = by_key.get((slug, student))
            if grade and grade.score is None:
                left_out.append(f"{student}: {slug} is not fully graded")
                continue
            start = (text_cell(slug), str(due.get(slug) or ""), _time(grade), text_cell(student))
            scores = (*_scores(grade), most[slug])
            rows.append([*start, *map(text_cell, people[student]), *map(str, scores)])
    write_table(path, Table(list(_COLUMNS), rows))
    return Exported((path,), len(rows), tuple(left_out))


def _scores(grade):
    if grade is None:
        return 0.0, 0.0, 0.0
    return float(sum(grade.points.values())), grade.penalty, grade.score


def _max_scores(grades):
    points = {}
    for grade in grades:
        questions = points.setdefault(grade.record.assignment, {})
        for question in grade.record.questions:
            questions[question.name] = max(questions.get(question.name, 0.0), question.max_score)
    return {slug: float(sum(questions.values())) for slug, questions in points.items()}


def _gradebook(folder, db_url):
    """Names and address of each student in the gradebook, and when assignments are due there."""
    with reading_gradebook(folder, db_url) as book:
        if book is None:
            return {}, {}
        from sqlalchemy import select

        connection, tables = book
        one = tables["student"].c
        names = connection.execute(select(one.id, one.last_name, one.first_name, one.email))
        people = {row[0]: tuple(name or "" for name in row[1:]) for row in names}
        one = tables["assignment"].c
        due = dict(iter(connection.execute(select(one.name, one.duedate))))
    return people, due


def _time(grade):
    if grade is None or not grade.record.handed_in:
        return ""
    return str(_naive_utc(datetime.fromisoformat(grade.record.handed_in)))


def _naive_utc(time):
    return time.astimezone(UTC).replace(tzinfo=None)
