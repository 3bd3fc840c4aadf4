"""Short words for templates in tests, and random ones: any that can be kept, however odd."""

from typing import Any

from hypothesis import strategies as st

from natrium.domain.workflow.definition import (
    Assign,
    Due,
    DueFrom,
    DueUnit,
    GroupDefinition,
    Order,
    Rule,
    StepDefinition,
    Template,
    WaitsOn,
)

ODD = (
    "yes", "No", "~", "null", "true", "1", "-1", "+1", "1:30", "2026-01-01", "0x1F", "0o17", "1e3", ".5", "1_000", "",
    " ", " a", "a ", ": ", "a: b", "a:", "#", "a #b", "- x", "-", "?", "[a]", "{", "}", ",", "&a", "*a", "!x", "%", "@",
    "`", "|", ">", "'", '"', "\\", "<<", "=", "---", "...", "\n", "a\n", "a\n\n", "a\n \n", "a\n  b\n", "a\n\tb", "\t",
    "a\tb", "a\r\nb", "a\n---\nb", "a\n...\n", "\x7f", "\x85", "\u2028", "\ufeff", "\u202ex", "é", "£", "🙂", "½ day",
)  # fmt: skip

texts = st.one_of(
    st.sampled_from(ODD),
    st.lists(st.sampled_from(ODD), min_size=2, max_size=4).map("".join),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
)
keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,5}", fullmatch=True)


def _assigns(emails: st.SearchStrategy[str]) -> st.SearchStrategy[Assign]:
    by_rule = st.sampled_from([rule for rule in Rule if rule is not Rule.MEMBER]).map(lambda rule: Assign(rule=rule))
    return by_rule | emails.map(lambda email: Assign(rule=Rule.MEMBER, email=email))


def _templates(
    words: st.SearchStrategy[str],
    some_keys: st.SearchStrategy[str],
    emails: st.SearchStrategy[str],
    dues: st.SearchStrategy[Due],
    minutes: st.SearchStrategy[int],
) -> st.SearchStrategy[Template]:
    steps = st.builds(
        StepDefinition,
        key=some_keys,
        name=words,
        guidance=texts,
        assign=_assigns(emails),
        blocking=st.booleans(),
        required=st.booleans(),
        after=st.lists(some_keys, max_size=3, unique=True).map(tuple),
        estimate=st.none() | minutes,
        due=st.none() | dues,
        waits_on=st.none() | st.sampled_from(WaitsOn),
        review=st.booleans(),
        approval=st.booleans(),
        filing=st.booleans(),
    )
    groups = st.builds(
        GroupDefinition,
        key=some_keys,
        name=words,
        order=st.sampled_from(Order),
        gate=st.booleans(),
        steps=st.lists(steps, max_size=3).map(tuple),
    )
    return st.builds(Template, name=words, description=texts, groups=st.lists(groups, max_size=3).map(tuple))


_days = {"unit": st.sampled_from(DueUnit), "from_": st.sampled_from(DueFrom)}

any_templates = _templates(
    texts,
    texts,
    texts,
    st.builds(Due, days=st.integers(-(10**9), 10**9), rule=texts, **_days),
    st.integers(-(10**9), 10**9),
)
"""Any template that a draft may hold, right or wrong."""

clean_templates = _templates(
    texts.filter(lambda name: bool(name.strip()) and name.isprintable()),
    keys,
    st.just("jo@firm.example"),
    st.builds(Due, days=st.integers(-3660, 3660), **_days) | st.just(Due(rule="ch.accounts.annual")),
    st.integers(0, 100_000),
)
"""Templates whose single values are all right; keys may be unknown or used twice."""


def step(key: str, name: str = "", **facts: Any) -> StepDefinition:
    """A step, called like its key where nothing else is said."""
    facts["after"] = tuple(facts.get("after", ()))
    return StepDefinition(key=key, name=name or key.capitalize(), **facts)


def row(key: str, *steps: StepDefinition | str, **facts: Any) -> GroupDefinition[StepDefinition]:
    """A group whose steps are done one after the other, unless said otherwise."""
    made = tuple(step(each) if isinstance(each, str) else each for each in steps)
    return GroupDefinition(key=key, name=facts.pop("name", key.capitalize()), steps=made, **facts)


def bag(key: str, *steps: StepDefinition | str, **facts: Any) -> GroupDefinition[StepDefinition]:
    """A group whose steps are done in any order."""
    return row(key, *steps, order=Order.ANY, **facts)


def template(*groups: GroupDefinition[StepDefinition], name: str = "Work", description: str = "") -> Template:
    return Template(name=name, description=description, groups=groups)
