"""`selfattn doctor`: what works on this machine."""

import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from .. import layout
from ..grading import sandbox

PACKAGES = ("numpy", "matplotlib", "ipython", "nbgrader", "jupyter-book", "playwright")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
    works : bool
    detail : str
        Where it was found, or what is missing and how to get it.
    """

    what: str
    works: bool
    detail: str


def findings():
    """Look at everything that a command may need.

    Returns
    -------
    list of Finding
        Sandbox levels are tried by running a submission in each.
    """
    return [_python(), *map(_package, PACKAGES), *_sandbox(), _fonts(), _browser(), _book()]


def _python():
    number = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), f"{number} (3.11 or newer is needed)")


def _package(name):
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "not installed; run: pip install -r requirements.txt")


def _sandbox():
    return [Finding(f"sandbox level {e[0]}", e[1], e[2]) for e in sandbox.explain()]


def _fonts():
    from matplotlib import font_manager

    path = font_manager.findfont("DejaVu Sans", fallback_to_default=True)
    return Finding("fonts", True, path)


def _browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Finding(
        "browser",
        bool(found),
        found or "none; only the browser tests need it: apt install chromium",
    )


def _book():
    if (layout.SITE / "index.html").is_file():
        return Finding("book", True, str(layout.SITE / "index.html"))
    return Finding("book", False, "not built yet; run: selfattn build --book")
