"""A shelf small enough to be read: two known workflows, three archetypes, a few facets."""

from natrium.domain.suggestions.shelf import Archetype, Facet, Known, Shelf
from natrium.domain.workflow.definition import Assign, GroupDefinition, Rule, StepDefinition, Template, WaitsOn

OWNER, MANAGER, PARTNER = (Assign(rule=rule) for rule in (Rule.TASK_OWNER, Rule.CLIENT_MANAGER, Rule.CLIENT_PARTNER))


def step(name: str, assign: Assign = OWNER, **more: object) -> StepDefinition:
    return StepDefinition(key="k", name=name, assign=assign, estimate=10, **more)  # type: ignore[arg-type]


def approval(name: str) -> StepDefinition:
    return step(name, approval=True, required=True, blocking=True, waits_on=WaitsOn.CLIENT)


def template(name: str, description: str, **groups: list[StepDefinition]) -> Template:
    return Template(
        name=name,
        description=description,
        groups=tuple(
            GroupDefinition(key=key, name=key.replace("_", " ").capitalize(), steps=tuple(steps))
            for key, steps in groups.items()
        ),
    )


VAT = Known(
    "vat-return",
    template(
        "VAT Return",
        "A VAT return through software.",
        gather=[step("Request invoices from client"), step("Check bookkeeping is complete")],
        prepare=[step("Reconcile the bank"), step("Prepare draft VAT return in the accounting software")],
        review=[step("Carry out manager review of the return", MANAGER, review=True)],
        finish=[
            approval("Obtain client approval of the return"),
            step("Submit VAT return to HMRC through software", filing=True, required=True),
            step("Tell client the amount due"),
        ],
    ),
    ("quarterly VAT",),
)
MOVE = Known(
    "migration",
    template(
        "Software Migration",
        "Moving the books.",
        plan=[step("Back up the old software")],
        go=[step("Import balances into the new software"), step("Train client")],
    ),
    ("Xero migration",),
)
RETURN = Archetype(
    "return",
    ("return", "tax return"),
    template(
        "return",
        "",
        gather=[step("Request records from {client}")],
        prepare=[step("Prepare draft {doc}")],
        review=[
            step("Carry out manager review of {doc}", MANAGER, review=True),
            step("Carry out partner review and sign-off", PARTNER, review=True),
        ],
        finish=[
            approval("Obtain {client} approval of {doc}"),
            step("Submit {doc} to {auth}", filing=True, required=True),
            step("Archive {subj} papers"),
        ],
    ),
    "HMRC",
)
REGISTRATION = Archetype(
    "registration",
    ("registration", "register"),
    template("registration", "", apply=[step("Prepare {doc}"), step("Submit {doc} to {auth}", filing=True)]),
)
GENERIC = Archetype(
    "generic",
    (),
    template("generic", "", work=[step("Carry out the work on {subj} in the new software after the old software")]),
)
CHARITY = Facet(
    "charity", ("charity", "charities"), (step("Analyse restricted funds"),), "trustees", "the Charity Commission"
)
PROPERTY = Facet("property", ("property",), (step("Separate repairs from improvements"), step("Request records")))
CRYPTO = Facet("crypto", ("crypto", "bitcoin"), (step("Pool the tokens"),))
QUARTER = Facet("vat", ("vat",), (step("Check VAT codes"),))
SHELF = Shelf((VAT, MOVE), (RETURN, REGISTRATION, GENERIC), (CHARITY, PROPERTY, CRYPTO, QUARTER))
