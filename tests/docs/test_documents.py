"""The check of the documents sees what is wrong, and finds nothing."""

from pathlib import Path

import pytest

from tests import documents


def test_nothing_is_wrong_with_the_documents() -> None:
    assert documents.complaints() == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[away](nowhere.md)", "nowhere.md leads nowhere."),
        ("# One\n\n[two](#two)", "#two names no heading."),
    ],
)
def test_a_broken_link_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert documents.broken_links(tmp_path / "page.md") == [f"page.md: {words}"]


def test_a_command_that_is_not_there_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (tmp_path / "page.md").write_text("`make tea`, `natrium fly`, `make run`", encoding="utf-8")
    found = documents.unknown_commands(tmp_path / "page.md", {"run"}, {"doctor"})
    assert found == ["page.md: there is no `make tea`.", "page.md: there is no `natrium fly`."]
