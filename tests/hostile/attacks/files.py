"""Reading and writing what is not theirs."""

# ruff: noqa: E501 (code that is shown as it is handed in)

from . import cell, function, hidden

READ = """
import glob, os, sys
def read(path):
    try:
        with open(path, "rb") as file: print(path, file.read(3000))
    except OSError: pass
for path in ("@OUT@/ledger.jsonl", "@OUT@/course.key", "@OUT@/gradebook.db", "@OUT@/grades.csv",
             "@OUT@/class.json", "@ROOT@/submitted/@GOOD@/toy/toy.ipynb", "@TOY@", "@SCRIPT@",
             "@PACKAGE@/kernels/softmax.py", "@PACKAGE@/checks/ch03_softmax.py", "@ROOT@/bait/open",
             "/etc/shadow", "/etc/passwd", "/proc/@PID@/environ", "/proc/@PID@/cmdline",
             "/proc/@PID@/mem", "/proc/@PID@/root/etc/passwd", "/proc/@PID@/cwd/ledger.jsonl",
             "/proc/1/environ", "/proc/1/cmdline", "/proc/self/root/etc/shadow"):
    read(path)
for pattern in ("@OUT@/feedback/*/*", "@ROOT@/submitted/*/toy/*", "@PACKAGE@/**/*.py", "/home/*/*",
                "/root/.*", "/root/*", "/var/lib/*", "/tmp/*", "/tmp/selfattn-*/**/*", "/app/**/*.py",
                *(p + "/selfattn_course/**/*.py" for p in sys.path),
                *(p + "/*selfattn*" for p in sys.path), *(p + "/*editable*" for p in sys.path),
                "/proc/[0-9]*/environ", "/proc/[0-9]*/cwd/*", "/proc/[0-9]*/fd/*"):
    for path in glob.glob(pattern, recursive=True)[:300]: read(path)
print(dict(os.environ))
"""
WRITE = """
import os, shutil, sqlite3, sys
places = ["@OUT@", "@OUT@/feedback", "@ROOT@/submitted", "@ROOT@/submitted/@GOOD@/toy", "@ROOT@/bait",
          "@PACKAGE@", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/app", "/app/stub", "/box/..", "/",
          "/etc", "/root", "/usr/lib", sys.prefix, os.path.dirname(os.__file__), *sys.path]
for place in places:
    for work in (lambda: open(place + "/dropped-here", "w").write("x"),
                 lambda: os.mkdir(place + "/dropped-folder"),
                 lambda: os.symlink("/etc", place + "/dropped-link"),
                 lambda: os.mkfifo(place + "/dropped-pipe"),
                 lambda: os.chmod(place, 0o777),
                 lambda: os.utime(place)):
        try: work()
        except OSError: pass
for path in ("@OUT@/ledger.jsonl", "@OUT@/gradebook.db", "@ROOT@/bait/open", "@TOY@",
             "@ROOT@/submitted/@GOOD@/toy/toy.ipynb"):
    for work in (lambda: open(path, "w").write("{}"), lambda: open(path, "a").write("{}"),
                 lambda: os.remove(path), lambda: os.truncate(path, 0), lambda: os.chmod(path, 0),
                 lambda: os.rename(path, path + "-dropped"), lambda: os.link(path, "here"),
                 lambda: os.setxattr(path, "user.a", b"b"), lambda: os.utime(path, (0, 0)),
                 lambda: sqlite3.connect(path).execute("create table dropped (a)")):
        try: work()
        except Exception: pass
for place in ("@ROOT@/submitted", "@ROOT@/bait", "@OUT@"): shutil.rmtree(place, ignore_errors=True)
"""
LINKS = """
import os
for target in ("/etc/shadow", "/etc/passwd", "@OUT@/course.key", "@OUT@/ledger.jsonl", "@TOY@",
               "/proc/@PID@/environ", "../../../../../etc/passwd", "/proc/self/root/etc/passwd"):
    for make in (os.symlink, os.link):
        try:
            make(target, "link")
            print(open("link", "rb").read(2000))
        except OSError: pass
        finally:
            if os.path.lexists("link"): os.remove("link")
try:
    os.symlink("/", "slash"); print(os.listdir("slash/root"), os.listdir("slash/home"))
except OSError: pass
"""
LEAVE = """
import os
for place in (".", "/tmp", "/dev/shm", "/box", "/var/tmp", os.environ["HOME"], os.path.expanduser("~")):
    for name in ("dropped-for-the-next", "sitecustomize.py", "numpy.py", ".pythonrc"):
        try: open(f"{place}/{name}", "a").write("raise SystemExit('from the last one')")
        except OSError: pass
os.makedirs(os.path.expanduser("~/.ipython/profile_default/startup"), exist_ok=True)
open(os.path.expanduser("~/.ipython/profile_default/startup/a.py"), "w").write("1 / 0")
"""
DEEP = """
import os
os.mkdir("closed"); open("closed/file", "w").write("x"); os.mkdir("closed/in")
try: os.chmod("closed/in", 0); os.chmod("closed", 0)
except OSError: pass
for i in range(2000):
    try: os.mkdir("d"); os.chdir("d")
    except OSError: break
"""

ATTACKS = {
    "reads": cell(READ),
    "reads from a call": function(READ),
    "reads while hidden inputs are there": hidden(READ, score=None),
    "reads with programs": cell(
        "!cat @OUT@/course.key @OUT@/ledger.jsonl /etc/shadow @TOY@ /proc/@PID@/environ",
        "!find / -name 'toy*' -o -name 'ledger*' 2>/dev/null | head -50; env; ps aux; mount",
    ),
    "writes": cell(WRITE),
    "writes from a call": function(WRITE),
    "links": cell(LINKS),
    "leaves files for the next": cell(LEAVE),
    "leaves what is hard to remove": cell(DEEP),
    "imports the package": cell(
        "import importlib, sys\nsys.path[:0] = ['@PACKAGE@/..', '@PACKAGE@']\n"
        "sys.meta_path[:] = [f for f in sys.meta_path if 'tub' not in str(f)]\n"
        "for name in [n for n in sys.modules if n.startswith('selfattn')]: del sys.modules[name]\n"
        "importlib.invalidate_caches()\n"
        "for name in ('selfattn_course.kernels', 'selfattn_course.checks.ch03_softmax', 'kernels',\n"
        "             'selfattn_course.grading.course_key', 'toy'):\n"
        "    try: print('GO' + 'T:', importlib.import_module(name).__file__)\n"
        "    except Exception: pass"
    ),
    "deletes itself": cell("import shutil, os\nshutil.rmtree(os.getcwd(), ignore_errors=True)"),
    "compiled files": cell(
        "import numpy, os\nfor module in (numpy, os):\n"
        "    folder = os.path.dirname(module.__file__) + '/__pycache__'\n"
        "    for name in os.listdir(folder)[:5]:\n"
        "        try: open(f'{folder}/{name}', 'r+b'); print('GO' + 'T:', name)\n"
        "        except OSError: pass"
    ),
}
