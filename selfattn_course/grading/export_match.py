"""Find students in a table of another system, by what identifies them there."""

from collections import Counter
from dataclasses import dataclass

MOST_NAMES = 50  # that are listed


@dataclass(frozen=True)
class Matches:
    """Who is in which row.

    Attributes
    ----------
    rows : dict of str to int
        Student -> row. No two students have the same.
    problems : tuple of str
        Lines that say who has none, and why.
    """

    rows: dict[str, int]
    problems: tuple[str, ...]


def match_students(students, keys):
    """Match students to rows, and rather not at all than wrongly.

    Parameters
    ----------
    students : sequence of str
        Names of the students' folders.
    keys : dict of int to list of str
        Row -> what identifies its student, such as number and login.

    Returns
    -------
    Matches
            Compared are whole keys, then keys without regard to case, then, where one of the two is
        an e-mail address and the other is not, its part before the @. A student takes part in a
        later comparison only if the earlier ones found nothing. Where a comparison gives a
        student several rows, or a row several students, none of them is matched.
    """
    rows, problems = {}, {}
    for forms_of_student, forms_of_key in _COMPARISONS:
        index = _index(keys, forms_of_key)
        found = {
            student: set().union(*(index.get(form, ()) for form in forms_of_student(student)))
            for student in students
            if student not in rows and student not in problems
        }
        wanted = Counter(row for fitting in found.values() for row in fitting)
        wanted.update(rows.values())
        for student, fitting in found.items():
            if len(fitting) > 1:
                problems[student] = f"{student}: {len(fitting)} rows fit; none was taken"
            elif any(wanted[row] > 1 for row in fitting):
                problems[student] = f"{student}: the row that fits is another student's, too"
            elif fitting:
                rows[student] = fitting.pop()
    missing = [name for name in students if name not in rows and name not in problems]
    return Matches(rows, (*problems.values(), *_not_there(missing)))


def nobody(students, keys, template, expected):
    """The sentence where no student of ours is in a template.

    Parameters
    ----------
    students, keys
        As for `match_students`.
    template : Path
    expected : str
        What folders have to be named by, and what to do.
    """
    theirs = [name for names in keys.values() for name in names if name.strip()]
    return (
        f"no student is in the template {template}: folders are called {', '.join(students[:3])}, "
        f"there it is {', '.join(theirs[:3]) or 'nobody'}; expected folders named by {expected}"
    )


def _not_there(names):
    if names:
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        yield f"{len(names)} not in the template: {', '.join(names[:MOST_NAMES])}{more}"


def _index(keys, forms):
    index = {}
    for row, names in keys.items():
        for name in filter(None, (name.strip() for name in names)):
            for form in forms(name):
                index.setdefault(form, set()).add(row)
    return index


def _whole(name):
    return (name,)


def _any_case(name):
    return (name.casefold(),)


def _before_at(name):
    """What an address and a plain name share; two addresses share nothing."""
    start, at, _ = name.casefold().partition("@")
    return ((start, bool(at)),)


def _of_the_other_kind(name):
    ((start, is_address),) = _before_at(name)
    return ((start, not is_address),)


_COMPARISONS = ((_whole, _whole), (_any_case, _any_case), (_before_at, _of_the_other_kind))
