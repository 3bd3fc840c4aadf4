"""Every route against every kind of caller, from the entries and the table of roles.

How to add an entry: CONTRIBUTING.md, "A new address".
"""

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.permissions.calling import call, changed, named, rows
from tests.permissions.conftest import Both, taken_back
from tests.permissions.entries import ENTRIES
from tests.permissions.entry import ANYBODY, PARTS, Entry, The
from tests.permissions.sides import Side
from tests.permissions.table import HOW

METHODS = ("get", "post", "put", "patch", "delete")
each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.route)
signed = [entry for entry in ENTRIES if entry.who is not ANYBODY]
each_guarded = pytest.mark.parametrize("entry", signed, ids=lambda entry: entry.route)
for_programs = [entry for entry in signed if entry.is_api]
each_for_programs = pytest.mark.parametrize("entry", for_programs, ids=lambda entry: entry.route)


def tried(client: Client, entry: Entry, sides: list[Side | None], **headers: str) -> HttpResponse:
    """The answer to a call that must change no row."""
    before = rows()
    answer = call(client, entry, sides, **headers)
    differs = {table: rows for table, rows in changed(before, rows()).items() if table != entry.keeps}
    assert differs == {}, f"{entry.route} was refused with {answer.status_code} and changed {differs}"
    return answer


def bearer(token: str) -> Client:
    """A program with a token."""
    return Client(headers={"authorization": f"Bearer {token}"})


def says(answer: HttpResponse) -> str:
    """What an answer says, in its body and in its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    return body.decode(errors="replace") + repr(answer.items())


def refuses(entry: Entry, answer: HttpResponse) -> None:
    """Known, but not allowed: 403 with a sentence; said of each, where there are several."""
    if any(place.listed for place in named(entry)) and answer.status_code == entry.status:
        assert "not-allowed" in says(answer), says(answer)
        return
    assert answer.status_code == 403, (entry.route, answer.status_code, says(answer)[:2000])
    if entry.is_api:
        problem = answer.json()  # type: ignore[attr-defined]
        assert (problem["code"], problem["detail"][-1:]) == ("not-allowed", ".")
    else:
        assert any(word in says(answer) for word in ("takes a", "take a", "takes staff", "is for", "are for"))


class TestTheTable:
    @pytest.mark.parametrize("address", sorted({entry.address for entry in ENTRIES if not entry.is_api}))
    def test_a_page_answers_no_method_without_an_entry(self, both: Both, address: str) -> None:
        entries = [entry for entry in ENTRIES if entry.address == address]
        owner = both.quercus.browser("owner")
        for method in METHODS:
            if method.upper() in {entry.method for entry in entries}:
                continue
            probe = Entry(f"{method.upper()} {address}", ANYBODY, path=entries[0].path)
            with taken_back():
                if entries[0].before:
                    entries[0].before(both.quercus, both.quercus.people["owner"])
                answer = call(owner, probe, [both.quercus] * len(named(probe)))
            assert answer.status_code == 405, f"{probe.route} answers {answer.status_code} without an entry. {HOW}"


class TestMembers:
    @each_entry
    @pytest.mark.parametrize("part", PARTS)
    def test_each_member_may_what_the_table_of_roles_says(self, both: Both, entry: Entry, part: str) -> None:
        ours, ids = both.quercus, [both.quercus] * len(named(entry))
        if entry.before:
            entry.before(ours, ours.people[part])
        if not entry.allows(PARTS[part]):
            refuses(entry, tried(ours.browser(part), entry, ids))
            if not entry.is_api:
                refuses(entry, tried(ours.browser(part), entry, ids, hx_request="true"))
            return
        if not entry.is_api:
            with taken_back():
                answer = call(ours.browser(part), entry, ids, hx_request="true")
                assert answer.status_code < 400 or answer.status_code == entry.status, says(answer)[:2000]
        answer = call(ours.browser(part), entry, ids)
        assert answer.status_code == entry.status, (entry.route, answer.status_code, says(answer)[:2000])
        assert "Betula" not in says(answer)


class TestPrograms:
    @each_for_programs
    def test_a_token_may_what_its_member_and_its_scope_may(self, both: Both, entry: Entry) -> None:
        ours, ids = both.quercus, [both.quercus] * len(named(entry))
        if entry.before:
            entry.before(ours, ours.people["owner"])
        for name in ("expired", "leaver"):
            assert tried(bearer(ours.tokens[name]), entry, ids).status_code == 401
        reading = bearer(ours.tokens["read only"])
        if entry.reads:
            assert call(reading, entry, ids).status_code == entry.status
            return
        refuses(entry, tried(reading, entry, ids))
        if not entry.token:
            refuses(entry, tried(bearer(ours.tokens["owner"]), entry, ids))
            return
        answer = call(bearer(ours.tokens["owner"]), entry, ids)
        assert answer.status_code == entry.status, says(answer)[:2000]


class TestNobody:
    @each_guarded
    def test_who_is_not_signed_in_or_has_left_is_asked_to_sign_in(self, both: Both, entry: Entry) -> None:
        ours, ids = both.quercus, [both.quercus] * len(named(entry))
        if entry.before:
            entry.before(ours, ours.people["owner"])
        for client in (Client(), ours.browser("leaver")):
            answer = tried(client, entry, ids)
            if entry.is_api:
                assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")  # type: ignore[attr-defined]
            elif entry.reads:
                assert answer.status_code == 302
                assert answer["Location"].startswith("/sign-in/?next=/")
            else:
                assert answer.status_code == 401
            assert "Quercus" not in says(answer)


class TestStrangers:
    @each_entry
    def test_what_is_another_practices_does_not_exist(self, both: Both, entry: Entry) -> None:
        """Betula's owner with ids of Quercus: all of them, and each alone among Betula's own."""
        ours, theirs, places = both.betula, both.quercus, named(entry)
        if entry.before:
            entry.before(ours, ours.people["owner"])
            entry.before(theirs, theirs.people["owner"])
        stranger = ours.browser("owner")
        if not places:
            with taken_back():
                assert "Quercus" not in says(call(stranger, entry, []))
            return
        for chosen in mixtures(places, ours, theirs):
            answer = tried(stranger, entry, chosen)
            absent = tried(stranger, entry, [None if side is theirs else side for side in chosen])
            what = (entry.route, [side.word for side in chosen if side], answer.status_code, says(answer)[:1000])
            if all(place.listed for place, side in zip(places, chosen, strict=True) if side is theirs):
                assert (answer.status_code, "not-found" in says(answer)) == (entry.status, True), what
            else:
                assert answer.status_code == 404, what
            assert absent.status_code == answer.status_code, what
            assert "Quercus" not in says(answer), what
            if not entry.is_api:
                fragment = tried(stranger, entry, chosen, hx_request="true")
                assert (fragment.status_code, "Quercus" in says(fragment)) == (answer.status_code, False), what


def mixtures(places: list[The], ours: Side, theirs: Side) -> list[list[Side | None]]:
    """Whose the id at each place is: all theirs, then one theirs among ours, with what is counted within it."""
    found: list[list[Side | None]] = [[theirs] * len(places)]
    owners = [turn for turn, place in enumerate(places) if not place.within]
    for turn in owners if len(owners) > 1 else []:
        found.append([theirs if max(o for o in owners if o <= at) == turn else ours for at in range(len(places))])
    return found
