"""Which database a class's gradebook is in.

It is noted beside the ledger, so that no later command takes another one and misses the points
that were given by hand.
"""

from pathlib import Path

from selfattn_course.errors import CourseError
from selfattn_course.grading.atomic import reason, write_file

FILE_NAME = "gradebook.url"


def gradebook_url(folder, given=None):
    """The database to use.

    Parameters
    ----------
    folder : Path
        Folder of results.
    given : str, optional
        What the user says now.

    Returns
    -------
    str or None
        `given`, else the one that was used last; None for folder/gradebook.db.

    Raises
    ------
    CourseError
        If the one that was used last needs a password, which is not kept.
    """
    path = Path(folder) / FILE_NAME
    if given is not None or not path.exists():
        return given
    try:
        noted = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is no text"
        raise CourseError(f"cannot read {path}: {why}; mend it, or pass --db URL") from error
    if ":***@" in noted:
        raise CourseError(
            f"the gradebook of {folder} is {noted}, whose password is not kept; pass --db with "
            "the whole URL"
        )
    return noted


def note_gradebook(folder, url):
    """Note a database that was used, without its password; None changes nothing.

    Parameters
    ----------
    folder : Path
    url : str or None
    """
    if url is None:
        return
    from selfattn_course.grading.gradebook_database import database_url

    url = database_url(url)
    if "password" in url.query:
        url = url.set(password="hidden").difference_update_query(["password"])
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(Path(url.database).absolute()))
    write_file(Path(folder) / FILE_NAME, f"{url.render_as_string(hide_password=True)}\n")
