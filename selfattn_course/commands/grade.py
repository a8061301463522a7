"""`selfattn grade` and `selfattn report`: a class of submissions, and what came of it.

What can be loaded while the sandbox starts is imported where it is used.
"""

from functools import partial
from importlib import import_module

import click

from ..assignments import find_assignment, grader_version
from ..assignments import slugs as all_slugs
from ..grading.atomic import prepare_folder
from ..grading.handins import find_handins
from ..grading.policy import keep_policy, load_policy
from .graded import graded_folder
from .workers import open_workers


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
    wanted_slugs = {handin.assignment for handin in found.handins}
    load = partial(_load, wanted_slugs)
    workers = open_workers(level, trusted, jobs, scheduler, meanwhile=load)
    from ..grading.run import grade_class
    from .progress import shown_progress

    wanted = {slug: find_assignment(slug) for slug in wanted_slugs}
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
    from ..grading.results import write_results

    folder = graded_folder(folder)
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
    from ..grading.audit import audit

    found = audit(graded_folder(folder))
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


def _load(slugs):
    """Load what grading needs, up to writing gradebook and pages at the end."""
    import_module("selfattn_course.grading.run")
    import_module("selfattn_course.grading.local_workers")
    for slug in slugs:
        find_assignment(slug)
    grader_version()
    import_module("sqlalchemy")
    import_module("selfattn_course.grading.page").prepare()
