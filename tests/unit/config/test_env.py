import stat
import threading
from pathlib import Path

import pytest

from natrium.config import env


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", False), ("0", False)])
def test_a_flag_understands_the_usual_words(monkeypatch: pytest.MonkeyPatch, value: str, *, expected: bool) -> None:
    monkeypatch.setenv("X", value)
    assert env.flag("X") is expected


def test_a_flag_refuses_other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "perhaps")
    with pytest.raises(env.ConfigError, match="X is 'perhaps': expected 1 or 0"):
        env.flag("X")


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "8000.5", "٣", "1" * 5000])
def test_a_number_out_of_bounds_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(env.ConfigError, match="expected a whole number from 1 to 65535"):
        env.number("PORT", 8000, least=1, most=65535)


def test_an_unset_number_is_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", " ")
    assert env.number("PORT", 8000, least=1, most=65535) == 8000


def test_words_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a, b,,c ")
    assert env.words("X") == ["a", "b", "c"]


def test_a_choice_is_one_of_the_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "debug")
    assert env.choice("X", ("INFO", "DEBUG")) == "DEBUG"
    monkeypatch.setenv("X", "loud")
    with pytest.raises(env.ConfigError, match="expected one of INFO, DEBUG"):
        env.choice("X", ("INFO", "DEBUG"))


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("hidden\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "s"))
    assert env.secret("X") == "hidden"


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("X", "a")
    monkeypatch.setenv("X_FILE", str(tmp_path / "s"))
    with pytest.raises(env.ConfigError, match="both set"):
        env.secret("X")


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("X_FILE", str(tmp_path / "absent"))
    with pytest.raises(env.ConfigError, match=r"X_FILE names .*absent, which cannot be read"):
        env.secret("X")


def test_the_signing_key_is_made_once_and_private(tmp_path: Path) -> None:
    file = tmp_path / "secret-key"
    key = env.secret_key("NATRIUM_TEST_KEY", file)
    assert len(key) > 60
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert env.secret_key("NATRIUM_TEST_KEY", file) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_the_signing_key(tmp_path: Path) -> None:
    found: list[str] = []
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        found.append(env.secret_key("NATRIUM_TEST_KEY", tmp_path / "secret-key"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_an_empty_signing_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(env.ConfigError, match="is empty"):
        env.secret_key("NATRIUM_TEST_KEY", tmp_path / "secret-key")


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = env.data_folder("NATRIUM_TEST_FOLDER", tmp_path / "a" / "b")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(env.ConfigError, match="cannot be written"):
        env.data_folder("NATRIUM_TEST_FOLDER", tmp_path / "data")


@pytest.mark.parametrize(
    "value", ["natrium.example", "ftp://natrium.example", "https://", "http://[x", "http://x:port", "https://x?y=1", "https://x#y",
              "https://me@x", "https://my firm.example", "https://x/natrium"]
)  # fmt: skip
def test_a_web_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.ConfigError, match="not an address of the form https://"):
        env.web_address("X", "http://127.0.0.1:8000")


def test_a_web_address_ends_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "https://natrium.example/")
    assert env.web_address("X", "http://127.0.0.1:8000") == "https://natrium.example"


def test_a_web_address_may_be_a_number_and_have_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("http://10.0.0.5:8000", "http://[::1]:8000", "HTTPS://Natrium.example"):
        monkeypatch.setenv("X", value)
        assert env.web_address("X", "http://127.0.0.1:8000") == value


def test_what_is_wrong_comes_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "nonsense/")
    for read, example in (
        (lambda: env.flag("X"), "as in X=1."),
        (lambda: env.number("X", 4, least=1, most=9), "as in X=4."),
        (lambda: env.choice("X", ("LOUD", "QUIET")), "as in X=LOUD."),
        (lambda: env.host_names("X"), "as in X=natrium.example,10.0.0.5."),
    ):
        with pytest.raises(env.ConfigError) as refused:
            read()
        assert str(refused.value).endswith(example)


def test_hosts_are_names_without_scheme_or_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "natrium.example, .firm.example,10.0.0.5,[::1],*")
    assert env.host_names("X") == ["natrium.example", ".firm.example", "10.0.0.5", "[::1]", "*"]
    for wrong in ("https://natrium.example", "natrium.example:8000", "natrium.example/x"):
        monkeypatch.setenv("X", f"10.0.0.5,{wrong}")
        with pytest.raises(env.ConfigError, match="is not the name of a host"):
            env.host_names("X")


def test_a_short_signing_key_is_refused_where_it_was_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    short = "k" * 31
    monkeypatch.setenv("X", short)
    with pytest.raises(env.ConfigError, match=r"^X gives a signing key of 31 characters.*32 are the least.*openssl"):
        env.secret_key("X", tmp_path / "secret-key")
    monkeypatch.delenv("X")
    (tmp_path / "key").write_text(short)
    monkeypatch.setenv("X_FILE", str(tmp_path / "key"))
    with pytest.raises(env.ConfigError, match=r"^X_FILE gives") as refused:
        env.secret_key("X", tmp_path / "secret-key")
    assert short not in str(refused.value)
    assert not (tmp_path / "secret-key").exists()
