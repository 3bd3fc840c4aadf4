import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VARIABLE = r"(NATRIUM_[A-Z_]+|PORT)"


def test_the_page_lists_every_variable_that_is_read_and_no_other() -> None:
    source = (ROOT / "src/natrium/config/settings.py").read_text()
    page = (ROOT / "docs/settings.md").read_text()
    read = set(re.findall(rf'"{VARIABLE}"', source))
    listed = set(re.findall(rf"^\| `{VARIABLE}`", page, flags=re.MULTILINE))
    assert listed == read
