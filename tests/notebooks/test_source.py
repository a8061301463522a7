import pytest

from selfattn_course.errors import CourseError
from selfattn_course.notebooks.source import read_cells

GOOD = '''# %% [markdown]
# # Doubling
#
# Text.

# %%
import numpy as np

# %%
def double(x):
    """Twice x."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %%
check(double)

# %% [markdown]
# More text.
'''


def test_cells_know_what_they_are():
    cells = read_cells(GOOD, "ch00_toy")
    assert [cell.id for cell in cells] == [
        "doubling",
        "doubling-1",
        "double",
        "check_double",
        "check_double-1",
    ]
    assert [cell.kind for cell in cells] == ["markdown", "code", "code", "code", "markdown"]
    assert [cell.exercise for cell in cells] == ["", "", "double", "", ""]
    assert [cell.check for cell in cells] == ["", "", "", "double", ""]
    assert cells[0].text == "# Doubling\n\nText."


def test_a_new_section_leaves_other_ids_alone():
    more = GOOD.replace("# %%\nimport", "# %% [markdown]\n# ## 7. New\n\n# %%\nimport")
    before, after = ({c.id for c in read_cells(text, "toy")} for text in (GOOD, more))
    assert after - before == {"new", "new-1"}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    ### END SOLUTION\n", "", "1 statements and 1 marks; expected one function"),
        ("    ### BEGIN SOLUTION\n", "", "1 statements and 1 marks; expected one function"),
        ("def double", "y = 1\n\n\ndef double", "2 statements and 2 marks; expected one function"),
        ("def double(x)", "class double", "1 statements and 2 marks; expected one function"),
        ("check(double)", "check(doubled)", "'double' lacks its solution cell or its check"),
        ("check(double)", "print(double)", "'double' lacks its solution cell or its check"),
        ("# More text.", "# # Doubling", "two cells are called 'doubling'"),
        ("import numpy", "check(numpy)\n\n# %%\nimport numpy", "'numpy' lacks its solution"),
        ("return 2 * x", "return 2 *", "the solution cell that starts with 'def double(x):' is no"),
    ],
)
def test_a_broken_source_is_refused_in_a_sentence(old, new, problem):
    assert old in GOOD
    with pytest.raises(CourseError, match="ch00_toy: .*") as refusal:
        read_cells(GOOD.replace(old, new), "ch00_toy")
    assert problem in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_solution_at_the_very_end_needs_its_check_too():
    text = GOOD[: GOOD.index("# %%\ncheck")]
    with pytest.raises(CourseError, match="'double' lacks its solution cell or its check cell"):
        read_cells(text, "ch00_toy")
