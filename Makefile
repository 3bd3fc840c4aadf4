# Everything a person or a machine does here has one name. `make` alone lists them.
.POSIX:
.DEFAULT_GOAL := help
.PHONY: help run setup test soak check format bench lock shots mutation clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-18s %s\n", $$1, $$2 }'

run: ## set up, load the demo practice into an empty database, and serve it (PORT=8000)
	@bin/run

setup: ## make .venv with what running, testing and checking need
	@bin/setup --dev

test: ## all tests, on SQLite and on a PostgreSQL of their own
	@bin/test

soak: ## the long races and kills, on both databases
	@bin/test --soak

check: ## format, lint, types, import contracts, migrations, docs
	@bin/check

format: ## let the formatter and the linter mend what they can
	@bin/setup --dev
	@.venv/bin/ruff format -q .
	@.venv/bin/ruff check -q --fix .

bench: ## measure speed; writes bench/results.json
	@bin/setup --dev
	@.venv/bin/python -m bench

lock: ## compile requirements/*.in into hash-locked *.txt
	@bin/lock

shots: ## pictures of each page, in shots/
	@bin/setup --dev
	@.venv/bin/python -m tests.shots

mutation: ## change the rules one place at a time and see whether the tests notice
	@bin/mutation

clean: ## remove what is made (never data/)
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants htmlcov .coverage .coverage.* test-results
