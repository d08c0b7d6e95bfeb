"""A case gone on with at another desk: by its code and a member's sign-in, never by a link alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from donghanh.cases.queries import visible_to
from donghanh.cases.rules.codes import read_code
from donghanh.kernel.errors import NotFound
from donghanh.queue.actions import service
from donghanh.queue.models import CLOSED, DONE, GONE, SERVING
from donghanh.web.access import counter_of, member_of, point_of
from donghanh.web.desk.answers import at_desk, moved, shown
from donghanh.web.desk.screen import CASE


@at_desk("help_case")
def resume(request: HttpRequest) -> HttpResponse:
    """Go on here with the open case of a code: its number comes along if it is on hold."""
    member = member_of(request)
    code = read_code(request.POST.get("code", ""))
    case = visible_to(member).filter(code=code, finished_at__isnull=True).select_related("ticket").first()
    if not code or case is None:
        raise NotFound()
    ticket = case.ticket
    if ticket is None or ticket.state in (DONE, GONE, CLOSED):
        request.session[CASE] = str(case.pk)
        return shown(request, _("The case is open here."))
    counter = counter_of(request, point_of(request, member))
    if ticket.state == SERVING and ticket.counter == counter:
        return shown(request, _("The case is open here."))
    service.resume(ticket, by=member, counter=counter)
    return moved(request, ticket, _("{number} goes on.").format(number=ticket.number))
