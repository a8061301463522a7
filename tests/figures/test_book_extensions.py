import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

import selfattn_course

EXTENSIONS = Path(__file__).parents[2] / "book" / "_ext"


def load(name):
    spec = importlib.util.spec_from_file_location(name, EXTENSIONS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("layer", ["kernels", "experiments", "figures"])
def test_pages_run_again_when_their_code_changes(tmp_path, monkeypatch, layer):
    fresh_pages = load("fresh_pages")
    monkeypatch.setattr(selfattn_course, "__file__", str(tmp_path / "__init__.py"))
    app, paths = SimpleNamespace(outdir=tmp_path / "_build" / "html"), []
    for source in ("a = 1", "a = 1", "a = 2"):
        (tmp_path / layer).mkdir(exist_ok=True)
        (tmp_path / layer / "x.py").write_text(source)
        config = SimpleNamespace()
        fresh_pages._set_cache_path(app, config)
        paths.append(Path(config.nb_execution_cache_path))
    assert paths[0] == paths[1] != paths[2]
    assert paths[0].parent == tmp_path / "_build" / ".jupyter_cache"


def test_bibliography_entries_become_list_items():
    context = {"body": '<div role="list"><div id="a" role="doc-biblioentry">'}
    load("accessible_html")._mend(None, "page", "page.html", context, None)
    assert context["body"] == '<div role="list"><div id="a" role="listitem">'
