import pytest


@pytest.fixture
def traceback(full_sandbox, run):
    """The traceback that a cell ends with."""

    def traceback(*cells):
        (output,) = run(full_sandbox, cells).cells[-1].outputs
        assert output["output_type"] == "error"
        return "\n".join(output["traceback"])

    return traceback


def test_frames_of_the_notebook_are_shown_with_their_context(traceback):
    define = "def halve(x):\n    half = x / 2\n    return half[0]"
    text = traceback(define, "y = 3\nhalve(y)")
    assert "Cell In[2], line 2\n      1 y = 3\n----> 2 halve(y)\n" in text
    assert "Cell In[1], line 3, in halve(x)\n      1 def halve(x):\n" in text
    assert text.endswith("TypeError: 'float' object is not subscriptable")
    assert "skipping" not in text


def test_libraries_are_shown_in_short_and_not_parsed(full_sandbox, run):
    cells = [
        "import matplotlib.pyplot as plt\nplt.plot([1, 2], [1, 2, 3])",
        "from stack_data import Source\n"
        "paths = [path for path, _ in vars(Source)['__source_cache_with_lines']]\n"
        "print(any('matplotlib' in path for path in paths), len(paths) > 0)",
    ]
    failed, parsed = run(full_sandbox, cells).cells
    text = "\n".join(failed.outputs[0]["traceback"])
    assert "----> 2 plt.plot([1, 2], [1, 2, 3])" in text
    assert "matplotlib/pyplot.py:" in text
    assert ", in plot(" in text
    assert "first dimension" in text.splitlines()[-1]
    assert parsed.text.split() == ["False", "True"]


def test_what_has_no_source_is_shown_too(traceback):
    text = traceback("exec('def f():\\n    return 1 / 0')", "f()")
    assert "----> 1 f()" in text
    assert "Could not get source" in text
    assert text.endswith("ZeroDivisionError: division by zero")


def test_frames_that_repeat_are_counted(traceback):
    text = traceback("def f(n):\n    return f(n + 1)", "f(0)")
    assert "[... skipping similar frames: f at line 2 (" in text
    assert len(text) < 2000
    assert text.endswith("RecursionError: maximum recursion depth exceeded")


def test_causes_come_first(traceback):
    text = traceback(
        "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError from error"
    )
    cause, end = text.index("KeyError: 'a'"), text.index("\nValueError")
    assert cause < text.index("direct cause") < end


def test_an_error_of_a_library_called_by_a_library_names_all(traceback):
    text = traceback("import json\njson.loads('{')")
    for part in ("----> 2 json.loads('{')", "json/__init__.py:", "json/decoder.py:"):
        assert part in text
    assert text.splitlines()[-1].startswith("JSONDecodeError: Expecting")
