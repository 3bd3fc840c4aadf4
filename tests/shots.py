"""`make shots`: pictures of every page, in docs/shots."""

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["tests/journeys/pictures.py", "-q", *sys.argv[1:]]))
