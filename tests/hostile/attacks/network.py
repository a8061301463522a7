"""Sockets of every kind."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function, hidden

FAMILIES = """
import socket, ctypes
libc = ctypes.CDLL(None)
for family in range(46):
    for kind in (1, 2, 3, 5):
        if libc.socket(family, kind, 0) >= 0 and family != socket.AF_UNIX:
            print("GO" + "T:", family, kind)
"""
CONNECT = """
import os, socket
def connects(family, kind, address):
    try:
        with socket.socket(family, kind) as s:
            s.settimeout(1)
            s.connect(address)
            s.send(b"hello")
        print("GO" + "T:", address)
    except OSError: pass
connects(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", @PORT@))
connects(socket.AF_INET6, socket.SOCK_STREAM, ("::1", @PORT@))
connects(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", @PORT@))
connects(socket.AF_UNIX, socket.SOCK_STREAM, "\\0@ABSTRACT@")
connects(socket.AF_UNIX, socket.SOCK_STREAM, "@ROOT@/bait/socket")
connects(socket.AF_UNIX, socket.SOCK_DGRAM, "\\0@ABSTRACT@-datagrams")
for path in ("/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/notify"):
    connects(socket.AF_UNIX, socket.SOCK_STREAM, path)
pair = socket.socketpair()
for address in ("\\0@ABSTRACT@", "@ROOT@/bait/socket"):
    try: pair[0].connect(address); print("GO" + "T:", address)
    except OSError: pass
try:
    datagrams = socket.socketpair(type=socket.SOCK_DGRAM)
    datagrams[0].sendto(b"hello", "\\0@ABSTRACT@-datagrams"); print("GO" + "T:")
except OSError: pass
"""
DOWNLOAD = """
import urllib.request
try: print("GO" + "T:", urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=1))
except OSError: pass
"""

ATTACKS = {
    "every family": cell(FAMILIES),
    "the grader's machine": cell(CONNECT),
    "from a call": function(CONNECT),
    "with what is hidden": hidden(CONNECT.replace('b"hello"', "repr(x).encode()")),
    "a download": cell(DOWNLOAD, "!curl -s http://127.0.0.1:@PORT@/", "!pip install nothing"),
    "an upload": cell("%%bash\necho hello > /dev/tcp/127.0.0.1/@PORT@"),
    "listens": cell(
        "import socket\nfor address in (('', 0), ('127.0.0.1', 0)):\n"
        "    try: socket.create_server(address); print('GO' + 'T:')\n    except OSError: pass"
    ),
    "hands its descriptors to the grader": cell(
        "import os, socket\nwith socket.socket(fileno=os.dup(3)) as grader:\n"
        "    for i in range(20): socket.send_fds(grader, [b''], [0] * 100)",
        score=None,
    ),
}
