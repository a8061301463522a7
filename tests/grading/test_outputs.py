import base64
import re
from html.parser import HTMLParser

import nh3
import pytest

from selfattn_course.grading import outputs
from selfattn_course.grading.outputs import LONGEST_TEXT, Room, plain, shown_cells
from selfattn_course.grading.sandbox import CellResult

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA05RTSgAAAABJRU5ErkJggg=="


def shown(*rich, text=""):
    (cell,) = shown_cells([CellResult("ok", text, tuple(rich))])
    return [(one.kind, one.body) for one in cell]


def data(**kinds):
    bundle = {kind.replace("_", "/"): value for kind, value in kinds.items()}
    return {"output_type": "display_data", "data": bundle}


def test_printed_text_comes_first_then_the_rest():
    assert shown(data(text_plain="2"), text="one\n") == [("text", "one\n"), ("text", "2")]


def test_of_one_output_the_richest_kind_is_shown():
    assert shown(data(text_plain="t", image_png=PNG)) == [("image", PNG)]
    assert shown(data(text_plain="t", text_html="<b>h</b>")) == [("html", "<b>h</b>")]


def test_error_keeps_its_traceback_without_escapes():
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31ma\x1b[0m"]}
    assert shown(error) == [("error", "a")]
    assert shown({"output_type": "error", "ename": "E", "evalue": "v"}) == [("error", "E: v")]


@pytest.mark.parametrize(
    "image",
    [
        base64.b64encode(b"GIF89a").decode(),
        base64.b64encode(b"<svg onload=alert(1)>").decode(),
        'x" onerror="alert(1)',
        "%%%",
        "é",
        7,
        None,
    ],
)
def test_what_is_no_png_is_not_shown_as_a_picture(image):
    assert shown(data(image_png=image, text_plain="figure")) == [("text", "figure")]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=http://x.y/z onerror=alert(1)>",
        "<svg onload=alert(1)><script>1</script></svg>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<style>*{display:none}</style>",
        "<a href=javascript:alert(1)>x</a>",
        "<b style='position:fixed' id=x class=y onclick=alert(1)>x</b>",
        "<form action=http://x.y><input><button>x</button></form>",
        "<meta http-equiv=refresh content='0;url=http://x.y'><base href=http://x.y>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        "</div></article><h1>Score: 100</h1>",
        "<!--><script>alert(1)</script>-->",
    ],
)
def test_html_keeps_nothing_that_runs_or_loads_or_breaks_out(attack):
    ((kind, body),) = shown(data(text_html=f"<p>start</p>{attack}"))
    assert kind == "html"
    reader = Reader()
    reader.feed(body)
    reader.close()
    assert reader.tags <= {"p", "b", "table"}
    assert reader.attributes == set()
    assert not {"alert", "display:none"} & set(re.findall("alert|display:none", reader.text)) or (
        attack.startswith("<!-->") and "<" not in reader.text
    )
    assert reader.open == []


class Reader(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text, self.open = set(), set(), "", []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_tables_survive():
    table = '<table><tbody><tr><th scope="row">a</th><td colspan="2">1</td></tr></tbody></table>'
    assert shown(data(text_html=table)) == [("html", table)]


@pytest.mark.parametrize(
    "junk",
    [None, 3, "text", [], {}, {"output_type": "display_data"}, {"data": 3}, {"data": {"x": "y"}}],
)
def test_junk_is_passed_over(junk):
    assert shown(junk) == []


def test_text_is_bounded_and_cleaned():
    long = plain("a" * LONGEST_TEXT + "b" * LONGEST_TEXT)
    assert len(long) < LONGEST_TEXT + 100
    assert f"… {LONGEST_TEXT} characters left out …" in long
    assert plain("a\x1b[1;31mb\x00c\x9bd\td\n\ud800") == "abcd\td\n?"
    assert plain("a\x1b]8;;http://x.invalid\x07link\x1b]8;;\x1b\\") == "alink"


def test_a_line_written_over_shows_what_was_written_last():
    assert plain(" 10%\r 50%\r100%\nnext\r\nlast") == "100%\nnext\nlast"


def test_characters_that_turn_the_direction_of_writing_are_spelled_out():
    turned = "\u202ethgir\u202c \u2067x\u2069"
    assert plain(turned) == r"\u202ethgir\u202c \u2067x\u2069"
    assert shown(data(text_html=f"<b>{turned}</b>")) == [("html", f"<b>{plain(turned)}</b>")]
    assert plain("שלום \u200f") == "שלום \u200f"


def test_outputs_of_a_cell_are_bounded():
    many = [data(text_plain=str(i)) for i in range(outputs.MOST_OUTPUTS + 3)]
    assert shown(*many)[-1] == ("text", "(3 more left out)")


def test_room_is_taken_until_there_is_too_little():
    room = Room(characters=10, tags=3, pixels=5)
    assert room.take(characters=9)
    assert not room.take(characters=2)
    assert room.take(tags=3, pixels=5)
    assert not room.take(tags=1)
    assert not room.take(pixels=1)
    assert room.take(characters=1)


@pytest.mark.parametrize("kind", ["text", "error", "html", "image"])
def test_a_full_page_says_that_it_leaves_outputs_out(monkeypatch, kind):
    monkeypatch.setattr(outputs, "Room", lambda: Room(characters=8, tags=8, pixels=8))
    rich = {
        "text": data(text_plain="x" * 9),
        "error": {"output_type": "error", "traceback": ["x" * 9]},
        "html": data(text_html="<b>x</b>" * 9, text_plain="x" * 9),
        "image": data(image_png=PNG, text_plain="x" * 9),
    }[kind]
    assert shown(rich, data(text_plain="fits")) == [
        ("text", "(left out: the page is full)"),
        ("text", "fits"),
    ]


def test_lists_keep_their_lines_and_points():
    made = "<div><div>• a</div><div>• b</div></div>"
    assert shown(data(text_html="<ul class=x><li>a<li>b</ul>")) == [("html", made)]


@pytest.mark.parametrize(
    "attack",
    [
        "<li>a<fieldset><li>b</p>c",
        "<dl><dt>a<dd><p><dt>b",
        "text<table><li>",  # cleaned once, the item would stay in the table
        "<table><fieldset>x<td></table>",
        "<b><p></b><div></p><b>",
    ],
)
def test_html_is_what_a_second_reader_makes_of_it(attack):
    ((_, body),) = shown(data(text_html=attack))
    assert nh3.clean(body, tags={"p", "table", "tbody", "tr", "td", "b", "div"}) == body


def test_html_with_very_many_tags_is_not_cleaned_at_all():
    deep = data(text_html="<ul><li>" * (outputs.MOST_TAGS // 2 + 1), text_plain="list")
    assert shown(deep) == [("text", "list")]


def test_cells_of_a_table_span_a_moderate_number_of_others():
    table = "<table><tbody><tr><td{}>1</td></tr></tbody></table>".format
    wide = data(text_html=table(' colspan="65535" rowspan="9999"'))
    assert shown(wide) == [("html", table(""))]
    assert shown(data(text_html=table(' colspan="99"'))) == [("html", table(' colspan="99"'))]
