"""How far a long command is."""

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


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
