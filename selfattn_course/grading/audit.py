"""Hold a graded folder against its ledger, and the ledger against itself. Changes nothing.

Every line of the ledger names the SHA-256 of the line before it, and ledger.head tells how long
it was: whoever changes a line has to make all that follow again, and the head. Who can write the
folder can do that; a head that was noted elsewhere shows it.
"""

from dataclasses import dataclass
from pathlib import Path

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading import ledger, ledger_head
from selfattn_course.grading.atomic import reason
from selfattn_course.grading.audit_tables import gradebook_problems, table_problems
from selfattn_course.grading.final_grade import final_grades
from selfattn_course.grading.manual import read_manual
from selfattn_course.grading.policy import read_policy


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Attributes
    ----------
    grades : int
        Finished lines of the ledger that hold a grade.
    head : str
        SHA-256 of the last one, in hexadecimal.
    problems : tuple of str
        One sentence each; empty where all agree.
    """

    grades: int
    head: str
    problems: tuple[str, ...]


def audit(folder):
    """Check the chain of the ledger, its length, and the table and gradebook made from it.

    Parameters
    ----------
    folder : Path
        Output folder of `selfattn grade`.

    Returns
    -------
    Audit

    Raises
    ------
    CourseError
        If the folder holds no ledger that can be read.
    """
    folder = Path(folder)
    path = folder / ledger.FILE_NAME
    try:
        *lines, rest = path.read_bytes().split(b"\n")
    except OSError as error:
        raise CourseError(f"cannot read {path}: {reason(error)}; give a graded folder") from error
    entries, problems = _entries(lines)
    problems += _chain_problems(entries)
    if rest:
        number = len(lines) + 1
        problems.append(f"line {number} is unfinished: a run was cut short; grade again to mend it")
    problems += _head_problems(folder, entries)
    whole = [entry for entry in entries if isinstance(entry, ledger.Entry)]
    policy = read_policy(folder)
    automatic = final_grades(whole, policy, {})
    problems += table_problems(folder, _with_points_by_hand(folder, whole, policy), automatic)
    problems += gradebook_problems(folder, [grade.record for grade in automatic])
    head = entries[-1].sha256 if entries else ledger.FIRST
    return Audit(len(whole), head, tuple(problems))


@dataclass(frozen=True)
class _NoGrade:
    """A line that holds no grade; it has its place in the chain all the same."""

    sha256: str


def _entries(lines):
    """What each line holds, and what is wrong with those that hold no grade."""
    entries, problems = [], []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(ledger.read_entry(line))
        except (ValueError, TypeError, RecursionError) as error:
            entries.append(_NoGrade(ledger.sha256(line)))
            problems.append(f"line {number} is no grade record ({error})")
    return entries, problems


def _chain_problems(entries):
    problems, before, named = [], None, ledger.FIRST
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, ledger.Entry) and entry.previous != named:
            problems.append(_broken(number, entry, before))
        before, named = entry, entry.sha256
    return problems


def _broken(number, entry, before):
    here = _name(number, entry)
    if number == 1:
        return f"{here} names a line before it: lines at the start were taken out"
    return (
        f"{here} was not written after {_name(number - 1, before)} as that is now: that line was "
        "changed, or lines were taken out, put in or moved"
    )


def _head_problems(folder, entries):
    name = ledger_head.FILE_NAME
    try:
        head = ledger_head.read_head(folder)
    except (OSError, ValueError) as error:
        return [f"{name} cannot be read ({error}); restore it, or grade again"]
    if head is None:
        return [f"{name} is missing: no run was ever complete, or it was taken out; grade again"]
    if head.lines > len(entries):
        return [f"{name} tells of {head.lines} lines, {len(entries)} are left: the end was cut off"]
    if head.sha256 != (entries[head.lines - 1].sha256 if head.lines else ledger.FIRST):
        where = _name(head.lines, entries[head.lines - 1]) if head.lines else "the start"
        return [f"{where} is not the line that {name} tells of, {head.sha256}"]
    return []


def _name(number, entry):
    if not isinstance(entry, ledger.Entry):
        return f"line {number}"
    return f"line {number} ({entry.record.student}, {entry.record.assignment})"


def _with_points_by_hand(folder, entries, policy):
    try:
        return final_grades(entries, policy, read_manual(folder))
    except NotGradedError:  # a damaged gradebook is reported by itself
        return final_grades(entries, policy, {})
