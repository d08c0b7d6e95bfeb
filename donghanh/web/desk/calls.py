"""Moves of tickets at the desk: call, arrive, hold, park, forward, finish, undo."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donghanh.cases.actions.ending import undo
from donghanh.kernel.errors import NotFound
from donghanh.places.models import Counter
from donghanh.queue.actions import calls, service
from donghanh.queue.models import Series, Ticket
from donghanh.teams.models import Member
from donghanh.teams.queries import on_duty_at
from donghanh.web.access import counter_of, member_of, point_of
from donghanh.web.desk.answers import at_desk, moved, shown, ticket_for, uuid_of
from donghanh.web.desk.screen import CASE, LAST_TICKET

Verb = Callable[[Ticket, Member], Ticket]

MOVES: dict[str, tuple[Verb, str | Promise]] = {
    "arrived": (lambda t, m: service.arrived(t, by=m), gettext_lazy("{number} is at your counter.")),
    "recall": (lambda t, m: calls.recall(t, by=m), gettext_lazy("{number} is called again.")),
    "absent": (lambda t, m: calls.absent(t, by=m), gettext_lazy("{number} is marked absent.")),
    "hold": (lambda t, m: service.hold(t, by=m), gettext_lazy("{number} is on hold. You are free.")),
    "park": (lambda t, m: service.park(t, by=m), gettext_lazy("{number} will come back later.")),
    "come_back": (
        lambda t, m: service.come_back(t, by=m),
        gettext_lazy("{number} waits again, near the front."),
    ),
    "leave": (lambda t, m: service.leave(t, by=m), gettext_lazy("{number} has left.")),
    "finish": (lambda t, m: service.finish(t, by=m), gettext_lazy("{number} is finished.")),
}


@at_desk("call")
def next_one(request: HttpRequest) -> HttpResponse:
    """Call the next number to this counter. A second click while one is called shows that one."""
    member = member_of(request)
    counter = _counter(request, member)
    busy = Ticket.objects.filter(counter=counter, state__in=["called", "recalled", "serving"])
    if busy.exists():
        return shown(request)
    request.session.pop(CASE, None)
    ticket = calls.call_next(counter, by=member)
    return moved(request, ticket, _("{number} is called.").format(number=ticket.number))


@at_desk("call")
def pick(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call one number out of turn, with a reason that the coordinator sees."""
    member = member_of(request)
    ticket = ticket_for(member, pk)
    calls.call_this(ticket, _counter(request, member), by=member, reason=request.POST.get("reason", ""))
    return moved(request, ticket, _("{number} is called out of turn.").format(number=ticket.number))


@at_desk("serve")
def move(request: HttpRequest, pk: UUID, word: str) -> HttpResponse:
    """One of the moves of the table, or the undo of the last one."""
    member = member_of(request)
    ticket = ticket_for(member, pk)
    if word == "undo":
        undo(ticket, by=member)
        request.session.pop(LAST_TICKET, None)
        return shown(request, _("Undone: {number} is where it was.").format(number=ticket.number))
    if word == "resume":
        service.resume(ticket, by=member, counter=_counter(request, member))
        return moved(request, ticket, _("{number} goes on.").format(number=ticket.number))
    if word not in MOVES:
        raise NotFound()
    verb, message = MOVES[word]
    verb(ticket, member)
    return moved(request, ticket, str(message).format(number=ticket.number))


@at_desk("serve")
def forward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On to another counter, series or member on duty (`to` is counter:id, series:id or member:id), with a note."""
    member = member_of(request)
    ticket = ticket_for(member, pk)
    kind, _sign, target = request.POST.get("to", "").partition(":")
    series = counter = colleague = None
    if kind == "series":
        series = Series.objects.filter(pk=uuid_of(target), point=ticket.point_id).first()
    elif kind == "counter":
        counter = Counter.objects.filter(pk=uuid_of(target), point=ticket.point_id, is_active=True).first()
    elif kind == "member":
        wanted = uuid_of(target)
        colleague = next((one.member for one in on_duty_at(ticket.point) if one.member_id == wanted), None)
    if series is None and counter is None and colleague is None:
        raise NotFound()
    service.forward(
        ticket, by=member, series=series, counter=counter, member=colleague, note=request.POST.get("note", "")
    )
    return moved(request, ticket, _("{number} is forwarded.").format(number=ticket.number))


def _counter(request: HttpRequest, member: Member) -> Counter:
    counter = counter_of(request, point_of(request, member))
    if counter is None:
        raise NotFound()
    return counter
