"""A PostgreSQL server of a test's own: in a temporary folder, on the loopback interface."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

PASSWORD = "s3cret&=%"
INSTALLED = Path("/usr/lib/postgresql")


@contextmanager
def server():
    """Yields the port; user postgres has the password PASSWORD. Skips where none is installed."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    user = _unprivileged()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    (folder / "password").write_text(PASSWORD)
    os.chmod(folder / "password", 0o644)
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()} if user else {}
    data, port = folder / "data", _free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    try:
        password = f"--pwfile={folder / 'password'}"
        _run(
            "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", password, "-N", **as_user
        )
        _run("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start", **as_user)
        try:
            yield port
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", **as_user)
    finally:
        shutil.rmtree(folder)


def _run(program, *arguments, **options):
    newest_first = sorted(INSTALLED.glob(f"*/bin/{program}"), reverse=True)
    path = next(iter(newest_first), None) or shutil.which(program)
    if path is None:
        pytest.skip("PostgreSQL is not installed: apt install postgresql")
    command = [str(path), *map(str, arguments)]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(command, check=True, timeout=60, **quiet, **options)


def _unprivileged():
    """Whom to run the server as; None for ourselves, for it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
