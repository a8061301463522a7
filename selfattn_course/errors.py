"""The one exception that users see as a sentence instead of a traceback."""


class CourseError(Exception):
    """A problem that the user can mend.

    The message says what was given, what was expected and how to fix it. The command line
    prints it without a traceback and leaves with `exit_code`.
    """

    exit_code = 2


class NotGradedError(CourseError):
    """Grading stopped through no fault of a submission; nothing was scored."""

    exit_code = 3
