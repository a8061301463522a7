"""Cells of tables that people open in a spreadsheet."""

import unicodedata

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def text_cell(text):
    """Text that a spreadsheet shows in one cell and never computes.

    Parameters
    ----------
    text : str
        Of anyone's making.

    Returns
    -------
    str
        Without characters that cannot be shown; with an apostrophe before it if some program
        might take it for a formula.
    """
    shown = "".join(character if character.isprintable() else " " for character in text)
    plain = unicodedata.normalize("NFKC", shown).lstrip()  # some programs take a wide = for =
    risky = any(one.startswith(_FORMULA_STARTS) for one in (text, plain))
    return f"'{shown}" if risky else shown


def number(value):
    """Points as text with up to ten digits; empty for None."""
    return "" if value is None else f"{value:.10g}"
