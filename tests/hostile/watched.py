"""Run class_of_attacks.py in a process of its own and gather what it saw."""

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("class_of_attacks.py")
LONGEST_S = 600  # a bound against a grader that hangs, not a measure of it


@dataclass(frozen=True)
class Class:
    """What came of a class of attackers."""

    root: Path
    finished: subprocess.CompletedProcess
    seen: dict
    unchanged: list
    secret: str
    ledger: dict = field(repr=False)

    def page(self, student):
        return (self.root / "out" / "feedback" / student / "toy.html").read_text("utf-8")


def run_class(root, level, *, pattern="", prefix=(), owner=None):
    """Run class_of_attacks.py; skip or fail if the level does not work here."""
    secret = f"secret-{secrets.token_hex(8)}"
    temporary = root / "tmp"
    temporary.mkdir(mode=0o711)
    if owner is not None:
        os.chown(temporary, owner, owner)
    command = [
        *prefix,
        sys.executable,
        str(SCRIPT),
        str(root),
        level,
        pattern,
    ]
    own = {"HOSTILE_SECRET": secret, "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    own["PYTHONPATH"] = str(SCRIPT.parents[2])  # the repository
    finished = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | own, timeout=LONGEST_S, cwd=root
    )
    if "cannot start" in finished.stderr:
        required = os.environ.get("SELFATTN_REQUIRED_LEVELS", "").split(",")
        (pytest.fail if level in required else pytest.skip)(finished.stderr[-500:])
    assert (root / "seen.json").exists(), finished.stderr[-3000:]
    seen = json.loads((root / "seen.json").read_text())
    assert (root / "unchanged.json").exists(), finished.stderr[-3000:]
    unchanged = json.loads((root / "unchanged.json").read_text())
    lines = (root / "out" / "ledger.jsonl").read_text("utf-8").split("\n")[:-1]
    ledger = {record["student"]: record for record in map(json.loads, lines)}
    return Class(root, finished, seen, unchanged, secret, ledger)
