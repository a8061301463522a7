"""Which isolation works on this machine, found out by trying it."""

import os
import tempfile

from selfattn_course.errors import NotGradedError
from selfattn_course.outcome import RETURNED

from .sandbox import LEVELS, Sandbox

_ATTEMPTS = """
import os, socket

def attempts(secret, grader):
    def reads():
        open(secret).close()
    def signals():
        os.kill(grader, 0)
    def connects():
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    def writes():
        open(os.path.join(os.path.dirname(secret), "written"), "w").close()
    succeeded = []
    for attempt in (reads, signals, connects, writes):
        try:
            attempt()
        except OSError:
            continue
        succeeded.append(attempt.__name__)
    return succeeded
"""


def best_sandbox(meanwhile=None):
    """A sandbox of the strongest level that works here.

    Parameters
    ----------
    meanwhile : callable, optional
        As for `Sandbox`.

    Returns
    -------
    Sandbox
        To be closed by the caller. Its level may be `process`, which confines nothing: ask
        before using it.

    Raises
    ------
    NotGradedError
        If not even that one works.
    """
    reasons = []
    for level in LEVELS:
        try:
            return _tried(level, meanwhile)
        except NotGradedError as error:
            reasons.append(str(error))
    raise NotGradedError(f"No sandbox works on this machine. {reasons[-1]}")


def probe():
    """Name of the strongest level that works here, found by running it."""
    with best_sandbox() as sandbox:
        return sandbox.level


def explain():
    """Every level with what stands against it.

    Returns
    -------
    list of (str, bool, str)
        Level, whether it works, and why not, or what it does.
    """
    does = {
        "full": "own file system, network, processes and users; filtered system calls; limits",
        "landlock": "confined to its folder; no network, no new processes; limits",
        "process": "limits only: files and network are open to the notebook",
    }
    found = []
    for level in LEVELS:
        try:
            _tried(level).close()
            found.append((level, True, does[level]))
        except NotGradedError as error:
            found.append((level, False, str(error)))
    return found


def _tried(level, meanwhile=None):
    """A sandbox that has just proved that it runs code and confines it."""
    sandbox = Sandbox(level, meanwhile)
    try:
        _check(sandbox)
    except BaseException:
        sandbox.close()
        raise
    return sandbox


def _check(sandbox):
    from .execution import execute
    from .records import Call

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        secret = os.path.join(folder, "secret")
        with open(secret, "w") as file:
            file.write("x")
        call = Call("attempts", (secret, os.getpid()))
        ((outcome,),) = execute(sandbox, [_ATTEMPTS], [[call]], [[]]).visible
    if outcome.status != RETURNED:
        reason = f"a call came back as {outcome.status} {outcome.error}".rstrip()
    elif outcome.value and sandbox.level != "process":
        reason = f"a notebook {' and '.join(map(str, outcome.value))} outside of it"
    else:
        return
    raise NotGradedError(
        f"The sandbox of level {sandbox.level} does not hold: {reason}; expected nothing to come "
        "through. Use another level."
    )
