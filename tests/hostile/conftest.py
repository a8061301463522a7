"""A class of attackers, graded once at each level that confines."""

import os

import pytest

from tests.hostile.watched import run_class


@pytest.fixture(scope="session", params=["full", "landlock"])
def graded(request, tmp_path_factory):
    root = tmp_path_factory.mktemp(f"hostile-{request.param}")
    pattern = os.environ.get("HOSTILE_PATTERN", "")  # to look at some of them only
    return run_class(root, request.param, pattern=pattern)
