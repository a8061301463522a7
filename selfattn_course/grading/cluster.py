"""Workers of a Dask cluster, which share nothing with this machine but the package.

A worker gets the code cells of a submission and returns a record and a page. It sees neither the
tree of submissions, nor the ledger, nor the gradebook. If it dies, the scheduler gives its work
to another one; what is written is written here, once.
"""

import contextlib
import logging
import time

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading import cluster_worker
from selfattn_course.grading.sandbox import LEVELS

_CONNECT_S = 10.0
_FIRST_WORKER_S = 60.0
_NO_WORKER_S = 300.0  # a batch system may take a while to start others
_LOOK_S = 10.0  # between two questions for how many there are
_FEWEST = 100  # under way at a time, so that a cluster that grows by need sees the need


class ClusterWorkers:
    """Grades on a Dask cluster; a context manager.

    Parameters
    ----------
    scheduler : str
        Address, such as tcp://10.0.0.1:8786.
    find_assignment, find_version : str
        "module:function" of those that return the assignment of a slug, and the version of the
        grader; both are looked up on every worker.
    level : str, optional
        Isolation to run at; the best that every worker has if not given.
    jobs : int, optional
        Submissions that may be under way at a time.

    Attributes
    ----------
    level : str
    at_a_time : int

    Raises
    ------
    CourseError
        If Dask is not installed, the scheduler or the workers cannot be reached, a worker has
        another grader, or they have no level in common; before anything is graded.
    """

    def __init__(self, scheduler, *, find_assignment, find_version, level=None, jobs=None):
        about = cluster_worker.about(find_version)
        self._expected = cluster_worker.Expected(find_assignment, find_version, about)
        self._client = _connect(scheduler)
        try:
            threads = _wait_for_one(self._client, scheduler)
            _require_same_grader(self._client, self._expected)
            self.level = _common_level(self._client, level)
        except BaseException:
            self.close()
            raise
        self.at_a_time = jobs or max(_FEWEST, 4 * threads)
        self._executor = self._client.get_executor(pure=False)
        self._looked = self._seen = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def open_first(self):
        """Nothing: every worker has shown that it has a sandbox of this level."""

    def submit(self, job, submission, assignment):
        """A future of (record, page)."""
        return self._executor.submit(cluster_worker.grade_here, job, submission, self._expected)

    def are_there(self):
        """Whether the scheduler is connected, and workers are, or were a short time ago."""
        now = time.monotonic()
        if self._client.status == "running" and now - self._looked > _LOOK_S:
            self._looked = now
            with contextlib.suppress(Exception):  # the scheduler is asked again the next time
                if self._client.nthreads(callback_timeout=_CONNECT_S):
                    self._seen = now
        return self._client.status == "running" and now - self._seen < _NO_WORKER_S

    def close(self):
        with contextlib.suppress(Exception):  # there may be nobody left to say goodbye to
            self._client.close(timeout=2)


def _connect(scheduler):
    try:
        from distributed import Client
    except ImportError as error:
        raise CourseError(
            "--executor dask needs Dask, which is not installed here; install "
            "selfattn_course[dask] and run the same command again"
        ) from error
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters is raised here
    try:
        return Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        why = cluster_worker.first_line(error)
        raise CourseError(
            f"no Dask scheduler answers at {scheduler} ({why}); expected the address that it "
            "prints when it starts; start it and run the same command again"
        ) from error


def _wait_for_one(client, scheduler):
    """Threads of all workers, as soon as there is one."""
    try:
        client.wait_for_workers(1, timeout=_FIRST_WORKER_S)
    except TimeoutError as error:
        raise CourseError(
            f"the scheduler at {scheduler} has no worker; expected at least one within "
            f"{_FIRST_WORKER_S:g} s; start workers and run the same command again"
        ) from error
    return sum(client.nthreads().values())


def _require_same_grader(client, expected):
    asked, there = expected.find_version, {}
    for name, answer in _ask(client, "about", asked).items():
        there[f"worker {name}"] = answer
    try:
        there["the scheduler"] = client.run_on_scheduler(cluster_worker.about, asked)
    except Exception as error:  # it unpickles what passes through it
        there["the scheduler"] = error
    for who, answer in sorted(there.items()):
        if answer != expected.about:
            raise cluster_worker.other_grader(who, answer, expected)


def _common_level(client, wanted):
    """The level that is wanted, or the best that every worker has."""
    answers = sorted(_ask(client, "objections").items())
    for level in [wanted] if wanted else LEVELS:
        against = [(name, _against(answer, level)) for name, answer in answers]
        if not any(why for _, why in against):
            return level
    name, why = next((name, why) for name, why in against if why)
    raise NotGradedError(f"worker {name} cannot grade at level {level}: {why}")


def _against(answer, level):
    failed = isinstance(answer, Exception)
    return cluster_worker.first_line(answer) if failed else answer[level]


def _ask(client, question, *arguments):
    """What every worker answers, by address; an exception where one cannot."""
    return client.run(getattr(cluster_worker, question), *arguments, on_error="return")
