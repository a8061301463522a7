"""What all exports have in common: what came of one, and tables that others have written."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

BOM = "\ufeff"
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes
    ----------
    files : tuple of Path
    grades : int
        Number of grades in them.
    left_out : tuple of str
        Lines that say whose grades are not in them, and why.
    notices : tuple of str
        One line for each thing to look at before they are imported.
    """

    files: tuple[Path, ...]
    grades: int
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A CSV file: names of columns, rows as long as them, and how it is written."""

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    delimiter: str = ","
    bom: bool = False

    def column(self, i):
        """The cells of a column."""
        return [row[i] for row in self.rows]


def read_table(path):
    """Read a CSV file as others export it: in UTF-8, with commas, semicolons or tabs.

    Raises
    ------
    CourseError
        If it cannot be read or is no table.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8")
        bom = text.startswith(BOM)
        text = text.removeprefix(BOM)
        delimiter = max(_DELIMITERS, key=lambda one: len(next(_rows(text, one), [])))
        header, *rows = _rows(text, delimiter)
    except OSError as error:
        raise CourseError(f"cannot read the template {path}: {reason(error)}; mend it") from error
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise CourseError(
            f"the template {path} is no table in UTF-8 ({error}); expected the CSV file as it was "
            "exported, not saved anew by a spreadsheet; export it again"
        ) from error
    width = len(header)
    rows = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    return Table(header, rows, delimiter, bom)


def write_table(path, table):
    """Write a CSV file, whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator="\n")
    writer.writerow(table.header)
    writer.writerows(table.rows)
    write_file(Path(path), (BOM if table.bom else "") + text.getvalue())


def _rows(text, delimiter):
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
