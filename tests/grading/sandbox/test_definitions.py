import ast

from selfattn_course.grading.sandbox.inside.definitions import (
    defined_names,
    definitions,
    run,
    shadowed,
    without_magic,
)

CELL = """
import math
import os.path
from os import path as where
N, M = 3, -4.0
table: dict = {"a": [1, (2,)]}
rows = compute()
total = N + 1
alias = math
math.pi = 3
square = lambda x: x * x
row = functools.partial(square, axis=-1)
made = compute(square)
print("work")
def f(x):
    return x + N
class A:
    pass
async def g():
    pass
class B:
    def method(self): pass
with open("a") as file:
    for i in range(3):
        def inside(): pass
if False:
    def put_aside(): pass
f(1)
"""


def test_only_definitions_are_taken():
    taken = [ast.unparse(statement).split("\n")[0] for statement in definitions(CELL)]
    assert taken == [
        "import math",
        "import os.path",
        "from os import path as where",
        "N, M = (3, -4.0)",
        "table: dict = {'a': [1, (2,)]}",
        "alias = math",
        "square = lambda x: x * x",
        "row = functools.partial(square, axis=-1)",
        "def f(x):",
        "class A:",
        "async def g():",
        "class B:",
        "def inside():",
    ]


def test_names_are_those_that_the_definitions_bind():
    expected = {"math", "os", "where", "N", "M", "table", "alias", "square", "row"}
    expected |= {"f", "A", "g", "B", "inside"}
    assert defined_names(definitions(CELL)) == expected


def test_a_cell_that_does_not_parse_defines_nothing():
    assert definitions("def f(:") == []
    assert definitions("\0") == []
    assert definitions("(" * 500) == []


def test_a_definition_that_raises_does_not_stop_the_next():
    namespace = {}
    run(definitions("import nothing_like_it\ndef f(): return 7"), "<cell>", namespace)
    assert namespace["f"]() == 7


def test_of_several_branches_the_usual_one_wins():
    cell = """
try:
    import math as m
except ImportError:
    m = None
if m:
    def f(): return 1
else:
    def f(): return 2
"""
    namespace = {}
    run(definitions(cell), "<cell>", namespace)
    assert (namespace["m"].pi > 3, namespace["f"]()) == (True, 1)


def test_functions_whose_name_holds_a_value_are_shadowed():
    statements = definitions("def f(): pass\ndef g(): pass\nh = lambda: 0\nN = 3\nh = 4")
    names = defined_names(shadowed(statements, {"f": 3, "g": len, "N": 3, "h": 4}))
    assert names == {"f", "h"}


def test_magic_lines_in_front_are_removed():
    assert without_magic("%%capture out\n\n%%time\n    x = 1\n%%time") == "    x = 1\n%%time"
    assert without_magic("%%timer\nx") == "%%timer\nx"
