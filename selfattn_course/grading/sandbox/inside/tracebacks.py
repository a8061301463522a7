"""Tracebacks as in a kernel, but without parsing whole libraries for their frames.

IPython reads and parses every file that a traceback leads through, and looks for its module among
all that are loaded. For an error inside Matplotlib that takes as long as running five notebooks.
Here only what is not a library is parsed; frames of libraries are shown in the short form that
IPython has for files that are too long.
"""

import linecache
import os
import sys
from itertools import groupby
from types import TracebackType

import stack_data
from IPython.core.tbtools import FrameInfo

_LIBRARIES = tuple(path for path in sys.path if os.path.isabs(path))  # not the notebook's folder
_CONTEXT = 2  # lines of a library


def records(traceback, context, tb_offset):
    """What IPython shows of the frames of a traceback; stands for its `VerboseTB.get_records`.

    Parameters
    ----------
    traceback : TracebackType
    context : int
        Lines to show of each frame that is parsed.
    tb_offset : int
        Not used, as there.

    Returns
    -------
    list of FrameInfo
    """
    after = (context - 1) // 2
    options = stack_data.Options(before=context - 1 - after, after=after)
    found = []
    for is_foreign, entries in groupby(_entries(traceback), _is_foreign):
        if is_foreign:
            found += map(_short, entries)
        else:
            parsed = stack_data.FrameInfo.stack_data(_chain(entries), options=options)
            found += map(FrameInfo._from_stack_data_FrameInfo, parsed)
    return found


def _entries(traceback):
    """From the outermost to the innermost, without IPython's own."""
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__")
        if str(module).partition(".")[0] != "IPython":
            yield traceback
        traceback = traceback.tb_next


def _is_foreign(entry):
    """Whether it is in a library, or nobody knows its source."""
    frame = entry.tb_frame
    path = frame.f_code.co_filename
    return path.startswith(_LIBRARIES) or not linecache.getlines(path, frame.f_globals)


def _chain(entries):
    """A traceback of these entries alone."""
    chain = None
    for entry in reversed([*entries]):
        chain = TracebackType(chain, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return chain


def _short(entry):
    code = entry.tb_frame.f_code
    where = code.co_filename, entry.tb_lineno, entry.tb_frame, code
    return FrameInfo("", *where, context=_CONTEXT)
