"""Do the documents keep to what is there? Links lead somewhere, named commands exist, each event is listed."""

import re
import sys
from pathlib import Path

from natrium.cli.main import find_verbs

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
MADE = re.compile(r"\bmake ([a-z]+)\b")
VERB = re.compile(r"\bnatrium ([a-z][a-z-]+)\b")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
SUBJECTS = (
    "task|step|group|workflow|template|client|member|practice|job|proposal|token|comment|file|view|service|engagement"
)
EVENT = re.compile(rf"""["']((?:{SUBJECTS})\.[a-z]+(?:_[a-z]+)*)["']|verb=["']([a-z]+\.[a-z_]+)["']""")
LISTED = re.compile(r"^\| `([a-z]+\.[a-z_]+)`", re.MULTILINE)
NOT_EVENTS = {"client.id", "client.name", "task.title", "member.id"}


def pages() -> list[Path]:
    """Every document of the project."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def anchor(heading: str) -> str:
    """The address of a heading within its page, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """The headings of a page, as addresses."""
    return {anchor(found) for found in re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)}


def broken_links(page: Path) -> list[str]:
    """Links of a page that lead nowhere. Addresses outside the project are not followed."""
    wrong = []
    for link in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        address, _, place = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        there = (page.parent / address).resolve() if address else page
        if not there.exists():
            wrong.append(f"{page.relative_to(ROOT)}: {link} leads nowhere.")
        elif place and there.suffix == ".md" and place not in anchors(there):
            wrong.append(f"{page.relative_to(ROOT)}: {link} names no heading.")
    return wrong


def unknown_commands(page: Path, targets: set[str], verbs: set[str]) -> list[str]:
    """Commands in a page's code that the project does not have."""
    code = "\n".join(CODE.findall(page.read_text(encoding="utf-8")))
    unknown = [f"make {name}" for name in MADE.findall(code) if name not in targets]
    unknown += [f"natrium {name}" for name in VERB.findall(code) if name not in verbs and name not in {"make", "cd"}]
    return [f"{page.relative_to(ROOT)}: there is no `{command}`." for command in unknown]


def written_events() -> set[str]:
    """The events that the product writes, by reading its source."""
    found = set()
    for file in (ROOT / "src" / "natrium").rglob("*.py"):
        for groups in EVENT.findall(file.read_text(encoding="utf-8")):
            found |= {name for name in groups if name}
    return found - NOT_EVENTS


def complaints() -> list[str]:
    """What is wrong with the documents, as sentences."""
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    verbs = set(find_verbs(ROOT / "src" / "natrium" / "cli"))
    wrong = [line for page in pages() for line in broken_links(page) + unknown_commands(page, targets, verbs)]
    listed = set(LISTED.findall((ROOT / "docs" / "events.md").read_text(encoding="utf-8")))
    wrong += [f"docs/events.md does not list `{name}`." for name in sorted(written_events() - listed)]
    wrong += [f"docs/events.md lists `{name}`, which nothing writes." for name in sorted(listed - written_events())]
    return wrong


if __name__ == "__main__":
    sys.exit("\n".join(complaints()) or 0)
