"""The instructor's page on similar submissions: pairs, and what they share side by side."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from selfattn_course.grading.atomic import write_file
from selfattn_course.grading.outputs import plain
from selfattn_course.grading.page import render
from selfattn_course.grading.similar import Comparison, Pair

FILE_NAME = "similar.html"
FEW = 10  # submissions of which nobody can say what is usual
MOST_FIRST = 30  # pairs of one assignment that are not folded away
LONGEST_SOURCE = 4000  # characters of one function
MOST_FUNCTIONS = 20  # of one pair
MOST_SIDE_BY_SIDE = 60  # pairs of one assignment whose functions are shown


@dataclass(frozen=True)
class NumberedPair(Pair):
    """A pair as the page shows it."""

    number: int = 0


@dataclass(frozen=True)
class Section:
    """One assignment on the page; `slug` is fit for a link."""

    slug: str
    title: str
    comparison: Comparison
    pairs: list[NumberedPair]

    @property
    def first(self):
        """The pairs that are worth a look."""
        return [one for one in self.pairs[:MOST_FIRST] if one.same_file or one.own]

    @property
    def rest(self):
        """The others, which the page folds away."""
        return self.pairs[len(self.first) :]


def write_similar(folder, comparisons, titles):
    """Write similar.html.

    Parameters
    ----------
    folder : Path
        Graded folder.
    comparisons : sequence of Comparison
    titles : dict
        slug -> title.

    Returns
    -------
    Path
        The page.
    """
    sections = [_section(one, titles) for one in comparisons]
    path = Path(folder) / FILE_NAME
    write_file(path, render("similar.html", comparisons=sections, few=FEW))
    return path


def _section(comparison, titles):
    slug = comparison.assignment
    pairs = [_numbered(pair, number) for number, pair in enumerate(comparison.pairs, start=1)]
    not_compared = tuple((student, plain(why)) for student, why in comparison.not_compared)
    comparison = replace(comparison, not_compared=not_compared)
    return Section(quote(slug, safe=""), titles.get(slug, slug), comparison, pairs)


def _numbered(pair, number):
    most = MOST_FUNCTIONS if number <= MOST_SIDE_BY_SIDE else 0
    shared = tuple(
        replace(one, source=_shortened(one.source), other_source=_shortened(one.other_source))
        for one in pair.shared[:most]
    )
    return NumberedPair(**vars(replace(pair, shared=shared)), number=number)


def _shortened(source):
    if len(source) > LONGEST_SOURCE:
        source = source[:LONGEST_SOURCE] + "\n..."
    return plain(source)
