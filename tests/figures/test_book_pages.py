"""What every page of the book must keep: read from its source, without building it."""

import ast
import importlib
import re
from pathlib import Path

import jupytext
import pytest

from selfattn_course import layout
from selfattn_course.assignments import find_assignment

BOOK = Path(__file__).parents[2] / "book"
PAGES = sorted(BOOK.glob("*.md"))
CHAPTERS = [BOOK / f"{slug}.md" for slug in layout.slugs(layout.PACKAGE / "figures", ".py")]
FOLDED = {"hide-input", "hide-cell"}


def code_cells(path):
    return [cell for cell in jupytext.read(path, fmt="md:myst").cells if cell.cell_type == "code"]


def shows_figure(cell):
    return cell.source.splitlines()[-1].startswith("figures.")


def course_names(tree):
    """Names that a page imports from the course, with what they stand for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("selfattn_course"):
            for alias in node.names:
                yield alias.asname or alias.name, node.module, alias.name


def imported(module_name, name):
    module = importlib.import_module(module_name)
    if not hasattr(module, name):
        importlib.import_module(f"{module_name}.{name}")
    return getattr(module, name)


def test_there_are_pages():
    assert {"index", "notation", "glossary", "ch03_softmax"} <= {path.stem for path in PAGES}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_figure_has_name_caption_and_alt_text(path):
    cells = [cell for cell in code_cells(path) if shows_figure(cell)]
    assert len(cells) >= 7
    for cell in cells:
        about = cell.metadata.get("mystnb", {})
        figure, image = about.get("figure", {}), about.get("image", {})
        assert figure.get("name", "").startswith("fig-"), cell.source
        assert figure.get("caption", "").strip().endswith("."), cell.source
        assert len(image.get("alt", "")) > 30, cell.source
        assert image["alt"].strip() != figure["caption"].strip(), cell.source
        assert "hide-input" in cell.metadata.get("tags", []), cell.source


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_other_image_has_alt_text(path):
    assert not re.findall(r"!\[\s*\]\(", path.read_text())
    assert path.read_text().count("{figure}") == path.read_text().count(":alt:")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_cells_use_only_names_that_the_course_has(path):
    tree = ast.parse("\n".join(cell.source for cell in code_cells(path)))
    known = {}
    for local, module, name in course_names(tree):
        assert module.split(".")[1] in {"kernels", "experiments", "figures"}
        known[local] = imported(module, name)
    used = [
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    ]
    missing = [f"{n}.{a}" for n, a in used if n in known and not hasattr(known[n], a)]
    assert not missing


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_code_may_be_folded_but_is_never_removed(path):
    tags = {tag for cell in code_cells(path) for tag in cell.metadata.get("tags", [])}
    assert tags
    assert not tags & {"remove-cell", "remove-input"}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_visible_cells_are_short(path):
    for cell in code_cells(path):
        if not FOLDED & set(cell.metadata.get("tags", [])):
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len(lines) <= 8, cell.source
            assert max(map(len, lines)) <= 72, cell.source


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_visible_cells_run_on_their_own(path, capsys):
    namespace = {}
    for cell in code_cells(path):
        if not FOLDED & set(cell.metadata.get("tags", [])):
            exec(cell.source, namespace)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_shows_every_figure_drawn_for_it(path):
    figures = importlib.import_module(f"selfattn_course.figures.{path.stem}")
    shown = set(re.findall(r"^figures\.(\w+)\(\)$", path.read_text(), re.M))
    drawn = {
        name
        for name, value in vars(figures).items()
        if getattr(value, "__module__", "") == figures.__name__ and not name.startswith("_")
    }
    assert shown == drawn


def test_no_two_figures_have_the_same_name():
    text = "\n".join(path.read_text() for path in PAGES)
    names = re.findall(r"^:    name: (fig-\S+)$", text, re.M)
    assert len(names) > 10
    assert sorted(names) == sorted(set(names))


PARTS = (
    "After this chapter you can",
    "**Time:**",
    "**You need:**",
    "Predict before you read on",
    "## What popular explanations get wrong",
    "## Test yourself",
    "## Summary",
    "### Now you",
    "### Where this comes from",
    "by hand",
    "[](notation.md)",
)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_has_every_part(path):
    text = path.read_text()
    assert [part for part in PARTS if part not in text] == []
    assert text.count(":::{dropdown}") >= 8, "questions with answers"
    assert text.count("Predict before you read on") >= 3


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_minutes_for_the_notebook_are_the_sum_of_its_exercises(path):
    minutes = sum(e.minutes for e in find_assignment(path.stem).exercises)
    time = re.search(r"\*\*Time:\*\* .*", path.read_text())[0]
    assert f" {minutes} for the notebook" in time


def test_every_glossary_term_is_introduced_in_bold_by_a_chapter():
    glossary = (BOOK / "glossary.md").read_text()
    terms = re.findall(r"^(\w.*)$", glossary.split("```{glossary}")[1], re.M)
    chapters = "\n".join(path.read_text() for path in CHAPTERS).lower()
    assert len(terms) > 10
    assert [term for term in terms if f"**{term.lower()}**" not in chapters] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_embed_nothing_from_other_hosts(path):
    assert not re.search(r"<(script|link|img|iframe)\b|!\[[^]]*\]\(http", path.read_text())
