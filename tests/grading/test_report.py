import re
from urllib.parse import unquote

from selfattn_course.grading.report import summary, write_report
from selfattn_course.grading.roster import Roster


def page(folder, records, **roster):
    write_report(folder, records, Roster(**roster))
    return (folder / "report.html").read_text("utf-8")


def text_of(page):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL).split())


def test_numbers_of_the_class(record):
    records = [
        record("ada", statuses=("ok", "ok")),
        record("bea", statuses=("ok", "wrong"), message="m", hint="the hint"),
        record("cyn", statuses=("wrong", "wrong"), message="n", hint="the hint"),
        record("dan", statuses=("not graded", "ok"), message="why"),
        record("eve", statuses=("unreadable", "unreadable"), message="no JSON"),
    ]
    got = summary("toy", records, Roster({"toy": "Toys"}, ["ada", "zoe"]))
    assert (got.title, got.mean, got.max_score) == ("Toys", 1.5, 4.0)
    assert [bin.count for bin in got.bins] == [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    first, second = got.questions
    assert (first.right, first.graded, first.share) == (2, 4, 0.5)
    assert first.mistakes == [("the hint", 1)]
    assert (second.right, second.graded) == (2, 5)
    assert second.mistakes == [("the hint", 2)]
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


def test_shares_on_the_edge_of_a_range_fall_into_the_upper_one(record):
    for right in range(11):
        one = record(statuses=("ok",) * right + ("wrong",) * (10 - right))
        bins = [bin.count for bin in summary("toy", [one], Roster()).bins]
        assert bins.index(1) == min(right, 9)


def test_failures_on_hidden_inputs_are_told_apart(record):
    hidden = record(statuses=("wrong",), message="Right on the examples you can see, not ...")
    (question,) = summary("toy", [hidden], Roster()).questions
    assert question.mistakes == [("Not right yet, on hidden inputs only.", 1)]


def test_nothing_graded_leaves_no_mean(record):
    got = summary("toy", [record(statuses=("not graded",))], Roster())
    assert got.mean is None
    assert got.questions[0].share == 0.0
    assert summary("toy", [record(statuses=())], Roster()).max_score == 0.0


def test_page_names_what_was_not_graded_and_how_it_was_run(tmp_path, record):
    records = [record("dan", statuses=("not graded",), message="why not")]
    text = text_of(page(tmp_path, records, refused=["a: link"], notices=["b: stray"]))
    assert "dan , q0 : why not" in text
    assert "Submissions that could not be graded a: link Passed over b: stray" in text
    assert "Sandbox level full" in text
    assert "Grader version 1.0." in text
    assert "forge" not in text


def test_grades_without_isolation_carry_a_warning(tmp_path, record):
    from dataclasses import replace

    assert "can forge its own grade" in page(
        tmp_path, [record(), replace(record("bea"), sandbox_level="process")]
    )


def test_empty_class_gives_a_page_that_says_so(tmp_path):
    assert "Nothing has been graded yet." in page(tmp_path, [], students=["zoe"])


def test_links_lead_to_the_feedback_whatever_the_name(tmp_path, record):
    names = ["a b", "50%", "#1?", '"><script>', "é", "a&b", "%2e"]
    html = page(tmp_path, [record(name) for name in names])
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(feedback[^"]*)"', html)]
    assert [unquote(link) for link in links] == [
        f"feedback/{name}/toy.html" for name in sorted(names)
    ]
    assert all(re.fullmatch(r"[\w/.%~-]+", link, re.ASCII) for link in links)


def test_everything_that_others_wrote_is_escaped(tmp_path, record):
    attack = '<script>alert(1)</script>"'
    records = [
        record(attack, attack, ("wrong", "not graded"), message=attack, hint=attack),
        record("eve", attack, ("unreadable",), message=attack),
    ]
    html = page(
        tmp_path,
        records,
        titles={attack: attack},
        students=[attack + "x"],
        refused=[attack],
        notices=[attack],
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 10


def test_page_depends_on_nothing_else(tmp_path, record):
    records = [record("b"), record("a"), record("a", "other")]
    first = page(tmp_path, records)
    assert first == page(tmp_path, records[::-1])
    assert first.count("<h1") == 1
    assert "Content-Security-Policy" in first
