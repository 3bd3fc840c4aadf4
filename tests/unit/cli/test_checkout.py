"""The commit of a checkout is read from git's own files, however git keeps it."""

from pathlib import Path

from natrium.cli.checkout import commit_of

ONE, TWO = "1" * 40, "2" * 40


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_of_a_branch_packed_or_not_and_of_none(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    put(tmp_path / ".git" / "HEAD", "ref: refs/heads/main\n")
    assert commit_of(tmp_path) == ""
    put(
        tmp_path / ".git" / "packed-refs", f"# pack-refs with: peeled\n{TWO} refs/heads/main\n{ONE} refs/heads/x/main\n"
    )
    assert commit_of(tmp_path) == TWO[:12]
    put(tmp_path / ".git" / "refs" / "heads" / "main", f"{ONE}\n")
    assert commit_of(tmp_path) == ONE[:12]
    put(tmp_path / ".git" / "HEAD", f"{TWO}\n")
    assert commit_of(tmp_path) == TWO[:12]


def test_of_a_second_work_tree(tmp_path: Path) -> None:
    put(tmp_path / "second" / ".git", "gitdir: ../main/.git/worktrees/second\n")
    put(tmp_path / "main" / ".git" / "worktrees" / "second" / "HEAD", "ref: refs/heads/side\n")
    put(tmp_path / "main" / ".git" / "worktrees" / "second" / "commondir", "../..\n")
    put(tmp_path / "main" / ".git" / "refs" / "heads" / "side", f"{ONE}\n")
    assert commit_of(tmp_path / "second") == ONE[:12]
