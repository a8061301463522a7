from datetime import UTC, datetime

import pytest

from selfattn_course.errors import CourseError
from selfattn_course.grading.policy import Policy, keep_policy, load_policy, read_policy

WHOLE = """
[due]
toy = 2026-11-20T23:59:00+01:00
[late]
grace_minutes = 15
percent_per_day = 10
percent_at_most = 50
[attempts]
counts = "best"
at_most = 5
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "given.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_every_rule_is_read(written):
    policy = load_policy(written(WHOLE), {"toy"})
    due = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
    assert policy == Policy({"toy": due}, 15.0, 10.0, 50.0, "best", 5)


def test_every_rule_may_be_left_out(written):
    assert load_policy(written("")) == Policy()
    assert load_policy(written("[late]\n[due]\n[attempts]")) == Policy()


def test_a_folder_keeps_the_policy_that_was_given_last(tmp_path, written):
    assert read_policy(tmp_path) == Policy()
    keep_policy(tmp_path, written(WHOLE))
    keep_policy(tmp_path, written('[attempts]\ncounts = "best"'))
    assert read_policy(tmp_path) == Policy(counts="best")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[dew]", "dew is no table; expected one of: due, late, attempts"),
        ("late = 5", r"late is a value; expected a table; write \[late\] above its keys"),
        ("[late]\npercent = 5", r"percent is no key in \[late\]; expected one of: grace_minutes, "),
        ("[attempts]\ncount = 5", r"count is no key in \[attempts\]; expected one of: counts"),
        ("[due]\nfoo = 2026-11-20T23:59:00Z", r"names foo, which is no assignment; .* one of: toy"),
        ("[due]\ntoy = 2026-11-20T23:59:00", r"offset from UTC; write it as 2026-11-20T23:59:00\+"),
        ("[due]\ntoy = 2026-11-20", r"moment open; .* write it as 2026-11-20T23:59:00\+01:00"),
        ("[due]\ntoy = '2026-11-20'", "expected a date and time without quotes"),
        ("[due]\ntoy = 23:59:00", "expected a date and time without quotes"),
        ("[late]\npercent_per_day = '10'", "percent_per_day is '10'; expected a number from 0 to"),
        ("[late]\npercent_per_day = true", "percent_per_day is True; expected a number"),
        ("[late]\npercent_at_most = 101", "percent_at_most is 101; expected .* from 0 to 100"),
        ("[late]\ngrace_minutes = -1", "grace_minutes is -1; expected a number of at least 0"),
        ("[late]\ngrace_minutes = inf", "grace_minutes is inf; expected"),
        ("[late]\npercent_per_day = nan", "percent_per_day is nan; expected"),
        ('[attempts]\ncounts = "first"', 'counts is \'first\'; expected "last" or "best"'),
        ("[attempts]\ncounts = [1]", 'expected "last" or "best"'),
        ("[attempts]\nat_most = 0", "at_most is 0; expected a whole number of at least 1"),
        ("[attempts]\nat_most = 2.5", "at_most is 2.5; expected a whole number"),
        ("[attempts]\nat_most = true", "at_most is True; expected a whole number"),
        ("[due", "is no TOML: Expected"),
        (b"\xff", "is no TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(written, text, problem):
    with pytest.raises(CourseError, match=problem) as refused:
        load_policy(written(text), ("toy",))
    assert "given.toml" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_file_that_is_missing_is_said_in_one_sentence(tmp_path):
    with pytest.raises(CourseError, match="cannot read the policy .*no such file"):
        load_policy(tmp_path / "none.toml")
