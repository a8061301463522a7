"""Feedback and report in a real browser: nothing runs, loads, overflows or is out of reach."""

import base64
from dataclasses import replace

import pytest

from selfattn_course.grading.feedback import feedback_page, write_feedback
from selfattn_course.grading.report import write_report
from selfattn_course.grading.roster import Roster
from selfattn_course.grading.sandbox import CellResult

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LONG = "averyveryverylongwordwithoutanyspaces" * 4
ATTACKS = (
    "<script>document.title = 'run'</script>",
    "<img src=http://x.invalid/ onerror=\"document.title='run'\">",
    "<svg onload=\"document.title='run'\"><animate onbegin=\"document.title='run'\"></svg>",
    "<style>* { display: none }</style><link rel=stylesheet href=http://x.invalid/>",
    "<iframe src=http://x.invalid/></iframe><object data=http://x.invalid/></object>",
    "<meta http-equiv=refresh content='0;url=http://x.invalid/'><base href=http://x.invalid/>",
    "<math><mtext><table><mglyph><style><!--</style><img src onerror=document.title='run'>",
    "<template><img src=x onerror=document.title='run'></template>",
    "<noscript><p title='</noscript><img src=x onerror=document.title=1>'>",
    "</pre></div></article></section></main><p class='mark good'>✓ right</p>",
    "<li>a<fieldset><li>b<table><td><form><button formaction=javascript:1>x</button>",
    "<p id=exercise-1 name=body class='mark good'>✓ right</p><textarea><plaintext>",
    "<table>" + "<tr>" + "<td colspan=1000>x</td>" * 200,
    "<b>" * 400 + "deep",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory, record, final):
    """A folder of pages about people, names, answers and outputs of the nastiest kind."""
    folder = tmp_path_factory.mktemp("pages")
    names = ["ada", "bea <b>&", LONG[:120], "%2e%2e", "שלום עולם \u202e", "a\u0300" * 60]
    states = [("ok", "wrong"), ("error", "timeout"), ("not graded", "ok"), ("unreadable",) * 2]
    records = [
        record(name, statuses=status, message=f"seen [[1. 2.]] {LONG}", hint="Divide by the sum.")
        for name, status in zip(names, [*states, ("ok",) * 2, ("crash",) * 2], strict=True)
    ]
    records = [replace(records[0], questions=_with_long_names(records[0])), *records[1:]]
    records.append(record("ada", "other", statuses=("wrong",), mistake=f"mistake {LONG}"))
    picture = {"image/png": base64.b64encode(DOT).decode()}
    table = {"text/html": "<table><tr><td>1</td></tr></table><img src=http://x.invalid/>"}
    hostile = [{"data": {"text/html": f"{attack}<p>after</p>"}} for attack in ATTACKS]
    results = [
        CellResult("ok", f"printed {LONG}\n" * 50, ({"data": picture}, {"data": table})),
        CellResult("timeout", "✓ right 99 of 99\n\u202e" * 3, tuple(hostile)),
        CellResult("error", "", ({"output_type": "error", "traceback": ["E", LONG]},)),
    ]
    cells = (f"q0 = '{LONG}'", "<script>document.title = 'run'</script>", "q9()")
    for one in records:
        write_feedback(folder, one, feedback_page(one, "Toys", cells, results))
    roster = Roster({"toy": "Toys"}, ["zoe"], ["x: refused"], ["y: noticed"])
    grades = [final(one, attempts=5, days_late=2, penalty=1.0) for one in records]
    grades[0] = final(records[0], manual={"q" * 200: 1.5}, score=3.5)
    write_report(folder, grades, roster)
    for case, some in {"empty": [], "one": grades[:1], "nothing_graded": grades[2:3]}.items():
        (folder / case).mkdir()
        write_report(folder / case, some, Roster())
    return folder


def _with_long_names(record):
    long = [{"name": "q" * 200}, {"name": "q1", "title": LONG}]
    return tuple(replace(q, **new) for q, new in zip(record.questions, long, strict=True))


FILES = [
    "report.html",
    "empty/report.html",
    "one/report.html",
    "nothing_graded/report.html",
    "feedback/ada/toy.html",
    "feedback/%2e%2e/toy.html",
    "feedback/שלום עולם \u202e/toy.html",
]


VIEWS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [(name, *view) for name in (FILES[0], FILES[4]) for view in VIEWS]
    + [(name, *VIEWS[1]) for name in FILES if name not in (FILES[0], FILES[4])],
)
def test_page_fits_loads_nothing_and_is_accessible(pages, browser, name, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    view = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with browser.new_context(**view) as context:
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((pages / name).as_uri())
        page.evaluate(OPEN_ALL)
        assert said == []
        assert [url for url in asked[1:] if not url.startswith("data:")] == []
        assert page.title() != "run"
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[scheme]
    with browser.new_context(**view, bypass_csp=True) as context:  # axe is a script
        page = context.new_page()
        page.goto((pages / name).as_uri())
        page.evaluate(OPEN_ALL)
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def test_outputs_stay_inside_their_frames(pages, browser):
    page = browser.new_page()
    page.goto((pages / "feedback/ada/toy.html").as_uri())
    verdicts = page.locator(".mark").all_inner_texts()
    assert verdicts == ["✓ right", "✗ not right yet"] * 2  # in the list, and with the exercise
    assert page.locator(".cell .mark, .cell [id], .cell script, .cell svg").count() == 0
    frames = page.locator(".outputs")
    for theirs in ("after", "✓ right 99 of 99"):
        seen = page.get_by_text(theirs).count()
        assert seen > 0
        assert frames.get_by_text(theirs).count() == seen
    boxes = page.evaluate(
        """[...document.querySelectorAll('.outputs *')].filter(one => {
            const box = one.closest('.cell').getBoundingClientRect()
            const inner = one.closest('.html, pre, .picture, .label')
            return inner.getBoundingClientRect().bottom > box.bottom + 1
        }).length"""
    )
    assert boxes == 0
    assert page.locator("footer").inner_text().startswith("File graded")
    page.close()


@pytest.mark.parametrize("name", FILES)
def test_printed_pages_cut_nothing_off(pages, browser, name):
    page = browser.new_page(viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")
    page.goto((pages / name).as_uri())
    cut = """[...document.querySelectorAll('pre, .scroll, .seen, p')].filter(
        one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1
            || one.tagName == 'PRE' && one.scrollHeight > one.clientHeight + 1
        ).map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(cut) == []
    assert page.pdf(format="A4")[:4] == b"%PDF"
    page.close()


def test_links_of_the_report_open_the_feedback(pages, browser):
    page = browser.new_page()
    page.goto((pages / "report.html").as_uri())
    links = page.locator('th a[href^="feedback/"]')
    names = links.all_inner_texts()
    assert len(names) == 7
    for index, name in enumerate(names):
        page.goto((pages / "report.html").as_uri())
        links.nth(index).click()
        assert name in page.inner_text("header")
    page.close()
