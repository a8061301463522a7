"""Every claim is tried again: a verdict that flips is a failure."""

import math

import pytest

from selfattn_course import layout
from selfattn_course.experiments.claims.claim import CONDITIONS, FAILS, HOLDS, VERDICTS
from selfattn_course.experiments.claims.ledger import ARTICLES, ledger, measured

CLAIMS = pytest.mark.parametrize("claim", ledger().values(), ids=lambda claim: claim.id)


@CLAIMS
def test_the_experiment_supports_the_verdict(claim):
    numbers = measured(claim.id)
    assert claim.decide(numbers) == claim.verdict, dict(numbers)


@CLAIMS
def test_the_numbers_are_finite_and_told(claim):
    numbers = measured(claim.id)
    assert claim.fields() <= set(numbers)
    assert claim.fields(), "a finding tells what was measured"
    assert all(math.isfinite(number) for number in numbers.values()), numbers
    assert claim.finding.format(**numbers)


@CLAIMS
def test_other_numbers_would_give_another_verdict(claim):
    """A decision that no numbers can change is none."""
    numbers = measured(claim.id)
    others = set()
    for name in numbers:
        for value in (0.0, 1.0, -1.0, 0.1, 0.5, 10.0, 1e3, 1e9, -1e9):
            others.add(claim.decide({**numbers, name: value}))
    assert others <= set(VERDICTS)
    assert len(others) > 1


@CLAIMS
def test_its_chapter_shows_it(claim):
    page = (layout.BOOK / f"{claim.chapter}.md").read_text()
    assert f'show_claim("{claim.id}")' in page
    assert claim.said_by
    assert set(claim.said_by) <= set(ARTICLES)
    assert claim.verdict in (HOLDS, CONDITIONS, FAILS)
    assert claim.claim.endswith(".")
    assert claim.caveat.endswith(".")
