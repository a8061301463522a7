from selfattn_course.grading.roster import Roster
from selfattn_course.grading.summary import summary


def made(final, *records, **roster):
    return summary("toy", [final(record) for record in records], Roster(**roster))


def test_numbers_of_the_class(record, final):
    got = made(
        final,
        record("ada", statuses=("ok", "ok")),
        record("bea", statuses=("ok", "wrong"), message="m", hint="the hint"),
        record("cyn", statuses=("wrong", "wrong"), message="n", hint="the hint"),
        record("dan", statuses=("not graded", "ok"), message="why"),
        record("eve", statuses=("unreadable", "unreadable"), message="no JSON"),
        titles={"toy": "Toys"},
        students=["ada", "zoe"],
    )
    assert (got.title, got.mean, got.median, got.max_score) == ("Toys", 1.5, 1.0, 4.0)
    assert [bin.count for bin in got.bins] == [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    first, second = got.questions
    assert (first.right, first.graded, first.share) == (2, 4, 0.5)
    assert [len(one.students) for one in second.mistakes] == [2]
    assert (second.right, second.graded) == (2, 5)
    assert [row.failures for row in got.rows] == [
        [],
        [("wrong", ["q1"])],
        [("wrong", ["q0", "q1"])],
        [("not graded", ["q0"])],
        [("unreadable", ["q0", "q1"])],
    ]
    assert got.missing == ["zoe"]
    assert got.not_graded == [("dan", "q0", "why")]
    assert got.unreadable == [("eve", "no JSON")]
    assert [one.name for one in got.hardest] == ["q1", "q0"]


def test_scores_in_the_end_count_not_the_automatic_ones(record, final):
    grades = [
        final(record("ada", statuses=("ok", "ok")), penalty=1.0, score=3.0),
        final(record("bea", statuses=("wrong", "not graded")), manual={"q1": 5.0}, score=5.0),
    ]
    got = summary("toy", grades, Roster())
    assert (got.mean, got.median) == (4.0, 4.0)
    assert got.bins[-1].label == "90 % and more"
    assert got.not_graded == []  # points by hand stand in for it
    assert [row.adjusted for row in got.rows] == [True, True]


def test_penalty_below_zero_points_counts_as_none(record, final):
    got = summary("toy", [final(record(), penalty=9.0, score=-7.0)], Roster())
    assert got.bins[0].count == 1


def test_what_the_course_expects_of_a_question_is_told(record, final):
    facts = {"difficulty": 3, "minutes": 10, "mistakes": {}}
    first, second = made(final, record(), exercises={"toy": {"q0": facts}}).questions
    assert (first.facts, second.facts) == (facts, {})


def test_nothing_graded_leaves_no_mean(record, final):
    got = made(final, record(statuses=("not graded",)))
    assert (got.mean, got.median) == (None, None)
    assert got.questions[0].share == 0.0
    assert made(final, record(statuses=())).max_score == 0.0
