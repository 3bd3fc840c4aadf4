"""Which version a checkout is, and at which commit; git need not be there for it, nor trust us."""

import tomllib
from pathlib import Path

SHORT = 12


def version_of(folder: Path) -> str:
    """Return the version that a checkout says it is; "" where the folder is none."""
    try:
        return str(tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        return ""


def commit_of(folder: Path) -> str:
    """Return the commit, shortened; "" where the folder is no checkout, or git keeps it in another way."""
    try:
        git = folder / ".git"
        if git.is_file():
            git = folder / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        commit = _of_branch(git, head.removeprefix("ref: ")) if head.startswith("ref: ") else head
    except (OSError, UnicodeDecodeError):
        return ""
    return commit[:SHORT]


def _of_branch(git: Path, branch: str) -> str:
    """The commit of a branch: in a file of its own, or packed with others. A second work tree shares both."""
    shared = git / "commondir"
    common = git / shared.read_text(encoding="utf-8").strip() if shared.exists() else git
    for place in (git, common):
        if (place / branch).is_file():
            return (place / branch).read_text(encoding="utf-8").strip()
    packed = (common / "packed-refs").read_text(encoding="utf-8").splitlines()
    return next((line.split()[0] for line in packed if line.endswith(f" {branch}")), "")
