from dataclasses import replace

from selfattn_course.grading.unusual import unusual


def names(grades):
    return [grade.record.student for grade in grades]


def timed(record, final, *seconds):
    return [
        final(replace(record(f"s{i}", sha256=f"{i}"), cpu_s=cpu_s))
        for i, cpu_s in enumerate(seconds)
    ]


def test_slow_is_more_than_three_times_the_median(record, final):
    found = unusual(timed(record, final, 1.0, 1.0, 1.0, 3.0, 3.1))
    assert (found.median_cpu_s, names(found.slow)) == (1.0, ["s4"])


def test_only_the_five_slowest_are_listed(record, final):
    found = unusual(timed(record, final, *[1.0] * 20, *range(10, 17)))
    assert names(found.slow) == ["s26", "s25", "s24", "s23", "s22"]


def test_times_that_nobody_noted_do_not_count(record, final):
    found = unusual(timed(record, final, 0.0, 0.0, 0.0, 1.0, 2.0))
    assert found.median_cpu_s == 1.5
    assert not found


def test_answers_that_were_stopped_are_listed_with_their_questions(record, final):
    grades = [
        final(record("ada", statuses=("ok", "timeout", "crash", "memory", "wrong"))),
        final(record("bea", statuses=("error", "missing"), sha256="1")),
    ]
    ((grade, questions),) = unusual(grades).stopped
    assert (grade.record.student, [q.name for q in questions]) == ("ada", ["q1", "q2", "q3"])


def test_late_and_repeated_hand_ins_are_listed(record, final):
    grades = [
        final(record("ada", sha256="1"), attempts=4),
        final(record("bea", sha256="2"), attempts=9, days_late=2),
        final(record("cyn", sha256="3"), attempts=3),
    ]
    found = unusual(grades)
    assert names(found.repeated) == ["bea", "ada"]
    assert names(found.late) == ["bea"]


def test_files_of_the_same_bytes_are_grouped(record, final):
    grades = [final(record(name, sha256=sha)) for name, sha in zip("abcd", "1121", strict=True)]
    assert [names(group) for group in unusual(grades).alike] == [["a", "b", "d"]]


def test_untouched_notebooks_and_files_without_a_hash_are_not_alike(record, final):
    untouched = [final(record(name, statuses=("missing",), sha256="1")) for name in "ab"]
    unknown = [final(record(name, sha256="")) for name in "cd"]
    assert not unusual(untouched + unknown)
