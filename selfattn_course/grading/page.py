"""Self-contained pages: one template, one style sheet, nothing loaded from elsewhere."""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

import jinja2
import markupsafe

from selfattn_course.grading.outputs import visible
from selfattn_course.grading.record import NOT_GRADED

TEMPLATES = Path(__file__).parent / "templates"
WORDS = {
    "ok": "right",
    "wrong": "not right yet",
    "missing": "no answer",
    "error": "raised an error",
    "timeout": "took too long",
    "memory": "needed too much memory",
    "crash": "ended the process",
    "unreadable": "could not be read",
    NOT_GRADED: "not graded",
}


def render(template, **values):
    """A page as text. Every value is escaped; the browser is told to run and load nothing.

    Parameters
    ----------
    template : str
        Name of a file in templates/.
    **values
        What the template shows.

    Returns
    -------
    str
        HTML that depends on nothing but the values.
    """
    style, policy = _style()
    page = _environment().get_template(template)
    return page.render(style=style, policy=policy, words=WORDS, **values)


def prepare():
    """Read and compile all templates, which the first pages would wait for."""
    for path in TEMPLATES.glob("*.html"):
        _environment().get_template(path.name)


def points(value):
    """A number of points as people write it: 2, 1.5; a dash where there is none."""
    return "–" if value is None else f"{value:.10g}"


def with_code(text):
    """Text with `names` in backticks shown as code."""
    escaped = str(markupsafe.escape(text))
    return markupsafe.Markup(re.sub("`([^`]+)`", r"<code>\1</code>", escaped))


@lru_cache
def _environment():
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["points"] = points
    environment.filters["with_code"] = with_code
    environment.filters["visible"] = visible
    return environment


@lru_cache
def _style():
    """The style sheet, and a policy that allows it by its hash and forbids everything else."""
    style = (TEMPLATES / "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return style, policy
