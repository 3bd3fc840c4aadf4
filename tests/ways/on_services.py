"""Refusals of what is done with services and with what clients take."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from natrium.apps.catalogue import operations
from natrium.apps.catalogue.operations import OpenWork
from natrium.apps.clients import operations as clients
from natrium.apps.database import sql
from natrium.domain.errors import Code
from tests.builders import signed_in
from tests.permissions.sides import monthly
from tests.ways import deeds
from tests.ways.cases import Case, after
from tests.ways.stage import Stage

DAY, BEFORE, NONSENSE = date(2026, 1, 1), date(2025, 12, 31), "{nonsense}"
# A day that no calendar of a practice needs, which bodies and forms carry all the same.
FAR = date(1899, 12, 31)


def words(stage: Stage) -> dict[str, Any]:
    """Mark, now."""
    return {"by": signed_in(stage.job.cast.mark), "at": stage.clock.at}


def a_service(stage: Stage) -> None:
    """Books, which recur every month."""
    service = operations.create_service(**words(stage), name="Books")
    operations.add_recurring_task(**words(stage), service_id=service, facts=monthly("Books {period_end:%Y}"))


def another(stage: Stage) -> None:
    """A service of another name."""
    operations.create_service(**words(stage), name="Payroll")


def taken(stage: Stage) -> None:
    """Which the client takes."""
    operations.start_engagement(
        **words(stage), client_id=stage.job.client.pk, service_id=newest("service"), starts_on=DAY
    )


def paused(stage: Stage) -> None:
    """Nothing is made for it."""
    operations.pause_engagement(**words(stage), engagement_id=newest("engagement"), on=DAY)


def ended(stage: Stage) -> None:
    """And no longer."""
    operations.end_engagement(**words(stage), engagement_id=newest("engagement"), on=DAY, open_work=OpenWork.KEEP)


def archived(stage: Stage) -> None:
    """It is in the archive."""
    operations.archive_service(**words(stage), service_id=newest("service"))


def left(stage: Stage) -> None:
    """The client is one no more."""
    clients.edit_client(**words(stage), client_id=stage.job.client.pk, changes={"active": False})


def newest(what: str) -> int:
    """The id of the newest of its kind; 1 where there is none yet."""
    return int(sql.value(f"SELECT COALESCE(MAX(id), 1) FROM catalogue_{what}"))


def of_it(kind: type, *which: str, **more: Any) -> Callable[[Stage], Any]:
    """A deed about the newest of these."""
    return lambda _: kind(*(newest(one) for one in which), **more)


# Each deed as one who may not asks for it, with what comes before.
DEEDS: dict[str, tuple[Any, Any]] = {
    "new service": (deeds.NewService("Books"), None),
    "take ready": (deeds.TakeReady("CIS"), None),
    "change service": (of_it(deeds.ChangeService, "service", name="Other"), a_service),
    "archive service": (of_it(deeds.ArchiveService, "service"), a_service),
    "unarchive service": (of_it(deeds.ArchiveService, "service", back=True), after(a_service, archived)),
    "add recurring": (of_it(deeds.AddRecurring, "service"), a_service),
    "change recurring": (of_it(deeds.ChangeRecurring, "service", "recurringtask", title="Other"), a_service),
    "remove recurring": (of_it(deeds.RemoveRecurring, "service", "recurringtask"), a_service),
    "start": (of_it(deeds.StartService, "service", starts_on=DAY), a_service),
    "start for many": (
        lambda stage: deeds.StartForMany(newest("service"), (stage.job.client.pk,), DAY),
        a_service,
    ),
    "plan for many": (
        lambda stage: deeds.StartForMany(newest("service"), (stage.job.client.pk,), DAY, only_plan=True),
        a_service,
    ),
    "pause": (of_it(deeds.PauseService, "engagement", on=DAY), after(a_service, taken)),
    "resume": (of_it(deeds.ResumeService, "engagement"), after(a_service, taken)),
    "end": (of_it(deeds.EndService, "engagement", on=DAY), after(a_service, taken)),
    "differ": (of_it(deeds.DifferService, "engagement", "recurringtask"), after(a_service, taken)),
}


def not_allowed() -> Iterator[tuple[str, Case]]:
    """Whoever is below a manager."""
    for who in ("vera", "jo"):
        for name, (deed, before) in DEEDS.items():
            situation = {"before": before} if before else {}
            yield f"{name}: {who}", Case(Code.NOT_ALLOWED, deed, who=who, words="a manager or above", **situation)


def of_services() -> Iterator[tuple[str, Case]]:
    """Names, titles, templates."""
    bad, taken_name = Code.BAD_VALUE, Code.TAKEN
    yield "new service: no name", Case(bad, deeds.NewService(" "), words="needs a name")
    yield "new service: taken", Case(taken_name, deeds.NewService("books"), a_service, words="already")
    yield "change service: no name", Case(bad, of_it(deeds.ChangeService, "service", name=" "), a_service, words="name")
    yield (
        "change service: taken",
        Case(
            taken_name, of_it(deeds.ChangeService, "service", name="BOOKS"), after(a_service, another), words="already"
        ),
    )
    yield (
        "archive service: taken by a client",
        Case(Code.IN_USE, of_it(deeds.ArchiveService, "service"), after(a_service, taken), words="1 client takes"),
    )
    yield (
        "unarchive service: another has its name",
        Case(
            taken_name,
            lambda _: deeds.ArchiveService(newest("service WHERE NOT active"), back=True),
            after(another, archived, another),
            words="already",
        ),
    )
    for name, title in (("no title", " "), ("nonsense", NONSENSE)):
        yield f"add recurring: {name}", Case(bad, of_it(deeds.AddRecurring, "service", title=title), a_service)
        change = of_it(deeds.ChangeRecurring, "service", "recurringtask", title=title)
        yield f"change recurring: {name}", Case(bad, change, a_service)
    yield (
        "add recurring: an archived template",
        Case(
            bad,
            lambda stage: deeds.AddRecurring(newest("service"), template=stage.archived_id),
            a_service,
            words="archived",
        ),
    )


def of_engagements() -> Iterator[tuple[str, Case]]:
    """Days, clients, people."""
    bad = Code.BAD_VALUE
    start = of_it(deeds.StartService, "service", starts_on=DAY)
    yield "start: an archived service", Case(bad, start, after(a_service, archived), words="archived")
    yield "start: a client who left", Case(bad, start, after(a_service, left), words="no client any more")
    for only_plan in (False, True):
        what = "plan" if only_plan else "start"
        nobody = of_it(deeds.StartForMany, "service", clients=(), starts_on=DAY, only_plan=only_plan)
        yield f"{what} for many: nobody chosen", Case(bad, nobody, a_service, words="Choose 1 to")
    yield (
        "start for many: an archived service",
        Case(
            bad,
            lambda stage: deeds.StartForMany(newest("service"), (stage.job.client.pk,), DAY),
            after(a_service, archived),
            words="archived",
        ),
    )
    engaged = after(a_service, taken)
    yield (
        "pause: ended",
        Case(Code.WRONG_STATE, of_it(deeds.PauseService, "engagement", on=DAY), after(engaged, ended), words="ended"),
    )
    yield (
        "resume: ended",
        Case(Code.WRONG_STATE, of_it(deeds.ResumeService, "engagement"), after(engaged, paused, ended), words="ended"),
    )
    yield (
        "pause: no day of a calendar",
        Case(
            bad,
            of_it(deeds.PauseService, "engagement", on=FAR),
            engaged,
            words="from 1900",
            but=(("API", "its days begin in 1900"), ("API under a key", "its days begin in 1900")),
        ),
    )
    yield (
        "end: before it starts",
        Case(bad, of_it(deeds.EndService, "engagement", on=BEFORE), engaged, words="before it starts"),
    )
    yield (
        "differ: an archived template",
        Case(
            bad,
            lambda stage: deeds.DifferService(
                newest("engagement"), newest("recurringtask"), template=stage.archived_id
            ),
            engaged,
            words="archived",
        ),
    )
    yield (
        "differ: a viewer",
        Case(
            bad,
            lambda stage: deeds.DifferService(
                newest("engagement"), newest("recurringtask"), owner=stage.job.cast.vera.pk
            ),
            engaged,
            words="cannot own a task",
        ),
    )


CASES = (not_allowed(), of_services(), of_engagements())
