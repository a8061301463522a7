"""Every chapter has one file of each kind, under one slug, and `_toc.yml` lists it."""

import yaml

from selfattn_course import layout

WITHOUT_NOTEBOOK = ["ch00_start"]  # how to use the course: nothing to measure, nothing to grade
KINDS = {
    "experiments": (layout.PACKAGE / "experiments", ".py"),
    "figures": (layout.PACKAGE / "figures", ".py"),
    "checks": (layout.PACKAGE / "checks", ".py"),
    "solutions": (layout.SOLUTIONS, ".py"),
    "exercises": (layout.EXERCISES, ".ipynb"),
    "book": (layout.BOOK, ".md"),
}


def test_every_kind_has_the_same_slugs():
    slugs = {kind: layout.slugs(*where) for kind, where in KINDS.items()}
    chapters = [slug for slug in slugs.pop("book") if slug not in WITHOUT_NOTEBOOK]
    assert chapters
    assert all(found == chapters for found in slugs.values()), slugs


def test_contents_list_every_chapter_in_order():
    toc = yaml.safe_load(layout.TOC.read_text())
    listed = [entry["file"].removeprefix("book/") for entry in toc["chapters"]]
    assert [name for name in listed if name.startswith("ch")] == layout.slugs(layout.BOOK, ".md")
