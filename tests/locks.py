"""Are the locks made from the requirements, and do they keep to names, versions and hashes?

Needs no network: it compares what is asked for with what is locked.
"""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(?:==\s*([^\s;\\]+))?")


def pins(text: str) -> dict[str, str]:
    """Return name to version; a name asked for without a version has an empty one."""
    found = {}
    for line in text.splitlines():
        match = NAME.match(line)
        if match and not line.startswith("-"):
            found[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2] or ""
    return found


def complaints(name: str) -> list[str]:
    """Return what is wrong with one lock, as sentences."""
    asked = pins((FOLDER / f"{name}.in").read_text(encoding="utf-8"))
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    locked = pins(text)
    wrong = [
        f"requirements/{name}.txt does not hold {package} {version}: run `make lock`."
        for package, version in asked.items()
        if package not in locked or (version and locked[package] != version)
    ]
    if "://" in text:
        wrong.append(f"requirements/{name}.txt names an address; a lock holds names, versions and hashes only.")
    return wrong


if __name__ == "__main__":
    found = [line for file in sorted(FOLDER.glob("*.in")) for line in complaints(file.stem)]
    sys.exit("\n".join(found) or 0)
