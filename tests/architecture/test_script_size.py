"""All the script a browser takes, htmx with it, stays small. docs/performance.md has the figure."""

import gzip
import re
from importlib import resources
from pathlib import Path

from natrium import web

MOST = 60 * 1024
ROOT = Path(web.__file__).parent


def compressed() -> int:
    """Bytes of every script that pages name or import, each compressed by itself, as it is served."""
    own = sorted((ROOT / "static/js").rglob("*.js"))
    pages = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"static\('([^']+\.js)'\)", pages))
    others = [name for name in named if not (ROOT / "static" / name).exists()]
    assert others == ["django_htmx/htmx-2.min.js"]
    htmx = resources.files("django_htmx") / "static" / others[0]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in (*own, htmx))


def test_all_scripts_take_less_than_60_kilobytes() -> None:
    assert compressed() < MOST


def test_the_figure_in_the_documents_is_near_the_truth() -> None:
    told = re.search(r"all scripts of a page, htmx included: ([\d.]+) KB", Path("docs/performance.md").read_text())
    assert told is not None
    assert abs(float(told[1]) - compressed() / 1024) < 8
