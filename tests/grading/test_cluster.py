"""Real clusters on this machine; their schedulers and workers are killed as crashes would."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from selfattn_course.errors import CourseError, NotGradedError
from selfattn_course.grading import cluster_worker
from selfattn_course.grading.cluster import ClusterWorkers
from selfattn_course.grading.ledger import read_history
from selfattn_course.grading.run import grade_class
from tests.grading.clusters import Cluster

pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install selfattn_course[dask]"
)
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("quick_gradebook")]
CLASS = 40
ANSWER = "def softmax(x):\n    return x"


@pytest.fixture(autouse=True)
def same_key(monkeypatch, toy):
    monkeypatch.setenv("SELFATTN_COURSE_KEY", "the same")
    monkeypatch.setitem(sys.modules, "toy", toy)


@pytest.fixture
def grade(tmp_path, handed_in, toy):
    """Grade tmp_path/submitted into a folder, on a cluster or here."""

    def go(out, cluster=None, level=None, **options):
        if cluster:
            options["workers"] = ClusterWorkers(
                cluster.address,
                find_assignment="toy:find_assignment",
                find_version="toy:grader_version",
                level=level,
            )
        found = handed_in()
        options.setdefault("level", level)
        return grade_class(
            found, {"toy": toy.ASSIGNMENT}, tmp_path / out, grader_version="1.0", **options
        )

    return go


@pytest.fixture
def forty(hand_in, toy):
    for i in range(CLASS):
        slow = "import time\ntime.sleep(0.1)"
        answers = (toy.DOUBLE, toy.NEGATE)[: 1 + i % 2]
        hand_in(f"s{i:02d}", f"print({i})", slow, *answers)


def killing(process, after):
    """A progress callback that kills a process once so many are graded."""

    def progress(done, total, record):
        if done == after:
            process.kill()

    return progress


@pytest.fixture
def undisturbed(grade, level, kept, tmp_path):
    """What a run on this machine comes to."""

    def run():
        grade("undisturbed", level=level, jobs=2)
        return kept(tmp_path / "undisturbed")

    return run


def test_a_killed_worker_loses_and_doubles_no_grade(forty, grade, undisturbed, kept, tmp_path):
    with Cluster(tmp_path / "cluster") as cluster:
        result = grade("out", cluster, progress=killing(cluster.workers[0], after=5))
    assert cluster.workers[0].returncode == -9
    assert (result.graded, result.complete) == (CLASS, True)
    assert len(read_history(tmp_path / "out")) == CLASS
    assert kept(tmp_path / "out") == undisturbed()
    for i in range(CLASS):
        page = tmp_path / "out" / "feedback" / f"s{i:02d}" / "toy.html"
        assert f"print({i})" in page.read_text()


def test_a_killed_scheduler_keeps_what_is_done_and_a_new_cluster_does_the_rest(
    forty, grade, undisturbed, kept, tmp_path
):
    with (
        Cluster(tmp_path / "first") as first,
        pytest.raises(
            NotGradedError, match="cluster went away; .* grades are safe; start it again"
        ),
    ):
        grade("out", first, progress=killing(first.scheduler, after=7))
    safe = len(read_history(tmp_path / "out"))
    assert 7 <= safe < CLASS
    with Cluster(tmp_path / "second") as second:
        result = grade("out", second)
    assert (result.graded, result.skipped) == (CLASS - safe, safe)
    assert len(read_history(tmp_path / "out")) == CLASS
    assert kept(tmp_path / "out") == undisturbed()


def test_a_submission_that_kills_workers_is_not_graded_and_the_others_are(
    hand_in, grade, toy, tmp_path
):
    for i in range(6):
        hand_in(f"s{i}", toy.DOUBLE)
    hand_in("s3", "def double(x):\n    return 'fatal'")
    with Cluster(tmp_path / "cluster", nanny=True) as cluster:
        result = grade("out", cluster)
    scores = {record.student: record.score for record in result.records}
    assert scores == {f"s{i}": None if i == 3 else 2.0 for i in range(6)}
    message = result.records[3].questions[0].message
    assert message.startswith("The grader stopped with KilledWorker")


def test_a_worker_with_another_grader_is_named_before_anything_is_graded(
    hand_in, grade, toy, tmp_path
):
    hand_in("ada", toy.DOUBLE)
    other = tmp_path / "other"
    other.mkdir()
    text = Path(toy.__file__).read_text()
    (other / "toy.py").write_text(text.replace('return "1.0"', 'return "0.9"'))
    root = str(Path(__file__).parents[2])
    with Cluster(tmp_path / "cluster", workers=1) as cluster:
        cluster.workers.append(cluster.start_worker(path=f"{root}:{other}"))
        wait_for_workers(cluster, 2)
        with pytest.raises(
            CourseError, match=r"worker tcp://\S+ has grader 0.9 .*; expected grader 1.0"
        ):
            grade("out", cluster)
    assert not (tmp_path / "out").exists()


def test_a_worker_that_comes_late_with_another_grader_stops_the_run(forty, grade, toy, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    text = Path(toy.__file__).read_text()
    (other / "toy.py").write_text(text.replace('return "1.0"', 'return "0.9"'))
    root = str(Path(__file__).parents[2])
    with Cluster(tmp_path / "cluster", workers=1) as cluster:

        def progress(done, total, record):
            if done == 1:
                cluster.workers.append(cluster.start_worker(path=f"{root}:{other}"))
                wait_for_workers(cluster, 2)

        with pytest.raises(CourseError, match="has grader 0.9 .*; expected grader 1.0"):
            grade("out", cluster, progress=progress)
    assert {entry.record.grader_version for entry in read_history(tmp_path / "out")} == {"1.0"}


def wait_for_workers(cluster, number):
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=60)


def test_a_machine_without_the_grader_is_named(hand_in, grade, toy, tmp_path):
    hand_in("ada", toy.DOUBLE)
    root = str(Path(__file__).parents[2])
    with (
        Cluster(tmp_path / "cluster", workers=1, path=root) as cluster,  # knows no toys
        pytest.raises(CourseError, match="has No module named 'toy'; expected grader 1.0"),
    ):
        grade("out", cluster)


def test_level_that_a_worker_lacks_is_refused(hand_in, grade, toy, tmp_path, monkeypatch):
    hand_in("ada", toy.DOUBLE)
    monkeypatch.setenv("PATH", str(tmp_path))  # of the workers: no bubblewrap here
    with (
        Cluster(tmp_path / "cluster", workers=1) as cluster,
        pytest.raises(NotGradedError, match=r"worker tcp://\S+ cannot grade at level full: "),
    ):
        grade("out", cluster, level="full")


def test_command_line_says_in_one_sentence_that_the_cluster_went_away(
    hand_in, tmp_path, run_selfattn
):
    for i in range(12):
        hand_in(f"s{i}", f"print({i})", ANSWER, slug="ch03_softmax")
    root = str(Path(__file__).parents[2])
    with Cluster(tmp_path / "cluster", path=root) as cluster:
        arguments = ("grade", tmp_path / "submitted", "--out", tmp_path / "out")
        command = [*arguments, "--executor", "dask", "--scheduler", cluster.address]
        code = "from selfattn_course.cli import main; main()"
        grader = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, command)],
            env=os.environ | {"PYTHONPATH": root},
            stderr=subprocess.PIPE,
            text=True,
        )
        end = time.monotonic() + 90
        while len(read_history(tmp_path / "out")) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        cluster.scheduler.kill()
        _, errors = grader.communicate(timeout=60)
    safe = len(read_history(tmp_path / "out"))
    lines = errors.splitlines()
    assert lines[-1] == (
        f"Error: the cluster went away; {safe} grades are safe; start it again and run the same "
        "command"
    )
    assert [line.split("]")[0] for line in lines[:-1]] == [f"[{i + 1}/12" for i in range(safe)]
    assert grader.returncode == 3


def test_scheduler_that_does_not_answer_is_an_error(run_selfattn, tmp_path):
    (tmp_path / "submitted").mkdir()
    arguments = ("grade", tmp_path / "submitted", "--out", tmp_path / "out", "--executor", "dask")
    alone = run_selfattn(*arguments)
    assert alone.returncode == 2
    assert "--executor dask was given alone; expected --executor dask --scheduler" in alone.stderr
    silent = run_selfattn(*arguments, "--scheduler", "tcp://127.0.0.1:1", timeout=60)
    assert silent.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in silent.stderr
    assert "Traceback" not in silent.stderr
    assert not (tmp_path / "out").exists()


def test_without_dask_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match=r"install\s+selfattn_course\[dask\]"):
        ClusterWorkers(
            "tcp://127.0.0.1:1",
            find_assignment="toy:find_assignment",
            find_version="toy:grader_version",
        )


def test_a_worker_says_what_its_grades_depend_on():
    assert cluster_worker.about("toy:grader_version").startswith("grader 1.0 with NumPy ")
