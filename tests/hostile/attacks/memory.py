"""Memory, wherever it can be had."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function

ATTACKS = {
    "numpy": cell("import numpy as np\nx = np.ones(10**9)"),
    "numpy, touched bit by bit": cell(
        "import numpy as np\nkept = []\nwhile True: kept.append(np.ones(10**6))"
    ),
    "a list": cell("x = [0]\nwhile True: x += x"),
    "a string": cell("x = 'x'\nwhile True: x += x"),
    "an integer": cell("x = 3\nwhile True: x *= x"),
    "anonymous maps": cell(
        "import mmap\nkept = []\nwhile True:\n    m = mmap.mmap(-1, 1 << 24)\n"
        "    m.write(b'x' * (1 << 24)); kept.append(m)"
    ),
    "memfd": cell(
        "import os\nfd = os.memfd_create('x')\nwhile True: os.write(fd, b'x' * (1 << 20))"
    ),
    "shared memory": cell(
        "from multiprocessing import shared_memory as s\nkept = []\n"
        "while True:\n    m = s.SharedMemory(create=True, size=1 << 24)\n"
        "    m.buf[:] = b'x' * (1 << 24); kept.append(m)"
    ),
    "files": cell(
        "import itertools\nfor i in itertools.count(): open(f'f{i}', 'wb').write(b'x' * (1 << 20))"
    ),
    "empty files": cell("import itertools\nfor i in itertools.count(): open(f'f{i}', 'w')"),
    "a sparse file": cell(
        "import mmap\nf = open('sparse', 'w+b'); f.truncate(1 << 40)\n"
        "m = mmap.mmap(f.fileno(), 1 << 30); m.write(b'x' * (1 << 30))"
    ),
    "/dev/shm": cell(
        "import itertools\nfor i in itertools.count():\n"
        "    open(f'/dev/shm/dropped-{i}', 'wb').write(b'x' * (1 << 20))"
    ),
    "many processes": cell(
        "import os, time\nfor i in range(8):\n    if os.fork() == 0:\n"
        "        kept = b'x' * (150 << 20); time.sleep(60); os._exit(0)\ntime.sleep(2)"
    ),
    "sockets": cell(
        "import socket\nkept = []\nwhile True:\n    pair = socket.socketpair(); kept.append(pair)\n"
        "    pair[0].setblocking(False)\n    try: pair[0].send(b'x' * (1 << 22))\n"
        "    except BlockingIOError: pass"
    ),
    "pipes": cell(
        "import fcntl, os\nkept = []\nwhile True:\n    ends = os.pipe(); kept.append(ends)\n"
        "    fcntl.fcntl(ends[1], 1031, 1 << 20); os.write(ends[1], b'x' * (1 << 20))"
    ),
    "descriptors": cell("import os\nwhile True: os.dup(0)"),
    "folders without bottom": cell("import os\nwhile True:\n    os.mkdir('d'); os.chdir('d')"),
    "syntax": cell("eval('-' * 10**6 + '1')", "(" * 190 + ")" * 190, "x = " + "[" * 5000),
    "a huge answer": function("import numpy as np\nreturn np.ones(4 * 10**6)"),
    "a huge integer": function("return 10**100000"),
    "a long list": function("return [0] * 10**6"),
    "a list within itself": function("x = []\nx.append(x)\nreturn x"),
    "a deep list": function("x = []\nfor i in range(10**5): x = [x]\nreturn x"),
    "a long text": function("return 'x' * 10**8"),
}
