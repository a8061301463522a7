"""Unfilled answer cells: a student who copies one below the filled one keeps the marks."""

import io
import re
import tokenize

_DEFINITION = re.compile(r"^(?:async[ \t]+)?def[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)
_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
LONGEST_STUB = 20_000  # characters; longer cells are nobody's empty template


def without_stub_copies(cells):
    """The cells to run: unfilled copies of answers that are filled elsewhere are emptied.

    A cell counts as unfilled if it holds nothing but one function whose body is a docstring, if
    any, and then `raise NotImplementedError`, `pass` or `...`.

    Parameters
    ----------
    cells : sequence of str
        Sources of the code cells.

    Returns
    -------
    tuple of str
        As many cells; "" for an unfilled function that another cell defines for real. Of real
        definitions the last one wins, as in any notebook.
    """
    stubs = [stub_name(cell) for cell in cells]
    filled = {
        name
        for cell, stub in zip(cells, stubs, strict=True)
        for match in _DEFINITION.finditer(cell)
        if (name := match[1] or match[2]) != stub
    }
    return tuple("" if stub in filled else cell for cell, stub in zip(cells, stubs, strict=True))


def stub_name(cell):
    """Name of the function that an unfilled cell holds; empty for any other cell."""
    if len(cell) > LONGEST_STUB or "def" not in cell:
        return ""
    try:
        tokens = [
            token
            for token in tokenize.generate_tokens(io.StringIO(cell).readline)
            if token.type not in _LAYOUT
        ]
    except (tokenize.TokenError, SyntaxError):  # not Python: magics, or a half-written cell
        return ""
    words = [token.string if token.type != tokenize.NEWLINE else "\n" for token in tokens]
    if len(words) < 2 or words[0] != "def":
        return ""
    body = tokens[_end_of_signature(words) :]
    return words[1] if _is_unfilled(_statements(body)) else ""


def _end_of_signature(words):
    depth = 0
    for position, word in enumerate(words):
        depth += (word in _OPENING) - (word in _CLOSING)
        if word == ":" and depth == 0:
            return position + 1
    return len(words)


def _statements(tokens):
    """Statements as lists of tokens."""
    statements = [[]]
    for token in tokens:
        if token.type == tokenize.NEWLINE:
            statements.append([])
        else:
            statements[-1].append(token)
    return [statement for statement in statements if statement]


def _is_unfilled(statements):
    if statements and [token.type for token in statements[0]] == [tokenize.STRING]:
        statements = statements[1:] or [statements[0]]  # nothing but a docstring counts
    if len(statements) != 1:
        return False
    words = [token.string for token in statements[0]]
    return (
        words in (["pass"], ["..."])
        or statements[0][0].type == tokenize.STRING
        or words[:2] == ["raise", "NotImplementedError"]
        and words[2:3] in ([], ["("])
    )
