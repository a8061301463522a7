"""Which grades somebody asks for, by the names of exercises, students and assignments."""

from dataclasses import dataclass

from selfattn_course.errors import CourseError

MOST_SHOWN = 40  # names in an error


@dataclass(frozen=True)
class Wanted:
    """What to grade again; everything where nothing is named.

    Attributes
    ----------
    exercises, students, slugs : frozenset of str
    """

    exercises: frozenset = frozenset()
    students: frozenset = frozenset()
    slugs: frozenset = frozenset()

    def of(self, exercises):
        """Those of the exercises that are wanted."""
        return [one for one in exercises if not self.exercises or one.name in self.exercises]


def selected(records, assignments, wanted):
    """The records that are wanted.

    Parameters
    ----------
    records : sequence of Record
        Those that count.
    assignments : dict
        slug -> Assignment.
    wanted : Wanted

    Returns
    -------
    list of Record
        In the same order.

    Raises
    ------
    CourseError
        If a name belongs to none of the records.
    """
    slugs = {record.assignment for record in records}
    _expect_known("assignment", wanted.slugs, slugs)
    slugs &= wanted.slugs or slugs
    students = {record.student for record in records if record.assignment in slugs}
    _expect_known("student", wanted.students, students)
    asked = {slug: _exercises(assignments, slug) for slug in slugs}
    _expect_known("exercise", wanted.exercises, set().union(*asked.values()))
    return [
        record
        for record in records
        if record.assignment in slugs
        and record.student in (wanted.students or students)
        and (not wanted.exercises or wanted.exercises & asked[record.assignment])
    ]


def _exercises(assignments, slug):
    return {e.name for e in assignments[slug].exercises} if slug in assignments else set()


def _expect_known(kind, names, known):
    shown = ", ".join(sorted(known)[:MOST_SHOWN]) or "none"
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    for name in sorted(names - known):
        raise CourseError(
            f"{name} is no {kind} that was graded here; expected one of: {shown}{more}; "
            f"name one of them with --{kind}"
        )
