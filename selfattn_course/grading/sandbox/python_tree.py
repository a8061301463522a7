"""Where this Python lives, and what next to it must stay out of a student's sight."""

import os
import site
import stat
import sys
from pathlib import Path

_PACKAGE = "selfattn_course"
SYSTEM_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/bin", "/usr/local/lib")
SYSTEM_LINKS = ("/lib", "/lib64", "/lib32", "/bin")
SYSTEM_DATA = (
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
INSIDE = Path(__file__).parent


def executable():
    """The interpreter itself, not the link to it in a virtual environment."""
    return os.path.realpath(sys.executable)


def site_folders():
    """Folders on sys.path that hold installed packages."""
    known = {*site.getsitepackages(), site.getusersitepackages()}
    found = [
        p for p in sys.path if p in known or Path(p).name in ("site-packages", "dist-packages")
    ]
    return [p for p in dict.fromkeys(found) if os.path.isdir(p)]


def folders():
    """Folders to show inside: the interpreter's own and those of installed packages."""
    own = [os.path.join(sys.base_prefix, name) for name in ("bin", "lib", "lib64")]
    own = [p for p in own if os.path.isdir(p) and not os.path.islink(p)]
    shown = [p for p in SYSTEM_FOLDERS if os.path.isdir(p) and not os.path.islink(p)]
    for path in (*own, *site_folders()):
        if not any(Path(path).is_relative_to(parent) for parent in shown):
            shown.append(path)
    return shown


def secrets():
    """The course package wherever it can be reached: its folders, and pointers to them."""
    found = {str(Path(__file__).parents[2])}
    for folder in _all_site_folders():
        pointers = [name for name in os.listdir(folder) if name.startswith("__editable__")]
        names = [name for name in pointers if _PACKAGE in name] + [_PACKAGE]
        found |= {path for name in names if os.path.exists(path := os.path.join(folder, name))}
    return found


def _all_site_folders():
    """Also those that this Python does not use, such as the ones outside its environment."""
    others = [path for folder in folders() for path in Path(folder).glob("python3*/*-packages")]
    return {*site_folders(), *map(str, others)}


def font_lists():
    """What Matplotlib knows of the fonts here, where it has looked before: that takes a while."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return sorted(map(str, Path(caches, "matplotlib").glob("fontlist-v*.json")))


def readable():
    """Largest folders and files that show what `folders` does, and none of the secrets."""
    hidden = secrets()
    return [part for path in outlines() for part in _without(hidden, path)]


def outlines():
    """Few folders and files that hold all that `readable` names, and some of the secrets."""
    return [*folders(), *SYSTEM_DATA]


def _without(hidden, path):
    if path in hidden:
        return []
    if not any(Path(secret).is_relative_to(path) for secret in hidden):
        return [path]
    entries = sorted(os.listdir(path))
    return [part for name in entries for part in _without(hidden, os.path.join(path, name))]


def open_to_all():
    """Can a user without rights on this machine read the interpreter and the packages?"""
    places = {p for path in (executable(), *folders()) for p in (Path(path), *Path(path).parents)}
    return all(place.stat().st_mode & stat.S_IXOTH for place in places)
