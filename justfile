# What can be run here. `just check` is what CI runs. The tools come with `.venv/bin/pip install -e '.[dev]'`.

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

# list the recipes
default:
    @just --list --unsorted

# put the code in shape
format:
    ruff format
    ruff check --fix

# shape and habits of the code
lint:
    ruff format --check
    ruff check

# types, strictly
types:
    mypy

# all tests, or those named: just test tests/test_docs.py
test *paths:
    pytest -q {{ paths }}

# make docs/cli.md, the pictures and the sessions of the pages anew
docs:
    python docs/make.py

# whether they are as the program prints them now
docs-check:
    python docs/make.py --check

# all but the tests
static: lint types docs-check

# everything CI runs
check: static test

# how fast it is: writes nothing into the repository
bench *arguments:
    python benchmarks/run.py {{ arguments }}
