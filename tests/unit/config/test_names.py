import re
from pathlib import Path

import pytest

from natrium.config import names
from natrium.config.env import ConfigError

SETTINGS = Path(__file__).resolve().parents[3] / "src/natrium/config/settings.py"


def test_the_names_are_those_that_the_settings_read() -> None:
    source = SETTINGS.read_text(encoding="utf-8")
    assert set(names.KNOWN) == set(re.findall(r'"(NATRIUM_[A-Z_]+|PORT)"', source))
    secret = re.findall(r'env\.secret_key\("(\w+)"|databases\.database\("(\w+)"|mail\.mailers\("(\w+)"', source)
    assert set(names.SECRETS) == {name for found in secret for name in found if name}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("NATRIUM_DATABSE_URL", "NATRIUM_DATABASE_URL"),
        ("NATRIUM_DATABASE", "NATRIUM_DATABASE_URL"),
        ("NATRIUM_EMAIL_FROM", "NATRIUM_MAIL_FROM"),
        ("NATRIUM_SECRET", "NATRIUM_SECRET_KEY"),
        ("NATRIUM_SECRET_KEY_FIL", "NATRIUM_SECRET_KEY_FILE"),
        ("NATRIUM_PORT", "PORT"),
        ("NATRIUM_URLS", "NATRIUM_URL"),
        ("NATRIUM_MAIL_FROM_FILE", "NATRIUM_MAIL_FROM"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_one_that_is_meant(name: str, meant: str) -> None:
    with pytest.raises(ConfigError) as refused:
        names.refuse_misspelt({"PATH", "NATRIUM_DATA", name})
    assert (
        str(refused.value) == f"{name} is set, and there is no such setting: is {meant} meant? Rename it, or unset it."
    )


def test_what_is_like_no_name_of_ours_is_told_and_stops_nothing() -> None:
    given = {*names.KNOWN, *names.FILES, "NATRIUM_SOAK", "NATRIUM_TEST_DATA", "NATRIUM_SERVICE_HOST_0", "HOME"}
    names.refuse_misspelt(given - {"NATRIUM_SERVICE_HOST_0"})
    assert names.unknown({*given, "NATRIUM_FAVOURITE_TEA"} - {"NATRIUM_SERVICE_HOST_0"}) == ["NATRIUM_FAVOURITE_TEA"]
    names.refuse_misspelt({"NATRIUM_FAVOURITE_TEA"})
