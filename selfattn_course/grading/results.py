"""What is made from the ledger, the policy and the gradebook: grades, their table, the report."""

from selfattn_course.grading.final_grade import final_grades
from selfattn_course.grading.gradebook import update_gradebook
from selfattn_course.grading.grades_csv import write_grades
from selfattn_course.grading.ledger import read_history
from selfattn_course.grading.manual import read_manual
from selfattn_course.grading.policy import read_policy
from selfattn_course.grading.report import write_report
from selfattn_course.grading.roster import read_roster


def class_grades(folder, db_url=None):
    """What counts for everyone in a folder of results.

    Parameters
    ----------
    folder : Path
        Holds ledger.jsonl, and policy.toml if there is a policy.
    db_url : str, optional
        Where points given by hand are, if not in folder/gradebook.db.

    Returns
    -------
    tuple of FinalGrade
        Sorted by student, then assignment.
    """
    manual = read_manual(folder, db_url)
    return final_grades(read_history(folder), read_policy(folder), manual)


def bring_up_to_date(folder, ledger, *, due, db_url=None):
    """Write all that is made from the ledger, the gradebook too, and note how long that is now.

    Parameters
    ----------
    folder : Path
    ledger : Ledger
        The folder's, open.
    due : dict of str to datetime
        When assignments are due.
    db_url : str, optional
        A database instead of folder/gradebook.db.

    Returns
    -------
    tuple of FinalGrade
        What counts.
    """
    grades = write_results(folder, db_url=db_url)
    update_gradebook(grades, folder=folder, db_url=db_url, due=due)
    ledger.write_head()
    return grades


def write_results(folder, *, db_url=None):
    """Write grades.csv and report.html of a folder anew.

    Returns
    -------
    tuple of FinalGrade
        What is in them.
    """
    grades = class_grades(folder, db_url)
    write_grades(folder, grades)
    write_report(folder, grades, read_roster(folder))
    return grades
