"""Refusals of what is done with clients."""

from collections.abc import Iterator

from natrium.apps.clients import contacts
from natrium.apps.clients.operations import NewContact
from natrium.apps.database import sql
from natrium.domain.errors import Code
from tests.builders import TODAY, a_client, signed_in
from tests.ways.cases import LONG, Case
from tests.ways.deeds import (
    AddContact,
    ChangeClient,
    EditContact,
    ImportClients,
    RemoveContact,
    SayFact,
    SayOfClient,
)
from tests.ways.stage import Stage

GOOD, BAD = "Name,Kind\nOurs Ltd,ltd\n", "Name,Kind\nOurs Ltd,nonsense\n"
NO_NAME = "Town,Kind\nLeeds,ltd\n"


def a_contact(stage: Stage) -> None:
    """The client has a person."""
    by, at = signed_in(stage.job.cast.mark), stage.clock.at
    contacts.add_contact(by=by, at=at, client_id=stage.job.client.pk, contact=NewContact(name="Ada"))


def another_client(stage: Stage) -> None:
    """A client with a reference."""
    a_client(stage.job.cast.acorn, fields={"reference": "A1"})


def the_contact() -> int:
    """The newest person of any client."""
    return int(sql.value("SELECT COALESCE(MAX(id), 1) FROM clients_contact"))


def of_clients() -> Iterator[tuple[str, Case]]:
    """People at a client, and clients from a file."""
    for who in ("vera", "jo"):
        yield f"add contact: {who}", Case(Code.NOT_ALLOWED, AddContact("Ada"), who=who, words="Clients are for")
        yield (
            f"edit contact: {who}",
            Case(Code.NOT_ALLOWED, lambda _: EditContact(the_contact(), "Ada"), a_contact, who, "Clients are for"),
        )
        yield (
            f"remove contact: {who}",
            Case(Code.NOT_ALLOWED, lambda _: RemoveContact(the_contact()), a_contact, who, "Clients are for"),
        )
        for only_plan in (False, True):
            what = "plan" if only_plan else "do"
            yield (
                f"import clients, {what}: {who}",
                Case(Code.NOT_ALLOWED, ImportClients(GOOD, only_plan), who=who, words="To import clients takes"),
            )
        born = SayFact("incorporated", "2004-03-23", TODAY)
        yield f"say fact: {who}", Case(Code.NOT_ALLOWED, born, who=who, words="manager")
        yield f"change client: {who}", Case(Code.NOT_ALLOWED, ChangeClient({"name": "N"}), who=who, words="manager")
    yield (
        "note on a client: viewer",
        Case(Code.NOT_ALLOWED, SayOfClient("On it"), who="vera", words="You are a viewer"),
    )
    bad = Code.BAD_VALUE
    yield "note on a client: nothing said", Case(bad, SayOfClient(" "), words="The note is empty")
    yield "note on a client: too long", Case(bad, SayOfClient(LONG), words="20,001")
    yield "say fact: no value", Case(bad, SayFact("incorporated", " ", TODAY), words="a value")
    yield "change client: no name", Case(bad, ChangeClient({"name": " "}), words="needs a name")
    yield (
        "change client: a reference that is there",
        Case(Code.IN_USE, ChangeClient({"reference": "A1"}), another_client, words="has the reference A1"),
    )
    yield "add contact: no name", Case(bad, AddContact(" "), words="needs a name")
    yield "edit contact: no name", Case(bad, lambda _: EditContact(the_contact(), " "), a_contact, words="needs a name")
    yield "import clients: a bad row", Case(bad, ImportClients(BAD), words="1 of the rows cannot be imported")
    for only_plan in (False, True):
        yield (
            f"import clients, {'plan' if only_plan else 'do'}: no names",
            Case(bad, ImportClients(NO_NAME, only_plan), words="which column holds the client's name"),
        )


CASES = (of_clients(),)
