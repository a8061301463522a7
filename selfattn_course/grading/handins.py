"""Find what students handed in: nbgrader's tree STUDENT/SLUG/SLUG.ipynb."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason
from selfattn_course.grading.submission import open_regular

LONGEST_NAME = 128  # what nbgrader's database keeps of a student's or an assignment's name
_JOINERS = "\u200c\u200d"  # part of some Persian and Indic names
TIMESTAMP = "timestamp.txt"
_LONGEST_TIMESTAMP = 200  # bytes


@dataclass(frozen=True)
class Handin:
    """A notebook that a student handed in, not read yet.

    `handed_in` is when, in UTC, from the timestamp.txt that nbgrader puts beside it; "" without.
    """

    student: str
    assignment: str
    path: Path
    handed_in: str = ""


@dataclass(frozen=True)
class Found:
    """What lies in a tree of submissions.

    Attributes
    ----------
    handins : tuple of Handin
        Sorted by student, then assignment.
    students : tuple of str
        Every student folder, with or without a submission.
    refused : tuple of str
        One line for each submission that is there and cannot be graded.
    notices : tuple of str
        One line for each thing that was passed over or taken under another name.
    root : Path or None
        The folder that was looked through, as an absolute path.
    """

    handins: tuple[Handin, ...] = ()
    students: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    root: Path | None = None


def name_problem(name):
    """Why `name` cannot be the name of a student or an assignment; empty if it can.

    Names become parts of paths, of pages and of database rows, so separators, dots that lead
    elsewhere and characters that cannot be shown, or that turn the text around them, are
    refused. Anything else is allowed.
    """
    if not name or name in (".", "..") or "/" in name or "\\" in name:
        return "is no plain name"
    if any(
        unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _JOINERS
        for character in name
    ):
        return "has control characters or is not UTF-8"
    if len(name) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} characters"
    return ""


def find_handins(submitted, slugs):
    """Look through a tree of submissions without reading any of them.

    Parameters
    ----------
    submitted : Path
        Folder with one folder per student, and in it one folder per assignment.
    slugs : collection of str
        Assignments to look for.

    Returns
    -------
    Found
        A student without a notebook for an assignment simply did not submit it. A lone notebook
        of another name is taken. Hidden files are passed over in silence.

    Raises
    ------
    CourseError
        If `submitted` is not a folder that can be read.
    """
    root = Path(submitted)
    if not root.is_dir():
        given = "is a file" if root.exists() else "does not exist"
        raise CourseError(
            f"{root} {given}; expected a folder of submissions STUDENT/SLUG/SLUG.ipynb; "
            "give its path"
        )
    search = _Search(root, frozenset(slugs))
    for entry in search.entries(root):
        search.student(entry)
    return Found(
        tuple(search.handins),
        tuple(search.students),
        tuple(search.refused),
        tuple(search.notices),
        root.resolve(),
    )


class _Search:
    """The lists that grow while a tree is walked."""

    def __init__(self, root, slugs):
        self._given, self._root, self._slugs = root, root.resolve(), slugs
        self.handins, self.students, self.refused, self.notices = [], [], [], []

    def entries(self, folder):
        try:
            visible = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        except OSError as error:
            if folder == self._given:
                raise CourseError(f"cannot read {folder}: {reason(error)}; mend it") from error
            self._refuse(folder, f"cannot be read: {reason(error)}")
            return []
        return sorted(visible, key=lambda entry: entry.name)

    def student(self, folder):
        if not folder.is_dir():
            self._notice(folder, "is no student folder; passed over")
        elif problem := name_problem(folder.name):
            self._refuse(folder, f"the folder's name {problem}")
        elif folder.resolve() != self._root / folder.name:
            self._refuse(folder, "is a link; expected the student's own folder")
        else:
            self.students.append(folder.name)
            for entry in self.entries(folder):
                self._assignment(folder, entry)

    def _assignment(self, student, folder):
        if not folder.is_dir():
            self._notice(folder, "lies outside an assignment's folder; passed over")
        elif folder.name not in self._slugs:
            self._notice(folder, "is no assignment that is graded here; passed over")
        else:
            notebook = self._notebook(folder)
            if notebook is None:
                return
            if not notebook.is_file():  # asked first: a link to itself cannot be resolved
                self._refuse(notebook, "is no regular file")
            elif not notebook.resolve().is_relative_to(student.resolve()):
                self._refuse(notebook, "is a link that leads out of the student's folder")
            else:
                when = self._handed_in(folder / TIMESTAMP)
                self.handins.append(Handin(student.name, folder.name, notebook, when))

    def _handed_in(self, path):
        """The time that a file holds, in UTC and to the second; "" if it holds none."""
        from dateutil.parser import parse as parse_time  # which is slow to load

        try:
            with open_regular(path) as file:
                when = parse_time(file.read(_LONGEST_TIMESTAMP).decode())
            when = when if when.tzinfo else when.replace(tzinfo=UTC)
            return when.astimezone(UTC).isoformat(timespec="seconds")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, OverflowError):
            self._notice(path, "holds no time; taken as handed in at no known time")
            return ""

    def _notebook(self, folder):
        """The notebook to grade, or None."""
        entries = self.entries(folder)
        notebooks = [entry for entry in entries if entry.suffix.lower() == ".ipynb"]
        named = folder / f"{folder.name}.ipynb"
        if named not in notebooks and len(notebooks) > 1:
            self._refuse(folder, f"has {len(notebooks)} notebooks and none called {named.name}")
            return None
        chosen = named if named in notebooks else next(iter(notebooks), None)
        if chosen not in (None, named):
            self._notice(chosen, f"was graded as {named.name}")
        for entry in entries:
            if entry != chosen and entry.name != TIMESTAMP:
                self._notice(entry, "is not graded; passed over")
        return chosen

    def _refuse(self, path, why):
        self.refused.append(self._line(path, why))

    def _notice(self, path, why):
        self.notices.append(self._line(path, why))

    def _line(self, path, why):
        line = f"{path.relative_to(self._given).as_posix()}: {why}"
        return "".join(map(_shown, line))


def _shown(character):
    """A character as a terminal may get it: those that steer it, or cannot be shown, as escapes."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
