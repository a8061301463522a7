"""The command line. Thin: every command calls one function and prints what came of it."""

import atexit
import gc
import json
import os
import sys
from pathlib import Path

import click

from . import __version__, layout
from .errors import CourseError, NotGradedError

LEVELS = ("full", "landlock", "process")
EXECUTORS = ("local", "dask")
FORMATS = ("nbgrader", "canvas", "moodle")


atexit.register(gc.freeze)  # else Python looks through all memory once more to free it


class Commands(click.Group):
    """Prints our own errors, and those of the file system, as one sentence."""

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except CourseError as error:
            problem, exit_code = str(error), error.exit_code
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except OSError as error:
            problem = f"{error.filename or 'the file system'}: {error.strerror or error}."
            exit_code = CourseError.exit_code
        except KeyboardInterrupt:
            problem, exit_code = "Interrupted. What was done so far is kept; run it again.", 130
        failure = click.ClickException(problem)
        failure.exit_code = exit_code
        raise failure


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="selfattn")
def main():
    """Build, serve and grade the self-attention course."""


@main.command()
@click.option("--book", is_flag=True, help="Build the book into _build/html.")
@click.option("--notebooks", is_flag=True, help="Write the student notebooks into exercises/.")
@click.option("--nbgrader", is_flag=True, help="Write an nbgrader course into _build/nbgrader.")
def build(book, notebooks, nbgrader):
    """Build what readers, students and instructors get; everything if nothing is named."""
    from .commands import build as command

    everything = not (book or notebooks or nbgrader)
    if notebooks or everything:  # first, for the book links to them
        for path in command.build_notebooks():
            click.echo(f"Notebook: {_shown(path)}")
    if nbgrader or everything:
        click.echo(f"nbgrader course: {_shown(command.build_nbgrader_tree())}")
    if book or everything:
        click.echo("Building the book; the first time takes about a minute.")
        click.echo(f"Book: {_shown(command.build_book())}")


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(port):
    """Serve the book, and the sample class's report, on 127.0.0.1."""
    from .commands.serve import HOST, open_server

    layout.require_checkout()
    with open_server(layout.SITE, layout.CLASS_GRADED, port) as server:
        if server.server_port != port:
            click.echo(f"Port {port} is busy; using {server.server_port} instead.")
        click.echo(f"Book:         http://{HOST}:{server.server_port}/")
        if (layout.CLASS_GRADED / "report.html").is_file():
            click.echo(f"Class report: http://{HOST}:{server.server_port}/class/report.html")
        click.echo("Press Ctrl-C to stop.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def check(ctx, notebook, as_json):
    """Grade one notebook; print a verdict and a hint for each exercise."""
    from .commands import check as command

    record = command.check_notebook(notebook)
    if as_json:
        click.echo(record.to_line())
    else:
        command.print_record(record, notebook)
    ctx.exit(command.exit_code(record))


@main.command()
@click.argument("submitted", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for results.")
@click.option("--assignment", "slugs", multiple=True, metavar="SLUG", help="Only these.")
@click.option("--executor", type=click.Choice(EXECUTORS), default="local", show_default=True)
@click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster: tcp://HOST:PORT.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions at a time; one per core.")
@click.option("--level", type=click.Choice(LEVELS), help="Isolation; the best that works here.")
@click.option("--trust-submissions", is_flag=True, help="Allow level process: no isolation.")
@click.option("--db", metavar="URL", help="nbgrader database; OUT/gradebook.db if not given.")
@click.option("--policy", type=click.Path(path_type=Path), metavar="FILE", help="Rules, as TOML.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@click.pass_context
def grade(
    ctx,
    submitted,
    out,
    slugs,
    executor,
    scheduler,
    jobs,
    level,
    trust_submissions,
    db,
    policy,
    as_json,
):
    """Grade the class in SUBMITTED, a tree STUDENT/SLUG/SLUG.ipynb."""
    from .commands import grade as command

    if (executor == "dask") != bool(scheduler):
        given, missing = ("--scheduler", "dask") if scheduler else ("--executor dask", "ADDRESS")
        raise CourseError(
            f"{given} was given alone; expected --executor dask --scheduler tcp://HOST:PORT; "
            f"add {missing}"
        )
    result = command.grade_tree(
        submitted,
        out,
        slugs,
        jobs=jobs,
        level=level,
        trusted=trust_submissions,
        db_url=db,
        policy=policy,
        quiet=as_json,
        scheduler=scheduler,
    )
    if as_json:
        click.echo(json.dumps(command.summary(result, out)))
    else:
        command.print_summary(result, out)
    ctx.exit(0 if result.complete else NotGradedError.exit_code)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--verify", is_flag=True, help="Write nothing; check what is there.")
@click.option("--db", metavar="URL", help="nbgrader database; DIR/gradebook.db if not given.")
@click.pass_context
def report(ctx, folder, verify, db):
    """Write DIR/report.html and DIR/grades.csv again, from DIR/ledger.jsonl."""
    from .commands import grade as command

    if verify:
        ctx.exit(0 if command.verify(folder) else 1)
    click.echo(f"Report: {_shown(command.rewrite_report(folder, db))}")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--format", "to", required=True, type=click.Choice(FORMATS), help="For which system.")
@click.option("--template", type=click.Path(path_type=Path), metavar="CSV", help="Its own export.")
@click.option("--column", "columns", multiple=True, metavar="SLUG=NAME", help="Name in Canvas.")
@click.option("--db", metavar="URL", help="nbgrader database; DIR/gradebook.db if not given.")
@click.option("--output", type=click.Path(path_type=Path), help="File; for moodle, folder.")
def export(folder, to, template, columns, db, output):
    """Write the grades in DIR for nbgrader, Canvas or Moodle, by default into DIR/export."""
    from .commands import export as command

    exported = command.export_grades(
        folder, to, template=template, columns=columns, db_url=db, output=output
    )
    command.print_exported(exported, _shown)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--exercise", "exercises", multiple=True, metavar="NAME", help="Only its verdicts.")
@click.option("--assignment", "slugs", multiple=True, metavar="SLUG", help="Only these.")
@click.option("--student", "students", multiple=True, metavar="NAME", help="Only these.")
@click.option("--submitted", type=click.Path(path_type=Path), help="Where the submissions are now.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--jobs", type=click.IntRange(min=1), help="Submissions at a time; one per core.")
@click.option("--level", type=click.Choice(LEVELS), help="Isolation; the best that works here.")
@click.option("--trust-submissions", is_flag=True, help="Allow level process: no isolation.")
@click.option("--db", metavar="URL", help="nbgrader database; DIR/gradebook.db if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@click.pass_context
def regrade(ctx, folder, dry_run, as_json, trust_submissions, db, **options):
    """Grade again what DIR holds grades of, after a check was mended; say whose scores changed.

    A grade of the newest grader is up to date for selfattn grade, even if only some of its
    verdicts were made again with --exercise: the ledger says which.
    """
    from .commands import regrade as command

    result = command.regrade_folder(
        folder, dry_run=dry_run, trusted=trust_submissions, db_url=db, quiet=as_json, **options
    )
    if as_json:
        click.echo(json.dumps(command.summary(result, folder, dry_run)))
    else:
        command.print_summary(result, folder, dry_run)
    ctx.exit(0 if result.complete else NotGradedError.exit_code)


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--assignment", "slugs", multiple=True, metavar="SLUG", help="Only these.")
@click.option("--submitted", type=click.Path(path_type=Path), help="Where the submissions are now.")
@click.option(
    "--threshold",
    default=0.8,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of one's own code that the other has, from which a pair is listed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def similar(folder, slugs, submitted, threshold, as_json):
    """Say which submissions that DIR holds grades of are alike; write DIR/similar.html."""
    from .commands import similar as command

    comparisons = command.compare_folder(folder, submitted, slugs, threshold)
    if as_json:
        click.echo(json.dumps(command.summary(comparisons, folder)))
    else:
        command.print_summary(comparisons, folder)


@main.command()
def doctor():
    """Say what works on this machine."""
    from .commands.doctor import findings

    for finding in findings():
        mark = click.style("ok  ", fg="green") if finding.works else click.style("no  ", fg="red")
        click.echo(f"{mark}{finding.what}: {finding.detail}")


def _shown(path):
    """A path as short as it can be typed from here."""
    path = Path(path)
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
