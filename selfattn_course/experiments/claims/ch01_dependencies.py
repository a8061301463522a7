"""Claims about distance."""

import numpy as np

from ..direct_link import LENGTHS, needed_gap, weights_at_distance, weights_at_length
from .claim import CONDITIONS, FAILS, HOLDS, Claim

GAP = 8.0


def _direct_link():
    everywhere = weights_at_distance(gap=GAP)
    window = weights_at_distance(gap=GAP, window=64)
    by_length = weights_at_length(gap=GAP)
    return {
        "weight": everywhere["weight"].min(),
        "gradient": everywhere["gradient"].min(),
        "unequal": np.ptp(everywhere["weight"]) + np.ptp(everywhere["gradient"]),
        "windowed": window["weight"][window["distance"] > 64].max(),
        "shortest": LENGTHS[0],
        "longest": LENGTHS[-1],
        "short": by_length[0],
        "long": by_length[-1],
        "needed": needed_gap(by_length[0], LENGTHS[-1]),
        "gap": GAP,
    }


def _linked(numbers):
    if numbers["gradient"] < 1e-6 or numbers["unequal"] > 1e-9:
        return FAILS  # no link at some distance, or a weaker one
    unlimited = numbers["windowed"] > 0.5 * numbers["weight"]
    undiluted = numbers["long"] > 0.5 * numbers["short"]
    return HOLDS if unlimited and undiluted else CONDITIONS


CLAIMS = (
    Claim(
        id="direct-link",
        said_by=("A",),
        claim="Self-attention connects any two tokens directly, whatever their distance.",
        chapter="ch01_dependencies",
        verdict=CONDITIONS,
        measure=_direct_link,
        decide=_linked,
        finding="From 1 to 1023 tokens away, a source whose score was {gap:g} ahead got the same "
        "weight of {weight:.2f} and passed on the same gradient, in one step. But the same lead "
        "was worth {short:.3f} among {shortest} tokens and {long:.3f} among {longest}; and with a "
        "window of 64, everything beyond got {windowed:.0f}.",
        caveat="Distance as such costs nothing: no step between two tokens weakens the link, "
        "unless the scores themselves depend on positions. Length does, for all tokens share one "
        "weight of 1, and a model that is to see far needs larger leads or fewer rivals. A mask "
        "or a window cuts the link altogether, and a link that exists is not yet a link that "
        "training uses.",
    ),
)
