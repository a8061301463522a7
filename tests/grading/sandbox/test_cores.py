import os
from contextlib import ExitStack

from selfattn_course.grading.sandbox import Notebook, Sandbox
from selfattn_course.grading.sandbox import sandbox as module
from selfattn_course.grading.sandbox.cores import Cores

WHERE = "import os\nprint(sorted(os.sched_getaffinity(0)))"
OURS = sorted(os.sched_getaffinity(0))


def test_the_core_with_the_fewest_users_comes_next():
    cores = Cores()
    with ExitStack() as users:
        twice = [users.enter_context(cores.one()) for _ in range(2 * len(OURS))]
        assert sorted(twice) == sorted(OURS * 2)
        with cores.one() as core:
            again = cores.one()
        with again as next_core:  # free again, so it is used again
            assert next_core == core


def printed(notebook):
    return notebook.cells()[0].text.strip()


def test_notebooks_share_the_cores_only_when_they_are_to(any_sandbox):
    level = any_sandbox.level
    with Sandbox(level) as sandbox:
        with Notebook(sandbox, [WHERE]) as notebook:
            assert printed(notebook) == str(OURS)
        sandbox.spread()
        with ExitStack() as stack:
            notebooks = [stack.enter_context(Notebook(sandbox, [WHERE])) for _ in OURS]
            assert sorted(map(printed, notebooks)) == sorted(f"[{core}]" for core in OURS)


def test_a_core_that_is_gone_stops_nothing(any_sandbox, monkeypatch):
    job = module._job
    monkeypatch.setattr(module, "_job", lambda limits, folder, core: job(limits, folder, 9999))
    with Sandbox(any_sandbox.level) as sandbox, Notebook(sandbox, [WHERE]) as notebook:
        assert printed(notebook) == str(OURS)
