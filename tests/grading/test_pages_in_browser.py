"""Feedback and report in a real browser: nothing runs, loads, overflows or is out of reach."""

import base64

import pytest

from selfattn_course.grading.feedback import feedback_page, write_feedback
from selfattn_course.grading.report import write_report
from selfattn_course.grading.roster import Roster
from selfattn_course.grading.sandbox import CellResult

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
LONG = "averyveryverylongwordwithoutanyspaces" * 4


@pytest.fixture(scope="module")
def pages(tmp_path_factory, record):
    folder = tmp_path_factory.mktemp("pages")
    names = ["ada", "bea <b>&", LONG[:120], "%2e%2e"]
    states = [("ok", "wrong"), ("error", "timeout"), ("not graded", "ok"), ("unreadable",) * 2]
    records = [
        record(name, statuses=status, message=f"seen [[1. 2.]] {LONG}", hint="Divide by the sum.")
        for name, status in zip(names, states, strict=True)
    ]
    records.append(record("ada", "other"))
    picture = {"image/png": base64.b64encode(DOT).decode()}
    table = {"text/html": "<table><tr><td>1</td></tr></table><img src=http://x.invalid/>"}
    results = [
        CellResult("ok", f"printed {LONG}\n" * 50, ({"data": picture}, {"data": table})),
        CellResult("timeout", "", ({"output_type": "error", "traceback": ["E", LONG]},)),
    ]
    cells = (f"x = '{LONG}'", "<script>document.title = 'run'</script>")
    for one in records:
        write_feedback(folder, one, feedback_page(one, "Toys", cells, results))
    roster = Roster({"toy": "Toys"}, ["zoe"], ["x: refused"], ["y: noticed"])
    write_report(folder, records, roster)
    (folder / "empty").mkdir()
    write_report(folder / "empty", [], Roster())
    return folder


FILES = ["report.html", "empty/report.html", "feedback/ada/toy.html", "feedback/%2e%2e/toy.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", FILES)
def test_page_fits_loads_nothing_and_is_accessible(pages, browser, name, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    view = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with browser.new_context(**view) as context:
        page = context.new_page()
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((pages / name).as_uri())
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
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_links_of_the_report_open_the_feedback(pages, browser):
    page = browser.new_page()
    page.goto((pages / "report.html").as_uri())
    links = page.locator('a[href^="feedback/"]')
    names = links.all_inner_texts()
    assert len(names) == 5
    for index, name in enumerate(names):
        page.goto((pages / "report.html").as_uri())
        links.nth(index).click()
        assert name in page.inner_text("header")
    page.close()
