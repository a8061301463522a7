"""`selfattn grade` and `selfattn report`: a class of submissions, and what came of it."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..assignments import find_assignment, grader_version
from ..assignments import slugs as all_slugs
from ..errors import CourseError
from ..grading.handins import find_handins
from ..grading.ledger import read_ledger
from ..grading.run import grade_class, write_results
from ..grading.sandbox import Sandbox, best_sandbox


def grade_tree(submitted, out, slugs, *, jobs, level, trusted, db_url, quiet):
    """Grade a tree of submissions into a folder.

    Parameters
    ----------
    submitted : Path
        Holds STUDENT/SLUG/SLUG.ipynb.
    out : Path
        For ledger, gradebook, grades.csv, feedback and report.
    slugs : sequence of str
        Assignments to grade; all if empty.
    jobs : int or None
        Submissions at a time; one per core if None.
    level : str or None
        Sandbox level; the best that works here if None.
    trusted : bool
        Whether submissions may run without isolation.
    db_url : str or None
        nbgrader database other than out/gradebook.db.
    quiet : bool
        Print no progress.

    Returns
    -------
    ClassResult

    Raises
    ------
    CourseError
        If a path, a slug or a level cannot be used.
    NotGradedError
        If grading had to stop; what was done is kept.
    """
    for slug in slugs:
        find_assignment(slug)  # an error before anything else
    found = find_handins(submitted, slugs or all_slugs())
    wanted = {handin.assignment: find_assignment(handin.assignment) for handin in found.handins}
    sandbox = _usable_sandbox(level, trusted)
    with sandbox, _progress(quiet) as progress:
        return grade_class(
            found,
            wanted,
            out,
            level=sandbox.level,
            opened=sandbox,
            grader_version=grader_version(),
            jobs=jobs or len(os.sched_getaffinity(0)),
            db_url=db_url,
            progress=progress,
        )


def rewrite_report(folder):
    """Write report.html and grades.csv of a graded folder again, from its ledger.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    CourseError
        If the folder holds no ledger.
    """
    folder = Path(folder)
    if not (folder / "ledger.jsonl").is_file():
        raise CourseError(
            f"{folder} holds no ledger.jsonl; expected the folder that was given as --out. "
            "Grade a class first: selfattn grade SUBMITTED --out DIR"
        )
    write_results(folder, read_ledger(folder))
    return folder / "report.html"


def summary(result, out):
    """What `--json` prints, as one dict."""
    records = result.records
    return {
        "out": str(out),
        "graded": result.graded,
        "skipped": result.skipped,
        "complete": result.complete,
        "submissions": len(records),
        "not_graded": sum(record.score is None for record in records),
        "refused": list(result.refused),
        "notices": list(result.notices),
    }


def print_summary(result, out):
    """Print what was graded, what was not, and where the results are."""
    for line in (*result.refused, *result.notices):
        click.echo(f"  {line}")
    not_graded = sum(record.score is None for record in result.records)
    click.echo(
        f"{result.graded} graded, {result.skipped} up to date, {not_graded} not graded, "
        f"{len(result.refused)} refused."
    )
    levels = sorted({record.sandbox_level for record in result.records})
    click.echo(f"Sandbox level: {', '.join(levels) or 'none used'}")
    click.echo(f"Report: {out / 'report.html'}")


def _usable_sandbox(level, trusted):
    """A sandbox of the level to run at, open before anything is written."""
    sandbox = Sandbox(level) if level else best_sandbox()
    if sandbox.level == "process" and not trusted:
        sandbox.close()
        raise CourseError(
            "Level process does not keep submissions from your files; expected level full or "
            "landlock. Install bubblewrap, see selfattn doctor, or pass --trust-submissions."
        )
    return sandbox


class _progress:
    """A bar on a terminal, plain lines elsewhere, nothing if quiet."""

    def __init__(self, quiet):
        self._quiet, self._bar, self._task = quiet, None, None

    def __enter__(self):
        if self._quiet:
            return None
        if not sys.stderr.isatty():
            return self._line
        columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True))
        self._task = self._bar.add_task("grading")
        self._bar.start()
        return self._advance

    def __exit__(self, *exception):
        if self._bar:
            self._bar.stop()

    def _line(self, done, total, record):
        score = "not graded" if record.score is None else f"{record.score:g}/{record.max_score:g}"
        click.echo(f"[{done}/{total}] {record.student} {record.assignment} {score}", err=True)

    def _advance(self, done, total, record):
        self._bar.update(self._task, completed=done, total=total)
