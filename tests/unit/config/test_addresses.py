from pathlib import Path

import pytest

from natrium.config import databases, env, mail

URL = "NATRIUM_DATABASE_URL"


def test_without_an_address_the_database_is_a_file_in_the_data_folder(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv(URL, raising=False)
    entry = databases.database(URL, tmp_path, pool=8)
    assert entry["NAME"] == tmp_path / "natrium.sqlite3"
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_sqlite_address_names_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL, "sqlite:///srv/a%20b.sqlite3")
    assert databases.database(URL, tmp_path, pool=8)["NAME"] == Path("/srv/a b.sqlite3")


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL, "postgresql://me:p%40ss@db.example:6432/natrium?sslmode=require")
    entry = databases.database(URL, tmp_path, pool=4)
    assert [entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "me",
        "p@ss",
        "db.example",
        "6432",
        "natrium",
    ]
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 4


def test_behind_a_pooler_there_is_no_pool_and_no_cursor_on_the_server(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(URL, "postgresql://me@db/natrium?host=/run/postgresql")
    entry = databases.database(URL, tmp_path, pool=0)
    assert entry["HOST"] == "/run/postgresql"
    assert entry["OPTIONS"] == {}
    assert entry["DISABLE_SERVER_SIDE_CURSORS"]


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "mysql://me:hunter2@db/natrium",
        "postgresql://me:hunter2@db",
        "postgresql://me:hunter2@db:port/natrium",
        "postgresql://me:hunter2@[db/natrium",
        "sqlite://",
        "sqlite://hunter2/file",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    address: str,
) -> None:
    monkeypatch.setenv(URL, address)
    with pytest.raises(env.ConfigError, match="not an address of the form postgresql://") as caught:
        databases.database(URL, tmp_path, pool=8)
    assert "hunter2" not in str(caught.value)


def test_an_unknown_option_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(URL, "postgresql://db/natrium?ssl=1")
    with pytest.raises(env.ConfigError, match="carries the option 'ssl'"):
        databases.database(URL, tmp_path, pool=8)


def test_without_a_mail_server_mail_is_written_to_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NATRIUM_SMTP_URL", raising=False)
    mailer = mail.mailers("NATRIUM_SMTP_URL", tmp_path)["default"]
    assert mailer["BACKEND"].endswith("notifications.backends.FolderBackend")
    assert mailer["OPTIONS"] == {"folder": str(tmp_path)}


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://u:p@mail.example", 587, True, False),
        ("smtps://u:p@mail.example", 465, False, True),
        ("smtp://localhost:25?plain=1", 25, False, False),
    ],
)
def test_a_mail_address_is_taken_apart(
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    port: int,
    *,
    tls: bool,
    ssl: bool,
) -> None:
    monkeypatch.setenv("NATRIUM_SMTP_URL", address)
    options = mail.mailers("NATRIUM_SMTP_URL", Path("mail"))["default"]["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)


@pytest.mark.parametrize(
    "address", ["mail.example", "smtp://", "smtp://h:x", "smtp://h?tls=1", "smtp://u:p#x@h", "smtp://h/x", "//"]
)
def test_a_mail_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("NATRIUM_SMTP_URL", address)
    with pytest.raises(env.ConfigError, match="not an address of the form smtp://"):
        mail.mailers("NATRIUM_SMTP_URL", Path("mail"))


@pytest.mark.parametrize(
    "sender", ["natrium@localhost", "Natrium <natrium@firm.example>", '"Lisle, Marsh & Co" <post@firm.example>']
)
def test_a_sender_is_an_address_with_a_name_or_without(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("NATRIUM_MAIL_FROM", sender)
    assert mail.sender("NATRIUM_MAIL_FROM", "x@localhost") == sender


@pytest.mark.parametrize(
    "sender",
    [
        "Natrium", "natrium@", "@firm.example", "Natrium natrium@firm.example", "a@firm.example, b@firm.example",
        "Lisle, Marsh <post@firm.example>", "Natrium <post>", "a@firm.example\nBcc: b@firm.example", "a b@firm.example",
    ],
)  # fmt: skip
def test_a_sender_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    monkeypatch.setenv("NATRIUM_MAIL_FROM", sender)
    with pytest.raises(env.ConfigError, match=r"which is not a mail address, as in NATRIUM_MAIL_FROM="):
        mail.sender("NATRIUM_MAIL_FROM", "x@localhost")
