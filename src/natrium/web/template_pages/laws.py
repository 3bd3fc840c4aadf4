"""The rules of law that due dates go by: what each is for, and which fact of a client or period feeds its inputs."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from natrium.domain.deadlines.feeds import feeds_of
from natrium.domain.deadlines.rule import Rule
from natrium.domain.deadlines.rules import AREAS
from natrium.web.http import page, signed_in


@dataclass(frozen=True, slots=True)
class Law:
    """A rule as the page shows it. `inputs`: what it asks for, what feeds that, and whether it can be left out."""

    name: str
    title: str
    to_do: str
    source: str
    inputs: tuple[tuple[str, str, bool], ...]


@require_GET
@signed_in
def rules_of_law(request: HttpRequest) -> HttpResponse:
    """Every rule, area by area."""
    areas = [(area, [_law(rule) for rule in rules]) for area, rules in AREAS]
    return page(request, "templates/laws.html", {"areas": areas}, place="templates")


def _law(rule: Rule) -> Law:
    inputs = tuple((one.label, feed.words, one.optional) for one, feed in feeds_of(rule.name))
    return Law(rule.name, rule.title, rule.deed.value, rule.versions[-1].source, inputs)
