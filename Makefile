# Two commands: `make course` builds and serves everything, `make test` runs every test.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
CLASS := _build/class

.PHONY: course test check-python clean

course: $(VENV)/installed
	$(BIN)/selfattn build --book --notebooks
	$(BIN)/python -m selfattn_course.sample_class $(CLASS)/submitted
	$(BIN)/selfattn grade $(CLASS)/submitted --out $(CLASS)/graded --trust-submissions
	@if [ "$(SERVE)" = 0 ]; then \
	  echo "Book: _build/html/index.html   Class report: $(CLASS)/graded/report.html"; \
	else exec $(BIN)/selfattn serve --port $(PORT); fi

test: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest

# The stamp is written last, so that an interrupted install is done again. What runs in the sandbox
# is compiled here, because it could not be kept there.
$(VENV)/installed: requirements.txt pyproject.toml | check-python
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Cannot make $(VENV): Python's venv module is missing. On Debian: apt install python3-venv" >&2; exit 2; }
	$(PIP) install --quiet -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q selfattn_course
	@touch $@

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is missing or older than 3.11. Give another one: make PYTHON=python3.12 course" >&2; exit 2; }

clean:
	rm -rf _build
