"""Who grades: threads on this machine, or a cluster, at a level that confines."""

import os
from contextlib import ExitStack

from ..errors import CourseError
from ..grading.sandbox import Sandbox, best_sandbox


def open_workers(level, trusted, jobs, scheduler, meanwhile):
    """Who grades; their level is known to work before anything is written.

    `meanwhile` is called while a sandbox starts.
    """
    if not scheduler:
        sandbox = usable_sandbox(level, trusted, meanwhile)
        from ..grading.local_workers import LocalWorkers

        return LocalWorkers(sandbox.level, jobs or len(os.sched_getaffinity(0)), sandbox)
    from ..grading.cluster import ClusterWorkers

    workers = ClusterWorkers(
        scheduler,
        find_assignment="selfattn_course.assignments:find_assignment",
        find_version="selfattn_course.assignments:grader_version",
        level=level,
        jobs=jobs,
    )
    with ExitStack() as on_failure:
        on_failure.enter_context(workers)  # which lets go of the cluster
        _must_confine(workers.level, trusted)
        on_failure.pop_all()
    return workers


def usable_sandbox(level, trusted, meanwhile=None):
    """An open sandbox of the level to run at, before anything is written."""
    sandbox = Sandbox(level, meanwhile) if level else best_sandbox(meanwhile)
    with ExitStack() as on_failure:
        on_failure.enter_context(sandbox)
        _must_confine(sandbox.level, trusted)
        on_failure.pop_all()
    return sandbox


def _must_confine(level, trusted):
    if level == "process" and not trusted:
        raise CourseError(
            "Level process does not keep submissions from your files; expected level full or "
            "landlock. Install bubblewrap, see selfattn doctor, or pass --trust-submissions."
        )
