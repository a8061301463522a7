"""A real Chromium on the built book and on the graded sample class."""

import threading

import pytest

from selfattn_course import layout
from selfattn_course.commands.serve import HOST, open_server


@pytest.fixture(scope="session")
def address(graded_class, run_selfattn):
    """Where the book and the sample class's report are served, both built first."""
    built = run_selfattn("build")
    assert built.returncode == 0, built.stdout + built.stderr
    server = open_server(layout.SITE, graded_class[0] / "graded", 18100)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser, address):
    """Opens a path at a width and in a colour scheme; collects what goes wrong meanwhile."""
    contexts = []

    def open_page(path, width=1280, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and page.problems.append(message.text),
        )
        page.on(
            "request",
            lambda request: (
                request.url.startswith((address, "data:", "blob:"))
                or page.problems.append(f"asked for {request.url}")
            ),
        )
        page.goto(address + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
