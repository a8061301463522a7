"""What a student's cells printed and drew, made safe to put on a page.

Everything here was written by student code: text is shortened and left for the template to
escape, HTML keeps its tables and text and loses the rest, and a picture is shown only if it is
one. The page frames and labels each of them, so that none can pass for a verdict.
"""

import re
from dataclasses import dataclass

import nh3

from selfattn_course.grading.pictures import read_png

LONGEST_TEXT = 20_000  # characters of one output
LONGEST_HTML = 200_000  # characters of one output
MOST_TAGS = 10_000  # of one output: cleaning them takes time that grows with their square
MOST_CLEANINGS = 5  # until nothing changes any more
MOST_OUTPUTS = 40  # of one cell
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # of the direction of writing
_TAGS = (
    "b br caption code col colgroup dd div dl dt em hr i kbd li ol p pre s small span strong sub "
    "sup table tbody td tfoot th thead tr ul"
)
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
_LISTS = re.compile(r"<(/?)(?:dd|dl|dt|ol|ul|(li))>")
_LEFT_OUT = "(left out: the page is full)"


@dataclass(frozen=True)
class Shown:
    """One output as the page shows it: kind is text, error, html or image."""

    kind: str
    body: str


@dataclass
class Room:
    """What the outputs of one page may still take, so that a browser opens it."""

    characters: int = 20 * 2**20
    tags: int = 50_000
    pixels: int = 100_000_000

    def take(self, characters=0, tags=0, pixels=0):
        """Take some, if there is enough; says whether there was."""
        left = self.characters - characters, self.tags - tags, self.pixels - pixels
        if min(left) < 0:
            return False
        self.characters, self.tags, self.pixels = left
        return True


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
    room = Room()
    return [_shown_cell(result, room) for result in results]


def plain(text):
    """Text as a terminal would leave it, shortened in the middle.

    Terminal escapes and control characters are gone, a line that was written over shows what
    was written last, and characters that turn the direction of writing are spelled out.
    """
    text = _ESCAPES.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    text = visible(_CONTROLS.sub("", text))
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"


def visible(text):
    """Text whose characters that turn the direction of writing are spelled out."""
    return _TURNS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _shown_cell(result, room):
    printed = [Shown("text", plain(result.text))] if result.text else []
    shown = [one if room.take(len(one.body)) else Shown("text", _LEFT_OUT) for one in printed]
    for output in result.outputs[:MOST_OUTPUTS]:
        one = _shown(output, room)
        if one is not None:
            shown.append(one)
    if len(result.outputs) > MOST_OUTPUTS:
        shown.append(Shown("text", f"({len(result.outputs) - MOST_OUTPUTS} more left out)"))
    return shown


def _shown(output, room):
    if not isinstance(output, dict):
        return None
    if output.get("output_type") == "error":
        text = _text(output.get("traceback"), "\n") or _error_line(output)
        return _if_room("error", plain(text), room)
    data = output.get("data")
    return _richest(data, room) if isinstance(data, dict) else None


def _error_line(output):
    return f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"


def _richest(data, room):
    picture, pixels = read_png(_text(data.get("image/png")))
    if picture and room.take(len(picture), pixels=pixels):
        return Shown("image", picture)
    markup = _html(_text(data.get("text/html")), room)
    if markup and room.take(len(markup)):
        return Shown("html", markup)
    text = plain(_text(data.get("text/plain")))
    return _if_room("text", text, room) if text else None


def _if_room(kind, body, room):
    return Shown(kind, body) if room.take(len(body)) else Shown("text", _LEFT_OUT)


def _text(value, joint=""):
    if isinstance(value, (list, tuple)):
        return joint.join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _html(markup, room):
    """Tables and text of some HTML: no scripts, styles, pictures, links or forms.

    Lists become divisions, whose end tags close nothing else. What a browser would read in
    another way than the cleaner wrote it is left out: it might close elements of the page.
    """
    tags = markup.count("<")
    if not markup or len(markup) > LONGEST_HTML or tags > MOST_TAGS or not room.take(tags=tags):
        return ""
    clean = _clean(visible(markup.encode("utf-8", "replace").decode("utf-8")))
    clean = _LISTS.sub(_division, clean)
    for _ in range(MOST_CLEANINGS):
        before, clean = clean, _clean(clean)
        if clean == before:
            return clean.strip()
    return ""


def _clean(markup):
    return nh3.clean(
        markup,
        tags=set(_TAGS.split()),
        attributes=_ATTRIBUTES,
        attribute_filter=_moderate,
        clean_content_tags={"script", "style", "title"},
        strip_comments=True,
    )


def _division(match):
    return f"<{match[1]}div>" + ("• " if match[2] and not match[1] else "")


def _moderate(tag, attribute, value):
    """A span of at most 99 columns or rows: a browser reserves room for each."""
    if attribute == "scope":
        return value if value in ("col", "row") else None
    return value if len(value) <= 2 and value.isdecimal() else None
