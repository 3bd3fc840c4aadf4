"""The library: ready workflows that lint has nothing to say about, and what each must keep."""

import re
from itertools import combinations
from pathlib import Path

import jsonschema_rs
import pytest

from natrium.apps.workflows import library as module
from natrium.apps.workflows.bundling import bundle, shelf
from natrium.apps.workflows.files import write_template
from natrium.apps.workflows.library import LibraryEntry, by_area, library
from natrium.domain.deadlines.rules import RULES
from natrium.domain.suggestions.verbs import verb_of
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import Due, Order, Rule, StepDefinition, Template, WaitsOn
from natrium.domain.workflow.dependencies import direct_prerequisites, reachable
from natrium.domain.workflow.lint import lint
from natrium.domain.workflow.schema import schema_text, template_schema

ENTRIES = {entry.slug: entry for entry in library()}
# The first eighteen, whose words were given; every step of theirs has guidance.
FIRST = frozenset({
    "aml-annual-review", "annual-accounts", "annual-accounts-short", "bookkeeping-monthly", "charity-accounts", "cis",
    "client-offboarding", "client-onboarding", "company-formation", "confirmation-statement", "corporation-tax",
    "corporation-tax-instalment", "management-accounts", "mtd-itsa-quarterly", "p11d", "payroll-monthly",
    "self-assessment", "vat-return",
})  # fmt: skip
# Reported without the client's knowledge, as the law wants it.
WITHOUT_APPROVAL = frozenset({"internal-suspicion-report"})
NOT_BRITISH = re.compile(
    r"\b(IRS|W-?2|1099|1120|EIN|CPA|sales tax|401\(?k\)?|labor|fiscal|organize|organization)\b",
    re.IGNORECASE,
)
each_entry = pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)

ACCOUNTS = [
    ("Information Gathering", ["Request information from client", "Receive and review information"]),
    ("Draft Preparation", ["Prepare draft accounts"]),
    ("Internal Review", ["Manager review", "Partner review"]),
    ("Client Approval and Filing", ["Client approval", "File with Companies House", "File with HMRC"]),
]

OPTIONAL = {
    "self-assessment": ["Partner review (complex or high value only)"],
    "corporation-tax": ["Capital allowances, R&D, losses, s455 loans review"],
    "payroll-monthly": ["Submit EPS if needed (statutory pay, CIS suffered, nil month)"],
    "management-accounts": ["Partner commentary (if partner-led service)"],
    "confirmation-statement": ["File any event-driven changes first"],
    "client-onboarding": ["Companies House authentication code"],
    "cis": ["Verify new subcontractors with HMRC"],
    "company-formation": ["PAYE / VAT registration"],
    "mtd-itsa-quarterly": ["Send tax estimate to client"],
    "charity-accounts": [
        "File with Companies House (charitable company only)",
        "OSCR annual return and accounts (Scottish or cross-border)",
    ],
    "aml-annual-review": ["Enhanced due diligence if high risk", "MLRO approval (high risk or PEP)"],
}


def named(template: Template, name: str) -> StepDefinition:
    (found,) = [step for step in template.steps if step.name == name]
    return found


def test_there_are_a_hundred_and_twenty_at_least() -> None:
    assert len(ENTRIES) >= 120
    assert set(ENTRIES) >= FIRST
    assert library() is library()


def test_the_bundle_is_made_of_the_files_as_they_are() -> None:
    # After a change: python -m natrium.apps.workflows.bundling
    assert (shelf() / "bundle.json").read_text(encoding="utf-8") == bundle()


def test_every_file_is_what_an_export_would_be() -> None:
    for slug, entry in ENTRIES.items():
        assert write_template(entry.template) == (shelf() / "workflows" / f"{slug}.yaml").read_text(encoding="utf-8")


@each_entry
def test_an_entry_is_sound(entry: LibraryEntry) -> None:
    template = entry.template
    assert lint(template, active_emails=frozenset()) == ()
    assert 4 <= len(template.steps) <= 16
    assert template.description
    assert entry.slug == slug_of(template.name)
    for step in template.steps:
        assert not step.approval or step.waits_on is WaitsOn.CLIENT
        if step.assign.rule is Rule.UNASSIGNED:
            assert step.guidance.startswith(("Usually done by the", "For the MLRO", "Anyone may take this.")), step.name
    if any(step.filing for step in template.steps):
        # A skipped approval would never let the filing go: better to say so at the approval.
        assert [step.name for step in template.steps if step.approval and not step.required] == []


@each_entry
def test_no_filing_goes_without_an_approval(entry: LibraryEntry) -> None:
    graph = direct_prerequisites(entry.template.groups)
    approvals = {step.key for step in entry.template.steps if step.approval}
    for step in entry.template.steps:
        if step.filing and entry.slug not in WITHOUT_APPROVAL:
            assert approvals & reachable(graph, [step.key]), step.name


@pytest.mark.parametrize("slug", sorted(FIRST))
def test_every_step_of_the_first_says_how_it_is_done(slug: str) -> None:
    assert [step.name for step in ENTRIES[slug].template.steps if not step.guidance.strip()] == []


def test_a_step_begins_with_its_verb() -> None:
    for slug in set(ENTRIES) - FIRST:
        assert [step.name for step in ENTRIES[slug].template.steps if verb_of(step.name) is None] == [], slug


def test_a_step_that_can_be_left_out_says_when() -> None:
    for slug in set(ENTRIES) - FIRST:
        for step in ENTRIES[slug].template.steps:
            if step.filing and not step.required:
                assert "skip" in step.guidance.lower(), step.name


def test_the_words_are_british() -> None:
    for entry in library():
        said = [entry.template.name, entry.template.description, *entry.aliases]
        said += [text for step in entry.template.steps for text in (step.name, step.guidance)]
        assert [text for text in said if NOT_BRITISH.search(text)] == [], entry.slug


def test_no_two_entries_are_one(capsys: pytest.CaptureFixture[str]) -> None:
    names = {slug: {step.name.lower() for step in entry.template.steps} for slug, entry in ENTRIES.items()}
    shared = {
        (one, other): len(names[one] & names[other]) / min(len(names[one]), len(names[other]))
        for one, other in combinations(names, 2)
    }
    with capsys.disabled():
        print(  # noqa: T201 - the count is wanted beside the result
            f"\n{len(ENTRIES)} ready workflows; the two most alike share {max(shared.values()):.0%} of their steps"
        )
    assert [pair for pair, share in shared.items() if share > 0.6] == []


def test_nothing_two_entries_are_called_is_the_same() -> None:
    called = [name.lower() for entry in library() for name in (entry.template.name, *entry.aliases)]
    assert sorted({name for name in called if called.count(name) > 1}) == []


def test_a_source_is_a_rule_of_law_that_was_read_and_has_its_day() -> None:
    for entry in library():
        assert bool(entry.source) is bool(entry.reviewed), entry.slug
        assert set(entry.source) <= set(RULES), entry.slug
        if entry.source and entry.slug not in FIRST:
            assert {step.due.rule for step in entry.template.steps if step.due} <= set(entry.source), entry.slug


def test_the_areas() -> None:
    assert [area for area, _ in by_area(library())] == [
        "AML and data", "Advisory and reliefs", "Charity and sector", "Company secretarial", "Compliance",
        "Payroll and pensions", "Personal, trust and estate", "Software", "The practice", "VAT",
    ]  # fmt: skip
    assert min(len(found) for _, found in by_area(library())) >= 6


def slug_of(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


@pytest.mark.parametrize(("slug", "name"), [(slug, name) for slug, names in OPTIONAL.items() for name in names])
def test_an_optional_step_says_when_to_skip_it(slug: str, name: str) -> None:
    step = named(ENTRIES[slug].template, name)
    assert not step.required
    assert "skip" in step.guidance.lower()


class TestAnnualAccounts:
    accounts = ENTRIES["annual-accounts"].template

    def test_it_has_its_eight_steps_in_its_four_groups(self) -> None:
        assert [(group.name, [step.name for step in group.steps]) for group in self.accounts.groups] == ACCOUNTS
        assert [(group.order, group.gate) for group in self.accounts.groups] == [
            (Order.SEQUENTIAL, True), (Order.SEQUENTIAL, True), (Order.SEQUENTIAL, True), (Order.ANY, False),
        ]  # fmt: skip

    def test_each_filing_waits_in_its_group_for_the_approval_only(self) -> None:
        graph = direct_prerequisites(self.accounts.groups)
        last = {step.key for step in self.accounts.groups[-1].steps}
        earlier = {step.key for step in self.accounts.steps} - last
        assert graph["file-with-companies-house"] == earlier | {"client-approval"}
        assert graph["file-with-hmrc"] == earlier | {"client-approval"}

    def test_its_filings_have_their_own_deadlines_and_cannot_be_skipped(self) -> None:
        facts = [(step.name, step.due) for step in self.accounts.steps if step.required]
        assert facts == [
            ("Client approval", None),
            ("File with Companies House", Due(rule="ch.accounts.annual")),
            ("File with HMRC", Due(rule="hmrc.ct.return")),
        ]

    def test_its_sign_offs_are_flagged(self) -> None:
        flagged = [(step.name, step.review, step.approval, step.filing) for step in self.accounts.steps]
        assert [line for line in flagged if any(line[1:])] == [
            ("Manager review", True, False, False),
            ("Partner review", True, False, False),
            ("Client approval", False, True, False),
            ("File with Companies House", False, False, True),
            ("File with HMRC", False, False, True),
        ]


def test_the_examiner_signs_after_the_trustees() -> None:
    names = [step.name for step in ENTRIES["charity-accounts"].template.steps if step.review or step.approval]
    assert names[1:] == [
        "Examiner review and matters of material significance",
        "Trustee approval and signature",
        "Sign examiner report",
    ]


class TestSchema:
    published = Path(module.__file__).parents[2] / "library" / "template.schema.json"

    def test_the_published_one_is_current(self) -> None:
        # natrium template schema > src/natrium/library/template.schema.json
        assert self.published.read_text(encoding="utf-8") == schema_text()

    @each_entry
    def test_the_library_fits_it(self, entry: LibraryEntry) -> None:

        jsonschema_rs.validator_for(template_schema()).validate(to_dict(entry.template))
