"""The page of roles says what the table says."""

from pathlib import Path

from natrium.domain.roles import TABLE, who_may

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"


def page() -> str:
    """The page, from the table that answers every permission question."""
    rows = "\n".join(f"| {deed.value} | {who_may(deed)} |" for deed in TABLE)
    return f"# Who may do what\n\n| to | takes |\n|---|---|\n{rows}\n"


def test_the_page_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
