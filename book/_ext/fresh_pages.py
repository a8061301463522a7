"""Run the pages again when the code behind them has changed.

The cache of executed pages looks at the text of a page only, and would go on showing figures that
the package no longer draws. So the cache lives in a folder named after the package's sources.
"""

import hashlib
from pathlib import Path

import selfattn_course

LAYERS = ("kernels", "experiments", "figures")  # what pages may call


def _digest_of_sources():
    root = Path(selfattn_course.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for layer in LAYERS for path in (root / layer).rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _set_cache_path(app, config):
    cache = Path(app.outdir).parent / ".jupyter_cache" / _digest_of_sources()
    config.nb_execution_cache_path = str(cache)


def setup(app):
    app.connect("config-inited", _set_cache_path)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
