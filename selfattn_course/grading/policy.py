"""The course's policy: when work is due, what lateness costs, and which attempt counts.

It is a TOML file, every part of which may be left out:

    [due]
    ch03_softmax = 2026-11-20T23:59:00+01:00
    [late]
    grace_minutes = 15
    percent_per_day = 10      # of the assignment's points, for each started day
    percent_at_most = 50
    [attempts]
    counts = "last"           # or "best"
    at_most = 5               # later ones do not count
"""

import math
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

FILE_NAME = "policy.toml"
COUNTS = ("last", "best")
_KEYS = {
    "late": ("grace_minutes", "percent_per_day", "percent_at_most"),
    "attempts": ("counts", "at_most"),
}


@dataclass(frozen=True)
class Policy:
    """What counts.

    Attributes
    ----------
    due : dict of str to datetime
        Assignment -> when it is due, with its offset from UTC.
    grace_minutes : float
        How much later is still in time.
    percent_per_day : float
        Share of the assignment's points that each started day costs.
    percent_at_most : float
        The most that lateness costs.
    counts : str
        Which attempt: "last" or "best".
    at_most : int or None
        How many attempts may count; None for all.
    """

    due: dict[str, datetime] = field(default_factory=dict)
    grace_minutes: float = 0.0
    percent_per_day: float = 0.0
    percent_at_most: float = 100.0
    counts: str = "last"
    at_most: int | None = None


def read_policy(folder):
    """The policy that a folder of results keeps; one without rules if it keeps none.

    Raises
    ------
    CourseError
        If the file is there and is no policy.
    """
    path = Path(folder) / FILE_NAME
    return load_policy(path) if path.exists() else Policy()


def load_policy(path, slugs=None):
    """Read a policy from a file.

    Parameters
    ----------
    path : Path
        A TOML file.
    slugs : collection of str, optional
        Assignments that there are; any name will do if it is not given.

    Returns
    -------
    Policy

    Raises
    ------
    CourseError
        If it cannot be read, or something in it is unknown or of the wrong kind.
    """
    try:
        data = tomllib.loads(Path(path).read_text("utf-8"))
        return _policy(data, slugs)
    except OSError as error:
        raise CourseError(f"cannot read the policy {path}: {reason(error)}; mend it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CourseError(
            f"the policy {path} is no TOML: {error}; expected lines such as "
            "ch03_softmax = 2026-11-20T23:59:00+01:00 below [due]; mend it"
        ) from error
    except ValueError as error:
        raise CourseError(f"the policy {path}: {error}") from error


def keep_policy(folder, path):
    """Copy a policy that was read well into a folder of results, where later runs find it."""
    write_file(Path(folder) / FILE_NAME, Path(path).read_bytes())


def _policy(data, slugs):
    _known("table", data, ("due", *_KEYS))
    for name, table in data.items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} is a value; expected a table; write [{name}] above its keys")
    late, attempts = data.get("late", {}), data.get("attempts", {})
    _known("key", late, _KEYS["late"], "late")
    _known("key", attempts, _KEYS["attempts"], "attempts")
    due = {slug: _due(slug, value, slugs) for slug, value in data.get("due", {}).items()}
    numbers = {
        name: _number(name, late[name], math.inf if name == "grace_minutes" else 100)
        for name in _KEYS["late"]
        if name in late
    }
    return Policy(due, **numbers, **_attempts(attempts))


def _due(slug, value, slugs):
    if slugs is not None and slug not in slugs:
        raise ValueError(
            f"[due] names {slug}, which is no assignment; expected one of: {', '.join(slugs)}"
        )
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    if isinstance(value, datetime | date):
        full = value if isinstance(value, datetime) else f"{value}T23:59:00"
        shown = full.isoformat() if isinstance(full, datetime) else full
        raise ValueError(
            f"{slug} is due at {value}, which leaves the moment open; expected a date and time "
            f"with the offset from UTC; write it as {shown}+01:00, with the offset where you are"
        )
    raise ValueError(
        f"{slug} is due at {value!r}; expected a date and time without quotes, such as "
        "2026-11-20T23:59:00+01:00; mend it"
    )


def _number(name, value, most):
    if type(value) not in (int, float) or not 0 <= value <= most or math.isinf(value):
        limits = "of at least 0" if most == math.inf else f"from 0 to {most}"
        raise ValueError(f"{name} is {value!r}; expected a number {limits}; mend it")
    return float(value)


def _attempts(table):
    if table.get("counts", "last") not in COUNTS:
        raise ValueError(f'counts is {table["counts"]!r}; expected "last" or "best"; mend it')
    if "at_most" in table and (type(table["at_most"]) is not int or table["at_most"] < 1):
        raise ValueError(
            f"at_most is {table['at_most']!r}; expected a whole number of at least 1; mend it"
        )
    return table


def _known(what, given, names, table=None):
    for name in given:
        if name not in names:
            where = f" in [{table}]" if table else ""
            raise ValueError(
                f"{name} is no {what}{where}; expected one of: {', '.join(names)}; "
                "mend or remove it"
            )
