"""Settings for stock nbgrader; works from the root of any nbgrader tree.

`nbgrader autograde` then runs submissions in the course's sandbox and takes the course's
verdicts. With the environment variable SELFATTN_JUDGE=off it executes the notebooks itself, as
it does without this file.
"""

import os

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "selfattn"
c.Execute.timeout = 60  # seconds a cell; only used with the judge off

if os.environ.get("SELFATTN_JUDGE") != "off":
    from selfattn_course.grading.nbgrader_mend import MendCells
    from selfattn_course.grading.nbgrader_plugin import SelfattnJudge

    c.Autograde.sanitize_preprocessors = [
        MendCells,  # before nbgrader's own list, which stops at copied or damaged cells
        ClearOutput,
        DeduplicateIds,
        OverwriteKernelspec,
        OverwriteCells,
        CheckCellMetadata,
    ]

    c.Autograde.autograde_preprocessors = [
        SelfattnJudge,  # instead of Execute in nbgrader's own list
        IgnorePattern,
        ClearMetadataPreprocessor,
        LimitOutput,
        SaveAutoGrades,
        AssignLatePenalties,
        CheckCellMetadata,
    ]
    # Where only `process` isolation works, the judge refuses unless you trust all submissions:
    # c.SelfattnJudge.trust_submissions = True
