"""The library: eighteen ready workflows that lint has nothing to say about, and what each must keep."""

from pathlib import Path

import jsonschema_rs
import pytest

from natrium.apps.workflows import library as module
from natrium.apps.workflows.files import write_template
from natrium.apps.workflows.library import LibraryEntry, library
from natrium.domain.workflow.codec import to_dict
from natrium.domain.workflow.definition import Due, Order, Rule, StepDefinition, Template, WaitsOn
from natrium.domain.workflow.dependencies import direct_prerequisites, reachable
from natrium.domain.workflow.lint import lint
from natrium.domain.workflow.schema import schema_text, template_schema

ENTRIES = {entry.slug: entry for entry in library()}
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


def test_there_are_eighteen() -> None:
    assert sorted(ENTRIES) == [
        "aml-annual-review", "annual-accounts", "annual-accounts-short", "bookkeeping-monthly", "charity-accounts",
        "cis", "client-offboarding", "client-onboarding", "company-formation", "confirmation-statement",
        "corporation-tax", "corporation-tax-instalment", "management-accounts", "mtd-itsa-quarterly", "p11d",
        "payroll-monthly", "self-assessment", "vat-return",
    ]  # fmt: skip
    assert library() is library()


@each_entry
def test_lint_has_nothing_to_say(entry: LibraryEntry) -> None:
    assert lint(entry.template, active_emails=frozenset()) == ()


@each_entry
def test_its_file_is_what_an_export_would_be(entry: LibraryEntry) -> None:
    assert write_template(entry.template) == entry.text


@each_entry
def test_its_slug_is_its_name(entry: LibraryEntry) -> None:
    letters = [letter if letter.isalnum() else " " for letter in entry.template.name.lower()]
    assert entry.slug == "-".join("".join(letters).split())


@each_entry
def test_every_step_says_how_it_is_done(entry: LibraryEntry) -> None:
    assert entry.template.description
    assert [step.name for step in entry.template.steps if not step.guidance.strip()] == []


@each_entry
def test_no_filing_goes_without_the_client_s_approval_where_there_is_one(entry: LibraryEntry) -> None:
    graph = direct_prerequisites(entry.template.groups)
    approvals = {step.key for step in entry.template.steps if step.approval}
    for step in entry.template.steps:
        if step.filing:
            assert approvals & reachable(graph, [step.key]), step.name


@each_entry
def test_an_approval_that_a_filing_waits_for_cannot_be_skipped(entry: LibraryEntry) -> None:
    # A skipped approval would never let the filing go: better to say so at the approval.
    if any(step.filing for step in entry.template.steps):
        assert [step.name for step in entry.template.steps if step.approval and not step.required] == []


@each_entry
def test_approvals_wait_on_the_client(entry: LibraryEntry) -> None:
    for step in entry.template.steps:
        assert not step.approval or step.waits_on is WaitsOn.CLIENT


@each_entry
def test_a_step_for_anyone_says_who_usually_does_it(entry: LibraryEntry) -> None:
    for step in entry.template.steps:
        if step.assign.rule is Rule.UNASSIGNED:
            assert step.guidance.startswith(("Usually done by the", "For the MLRO", "Anyone may take this.")), step.name


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
