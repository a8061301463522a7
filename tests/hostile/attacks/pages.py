"""Outputs that attack whoever opens the page."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import Attack, cell, function

BAD = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<meta http-equiv=refresh content=0;url=//evil>",
    "<form action=//evil><input name=a></form>",
    "<a href=javascript:alert(1)>here</a>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil>",
    "<base href=//evil>",
    "<object data=//evil></object>",
    "<embed src=//evil>",
    "<math><mtext><script>alert(1)</script>",
    "<table><td style=position:fixed;inset:0>10/10",
    "</pre></div></body></html><h1>Full marks</h1>",
    "<b onclick=alert(1)>b</b>",
    "<template><script>alert(1)</script></template>",
    "<svg><foreignObject><script>alert(1)</script></foreignObject></svg>",
)
TYPES = (
    "text/html",
    "image/svg+xml",
    "text/markdown",
    "text/latex",
    "text/plain",
    "application/javascript",
    "image/jpeg",
    "application/json",
)

ATTACKS = {
    "every type": cell(
        "from IPython.display import publish_display_data\n"
        f"for markup in {BAD!r}:\n    for kind in {TYPES!r}:\n"
        "        publish_display_data({kind: markup})"
    ),
    "HTML": cell(
        "from IPython.display import HTML\n" + "\n".join(f"display(HTML({b!r}))" for b in BAD)
    ),
    "SVG": cell(
        "from IPython.display import SVG\n"
        'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>\')'
    ),
    "a huge table": cell("from IPython.display import HTML\nHTML('<table>' + '<tr><td>' * 20_000)"),
    "colspan": cell("from IPython.display import HTML\nHTML('<table><td colspan=99999999>a')"),
    "nested without end": cell("from IPython.display import HTML\nHTML('<div>' * 30_000)"),
    "messages": function(f"raise ValueError({''.join(BAD)!r})"),
    "names of exceptions": function(
        f"raise type({''.join(BAD)!r}, (Exception,), {{}})('{{{{ 7 * 7 }}}}')"
    ),
    "texts": cell(f"print({''.join(BAD)!r})\nprint('{{{{ 7 * 7 }}}} {{% raw %}}')"),
    "source": Attack(tuple(f"# {b}\n'''{b}'''" for b in BAD), 0),
    "line ends": cell("print('a\\r\\n\\u2028\\u2029\\x85\\x0b\\x0cb\\rFull marks')"),
}
