"""What the one screen of the desk shows: read here, decided in the rooms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation

from donghanh.cases.models import Case
from donghanh.cases.queries import visible_to as cases_visible_to
from donghanh.kernel import clock
from donghanh.kernel.ids import new_id
from donghanh.kernel.models import JournalHead
from donghanh.people.models import Consent
from donghanh.people.queries import consents_of, likely_duplicates
from donghanh.people.rules import consent_text, is_minor
from donghanh.places.models import Counter, Point
from donghanh.queue.actions.issue import setting_of
from donghanh.queue.models import CLOSED, DONE, GONE, SERVING, Offer, Series, Ticket
from donghanh.queue.queries.lists import visible_to as tickets_visible_to
from donghanh.queue.queries.lists import wanting_help
from donghanh.teams.models import Assignment, Member
from donghanh.teams.queries import calling_for_help, on_duty_at, points_visible_to
from donghanh.teams.rules import may
from donghanh.web import words
from donghanh.web.access import counter_of, member_of, point_of
from donghanh.web.desk.guided import guided
from donghanh.web.desk.told import telling_of
from donghanh.web.guide import Guide, guide_of
from donghanh.web.lists import lists_at

CASE, LAST_TICKET, CHOICES = "desk_case", "desk_last_ticket", "desk_choices"
DEFAULT_CHOICES = {"autonomy": "together", "device": "own_phone"}
USUAL_REFERRAL_DAYS = 7


def screen_of(request: HttpRequest) -> dict[str, Any]:
    """Everything `desk/_desk.html` needs."""
    member = member_of(request)
    point = point_of(request, member)
    counter = counter_of(request, point)
    language = translation.get_language()
    lists = lists_at(point, counter, language)
    ticket = lists.mine[0] if lists.mine else None
    case = case_of(request, member, ticket)
    calling = calling_for_help(point)
    duty = on_duty_at(point)
    return {
        "member": member, "point": point, "counter": counter, "lists": lists, "ticket": ticket, "case": case,
        "duty": duty, "on_duty": any(one.member_id == member.pk for one in duty), "language": language, "undoable": _undoable(request, member),
        "hall_calls": wanting_help(point),
        "calls_help": counter is not None and str(counter.pk) in calling,
        "colleagues": [one for one in _counters(point) if str(one.pk) in calling and one != counter],
        "may_act_on_behalf": may(member.role, "act_on_behalf"),
        "may_see_number": may(member.role, "see_id_number"),
        "may_merge": may(member.role, "merge_persons"),
        "may_record": may(member.role, "record_words"),
        **_issuing(point, language),
        **(_helping(request, case, member, duty, language) if case else _choosing(ticket, point, language)),
    }  # fmt: skip


def page_of(request: HttpRequest) -> dict[str, Any]:
    """The screen with what only the whole page needs: counters to sit at, points, the live line's place."""
    screen = screen_of(request)
    point: Point = screen["point"]
    seats = {duty.counter_id: duty.member for duty in screen["duty"] if duty.counter_id}
    head = JournalHead.objects.filter(ward=point.ward_id).values_list("seq", flat=True).first()
    return {
        **screen,
        "last": head or 0,
        "seats": [(one, seats.get(one.pk)) for one in _counters(point)],
        "points": points_visible_to(screen["member"]).filter(is_active=True).order_by("mobile", "name"),
    }


def case_of(request: HttpRequest, member: Member, ticket: Ticket | None) -> Case | None:
    """The open case of the ticket at the counter, else the one without a number that is being helped."""
    cases = cases_visible_to(member).filter(finished_at__isnull=True)
    related = cases.select_related(
        "procedure", "edition", "person__zone", "person__ward", "person__representative", "ticket", "point"
    )
    if ticket is not None:
        if ticket.state != SERVING:
            return None
        return related.filter(ticket=ticket).order_by("-opened_at").first()
    kept = request.session.get(CASE, "")
    # A case gone on with by its code may have a number whose stay has ended.
    without = Q(ticket__isnull=True) | Q(ticket__state__in=(DONE, GONE, CLOSED))
    return related.filter(without, pk=UUID(kept)).first() if kept else None


def _helping(
    request: HttpRequest, case: Case, member: Member, duty: list[Assignment], language: str
) -> dict[str, Any]:
    guide = guide_of(case.edition_id, language)
    done = set(case.ticks.values_list("step", flat=True))
    now = next((step for step in guide.steps if step.id not in done), None)
    return {
        "guide": guide,
        "guided": guided(case, language),
        "done": done,
        "step": now,
        "steps": [
            {"step": one, "state": "done" if one.id in done else "now" if one is now else "todo"}
            for one in guide.steps
        ],
        "not_mine": now is not None and now.officer_only and not may(member.role, "act_on_behalf"),
        "dossiers": list(case.dossiers.order_by("submitted_at")),
        "telling": telling_of(case, language),
        "referrals": list(case.referrals.select_related("organisation").order_by("sent_at")),
        "notes": list(case.notes.select_related("by").order_by("at")),
        "organisations": list(case.ward.organisations.filter(is_active=True).order_by("name")),
        "usual_due": clock.today() + timedelta(days=USUAL_REFERRAL_DAYS),
        "today": clock.today(),
        "zones": list(case.ward.zones.filter(is_active=True).order_by("name")),
        "sexes": words.SEXES.items(),
        "colleagues_here": [one.member for one in duty if one.member_id != member.pk],
        "other_counters": [one for one in _counters(case.point) if one.pk != case.counter_id],
        **_finishing(request, guide),
        **(_person(case, language) if case.person else {}),
    }


def _finishing(request: HttpRequest, guide: Guide) -> dict[str, Any]:
    """The three answers, as the member gave them last; an account on behalf is never taken for granted."""
    account = {"citizen": "citizens", "representative": "relatives"}.get(guide.account_of, "none")
    kept = request.session.get(CHOICES, {})
    if kept.get("account") == "officers_on_behalf" or guide.account_of in {"none", "officer"}:
        kept = {**kept, "account": account}
    return {
        "outcomes": [(code, word) for code, word in words.OUTCOMES.items() if code != "closed_by_system"],
        "autonomies": words.AUTONOMIES.items(),
        "devices": words.DEVICES.items(),
        "accounts": words.ACCOUNTS.items(),
        "chosen": {**DEFAULT_CHOICES, "account": account, **kept},
    }


def _person(case: Case, language: str) -> dict[str, Any]:
    person = case.person
    assert person is not None
    return {
        "consents": [
            {
                "purpose": purpose,
                "label": words.PURPOSES[purpose],
                "text": consent_text(purpose, language),
                "given": given,
            }
            for purpose, given in consents_of(person).items()
        ],
        "methods": words.METHODS.items(),
        "known_methods": Consent.METHODS,
        "alike": list(likely_duplicates(person)[:3]),
        "perhaps_minor": person.representative_id is not None
        or is_minor(person.born_on or person.born_year, clock.today()) is not False,
    }


def _choosing(ticket: Ticket | None, point: Point, language: str) -> dict[str, Any]:
    """What the ticket is for first, then what its series offers, then the rest of the point."""
    offers = Offer.objects.filter(
        series__point=point, series__is_active=True, procedure__current__isnull=False
    ).select_related("procedure", "series")
    rows = list(offers.order_by("series__position", "position", "procedure__name_key"))
    if ticket is not None:
        rows.sort(key=lambda offer: offer.series_id != ticket.series_id)
    procedures = list({offer.procedure_id: offer.procedure for offer in rows}.values())
    first = ticket.procedure if ticket is not None else None
    return {
        "first": first if first is not None and first.current_id else None,
        "procedures": [one for one in procedures if first is None or one.pk != first.pk],
        "guide_name": first.name_in(language) if first else "",
    }


def _issuing(point: Point, language: str) -> dict[str, Any]:
    classes = setting_of(point.ward_id).priority_classes
    return {
        "series": [
            (one, one.name_in(language))
            for one in Series.objects.filter(point=point, is_active=True).order_by("position", "letter")
        ],
        "priorities": [(one["level"], one.get(language) or one.get("vi", "")) for one in classes],
        "fresh_id": new_id(),
    }


def _counters(point: Point) -> list[Counter]:
    return list(Counter.objects.filter(point=point, is_active=True).order_by("label"))


def _undoable(request: HttpRequest, member: Member) -> Ticket | None:
    """The member's last move of this session, while there is something to undo."""
    kept = request.session.get(LAST_TICKET, "")
    if not kept:
        return None
    return tickets_visible_to(member).filter(pk=UUID(kept), last_move__isnull=False).first()
