"""All rules, by name."""

from __future__ import annotations

from natrium.domain.deadlines import companies_house, corporation_tax, income_tax, others, payroll, vat
from natrium.domain.deadlines.rule import Rule
from natrium.domain.errors import Code, Refusal
from natrium.domain.workflow.fields import did_you_mean

AREAS: tuple[tuple[str, tuple[Rule, ...]], ...] = (
    ("Companies House", companies_house.RULES),
    ("Corporation tax", corporation_tax.RULES),
    ("VAT", vat.RULES),
    ("Income tax", income_tax.RULES),
    ("Payroll", payroll.RULES),
    ("Others", others.RULES),
)
RULES: dict[str, Rule] = {rule.name: rule for _, rules in AREAS for rule in rules}


def rule_called(name: str) -> Rule:
    """A rule by its name. Refuses `unknown-key`."""
    if name not in RULES:
        hint = did_you_mean(name, list(RULES))
        raise Refusal(Code.UNKNOWN_KEY, f"There is no rule “{name}”.{hint}", field="rule")
    return RULES[name]
