"""Where things lie. The only module that knows folder names."""

from pathlib import Path

from .errors import CourseError

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent

BOOK = ROOT / "book"
SOLUTIONS = ROOT / "solutions"
EXERCISES = ROOT / "exercises"
CONFIG = ROOT / "_config.yml"
TOC = ROOT / "_toc.yml"
NBGRADER_CONFIG = ROOT / "nbgrader_config.py"

BUILD = ROOT / "_build"
SITE = BUILD / "html"
NBGRADER_TREE = BUILD / "nbgrader"
CLASS_SUBMITTED = BUILD / "class" / "submitted"
CLASS_GRADED = BUILD / "class" / "graded"


def slugs(folder, suffix):
    """Chapter slugs in a folder: the names of its `ch..` files, in order.

    Parameters
    ----------
    folder : Path
    suffix : str
        File ending with its dot, such as ".py".

    Returns
    -------
    list of str
        As "ch03_softmax".
    """
    return sorted(path.stem for path in folder.glob(f"ch[0-9][0-9]_*{suffix}"))


def require_checkout():
    """Raise a CourseError unless the package runs from a checkout of the course.

    Building and serving need the book's text, which an installed package does not carry.
    """
    if not CONFIG.is_file():
        raise CourseError(
            f"{ROOT} holds no _config.yml; expected a checkout of the course. "
            "Clone it and run this command with its own .venv."
        )
