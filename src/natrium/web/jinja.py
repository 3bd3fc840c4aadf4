"""The one template engine of our pages."""

from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from natrium.domain.proposals.money import written
from natrium.web import dates, keys, laws, parts, words
from natrium.web.search.views import lit
from natrium.web.tasks.lines import HOLDERS, holder, stretches
from natrium.web.tasks.rows import row
from natrium.web.work.rows import work_row


def environment(**options: Any) -> Environment:  # noqa: ANN401 - whatever settings pass to Jinja2
    """The environment, as settings name it: our filters, static(), url(), and a fault for every unknown name."""
    ours = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    environment = Environment(**options | ours)  # noqa: S701 - it is on, in ours
    environment.globals.update(
        static=lru_cache(static),
        url=url,
        row=row,
        work_row=work_row,
        stretches=stretches,
        HOLDERS=HOLDERS,
        icon=parts.icon,
        all_keys=keys.ALL,
        key_bar=keys.bar,
        mark=parts.mark,
        avatar=parts.avatar,
        bars=parts.bars,
        words_of_roles=words.words_of_roles,
        laws=laws.offers,
        zip_words=words.same_words,
    )
    environment.filters.update(
        day=dates.day,
        shortday=dates.short,
        nearday=dates.near,
        longday=dates.long_day,
        since=dates.since,
        stamp=dates.stamp,
        clock=dates.clock,
        away=dates.away,
        late=dates.late,
        minutes=dates.minutes,
        markdown=words.markdown,
        initials=words.initials,
        hue=words.hue,
        firstname=words.first_name,
        listed=words.listed,
        said=words.said,
        holder=holder,
        law=laws.by_law,
        our_facts=laws.in_our_words,
        lit=lit,
        bytes=words.size,
        money=written,
    )
    return environment


def url(name: str, **kwargs: object) -> str:
    """The address of a named page."""
    return reverse(name, kwargs=kwargs or None)
