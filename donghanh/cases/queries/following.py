"""Which dossiers are still open, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Case as Whether
from django.db.models import F, Q, QuerySet, When

from donghanh.cases.models import Case, Contact, Dossier
from donghanh.cases.queries.portals import PORTALS
from donghanh.cases.rules.portals import ENDED
from donghanh.kernel import clock
from donghanh.kernel.models import Errand
from donghanh.places.models import Point, Ward
from donghanh.teams.models import Member
from donghanh.teams.queries import points_visible_to

READY = "processed"
MOST_MESSAGES = 200

Row = TypeVar("Row", Dossier, Contact)


def to_be_asked(ward: Ward) -> QuerySet[Dossier]:
    """The open dossiers of a ward on portals that answer by themselves, oldest first."""
    return (
        Dossier.objects.filter(case__ward=ward, portal__in=list(PORTALS))
        .exclude(status__in=ENDED)
        .order_by("submitted_at", "pk")
    )


def open_dossiers(member: Member) -> QuerySet[Dossier]:
    """The open dossiers a member may see: the late ones, those with a day to come, those without one."""
    late = Q(due_on__lt=clock.today()) & ~Q(status=READY)
    return (
        Dossier.objects.filter(case__point__in=points_visible_to(member))
        .exclude(status__in=ENDED)
        .select_related("case__procedure", "case__point", "case__person", "case__edition")
        .order_by(
            Whether(When(late, then=0), default=1), F("due_on").asc(nulls_last=True), "submitted_at", "pk"
        )
    )


def late_dossiers(point: Point) -> QuerySet[Dossier]:
    """The dossiers of a point whose day has passed without a result."""
    waiting = Dossier.objects.filter(case__point=point, due_on__lt=clock.today())
    return waiting.exclude(status__in=(*ENDED, READY))


def is_late(dossier: Dossier) -> bool:
    """Whether its day has passed and the result is not there."""
    return (
        dossier.due_on is not None
        and dossier.due_on < clock.today()
        and dossier.status not in (*ENDED, READY)
    )


def waiting_for_news(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases with a dossier that something is still expected of."""
    still_open = Dossier.objects.exclude(status__in=ENDED)
    return cases.filter(pk__in=still_open.values("case")).order_by("opened_at", "pk")


@dataclass(frozen=True, slots=True)
class Unheard:
    """A message that has not arrived: it failed, or is being tried again."""

    errand: Errand
    dossier: Dossier
    kind: str
    # Sending it again could help: the contact has not ended and nothing newer is known.
    helps: bool


def unheard(point: Point) -> list[Unheard]:
    """The messages of a point that failed, and those tried in vain so far, the latest first."""
    troubled = Q(status=Errand.FAILED) | Q(status=Errand.WAITING, attempts__gt=0)
    errands = list(messages_of(point.ward_id).filter(troubled).order_by("-posted_at", "pk")[:MOST_MESSAGES])
    dossiers = _by_id(
        Dossier.objects.filter(case__point=point).select_related("case__procedure"), errands, "dossier"
    )
    contacts = _by_id(Contact.objects.filter(case__point=point), errands, "contact")
    return [
        Unheard(
            errand,
            dossier,
            contact.kind,
            helps=contact.ended_at is None and dossier.status == errand.facts["status"],
        )
        for errand in errands
        if (dossier := dossiers.get(errand.facts["dossier"]))
        and (contact := contacts.get(errand.facts["contact"]))
    ]


def lost_messages(point: Point) -> int:
    """How many messages of a point failed and are not settled yet."""
    failed = messages_of(point.ward_id).filter(status=Errand.FAILED).values_list("facts", flat=True)
    of_cases = [UUID(facts["case"]) for facts in failed[:MOST_MESSAGES]]
    own = set(Case.objects.filter(point=point, pk__in=of_cases).values_list("pk", flat=True))
    return sum(case in own for case in of_cases)


def messages_of(ward: str) -> QuerySet[Errand]:
    """The messages about results of a ward."""
    return Errand.objects.filter(kind="tell_result", ward=ward)


def message_visible_to(member: Member, pk: UUID) -> Errand | None:
    """A message about a case the member may see."""
    found = Errand.objects.filter(kind="tell_result", pk=pk).first()
    if found is None:
        return None
    own = Case.objects.filter(point__in=points_visible_to(member), pk=UUID(found.facts["case"]))
    return found if own.exists() else None


def _by_id(rows: QuerySet[Row], errands: list[Errand], name: str) -> dict[str, Row]:
    ids = [UUID(one.facts[name]) for one in errands]
    return {str(row.pk): row for row in rows.filter(pk__in=ids)}
