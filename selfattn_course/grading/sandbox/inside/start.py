"""What the Python inside the sandbox does first."""

import gc
import os
import shutil
import sys
from contextlib import contextmanager

from . import namespaces, privileges


def start(config):
    """Give up root before anything else is loaded, then become the zygote.

    Parameters
    ----------
    config : dict
        As for `zygote.main`, and: runner, stub, site, entries of sys.path; root_until_here, the
        user to become at once, or null; fonts, files for Matplotlib's cache.
    """
    gc.disable()  # until all is loaded, for nothing of it is to be freed
    if config["root_until_here"]:
        if os.listdir("/proc"):  # bubblewrap leaves it empty; this is the machine's
            raise OSError("bubblewrap did not make a file system of its own")
        namespaces.mount_proc()
        os.chmod(namespaces.FOLDER, 0o777)  # root's until a notebook's own is mounted over it
        privileges.become(config["root_until_here"])
    _take(config["fonts"], os.environ["MPLCONFIGDIR"])
    sys.argv = [""]
    # as in a kernel, modules next to the notebook come first
    sys.path[:] = ["", config["stub"], *sys.path, *config["site"]]
    with _without_lists_of_properties():
        from .zygote import main

    sys.path.remove(config["runner"])
    import selfattn_course  # noqa: F401  (the stub)

    main(config)


def _take(files, folder):
    """Copy files into a folder, as far as they can be read: they only save time."""
    os.makedirs(folder, exist_ok=True)
    for path in files:
        try:
            shutil.copy(path, folder)
        except OSError:
            continue


@contextmanager
def _without_lists_of_properties():
    """Leave them out of Matplotlib's docstrings: to make them takes a third of loading it."""
    from matplotlib import artist

    before, artist.kwdoc = artist.kwdoc, lambda artist: ""
    try:
        yield
    finally:
        artist.kwdoc = before
