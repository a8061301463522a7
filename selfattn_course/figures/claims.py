"""Claims as the pages show them: a box for one, a table of all."""

import html
import re
from dataclasses import dataclass

from ..experiments.claims.claim import CONDITIONS, FAILS, HOLDS
from ..experiments.claims.ledger import ARTICLES, ledger, measured
from .page import power_of_ten

_MARKS = {HOLDS: "✓", CONDITIONS: "≈", FAILS: "✗"}
_CLASSES = {HOLDS: "holds", CONDITIONS: "conditions", FAILS: "fails"}


@dataclass(frozen=True)
class Shown:
    """A piece of a page.

    Attributes
    ----------
    markup : str
        HTML.
    text : str
        The same for terminals.
    """

    markup: str
    text: str

    def _repr_html_(self):
        return self.markup

    def __repr__(self):
        return self.text


def show_claim(claim_id):
    """Run the experiment of a claim and show what came of it.

    Parameters
    ----------
    claim_id : str
        Such as "rnn-exponential".

    Returns
    -------
    Shown
        The claim, who says it, the verdict that the numbers of this run support, what was
        measured, and what is true in it.
    """
    claim = ledger()[claim_id]
    verdict, finding = _settled(claim)
    said = f"“{claim.claim}”"
    heading = f"{_MARKS[verdict]} {verdict.capitalize()}."
    markup = (
        f'<div class="claim claim-{_CLASSES[verdict]}" role="note" id="claim-{claim.id}">'
        f'<p class="claim-said">{_marked_up(said)} <span class="claim-by">'
        f"said by {' and '.join(claim.said_by)} · {claim.id}</span></p>"
        f"<p><strong>{heading}</strong> {_marked_up(finding)}</p>"
        f"<p>{_marked_up(claim.caveat)}</p></div>"
    )
    return Shown(markup, "\n".join((said, heading, finding, claim.caveat)))


def claims_table():
    """Every claim with its verdict and what was measured, from running all experiments.

    Returns
    -------
    Shown
        A table; each claim links to the chapter that puts it on trial.
    """
    rows, lines = [], []
    for claim in ledger().values():
        verdict, finding = _settled(claim)
        link = f"{claim.chapter}.html#claim-{claim.id}"
        rows.append(
            f'<tr><td class="claim-{_CLASSES[verdict]}">{_MARKS[verdict]} {verdict}</td>'
            f'<td><a href="{link}">{_marked_up(claim.claim)}</a> '
            f"({', '.join(claim.said_by)})<br>{_marked_up(finding)}</td></tr>"
        )
        lines.append(f"{claim.id}: {verdict}. {finding}")
    head = "<tr><th>verdict</th><th>claim, who says it, and what was measured</th></tr>"
    markup = f'<div class="claims-table"><table><thead>{head}</thead><tbody>'
    return Shown(f"{markup}{''.join(rows)}</tbody></table></div>", "\n".join(lines))


def articles():
    """The articles by letter.

    Returns
    -------
    Shown
    """
    items = "".join(
        f"<li><strong>{key}</strong>: {html.escape(title)}</li>" for key, title in ARTICLES.items()
    )
    return Shown(
        f'<ul class="plain">{items}</ul>', "\n".join(f"{k}: {t}" for k, t in ARTICLES.items())
    )


def _settled(claim):
    """Verdict and finding of a claim, from running its experiment."""
    numbers = measured(claim.id)
    finding = claim.finding.format(**numbers)
    powers = re.sub(r"\d(\.\d+)?e[+-]\d+", lambda found: power_of_ten(float(found[0])), finding)
    return claim.decide(numbers), powers


def _marked_up(text):
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
