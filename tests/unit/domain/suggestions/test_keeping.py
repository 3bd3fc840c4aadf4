"""What is kept of a suggestion becomes a template that can be published."""

from natrium.domain.suggestions.keeping import kept
from natrium.domain.suggestions.shelf import Idea, Phase, Source, SuggestedGroup, Suggestion
from natrium.domain.workflow.lint import errors, lint
from tests.unit.domain.suggestions.small import step


def ideas(*names: str) -> tuple[Idea, ...]:
    return tuple(Idea(step(name), Source.FACET, Phase.PREPARE) for name in names)


FOUND = Suggestion((SuggestedGroup("One", ideas("One", "Two", "Two")), SuggestedGroup("…", ideas("…"))), 0.5, "x")


def test_every_key_is_its_own_and_the_last_group_holds_nobody() -> None:
    made = kept(FOUND, name="N", description="D", words={})
    assert [group.key for group in made.groups] == ["one", "step"]
    assert [found.key for found in made.steps] == ["one-2", "two", "two-2", "step-2"]
    assert [group.gate for group in made.groups] == [True, False]
    assert errors(lint(made)) == ()


def test_what_is_left_out_or_has_no_words_goes_with_its_group() -> None:
    made = kept(FOUND, name="N", description="D", leaving={3}, words={1: " ", 2: "Three"})
    assert [(group.name, [found.name for found in group.steps]) for group in made.groups] == [("One", ["One", "Three"])]
    assert kept(FOUND, name="N", description="D", leaving=range(4), words={}).groups == ()
