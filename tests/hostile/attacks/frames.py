"""Talking to the grader in the runner's place."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function

TALK = """
import gc, json, os, struct, sys
def frame(header, body=b"", head=None, size=None):
    header = header if isinstance(header, bytes) else json.dumps(header).encode()
    head, size = (len(header) if head is None else head), (len(body) if size is None else size)
    return struct.pack("<4sII", b"SAC1", head, size) + header + body
def seqs():
    found = [x._seq for x in gc.get_objects() if type(x).__name__ == "Runner"]
    return found or [1]
def right(**more):
    return {"seq": seqs()[0], "status": "outcomes", "first": 0, "left": 0, "passed": True,
            "score": 1000, "value": [[None]]} | more
def send(raw):
    os.write(3, raw)
"""


def talking(line):
    return function(line, TALK)


ATTACKS = {
    "garbage": talking("send(os.urandom(5000))"),
    "garbage from a cell": cell(TALK + "send(os.urandom(5000))"),
    "a verdict": talking("send(frame({'seq': seqs()[0], 'status': 'ok', 'passed': True}))"),
    "a valid frame": talking("send(frame(right(score=1000)))\nos._exit(0)"),
    "many frames": talking("send(frame(right()) * 500)"),
    "the same frame from then on": talking("while True: send(frame(right()))"),
    "a wrong number": talking("send(frame(right(seq=1)))"),
    "a frame for the next call": talking(
        "[send(frame(right(first=i, left=9 - i))) for i in range(9)]"
    ),
    "all answers at once": talking("send(frame(right(value=[[1]] * 99)))"),
    "an index of another kind": talking("send(frame(right(first=True, left='x')))"),
    "a status that is an array": talking(
        "send(frame(right(value=[[1, {'a': ['|u1', [2]]}, '', []]]), b'01'))"
    ),
    "a huge frame that never comes": talking(
        "send(frame({}, size=2**26 - 1))\nimport time\ntime.sleep(9)"
    ),
    "an impossible size": talking("send(frame({}, size=2**32 - 1))"),
    "deep JSON": talking("send(frame(b'[' * 500_000))"),
    "a huge number": talking("send(frame(b'{\"seq\": ' + b'9' * 500_000 + b'}'))"),
    "an infinite number": talking(
        "send(frame(json.dumps(right()).encode()[:-1] + b', \"value\": 1e999}'))"
    ),
    "many keys": talking("send(frame({str(i): [{}] for i in range(90_000)}))"),
    "forged arrays": talking("send(frame(right(value={'a': ['<f8', [2**30, 2**10]]}), b'0' * 8))"),
    "forged cells": cell(
        TALK + "from base64 import b64encode\n"
        "item = {'kind': 'display_data', 'data': {'text/html': {'a': ['|u1', [60_000_000]]}}}\n"
        "pair = lambda d: {'d': [[k, pair(v) if isinstance(v, dict) and k != 'text/html' else v]\n"
        "                        for k, v in d.items()]}\n"
        "send(frame(right(status='ok', value=[pair(item)]), b'x' * 60_000_000))\nos._exit(0)",
        score=None,
    ),
    "asks for ever": talking("while True: send(frame(right(status='ask', function='negate')))"),
    "asks for what it was not given": talking(
        "send(frame(right(status='ask', function='double', value={'t': [{'t': []}, {'d': []}]})))"
    ),
    "a trickle": talking(
        "import time\nsend(frame({}, head=1000, size=1000)[:12])\n"
        "while True: send(b'x'); time.sleep(.1)"
    ),
    "closes the connection": talking("os.close(3)"),
    "closes the connection in a cell": cell("import os\nos.close(3)"),
    "shuts the connection down": talking(
        "import socket\nsocket.socket(fileno=3).shutdown(socket.SHUT_WR)"
    ),
    "never reads": talking("import time\nsend(b'SAC1')\ntime.sleep(99)"),
    "reads in the runner's place": talking(
        "os.set_blocking(3, False)\ntry: os.read(3, 10**7)\nexcept OSError: pass"
    ),
    "writes from a thread": cell(
        TALK + "import threading\ndef spam():\n    while True: send(frame(right()))\n"
        "threading.Thread(target=spam, daemon=True).start()",
        score=None,
    ),
    "answers late": function(
        "import threading, time\ndef late():\n    time.sleep(.02)\n    send(frame(right()))\n"
        "threading.Thread(target=late).start()",
        TALK,
        score=None,
    ),
    "another runner": function(
        "for r in (x for x in gc.get_objects() if type(x).__name__ == 'Runner'):\n"
        "    r._outcome = lambda *a: ('returned', '', True, [])",
        TALK,
        score=0,
    ),
}
