"""`selfattn similar`: which submissions of a graded class are alike."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from .. import layout
from ..assignments import assignments, find_assignment
from ..errors import CourseError
from ..grading.handins import Handin
from ..grading.roster import read_roster
from ..grading.similar import compare
from ..grading.similar_page import write_similar
from ..grading.submission import read_submission
from .graded import find_graded_handins, graded_records

MOST_PRINTED = 20  # pairs of one assignment


def compare_folder(folder, submitted, slugs, threshold):
    """Compare the submissions that a folder holds grades of, and write its similar.html.

    Parameters
    ----------
    folder : Path
        Graded folder.
    submitted : Path or None
        Where the submissions lie, if not where they were graded.
    slugs : sequence of str
        Assignments to compare; all if empty.
    threshold : float
        Overlap from which a pair is listed.

    Returns
    -------
    tuple of Comparison
        For the assignments with at least two submissions.

    Raises
    ------
    CourseError
        If a path or slug cannot be used, or no assignment has two submissions.
    """
    records = graded_records(folder)
    wanted = {slug: find_assignment(slug) for slug in slugs} or assignments()
    handins = find_graded_handins(folder, submitted, wanted).handins
    groups = {slug: [one for one in handins if one.assignment == slug] for slug in wanted}
    groups = {slug: group for slug, group in groups.items() if len(group) > 1}
    if not groups:
        raise CourseError(
            f"Given are {_number(handins)}; expected at least two for one assignment; "
            "grade a class first, or name its folder with --submitted"
        )
    comparisons = tuple(
        _compared(slug, group, records, threshold) for slug, group in groups.items()
    )
    titles = {slug: assignment.title for slug, assignment in wanted.items()}
    write_similar(folder, comparisons, read_roster(folder).titles | titles)
    return comparisons


def summary(comparisons, folder):
    """What `--json` prints, as one dict."""
    return {"page": str(Path(folder) / "similar.html"), "assignments": [*map(_plain, comparisons)]}


def print_summary(comparisons, folder):
    """Print the pairs, what was not compared, and where the page is."""
    for one in comparisons:
        click.echo(f"{one.assignment}: {one.compared} submissions compared")
        _print_pairs(one)
        for student, why in one.not_compared:
            click.echo(f"  {student}: not compared, {why}")
    click.echo("Similarity is a reason to look, no proof.")
    click.echo(f"Side by side: {Path(folder) / 'similar.html'}")


def _number(handins):
    return f"{len(handins)} submission{'' if len(handins) == 1 else 's'}"


def _compared(slug, handins, records, threshold):
    wrong = {
        record.student: {question.name for question in record.questions if question.score == 0}
        for record in records
        if record.assignment == slug
    }
    return compare(
        slug,
        [_submission(handin) for handin in handins],
        given=_cells(layout.EXERCISES / f"{slug}.ipynb"),
        model=_model_answer(slug),
        wrong=wrong,
        threshold=threshold,
    )


def _submission(handin):
    try:
        return read_submission(handin)
    except OSError as error:
        raise CourseError(f"cannot read {handin.path}: {error.strerror}; mend it") from error


def _cells(path):
    """Code cells of a notebook of the course; none outside a checkout, which alone has them."""
    return read_submission(Handin("", "", path)).cells if path.is_file() else ()


def _model_answer(slug):
    path = layout.SOLUTIONS / f"{slug}.py"
    if not path.is_file():
        return ()
    from ..notebooks.build import build_solution_notebook

    notebook = json.loads(build_solution_notebook(path.read_text(encoding="utf-8"), slug))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return tuple("".join(cell["source"]) for cell in cells)


def _plain(comparison):
    """A comparison without the code itself."""
    data = asdict(comparison)
    for pair in data["pairs"]:
        for function in pair["shared"]:
            del function["source"], function["other_source"]
    return data


def _print_pairs(comparison):
    telling = [pair for pair in comparison.pairs if pair.same_file or pair.own]
    rows = [("students", "overlap", "unusual", "not in model", "the same unusual functions")]
    rows += [_row(pair) for pair in telling[:MOST_PRINTED]]
    if len(rows) == 1:
        click.echo("  No two submissions are alike in more than what is common.")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows if telling else ():
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  " + "  ".join(cells).rstrip())
    more = len(comparison.pairs) + comparison.more - len(rows) + 1
    if more:
        click.echo(f"  {more} more pairs are alike and share less that is unusual; see the page.")


def _row(pair):
    names = ", ".join(f"{f.name}{' (wrong)' if f.wrong else ''}" for f in pair.same_functions)
    same = f"{len(pair.same_functions)}: {names}" if names else "none"
    return (
        f"{pair.student}, {pair.other}",
        f"{pair.overlap:.0%} {pair.other_overlap:.0%}",
        str(pair.unusual),
        str(pair.own),
        f"the same file; {same}" if pair.same_file else same,
    )
