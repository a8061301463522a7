"""How to start the zygote of each level."""

import json
import os
import pwd

from . import bubblewrap, python_tree

_FIRST_UNPRIVILEGED_ID = 60900  # above what distributions give to users, below `nobody`
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "PIP_NO_INDEX": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
}
_BOOT = (
    "import json, sys; config = json.loads(sys.argv[1]); sys.path.insert(0, config['runner']); "
    "from inside.start import start; start(config)"
)


def notebook_user(level):
    """Id of the user that notebooks run as outside of a user namespace, or None for this one.

    Root's notebooks get an unprivileged one, unless it could not read the interpreter: with
    level `full` bubblewrap sees to that, with the others the folders' permissions decide.
    """
    if os.geteuid() != 0 or not (level == "full" or python_tree.open_to_all()):
        return None
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(i for i in range(_FIRST_UNPRIVILEGED_ID, 65000) if i not in taken)


def home_folder(base):
    """Where the zygote may write, below its base folder."""
    return os.path.join(base, "home")


def runs_folder(base):
    """Where each notebook gets its own folder, below the base folder."""
    return os.path.join(base, "runs")


def command(level, control, base, user):
    """Command and environment of a zygote.

    Parameters
    ----------
    level : str
    control : int
        Descriptor of the socket over which it takes jobs.
    base : str or None
        Its folder on this machine; None for level `full`, whose folders are inside.
    user : int or None
        From `notebook_user`.

    Returns
    -------
    arguments : list of str
    environment : dict

    Raises
    ------
    OSError
        If something that the level needs is missing.
    """
    full = level == "full"
    runner = bubblewrap.RUNNER if full else str(python_tree.INSIDE)
    config = {
        "level": level,
        "control": control,
        "runner": runner,
        "stub": f"{runner}/stub",
        "site": python_tree.site_folders(),
        "root_until_here": user if full else None,
        "uid": None if full else user,
        "base": base,
        "fonts": _font_lists(full),
    }
    if level == "landlock":
        config["readable"] = python_tree.readable()
        config["folders"] = python_tree.outlines()
        config["writable"] = [runs_folder(base)]
        config["devices"] = python_tree.DEVICES
    start = [python_tree.executable(), "-I", "-S", "-c", _BOOT, json.dumps(config)]
    prefix = bubblewrap.command() if full else []
    return prefix + start, _environment("/box" if full else home_folder(base), config)


def _font_lists(full):
    found = python_tree.font_lists()
    return [f"{bubblewrap.FONTS}/{os.path.basename(path)}" for path in found] if full else found


def _environment(home, config):
    packages = os.pathsep.join([config["stub"], *config["site"]])  # for Python below a notebook
    path = os.pathsep.join([os.path.dirname(python_tree.executable()), "/usr/bin", "/bin"])
    own = {"HOME": home, "TMPDIR": home, "PATH": path, "PYTHONPATH": packages}
    return _ENVIRONMENT | own | {"MPLCONFIGDIR": f"{home}/.mpl", "IPYTHONDIR": f"{home}/.ipython"}
