"""How a text is cut into the words that are looked for, and where they stand in a name."""

import pytest

from natrium.domain.finding import LONGEST, MOST_WORDS, has, searchable, spans, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hartwell", ("hartwell",)),
        ("  two   words ", ("two", "words")),
        ("O’Brien", ("o", "brien")),
        ("a_b a-b", ("a", "b")),
        ("Café ÉCLAIR", ("cafe", "eclair")),
        ("same Same", ("same",)),
        ("%_*\"'", ()),
        ("½", ("1", "2")),
    ],
)
def test_words_are_letters_and_digits(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_however_much_is_typed_a_few_words_are_looked_for() -> None:
    assert len(words_of(" ".join("abcdefghij"))) == MOST_WORDS
    assert words_of("x" * 100) == ("x" * LONGEST,)


def test_what_is_written_together_is_found_together_and_apart() -> None:
    text = searchable("O'Brien & Smith-Jones")
    assert all(has(text, word) for word in ("o", "brien", "obr", "smith", "jones", "smithj", "rien"))
    assert not has(text, "ones x")


def test_a_short_word_begins_one_and_a_long_one_stands_anywhere() -> None:
    text = searchable("Lockhart Fabrics")
    assert [word for word in ("hart", "lo", "fa", "ck", "a") if has(text, word)] == ["hart", "lo", "fa"]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Hartwell", ("hart",), ["Hart"]),
        ("Lockhart Fabrics", ("hart", "fa"), ["hart", "Fa"]),
        ("Café Société", ("cafe", "societe"), ["Café", "Société"]),
        ("Cafe\u0301 x", ("cafe",), ["Cafe"]),
        ("aa", ("a", "aa"), ["aa"]),
        ("ﬁnance", ("fin",), ["ﬁn"]),
        ("Lockhart", ("ck",), []),
        ("nothing", (), []),
    ],
)
def test_what_was_found_is_marked_where_it_stands(text: str, words: tuple[str, ...], marked: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text, words)] == marked
