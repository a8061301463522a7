"""What a reader, a student and an instructor see, on a desk and on a phone, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from selfattn_course import layout
from selfattn_course.sample_class import SLUG

BOOK = [f"/book/{path.stem}.html" for path in sorted(layout.BOOK.glob("*.md"))]
CHAPTERS = layout.slugs(layout.PACKAGE / "figures", ".py")
CLASS = (
    "/class/report.html",
    f"/class/feedback/hal/{SLUG}.html",
    f"/class/feedback/bob/{SLUG}.html",
    f"/class/feedback/xia/{SLUG}.html",
)
DESK, PHONE = 1280, 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("path", [*BOOK, *CLASS])
def test_page_is_clean_and_fits(open_page, path, width, scheme):
    page = open_page(path, width, scheme)
    assert page.problems == []
    assert page.locator("h1:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*BOOK, *CLASS])
def test_axe_finds_nothing(open_page, path, scheme):
    page = open_page(path, scheme=scheme)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("slug", CHAPTERS)
def test_every_picture_of_a_chapter_has_alt_text_and_a_size(open_page, slug):
    page = open_page(f"/book/{slug}.html")
    pictures = page.locator("main img").all()
    assert len(pictures) >= 5
    for picture in pictures:
        assert len(picture.get_attribute("alt") or "") > 20
        assert picture.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize("slug", CHAPTERS)
def test_formulas_are_typeset_without_the_network(open_page, slug):
    page = open_page(f"/book/{slug}.html")
    page.wait_for_selector("mjx-container", timeout=20_000)
    assert page.locator("mjx-container").count() > 5
    assert page.locator("mjx-merror").count() == 0


@pytest.mark.parametrize("slug", CHAPTERS)
def test_chapter_links_to_its_notebook(open_page, slug):
    page = open_page(f"/book/{slug}.html")
    with page.expect_download() as download:
        page.locator(f'a[href$="{slug}.ipynb"]').first.click()
    assert download.value.suggested_filename == f"{slug}.ipynb"


def test_front_page_leads_into_the_book(open_page):
    page = open_page("/index.html")
    assert page.url.endswith("/book/index.html")


def test_report_leads_to_feedback(open_page):
    page = open_page("/class/report.html")
    page.locator('a[href*="feedback/hal/"]:visible').first.click()
    assert page.url.endswith(f"/feedback/hal/{SLUG}.html")
    assert "Hint" in page.locator("main").inner_text()
