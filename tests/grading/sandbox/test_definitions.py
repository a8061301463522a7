import ast

from selfattn_course.grading.sandbox.inside.definitions import defined_names, definitions, run

CELL = """
import math
from os import path as where
N, M = 3, -4.0
table: dict = {"a": [1, (2,)]}
rows = compute()
total = N + 1
alias = math
math.pi = 3
square = lambda x: x * x
print("work")
def f(x):
    return x + N
class A:
    pass
async def g():
    pass
if True:
    def inside(): pass
f(1)
"""


def test_only_definitions_are_taken():
    taken = [ast.unparse(statement).split("\n")[0] for statement in definitions(CELL)]
    assert taken == [
        "import math",
        "from os import path as where",
        "N, M = (3, -4.0)",
        "table: dict = {'a': [1, (2,)]}",
        "alias = math",
        "square = lambda x: x * x",
        "def f(x):",
        "class A:",
        "async def g():",
    ]


def test_names_are_those_that_the_definitions_bind():
    expected = {"math", "where", "N", "M", "table", "alias", "square", "f", "A", "g"}
    assert defined_names(definitions(CELL)) == expected


def test_a_cell_that_does_not_parse_defines_nothing():
    assert definitions("def f(:") == []
    assert definitions("\0") == []
    assert definitions("(" * 500) == []


def test_a_definition_that_raises_does_not_stop_the_next():
    namespace = {}
    run(definitions("import nothing_like_it\ndef f(): return 7"), "<cell>", namespace)
    assert namespace["f"]() == 7
