"""What a student's cells printed and drew, made safe to put on a page.

Everything here was written by student code: text is shortened and left for the template to
escape, HTML keeps its tables and text and loses the rest, and a picture is shown only if it is
one.
"""

import base64
import binascii
import re
from dataclasses import dataclass

import nh3

LONGEST_TEXT = 20_000  # characters of one output
LARGEST_IMAGE = 4 * 2**20  # bytes
MOST_OUTPUTS = 40  # of one cell
LARGEST_PAGE = 20 * 2**20  # characters of all outputs together
_PNG = b"\x89PNG\r\n\x1a\n"
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")
_TAGS = (
    "b br caption code col colgroup dd div dl dt em hr i kbd li ol p pre s small span strong sub "
    "sup table tbody td tfoot th thead tr ul"
)
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}


@dataclass(frozen=True)
class Shown:
    """One output as the page shows it: kind is text, error, html or image."""

    kind: str
    body: str


def shown_cells(results):
    """Outputs of all cells.

    Parameters
    ----------
    results : sequence of CellResult
        As the sandbox gave them.

    Returns
    -------
    list of list of Shown
        One list for each cell. The page as a whole is bounded: once it is full, the outputs
        that follow are left out, with a word that they are.
    """
    room, cells = LARGEST_PAGE, []
    for result in results:
        shown = []
        for one in _printed(result) + [_shown(output) for output in result.outputs[:MOST_OUTPUTS]]:
            if one is not None and len(one.body) > room:
                one = Shown("text", "(left out: the page is full)")
            elif one is not None:
                room -= len(one.body)
            shown += [] if one is None else [one]
        if len(result.outputs) > MOST_OUTPUTS:
            shown.append(Shown("text", f"({len(result.outputs) - MOST_OUTPUTS} more left out)"))
        cells.append(shown)
    return cells


def plain(text):
    """Text without terminal escapes and control characters, shortened in the middle."""
    text = _ESCAPES.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"


def _printed(result):
    return [Shown("text", plain(result.text))] if result.text else []


def _shown(output):
    if not isinstance(output, dict):
        return None
    if output.get("output_type") == "error":
        return Shown("error", plain(_text(output.get("traceback"), "\n") or _error_line(output)))
    data = output.get("data")
    return _richest(data) if isinstance(data, dict) else None


def _error_line(output):
    return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"


def _richest(data):
    image = _png(_text(data.get("image/png")))
    if image:
        return Shown("image", image)
    markup = _html(_text(data.get("text/html")))
    if markup:
        return Shown("html", markup)
    text = _text(data.get("text/plain"))
    return Shown("text", plain(text)) if text else None


def _text(value, joint=""):
    if isinstance(value, (list, tuple)):
        return joint.join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _png(encoded):
    """The picture in base64, encoded anew; empty if it is no PNG or too large."""
    if not encoded or len(encoded) > LARGEST_IMAGE * 4 // 3 + 4:
        return ""
    try:
        data = base64.b64decode(encoded)
    except (binascii.Error, ValueError):
        return ""
    return base64.b64encode(data).decode("ascii") if data.startswith(_PNG) else ""


def _html(markup):
    """Tables and text of some HTML: no scripts, styles, pictures, links or forms."""
    if not markup or len(markup) > 10 * LONGEST_TEXT:
        return ""
    return nh3.clean(
        markup,
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style", "title"},
        strip_comments=True,
    ).strip()
