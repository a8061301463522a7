"""From one text source to the notebooks that students, instructors and nbgrader use."""

from .build import build_solution_notebook, build_student_notebook, write_notebooks
from .nbgrader_tree import build_nbgrader_notebook, write_nbgrader_tree

__all__ = [
    "build_nbgrader_notebook",
    "build_solution_notebook",
    "build_student_notebook",
    "write_nbgrader_tree",
    "write_notebooks",
]
