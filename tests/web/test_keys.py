"""One map of all keys: every key that a script knows is in it, and no other; and the switch of single keys."""

import re
from pathlib import Path

from natrium import web
from natrium.apps.activity.models import Event
from natrium.apps.practices.models import Member
from natrium.web import keys
from tests.journeys.world import World
from tests.web.conftest import As

ROOT = Path(web.__file__).parent
# How the scripts call what is written on a key, and what does the same by the browser itself.
WRITTEN = {"arrowup": "↑", "arrowdown": "↓", "enter": "↵", "escape": "esc"}
HELD = {"ctrl", "alt", "shift"}


def scripted() -> set[str]:
    """Every key that a script handles, or that a page's elements are pressed by."""
    scripts = "\n".join(path.read_text() for path in (ROOT / "static/js").rglob("*.js"))
    pages = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    found = set(re.findall(r'event\.key(?:\.toLowerCase\(\))? [!=]== "([^"]+)"', scripts))
    found |= set(re.findall(r'\bkey [!=]== "([^"]+)"', scripts))
    for listed in re.findall(r"\[([^\]]*)\]\.includes\(event\.key\)", scripts):
        found |= set(re.findall(r'"([^"]+)"', listed))
    for table in re.findall(r"const KEYS = {(.*?)\n};", scripts, re.DOTALL):
        found |= set(re.findall(r'^  "?([^":\s]+)"?:', table, re.MULTILINE))
    for table in re.findall(r"{([^{}]*)}\[event\.key\]", scripts):
        found |= set(re.findall(r"(\w+):", table))
    for letters in re.findall(r'"(\w+)"\.includes\(key\)', scripts):
        found |= set(letters)
    found |= set(re.findall(r'data-(?:key|go|bulk-key|opens-key|page-key)="(\w)"', pages))
    return {WRITTEN.get(one.lower(), one.lower()) for one in found}


def test_the_map_names_every_key_that_works_and_no_other() -> None:
    mapped = {one.lower() for part in keys.ALL for key in part.keys for one in key.press} - HELD
    assert mapped == scripted()


def test_every_place_that_g_leads_to_is_in_the_map() -> None:
    pages = (ROOT / "templates/base.html").read_text()
    assert {f"G {one.upper()}" for one in re.findall(r'data-go="(\w)"', pages)} == {
        " ".join(key.press) for key in keys.ANYWHERE.keys if key.press[0] == "G"
    }


def test_every_key_of_what_is_ticked_is_in_the_map() -> None:
    pages = "\n".join(path.read_text() for path in (ROOT / "templates/practice").glob("*.html"))
    of_page = set(re.findall(r'data-(?:key|bulk-key|opens-key|page-key)="(\w)"', pages))
    assert of_page <= {key.letter for key in keys.PRACTICE.keys}


def test_the_page_and_the_dialog_show_every_key(world: World, as_: As) -> None:
    html = as_(world.cast.jo).get("/keys/").content.decode()
    for part in keys.ALL:
        for key in part.keys:
            assert html.count(f"<dd>{key.does}</dd>") >= 2, key


def test_single_keys_are_turned_off_by_a_person_for_all_their_browsers(world: World, as_: As) -> None:
    jo, again = as_(world.cast.jo), as_(world.cast.jo)
    assert 'class="nokeys"' not in again.get("/my-work/").content.decode()
    for _ in range(2):
        assert jo.post("/settings/keys/", {}).url == "/settings/keys/?saved=1"  # type: ignore[attr-defined]
    assert 'class="nokeys"' in again.get("/my-work/").content.decode()
    assert 'class="nokeys"' not in as_(world.cast.mark).get("/my-work/").content.decode()
    written = Event.objects.filter(verb="member.edited", data__contains="single_keys")
    assert written.count() == 1
    assert jo.post("/settings/keys/", {"single_keys": "1"}, headers={"HX-Request": "true"}).status_code == 204
    assert Member.objects.get(pk=world.cast.jo.pk).single_keys
