import shutil

from selfattn_course.grading.policy import Policy, read_policy

POLICY = """
[due]
ch03_softmax = 2026-11-20T23:59:00+01:00
[late]
percent_per_day = 10
"""


def test_a_policy_is_kept_until_another_is_given(run_selfattn, graded_class, tmp_path):
    submitted = tmp_path / "submitted" / "ada" / "ch03_softmax"
    shutil.copytree(graded_class[0] / "submitted" / "ada" / "ch03_softmax", submitted)
    (submitted / "timestamp.txt").write_text("2026-11-21 18:30:00 UTC\n")
    out = tmp_path / "out"

    def grade(*options):
        command = ("grade", tmp_path / "submitted", "--out", out, "--trust-submissions")
        done = run_selfattn(*command, *options)
        table = out / "grades.csv"
        return done, table.read_text().splitlines()[-1] if table.exists() else None

    policy = tmp_path / "rules.toml"
    policy.write_text(POLICY.replace("ch03_softmax", "ch99"))
    done, _ = grade("--policy", policy)
    assert (done.returncode, out.exists()) == (2, False)
    assert "[due] names ch99, which is no assignment; expected one of: ch01" in done.stderr
    policy.write_text(POLICY)
    done, row = grade("--policy", policy)
    assert (done.returncode, row[:23]) == (0, "ch03_softmax,ada,31.5,3")
    policy.unlink()
    assert grade()[1] == row
    policy.write_text('[attempts]\ncounts = "best"')
    assert grade("--policy", policy)[1][:21] == "ch03_softmax,ada,35,3"
    assert read_policy(out) == Policy(counts="best")
    (out / "policy.toml").write_text("[due")
    done, _ = grade()
    assert done.returncode == 2
    assert "policy.toml is no TOML" in done.stderr
