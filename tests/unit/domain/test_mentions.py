"""Mentions: whose name a note has, and how the note is kept."""

import time

import pytest

from natrium.domain.mentions import resolve
from natrium.domain.workflow.model import Person

JO, MARK, MARK_HILL, ANNE = (
    Person(1, "Jo Evans"),
    Person(2, "Mark Reed"),
    Person(3, "Mark Hill"),
    Person(4, "Anne-Marie O'Neil"),
)
PEOPLE = (JO, MARK, MARK_HILL, ANNE)


@pytest.mark.parametrize(
    ("text", "kept", "who"),
    [
        ("@Jo Evans the lease moved", "@Jo Evans the lease moved", [JO]),
        ("@jo the lease moved", "@Jo Evans the lease moved", [JO]),
        ("See @Jo's file.", "See @Jo Evans's file.", [JO]),
        ("(@mark reed, @JO)", "(@Mark Reed, @Jo Evans)", [MARK, JO]),
        ("@Jo and @Jo Evans again", "@Jo Evans and @Jo Evans again", [JO]),
        ("@anne-marie o'neil: done", "@Anne-Marie O'Neil: done", [ANNE]),
        ("@Anne-Marie.", "@Anne-Marie O'Neil.", [ANNE]),
        ("line one\n@Mark Hill", "line one\n@Mark Hill", [MARK_HILL]),
    ],
)
def test_a_name_after_an_at_sign_mentions(text: str, kept: str, who: list[Person]) -> None:
    said = resolve(text, PEOPLE)
    assert (said.text, list(said.mentioned)) == (kept, who)


@pytest.mark.parametrize(
    "text",
    [
        "@Mark may be either of two",
        "@Joanna is nobody here",
        "@Jo-Ann is nobody here",
        "jo@jo.example is an address",
        "mail@jo",
        "@@Jo",
        "@ Jo",
        "@jo@example.com",
        "@Anne is half a name",
        "Jo Evans without the sign",
        "",
    ],
)
def test_what_fits_nobody_stays_as_it_was_typed(text: str) -> None:
    said = resolve(text, PEOPLE)
    assert (said.text, said.mentioned) == (text, ())


def test_people_with_the_very_same_name_are_both_told() -> None:
    said = resolve("@Jo Evans", (JO, Person(9, "Jo Evans")))
    assert [person.id for person in said.mentioned] == [1, 9]


def test_a_whole_name_wins_over_another_ones_first_name() -> None:
    assert resolve("@Sam", (Person(1, "Sam"), Person(2, "Sam Hill"))).mentioned == (Person(1, "Sam"),)


def test_a_name_is_no_pattern() -> None:
    assert resolve("@abc", (Person(1, "a.c"),)).mentioned == ()
    assert resolve("@a.c", (Person(1, "a.c"),)).mentioned == (Person(1, "a.c"),)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("Jörg Weiß", "@jörg weiß", "@Jörg Weiß"),
        ("Jörg Weiß", "@JÖRG WEISS", "@Jörg Weiß WEISS"),
        ("Ilse", "@\u0131lse", "@\u0131lse"),
    ],
)
def test_letters_of_other_languages_do_no_harm(name: str, text: str, kept: str) -> None:
    assert resolve(text, (Person(1, name),)).text == kept


def test_nobody_to_mention() -> None:
    assert resolve("@Jo", ()).text == "@Jo"


def test_a_note_of_nothing_but_at_signs_is_read_quickly() -> None:
    people = [Person(number, f"Aaaaaaaaaaaaaaaaaaaa{number} Bbbbbbbbb") for number in range(300)]
    began = time.perf_counter()
    resolve("@Aaaaaaaaaaaaaaaaaaaaa " * 800, people)
    assert time.perf_counter() - began < 2
