"""`selfattn grade` and `selfattn report`: a class of submissions, and what came of it."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..assignments import find_assignment, grader_version
from ..assignments import slugs as all_slugs
from ..errors import CourseError
from ..grading.atomic import prepare_folder
from ..grading.audit import audit
from ..grading.cluster import ClusterWorkers
from ..grading.handins import find_handins
from ..grading.local_workers import LocalWorkers
from ..grading.policy import keep_policy, load_policy
from ..grading.results import write_results
from ..grading.run import grade_class
from ..grading.sandbox import Sandbox, best_sandbox


def grade_tree(
    submitted, out, slugs, *, jobs, level, trusted, db_url, quiet, scheduler=None, policy=None
):
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
    policy : Path or None
        File of rules to copy into `out`; those that are there hold if None.
    quiet : bool
        Print no progress.
    scheduler : str or None
        Address of a Dask scheduler, whose workers then grade instead of this machine.

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
    if policy is not None:
        load_policy(policy, tuple(all_slugs()))
    found = find_handins(submitted, slugs or all_slugs())
    with ThreadPoolExecutor(1) as background:  # a sandbox takes a second to start
        opening = background.submit(_workers, level, trusted, jobs, scheduler)
        wanted = {handin.assignment: find_assignment(handin.assignment) for handin in found.handins}
        _load_what_the_end_needs()
        workers = opening.result()
    if policy is not None:
        prepare_folder(out)
        keep_policy(out, policy)
    with shown_progress(quiet) as progress:
        return grade_class(
            found,
            wanted,
            out,
            workers=workers,
            grader_version=grader_version(),
            db_url=db_url,
            progress=progress,
        )


def rewrite_report(folder, db_url=None):
    """Write report.html and grades.csv of a graded folder again, from its ledger.

    Parameters
    ----------
    folder : Path
    db_url : str, optional
        Where points given by hand are, if not in folder/gradebook.db.

    Returns
    -------
    Path
        The report.

    Raises
    ------
    CourseError
        If the folder holds no ledger.
    """
    folder = _graded(folder)
    write_results(folder, db_url=db_url)
    return folder / "report.html"


def verify(folder):
    """Check a graded folder; print what was found.

    Returns
    -------
    bool
        Whether all is as it was written.

    Raises
    ------
    CourseError
        If the folder holds no ledger.
    """
    found = audit(_graded(folder))
    for problem in found.problems:
        click.echo(f"{problem}.")
    if found.problems:
        click.echo(f"{found.grades} grades, {len(found.problems)} problems, head {found.head}")
    else:
        click.echo(f"{found.grades} grades, chain whole, head {found.head}")
    return not found.problems


def summary(result, out):
    """What `--json` prints, as one dict."""
    records = result.records
    return {
        "out": str(out),
        "graded": result.graded,
        "skipped": result.skipped,
        "complete": result.complete,
        "submissions": len(records),
        "not_graded": _not_graded(result),
        "refused": list(result.refused),
        "notices": list(result.notices),
    }


def print_summary(result, out):
    """Print what was graded, what was not, and where the results are."""
    for line in (*result.refused, *result.notices):
        click.echo(f"  {line}")
    click.echo(
        f"{result.graded} graded, {result.skipped} up to date, {_not_graded(result)} not graded, "
        f"{len(result.refused)} refused."
    )
    levels = sorted({record.sandbox_level for record in result.records})
    click.echo(f"Sandbox level: {', '.join(levels) or 'none used'}")
    click.echo(f"Report: {out / 'report.html'}")


def _not_graded(result):
    return sum(grade.score is None for grade in result.grades)


def _graded(folder):
    """The folder, once it is known to hold grades."""
    folder = Path(folder)
    if not (folder / "ledger.jsonl").is_file():
        raise CourseError(
            f"{folder} holds no ledger.jsonl; expected the folder that was given as --out. "
            "Grade a class first: selfattn grade SUBMITTED --out DIR"
        )
    return folder


def _load_what_the_end_needs():
    """Import what writes gradebook and pages now, while another core has nothing else to do."""
    import_module("sqlalchemy")
    import_module("selfattn_course.grading.page").prepare()


def _workers(level, trusted, jobs, scheduler):
    """Who grades; their level is known to work before anything is written."""
    if not scheduler:
        sandbox = usable_sandbox(level, trusted)
        return LocalWorkers(sandbox.level, jobs or len(os.sched_getaffinity(0)), sandbox)
    workers = ClusterWorkers(
        scheduler,
        find_assignment="selfattn_course.assignments:find_assignment",
        find_version="selfattn_course.assignments:grader_version",
        level=level,
        jobs=jobs,
    )
    with ExitStack() as on_failure:
        on_failure.enter_context(workers)  # which lets go of the cluster
        _must_confine(workers.level, trusted)
        on_failure.pop_all()
    return workers


def usable_sandbox(level, trusted):
    """An open sandbox of the level to run at, before anything is written."""
    sandbox = Sandbox(level) if level else best_sandbox()
    with ExitStack() as on_failure:
        on_failure.enter_context(sandbox)
        _must_confine(sandbox.level, trusted)
        on_failure.pop_all()
    return sandbox


def _must_confine(level, trusted):
    if level == "process" and not trusted:
        raise CourseError(
            "Level process does not keep submissions from your files; expected level full or "
            "landlock. Install bubblewrap, see selfattn doctor, or pass --trust-submissions."
        )


class shown_progress:
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
