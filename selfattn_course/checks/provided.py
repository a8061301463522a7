"""The kernels that a notebook may use while it is graded.

The sandbox holds no kernel but those that the notebook's chapter builds on. The rule is derived
from the exercises alone:

* a kernel is taught by a chapter if it is the reference of one of its exercises;
* a notebook has the kernels that earlier chapters teach,
* but none that is, or is made of, the reference of an exercise of its own chapter or of a later
  one: `attention` with the identity for its values would give `softmax` away.

A kernel is sent as source, cut out of its module with no more than it calls.
"""

from .kernel_source import PACKAGE, cut, reached

_INIT = """\
_ASKED = {asked!r}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    asks = f"is what {{_ASKED[name]}} asks for: it " if name in _ASKED else ""
    raise ImportError(f"{{name}} {{asks}}is not available while grading; write it yourself.")
"""


def provided(chapters, slug):
    """What `selfattn_course.kernels` is while a notebook is graded.

    Parameters
    ----------
    chapters : dict of str to sequence of Exercise
        The exercises of every chapter, in the order of the chapters.
    slug : str
        The notebook's chapter.

    Returns
    -------
    dict of str to str
        Full names of modules to their source: the package itself, and a module for each part of
        it that is needed.
    """
    kernels = _present(chapters, slug)
    asked = {e.name: chapter for chapter, exercises in chapters.items() for e in exercises}
    asked |= {kernel[1]: chapter for chapter in chapters for kernel in _taught(chapters[chapter])}
    imports = [f"from {module} import {name}\n" for module, name in sorted(kernels)]
    return {PACKAGE: "".join(imports) + _INIT.format(asked=asked)} | cut(kernels)


def _present(chapters, slug):
    slugs = list(chapters)
    place = slugs.index(slug)
    earlier = set().union(*(_taught(chapters[s]) for s in slugs[:place]))
    asked = set().union(*(_taught(chapters[s]) for s in slugs[place:]))
    return {kernel for kernel in earlier if not reached(kernel) & asked}


def _taught(exercises):
    """Kernels that are references of exercises."""
    references = [exercise.reference for exercise in exercises]
    return {
        (r.__module__, r.__qualname__) for r in references if r.__module__.startswith(PACKAGE + ".")
    }
