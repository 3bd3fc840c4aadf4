"""The parts of the generator, one rule each."""

from dataclasses import replace

import pytest

from natrium.domain.suggestions import alike, clauses, composing, kinds, particulars, phases, settling, tidying, words
from natrium.domain.suggestions.explicit import listed
from natrium.domain.suggestions.merging import merged
from natrium.domain.suggestions.retrieval import find, recognised
from natrium.domain.suggestions.shelf import Archetype, Idea, Phase, Source
from natrium.domain.workflow.definition import Assign, Rule, StepDefinition
from tests.unit.domain.suggestions.small import MANAGER, OWNER, PARTNER, SHELF, approval, step, template


def idea(found: StepDefinition, source: Source = Source.ARCHETYPE, group: str = "Work") -> Idea:
    return Idea(found, source, phases.phase_of(found), group)


def said(description: str) -> list[tuple[str, str, bool]]:
    return [(one.step.name, str(one.step.assign), named) for one, named in listed(description)]


class TestWords:
    def test_one_way_of_writing(self) -> None:
        assert words.plain("R and D, Self-Assessment & Year end") == "r&d, selfassessment & yearend"

    def test_a_stem(self) -> None:
        assert words.stem("registration") == words.stem("register") == words.stem("registering")
        assert words.stem("client's") == "client"
        assert words.stem("tax") == "tax"

    def test_what_cannot_be_shown_goes_and_what_is_too_long_is_cut(self) -> None:
        assert words.clean("a\u200b\u202eb\tc\x00  d", 100) == "ab c d"
        assert words.clean("abcdef", 3) == "abc"

    def test_a_word_that_every_second_name_has_counts_little(self) -> None:
        assert words.weight("client") < words.weight("vat") == 1


class TestKinds:
    def test_the_head_comes_before_the_preposition(self) -> None:
        assert kinds.kind_of("Registration for a return", SHELF) == "registration"
        assert kinds.kind_of("Something of a return", SHELF) == "return"
        assert kinds.kind_of("Return registration", SHELF) == "registration"
        assert kinds.kind_of("Nothing", SHELF) == ""


class TestRetrieval:
    def test_nothing_asked_finds_nothing(self) -> None:
        assert find("", "VAT return", SHELF) == ()
        assert find("Zebra", "", SHELF) == ()

    def test_a_name_covered_in_part_is_found_but_not_enough(self) -> None:
        (found,) = find("Zebra landfill VAT", "", SHELF)
        assert (found.known.slug, found.enough) == ("vat-return", False)

    def test_a_near_match_of_another_kind_is_none(self) -> None:
        assert not find("Quarterly VAT registration", "", SHELF)[0].enough
        assert find("Quarterly VAT zebra", "", SHELF)[0].enough


class TestPhases:
    @pytest.mark.parametrize(
        ("found", "phase"),
        [
            (approval("Sign"), Phase.APPROVE), (step("Send", filing=True), Phase.FILE),
            (step("Look", MANAGER, review=True), Phase.REVIEW),
            (step("Send return to client for approval"), Phase.APPROVE),
            (step("Submit the return to HMRC"), Phase.FILE), (step("Check the file", MANAGER), Phase.REVIEW),
            (step("Check the file"), Phase.PREPARE), (step("Issue engagement letter"), Phase.ACCEPT),
            (step("Save the engagement letter"), Phase.AFTER), (step("Request records"), Phase.GATHER),
            (step("Tell client the news"), Phase.AFTER), (step("Post journals"), Phase.PREPARE),
            (step("Raise the fee"), Phase.AFTER), (step("Zebra"), Phase.PREPARE), (step(""), Phase.PREPARE),
        ],
    )  # fmt: skip
    def test_by_flags_then_by_words(self, found: StepDefinition, phase: Phase) -> None:
        assert phases.phase_of(found) is phase

    def test_a_partner_s_approval_is_not_the_client_s(self) -> None:
        assert not phases.says_approval("Obtain partner approval")
        assert phases.says_approval("Client approves the return")


class TestClauses:
    def test_points_and_numbers_are_sentences(self) -> None:
        assert clauses.sentences("1. Post it 2. File it\n- Save it; Done.") == ["Post it", "File it", "Save it", "Done"]

    def test_nouns_are_joined_on(self) -> None:
        assert clauses.clauses("collect statements, invoices and receipts, and then post the bills") == [
            "collect statements, invoices and receipts", "post the bills",
        ]  # fmt: skip
        assert clauses.clauses("send it, and then , then") == ["send it"]

    @pytest.mark.parametrize(
        ("text", "true"),
        [
            ("reconcile the bank", True), ("reconciles the bank", True), ("report to us", True),
            ("report writing", False),
            ("review and approval", False), ("reconcile", False), ("banana the bank", False),
            ("returned the form", False),
            ("records of pay", False), ("records the time", True),
        ],
    )  # fmt: skip
    def test_what_begins_with_a_verb(self, text: str, true: bool) -> None:  # noqa: FBT001
        assert clauses.acts(text) is true

    def test_what_is_done_by_somebody(self) -> None:
        assert clauses.passive("Accounts are drafted by the junior") == ("Accounts", "draft", "by the junior")
        assert clauses.passive("signed off by the partner") == ("", "sign off", "by the partner")
        assert clauses.passive("the sky is blue") is None
        assert clauses.passive("it is file by hand") is None

    def test_what_somebody_is_had_to_do(self) -> None:
        assert clauses.caused("have the manager review the file") == "the manager review the file"
        assert clauses.caused("have the client ready") == "have the client ready"
        assert clauses.caused("review the file") == "review the file"
        assert clauses.begins("have the manager review the file")
        assert clauses.begins("the client approves the return")
        assert not clauses.begins("the client of ours")


class TestListed:
    def test_who_it_is_for(self) -> None:
        assert said("Junior reconciles the bank, the audit manager reviews the file, partner signs the report.") == [
            ("Reconcile the bank", "task_owner", True), ("Review the file", "client_manager", True),
            ("Sign the report", "client_partner", True),
        ]  # fmt: skip

    def test_what_is_done_by_somebody(self) -> None:
        about = "Accounts are drafted by the junior, reviewed by the manager and then it is signed by the partner"
        assert said(about) == [
            ("Draft Accounts", "task_owner", True), ("Review Accounts", "client_manager", True),
            ("Sign Accounts", "client_partner", True),
        ]  # fmt: skip

    def test_a_doer_at_the_end_and_the_client_at_the_beginning(self) -> None:
        assert said("Post the bills by the junior; the client approves the return; accounts were approved") == [
            ("Post the bills", "task_owner", True), ("The client approves the return", "task_owner", False),
            ("Approve accounts", "task_owner", False),
        ]  # fmt: skip

    def test_something_to_do_that_is_named_without_a_verb(self) -> None:
        about = "AML and identity checks, engagement letter by post, post the forms, kick-off call with the client"
        assert [name for name, _, _ in said(f"Run the {about}")] == [
            "Run the AML and identity checks", "Issue engagement letter by post", "Post the forms",
            "Hold kick-off call with the client",
        ]  # fmt: skip

    def test_days_are_no_steps_and_a_doer_without_a_thing_does_the_last(self) -> None:
        about = "Process Wednesday, print the payslips, post the journals, review by the manager"
        assert said(about)[-1] == ("Review the journals", "client_manager", True)
        assert "Process Wednesday" not in [name for name, _, _ in said(about)]

    def test_what_only_tells_lists_nothing(self) -> None:
        assert listed("Prepare and submit the return for a company.") == ()
        assert listed("A shop. Prepare the return. It is big. They are slow.") == ()
        assert listed("it is checked by the manager") == ()
        assert listed("Manager is tired, partner is away") == ()

    def test_a_step_to_a_line(self) -> None:
        assert [name for name, _, _ in said("Print the forms.\nLock the period.")] == [
            "Print the forms",
            "Lock the period",
        ]

    def test_what_comes_before_the_first_step_is_none(self) -> None:
        assert [name for name, _, _ in said("For the farm, count the stock, post the bills")] == [
            "Count the stock", "Post the bills",
        ]  # fmt: skip

    def test_flags_are_read_from_the_words(self) -> None:
        given = "Collect records from the client; manager checks the pack; client signs the return; file it with HMRC"
        steps = [one.step for one, _ in listed(given)]
        assert [one.waits_on is not None for one in steps] == [True, False, True, False]
        assert [(one.review, one.approval, one.filing) for one in steps] == [
            (False, False, False), (True, False, False), (False, True, False), (False, False, True),
        ]  # fmt: skip

    def test_a_long_one_is_cut(self) -> None:
        (first, _), _ = listed(f"Reconcile the {'very ' * 40}long bank; post the bills")
        assert len(first.step.name) <= 90
        assert first.step.name.endswith("…")


class TestAlike:
    def test_submitting_is_not_preparing(self) -> None:
        assert not alike.alike(step("Submit the VAT return"), step("Prepare the VAT return"))
        assert not alike.twins("Submit the VAT return", "Prepare the VAT return")

    def test_flags_say_more_than_words(self) -> None:
        assert alike.alike(approval("One"), approval("Other"))
        assert alike.alike(step("A", MANAGER, review=True), step("B", MANAGER, review=True))
        assert not alike.alike(step("A", MANAGER, review=True), step("A", PARTNER, review=True))
        assert not alike.alike(step("File it", filing=True), step("File it"))

    def test_a_review_stands_for_nobody_else_s_work(self) -> None:
        review = step("Review the bank", MANAGER, review=True)
        assert not alike.alike(review, step("Check the bank"))
        assert alike.alike(review, step("Check the bank", MANAGER))

    def test_filings_are_told_by_who_gets_them(self) -> None:
        house = step("File accounts with Companies House", filing=True)
        assert not alike.alike(house, step("File accounts with HMRC", filing=True))
        assert alike.alike(house, step("File the accounts", filing=True))

    def test_near_words(self) -> None:
        assert alike.alike(step("Reconcile the bank"), step("Check the bank"))
        assert alike.alike(step("Zebra bank"), step("Reconcile bank"))
        assert alike.shared("Reconcile", "Reconcile the bank") == 0
        assert alike.twins("Post", "post")
        assert not alike.twins("Post", "Post bills")
        assert alike.twins("Post the supplier bills", "Post supplier bill")


class TestParticulars:
    @pytest.mark.parametrize(
        ("text", "now", "before"),
        [
            ("post to Xero", "Xero", ""), ("from Sage 50 desktop to Xero", "Xero", "Sage 50"),
            ("QuickBooks work", "QuickBooks", ""),
            ("move off Sage", "", "Sage"), ("nothing, wave goodbye", "", ""),
            ("leaving Sage, QuickBooks next", "QuickBooks", "Sage"),
            ("Wave books", "Wave", ""),
        ],
    )  # fmt: skip
    def test_software(self, text: str, now: str, before: str) -> None:
        assert particulars.software(text) == particulars.Software(now, before)

    @pytest.mark.parametrize(
        ("text", "by"),
        [
            ("due within 60 days of completion.", "within 60 days of completion"),
            ("Out by working day 10", "Out by working day 10"),
            ("whenever", ""), ("before the end of the month", "before the end of the month"),
        ],
    )  # fmt: skip
    def test_by_when(self, text: str, by: str) -> None:
        assert particulars.deadline(text) == by

    def test_things(self) -> None:
        assert particulars.things("IT accounts, AML training, study contract") == (
            "IT accounts", "AML training", "study contract",
        )  # fmt: skip
        assert particulars.things("One, two. Three, four") == ()
        assert particulars.things("a, b, c") == ()
        assert particulars.things("A thing with many more words than that, x and y, zebra") == ()
        assert particulars.things("Accounts covering the NHS pension and goodwill") == ("NHS pension", "goodwill")

    @pytest.mark.parametrize(
        ("thing", "as_step"),
        [
            ("IT accounts", "Set up IT accounts"), ("AML training", "Arrange AML training"),
            ("goodwill", "Review goodwill"),
            ("study contract", "Prepare and sign study contract"),
            ("Xero set-up", "Carry out Xero set-up"), ("get the records", "Get the records"),
            ("bank feeds", "Connect bank feeds"),
        ],
    )  # fmt: skip
    def test_a_thing_gets_its_verb(self, thing: str, as_step: str) -> None:
        assert particulars.as_step(thing) == as_step


class TestComposing:
    def test_a_name_that_is_too_long_is_not_repeated(self) -> None:
        assert composing.subject_of("The VAT return") == "VAT return"
        assert composing.subject_of("A " + "long " * 20) == ""
        slots = composing.Slots("")
        assert composing.filled("Prepare draft {doc} to {auth}", slots) == "Prepare the draft"
        assert composing.subject_of("Making a company dormant") == ""
        assert composing.subject_of("Training day") == ""

    def test_no_more_facets_than_wanted(self) -> None:
        named, told = composing.facets_of("charity", "property crypto", SHELF)
        assert [facet.key for facet in (*named, *told)] == ["charity", "property", "crypto"]
        slots = composing.Slots("x")
        assert len(composing.added([], [*named, *told], slots, most=2)) == 2


class TestMerging:
    def test_each_takes_the_place_of_what_it_stands_for(self) -> None:
        base = [
            idea(step("Request records", blocking=True)),
            idea(step("Prepare the return")),
            idea(step("Save papers")),
        ]
        given = listed("Collect the records; draft the return; tell the bank")
        assert [one.step.name for one in merged(base, given)] == [
            "Collect the records", "Draft the return", "Save papers", "Tell the bank",
        ]  # fmt: skip
        assert merged(base, given)[0].step.blocking

    def test_their_order_wins(self) -> None:
        base = [idea(step("Request the records")), idea(step("Prepare the return"))]
        given = listed("Prepare the return; request the records")
        assert [one.step.name for one in merged(base, given)] == ["Prepare the return", "Request the records"]

    def test_a_new_one_stays_before_the_next_that_has_a_place(self) -> None:
        base = [idea(step("Request the records")), idea(step("Prepare the return")), idea(step("Save papers"))]
        given = listed("Tell the bank; prepare the return")
        assert [one.step.name for one in merged(base, given)] == [
            "Request the records", "Tell the bank", "Prepare the return", "Save papers",
        ]  # fmt: skip

    def test_what_is_named_keeps_its_person_and_what_is_not_takes_the_outline_s(self) -> None:
        base = [idea(step("Calculate the tax", MANAGER)), idea(step("Post the bills", MANAGER))]
        given = listed("The junior calculates the tax; post the bills")
        assert [one.step.assign for one in merged(base, given)] == [OWNER, MANAGER]

    def test_without_an_outline_there_is_a_group(self) -> None:
        assert [one.group for one in merged([], listed("Post the bills; lock the period"))] == ["Steps", "Steps"]

    def test_one_that_goes_before_all(self) -> None:
        base = [idea(step("Prepare the return"))]
        assert [one.step.name for one in merged(base, listed("Request the records; ask the bank"))] == [
            "Request the records", "Ask the bank", "Prepare the return",
        ]  # fmt: skip


class TestTidying:
    def test_a_step_goes_behind_its_phase_in_that_group(self) -> None:
        base = [idea(step("Request records"), group="First"), idea(step("Save papers"), group="Last")]
        placed = tidying.placed(
            base, [replace(idea(step("Collect forms")), group=""), replace(idea(step("Post it")), group="")]
        )
        assert [(one.step.name, one.group) for one in placed] == [
            ("Request records", "First"), ("Collect forms", "First"), ("Post it", "First"), ("Save papers", "Last"),
        ]  # fmt: skip
        early = replace(idea(step("Collect forms")), group="")
        assert [one.group for one in tidying.placed(base[1:], [early])] == ["Last", "Last"]
        assert [one.group for one in tidying.placed([], [early])] == ["Steps"]
        assert [one.group for one in tidying.placed(base[:1], [replace(idea(step("Save it")), group="")])] == [
            "First"
        ] * 2

    def test_work_goes_before_the_review_and_before_the_draft_that_rests_on_it(self) -> None:
        base = [
            idea(step("Prepare the draft return")), idea(step("Look", MANAGER, review=True)),
            idea(step("Handle questions"), group="Later"),
        ]  # fmt: skip
        placed = tidying.placed(base, [replace(idea(step("Pool the tokens")), group="")])
        assert [one.step.name for one in placed] == [
            "Pool the tokens", "Prepare the draft return", "Look", "Handle questions",
        ]  # fmt: skip
        late = [*base, idea(step("Collect the fees"), group="Later")]
        asked = tidying.placed(late, [replace(idea(step("Request the forms")), group="")])
        assert asked[0].step.name == "Request the forms"

    def test_what_was_listed_stays_of_twins(self) -> None:
        composed, given = idea(step("Post the bills")), idea(step("Post bills"), Source.EXPLICIT)
        assert tidying.without_twins([composed, given]) == [given]
        assert tidying.without_twins([given, composed]) == [given]
        assert tidying.without_twins([given, given]) == [given]

    def test_what_was_composed_goes_first(self) -> None:
        facets = [idea(step(f"Do {at}"), Source.FACET) for at in range(3)]
        review = idea(step("Look", MANAGER, review=True), Source.FACET)
        given = idea(step("Post"), Source.EXPLICIT)
        assert tidying.capped([*facets, review, given], 3) == [facets[0], review, given]
        assert tidying.capped(facets, 3) == facets

    def test_a_group_that_comes_twice_has_two_names(self) -> None:
        ideas = [idea(step(str(at)), group=name) for at, name in enumerate("ABABA")]
        assert [group.name for group in tidying.grouped(ideas)] == ["A", "B", "A (2)", "B (2)", "A (3)"]


class TestSettling:
    def test_a_deadline_is_said_where_it_matters(self) -> None:
        sent = idea(step("Send the pack to the client"))
        filed = idea(step("File it", filing=True))
        last = idea(step("Post it"))
        assert [one.step.guidance != "" for one in settling.dated([sent, filed, last], "by 3 May")] == [
            False,
            True,
            False,
        ]
        assert [one.step.guidance != "" for one in settling.dated([sent, last], "by 3 May")] == [True, False]
        assert [one.step.guidance != "" for one in settling.dated([last, last], "by 3 May")] == [False, True]
        assert settling.dated([], "by 3 May") == []

    def test_listed_words_are_left_alone(self) -> None:
        given = idea(step("Post into the software"), Source.EXPLICIT)
        assert settling.with_software([given], particulars.Software("Xero")) == [given]

    def test_a_partner_s_work_that_is_no_review_stays(self) -> None:
        ideas = [idea(step("Call", PARTNER)), idea(step("Look", PARTNER, review=True))]
        assert settling.without_partner(ideas) == ideas[:1]
        assert settling.without_partner([idea(step("Look", Assign(rule=Rule.UNASSIGNED), review=True))])

    def test_a_filing_that_is_only_named_gets_its_verb(self) -> None:
        ideas = [
            idea(step("Corporation tax registration", filing=True)), idea(step("OSCR annual return", filing=True)),
            idea(step("Charity Commission annual return", filing=True)), idea(step("Manager review", MANAGER)),
            idea(step("File it", filing=True)), idea(step("DS01 to Companies House", filing=True), Source.EXPLICIT),
        ]  # fmt: skip
        assert [one.step.name for one in settling.with_verbs(ideas)] == [
            "Submit corporation tax registration", "Submit OSCR annual return",
            "Submit Charity Commission annual return", "Manager review", "File it", "DS01 to Companies House",
        ]  # fmt: skip


class TestRecognised:
    def test_by_what_the_work_is_and_not_for_whom(self) -> None:
        found = recognised("Quarterly VAT for a zebra farm in Kent", "", SHELF)
        assert found
        assert (found.known.slug, found.enough) == ("vat-return", True)
        assert recognised("Striped zebras for VAT lovers", "", SHELF) is None

    def test_by_the_beginning_of_the_description(self) -> None:
        found = recognised("Zebras", "VAT return for a farm. Others.", SHELF)
        assert found
        assert found.known.slug == "vat-return"

    def test_one_word_is_too_little(self) -> None:
        assert recognised("Quarterly for zebras and lions", "", SHELF) is None


class TestAuthority:
    def test_it_is_not_invented_where_nothing_speaks_of_it(self) -> None:
        house = replace_authority("Companies House")
        assert composing.authority_of(house, "Accounts of a limited company") == "Companies House"
        assert composing.authority_of(house, "Accounts of a clergyman") == ""
        assert composing.authority_of(replace_authority("OSCR"), "anything") == "OSCR"

    def test_a_filing_with_nobody_goes_where_there_is_another(self) -> None:
        two = Archetype(
            "two",
            (),
            template("two", "", a=[step("File {doc} with {auth}", filing=True), step("File it", filing=True)]),
        )
        names = [one.step.name for one in composing.outline(two, composing.Slots("x"))]
        assert names == ["File it"]
        assert len(composing.outline(two, composing.Slots("x", authority="HMRC"))) == 2

    def test_whose_approval_it_is(self) -> None:
        for client, owner in (("client", "client"), ("trustees", "trustees'"), ("the board", "the board's")):
            slots = composing.Slots("x", client=client)
            assert composing.filled("Obtain {client} approval", slots) == f"Obtain {owner} approval"


def replace_authority(authority: str) -> Archetype:
    return Archetype("accounts", (), template("accounts", ""), authority)
