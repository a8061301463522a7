import pytest

from selfattn_course.grading.similar import Comparison, Pair, Shared
from selfattn_course.grading.similar_page import write_similar

SCRIPT = "<script>document.title = 'run'</script>"
LONG = "averyveryverylongwordwithoutanyspaces" * 3


def shared(**values):
    source = f"def f(x):\n    return '{SCRIPT}{LONG}\x1b'"
    return Shared(**({"name": "f", "other_name": "g", "source": source, "other_source": source,
                      "same": True, "students": 2, "wrong": True} | values))  # fmt: skip


def pair(student="ada", other="bea", *, same_file=False, unusual=90, own=120, functions=()):
    return Pair(student, other, same_file, 1.0, 0.5, unusual, own, tuple(functions))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("similar")
    pairs = [
        pair(f"<b>{LONG}", SCRIPT, same_file=True, functions=[shared(), shared(same=False)]),
        pair(functions=[shared(name=SCRIPT, source="x = 1\n" * 2000)]),
        *(pair(f"s{number}", "zoe", unusual=0, own=0) for number in range(40)),
    ]
    not_compared = (("<i>yan", "The file is \x1b[31mempty."),)
    some = Comparison("ch03", 30, 3, tuple(pairs), 7, not_compared)
    none = Comparison("a b", 2, 2, (), 0, ())
    write_similar(folder, [some, none], {"ch03": "Soft & max"})
    return folder


def test_page_says_what_is_alike_and_that_it_is_no_proof(folder):
    page = (folder / "similar.html").read_text()
    assert "Similarity is a reason to look, no proof." in page
    assert "Soft &amp; max" in page
    assert "the same file" in page
    assert "7 more pairs may be alike" in page
    assert "40 more pairs that are alike and share less" in page
    assert "With so few submissions" in page
    assert "No two submissions are alike in more than what is common." in page


def test_nothing_that_students_wrote_is_markup(folder):
    page = (folder / "similar.html").read_text()
    assert "<script" not in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page


def test_long_functions_are_cut(folder):
    page = (folder / "similar.html").read_text()
    assert page.count("x = 1\n") < 1000
    assert "\n...</code>" in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_page_fits_loads_nothing_and_is_accessible(folder, browser, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    view = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with browser.new_context(**view, bypass_csp=True) as context:  # axe is a script
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "similar.html").as_uri())
        assert len(asked) == 1
        assert page.title() == "Similar submissions"
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
        links = page.locator("th a")
        targets = [links.nth(i).get_attribute("href") for i in range(links.count())]
        assert [page.locator(f"[id='{one[1:]}']").count() for one in targets] == [1, 1]
