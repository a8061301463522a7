"""`selfattn regrade`: grade again after a check was mended, and say whose scores changed."""

import os
from pathlib import Path

import click

from ..assignments import assignments, grader_version
from ..grading.outputs import plain
from ..grading.record import NOT_GRADED
from ..grading.regrade import regrade_class
from ..grading.wanted import Wanted
from .graded import find_graded_handins, graded_records
from .progress import shown_progress
from .workers import usable_sandbox


def regrade_folder(
    folder, submitted, *, exercises, students, slugs, jobs, level, trusted, db_url, dry_run, quiet
):
    """Grade again what a folder holds grades of.

    Parameters
    ----------
    folder : Path
        Graded folder.
    submitted : Path or None
        Where the submissions lie, if not where they were graded.
    exercises, students, slugs : sequence of str
        What to grade again; everything where nothing is named.
    jobs, level, trusted, db_url, quiet
        As for `grade_tree`.
    dry_run : bool
        Write nothing.

    Returns
    -------
    RegradeResult

    Raises
    ------
    CourseError
        If a path, a name or a level cannot be used.
    NotGradedError
        If grading had to stop; what was done is kept.
    """
    graded = {record.assignment for record in graded_records(folder)}
    found = find_graded_handins(folder, submitted, graded)
    wanted = Wanted(frozenset(exercises), frozenset(students), frozenset(slugs))
    sandbox = usable_sandbox(level, trusted)
    with sandbox, shown_progress(quiet) as progress:
        return regrade_class(
            found,
            assignments(),
            Path(folder),
            wanted,
            level=sandbox.level,
            opened=sandbox,
            grader_version=grader_version(),
            jobs=jobs or len(os.sched_getaffinity(0)),
            db_url=db_url,
            dry_run=dry_run,
            progress=progress,
        )


def summary(result, folder, dry_run):
    """What `--json` prints, as one dict."""
    return {
        "folder": str(folder),
        "dry_run": dry_run,
        "complete": result.complete,
        **_totals(result),
        "changes": [_change(one, change) for one, change in _changes(result)],
        "not_graded": [
            {"student": student, "assignment": slug, "question": question.name, "why": why}
            for student, slug, question, why in _failures(result)
        ],
        "left_alone": [
            dict(zip(("student", "assignment", "why"), row, strict=True))
            for row in result.left_alone
        ],
        "older_attempts": [
            dict(zip(("student", "assignment", "number"), row, strict=True)) for row in result.older
        ],
    }


def print_summary(result, folder, dry_run):
    """Print whose scores changed and why, what was left alone, and the totals."""
    _print_changes(result)
    for student, slug, question, why in _failures(result):
        click.echo(f"  {student} {slug} {question.name}: the old grade stands. {why}")
    for student, slug, why in result.left_alone:
        click.echo(f"  {student} {slug}: {why}.")
    for student, slug, number in result.older:
        attempts = "1 earlier attempt keeps its" if number == 1 else f"{number} earlier ones keep a"
        click.echo(f"  {student} {slug}: {attempts} grade as it is; only the last file is there.")
    totals = _totals(result)
    click.echo(
        f"{totals['regraded']} regraded, {totals['unchanged']} unchanged, {totals['changed']} "
        f"changed ({totals['up']} up, {totals['down']} down), "
        f"{len(result.left_alone)} left alone."
    )
    click.echo("Nothing was written." if dry_run else f"Report: {Path(folder) / 'report.html'}")


def _totals(result):
    return {
        "regraded": len(result.regraded),
        "unchanged": sum(not one.changes for one in result.regraded),
        "changed": sum(bool(one.changes) for one in result.regraded),
        "up": sum(one.gain > 0 for one in result.regraded),
        "down": sum(one.gain < 0 for one in result.regraded),
    }


def _changes(result):
    return [(one, change) for one in result.regraded for change in one.changes]


def _failures(result):
    return [
        (one.before.student, one.before.assignment, question, question.message)
        for one in result.regraded
        for question in one.failed
    ]


def _change(one, change):
    after = change.after
    return {
        "student": one.before.student,
        "assignment": one.before.assignment,
        "question": change.name,
        "before": _grade(change.before),
        "after": _grade(after),
        "now": " ".join(filter(None, (after.message, after.hint))) if after else "",
        "grader_before": one.before.grader_version,
        "grader_after": one.after.grader_version,
    }


def _grade(question):
    if question is None:
        return None
    return {"score": question.score, "max_score": question.max_score, "status": question.status}


def _print_changes(result):
    """A line for each question that changed, and one for the sum of each submission."""
    lines = []
    for one in filter(lambda one: one.changes, result.regraded):
        changes = [_change(one, change) for change in one.changes]
        lines += [(_row(change), change["now"]) for change in changes]
        lines.append((_sum(one), ""))
    widths = [max(map(len, column)) for column in zip(*(row for row, _ in lines), strict=True)]
    for row, now in lines:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
        if now:  # what a student's code raised may steer a terminal
            click.echo(f"    now: {plain(now)}")


def _sum(one):
    before, after = (
        "-" if record.score is None else f"{record.score:g}" for record in (one.before, one.after)
    )
    most = f"of {one.after.max_score:g}"
    return one.before.student, one.before.assignment, "in all", f"{before} -> {after}", most, ""


def _row(change):
    before, after = change["before"], change["after"]
    return (
        change["student"],
        change["assignment"],
        change["question"],
        f"{_points(before)} -> {_points(after)}",
        f"{_status(before)} -> {_status(after)}",
        f"{change['grader_before']} -> {change['grader_after']}",
    )


def _points(grade):
    if grade is None or grade["status"] == NOT_GRADED:
        return "-"
    return f"{grade['score']:g}"


def _status(grade):
    return "not asked" if grade is None else grade["status"]
