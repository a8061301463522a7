import socket
import threading
import urllib.error
import urllib.request

import pytest

from selfattn_course.commands.serve import HOST, open_server
from selfattn_course.errors import CourseError


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "html"
    site.mkdir()
    (site / "index.html").write_text("the book")
    return site


@pytest.fixture
def graded(tmp_path):
    graded = tmp_path / "graded"
    (graded / "feedback" / "ada").mkdir(parents=True)
    (graded / "report.html").write_text("the report")
    (graded / "feedback" / "ada" / "ch03.html").write_text("feedback for ada")
    (graded / "course.key").write_text("secret")
    (graded / "ledger.jsonl").write_text("scores")
    return graded


@pytest.fixture
def get(site, graded):
    server = open_server(site, graded, 18200)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def get(path):
        with urllib.request.urlopen(f"http://{HOST}:{server.server_port}{path}") as response:
            return response.read().decode()

    yield get
    server.shutdown()
    server.server_close()
    thread.join()


def test_book_and_class_pages_are_served(get):
    assert get("/index.html") == "the book"
    assert get("/class/report.html") == "the report"
    assert get("/class/") == "the report"
    assert get("/class/feedback/ada/ch03.html") == "feedback for ada"


@pytest.mark.parametrize(
    "path",
    [
        "/class/course.key",
        "/class/ledger.jsonl",
        "/class/../graded/course.key",
        "/class/%2e%2e/graded/course.key",
        "/class/feedback/../course.key",
        "/class/feedback/../../graded/ledger.jsonl",
    ],
)
def test_nothing_but_pages_leaves_the_class_folder(get, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(path)


def test_busy_port_gives_the_next_free_one(site, graded):
    with socket.socket() as busy:
        busy.bind((HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        with open_server(site, graded, port) as server:
            assert port < server.server_port < port + 20


def test_missing_book_is_explained(tmp_path):
    with pytest.raises(CourseError, match="holds no book; .* Run: selfattn build --book"):
        open_server(tmp_path, tmp_path, 18300)
