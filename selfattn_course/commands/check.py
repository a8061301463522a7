"""`selfattn check`: grade one notebook and say what is right and wrong in it."""

from concurrent.futures import ThreadPoolExecutor

import click

from ..assignments import assignments, find_assignment, grader_version, slugs
from ..errors import CourseError, NotGradedError
from ..grading.grade import grade_submission
from ..grading.handins import Handin
from ..grading.record import NOT_GRADED
from ..grading.sandbox import best_sandbox
from ..grading.submission import read_submission

# Whoever checks a notebook may know these inputs; those of a class come from the course's key.
PRACTICE_KEY = b"practice"


def check_notebook(path):
    """Grade one notebook as `selfattn grade` would, on inputs of its own.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Record

    Raises
    ------
    CourseError
        If there is no such file, or it answers no exercise of the course.
    NotGradedError
        If the file is no notebook that can be read, or no sandbox starts.
    """
    if not path.is_file():
        given = "is a folder" if path.is_dir() else "does not exist"
        raise CourseError(
            f"{path} {given}; expected a notebook. Give its path: selfattn check FILE.ipynb"
        )
    with ThreadPoolExecutor(1) as background:  # it takes as long as loading the chapters
        opening = background.submit(best_sandbox)
        try:
            submission = read_submission(Handin("", "", path))
            if submission.problem:
                raise NotGradedError(f"{path} cannot be graded. {submission.problem}")
            assignment = _assignment_of(path, submission)
        except BaseException:
            opening.result().close()
            raise
    with opening.result() as sandbox:
        if sandbox.level == "process":
            click.echo(
                "No isolation works here: this notebook runs as any program of yours.", err=True
            )
        graded = grade_submission(
            submission, assignment, sandbox, key=PRACTICE_KEY, grader_version=grader_version()
        )
    return graded.record


def print_record(record, path):
    """Print a verdict for each exercise, with what was seen and a hint, and the sum."""
    marks = {"ok": ("right", "green"), NOT_GRADED: ("not graded", "yellow")}
    width = max(len(question.name) for question in record.questions)
    for question in record.questions:
        word, colour = marks.get(question.status, (question.status, "red"))
        points = f"{question.score or 0:g}/{question.max_score:g}"
        click.echo(f"{question.name:{width}}  {points:>5}  " + click.style(word, fg=colour))
        for label, text in (("", question.message), ("Hint: ", question.hint)):
            if text:
                click.echo(f"    {label}{text}")
    score = "not graded" if record.score is None else f"{record.score:g}"
    click.echo(f"{path.name}: {score} of {record.max_score:g} points")


def exit_code(record):
    """0 if all is right, 1 if something is wrong, 3 if something could not be graded."""
    if record.score is None:
        return NotGradedError.exit_code
    return int(record.score < record.max_score)


def _assignment_of(path, submission):
    """The assignment that the file's name starts with, or that most of its functions belong to."""
    for slug in slugs():
        if path.name.startswith(slug):
            return find_assignment(slug)
    source = "\n".join(submission.cells)
    answered = {
        slug: sum(f"def {exercise.name}(" in source for exercise in assignment.exercises)
        for slug, assignment in assignments().items()
    }
    best = max(answered, key=answered.get)
    if not answered[best]:
        raise CourseError(
            f"{path} defines no function that the course asks for; expected a notebook from "
            f"exercises/. Name it after its chapter, such as {best}.ipynb."
        )
    return find_assignment(best)
