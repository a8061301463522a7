import re

import pytest

from selfattn_course.experiments.claims.claim import FAILS, VERDICTS, Claim
from selfattn_course.experiments.claims.ledger import ARTICLES, ledger
from selfattn_course.figures import claims


def made_up(**changes):
    fields = {
        "id": "flat-earth",
        "said_by": ("A", "C"),
        "claim": "The earth is <flat>.",
        "chapter": "ch03_softmax",
        "verdict": FAILS,
        "measure": lambda: {"radius": 6.4e-12},
        "decide": lambda numbers: FAILS,
        "finding": "Its radius is {radius:.1e} in `some` unit.",
        "caveat": "It looks flat from here.",
    }
    return Claim(**{**fields, **changes})


@pytest.fixture
def one_claim(monkeypatch):
    claim = made_up()
    monkeypatch.setattr(claims, "ledger", lambda: {claim.id: claim})
    monkeypatch.setattr(claims, "measured", lambda claim_id: claim.measure())


@pytest.mark.usefixtures("one_claim")
def test_a_claim_shows_what_was_said_found_and_left_out():
    shown = claims.show_claim("flat-earth")
    assert "✗ Does not hold." in shown.markup
    assert "The earth is &lt;flat&gt;." in shown.markup
    assert "said by A and C · flat-earth" in shown.markup
    assert "<code>some</code>" in shown.markup
    assert "6\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻¹²" in shown.markup
    assert "It looks flat from here." in repr(shown)


@pytest.mark.usefixtures("one_claim")
def test_the_table_links_to_the_box_in_the_chapter():
    (link,) = re.findall('href="([^"]+)"', claims.claims_table().markup)
    page, _, place = link.partition("#")
    assert page == "ch03_softmax.html"
    assert f'id="{place}"' in claims.show_claim("flat-earth").markup


def test_the_verdict_shown_is_the_one_that_the_numbers_support(monkeypatch):
    flipped = made_up(decide=lambda numbers: VERDICTS[0])
    monkeypatch.setattr(claims, "ledger", lambda: {flipped.id: flipped})
    monkeypatch.setattr(claims, "measured", lambda claim_id: flipped.measure())
    assert "✓ Holds." in claims.show_claim("flat-earth").markup


def test_the_ledger_knows_who_says_what():
    assert {letter for claim in ledger().values() for letter in claim.said_by} <= set(ARTICLES)
    text = repr(claims.articles())
    assert all(title in text for title in ARTICLES.values())
