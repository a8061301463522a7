"""Give damaged notebooks back the cell marks that nbgrader insists on.

nbgrader refuses a submission, or stops the whole batch, when a student copied a graded cell or
an editor lost or changed a cell's metadata. The judge finds answers by function name and needs
none of it, so it is simply set right first.
"""

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

SCHEMA_VERSION = 3


class MendCells(NbGraderPreprocessor):
    """Set every cell's nbgrader metadata from the gradebook; only the first copy keeps any."""

    def preprocess(self, nb, resources):
        """Rewrite the metadata of known cells, and take it from copies and unknown ones."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as book:
            left = _marks(book.find_notebook(names["notebook"], names["assignment"]))
        for cell in nb.cells:
            theirs = cell.metadata.pop("nbgrader", None)
            grade_id = theirs.get("grade_id") if isinstance(theirs, dict) else None
            ours = left.pop(grade_id, None) if isinstance(grade_id, str) else None
            if ours:
                cell.metadata["nbgrader"] = ours
        return nb, resources


def _marks(notebook):
    """The metadata that each cell of an assignment should carry, by its id."""
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    answers = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    marks = {}
    for cell in notebook.source_cells:
        marks[cell.name] = {
            "schema_version": SCHEMA_VERSION,
            "grade_id": cell.name,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
            "locked": cell.locked,
            "grade": cell.name in points and cell.name not in tasks,
            "solution": cell.name in answers,
            "task": cell.name in tasks,
        }
        if cell.name in points:
            marks[cell.name]["points"] = points[cell.name]
    return marks
