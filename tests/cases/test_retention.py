"""What the nightly retention forgets of the members themselves."""

from __future__ import annotations

from datetime import timedelta

from donghanh.cases.actions.ending import finish
from donghanh.cases.actions.helping import open_case, tick_steps
from donghanh.cases.actions.retention import forget_old
from donghanh.cases.models import Case
from donghanh.kernel import clock
from donghanh.kernel.journal import first_break
from donghanh.queue.actions.calls import call_next
from donghanh.teams.actions.shifts import sit_at
from donghanh.teams.models import Assignment
from tests import make


def test_after_two_years_nobody_is_told_who_served_and_the_figures_stay():
    point = make.point()
    lead = make.member(point.ward)
    with clock.at(clock.now() - timedelta(days=731)):
        make.ticket(point)
        ticket = call_next(sit_at(make.counter(point), by=lead), by=lead)
        case = open_case(make.procedure(), by=lead, ticket=ticket)
        tick_steps(case, {"papers": True}, by=lead)
        finish(case, by=lead, outcome="informed_only", autonomy="together", device="none", account="none")
    ticket.refresh_from_db()
    assert ticket.last_move is not None
    done = forget_old(point.ward)
    ticket.refresh_from_db()
    assert (done.members > 0, ticket.member, ticket.last_move) == (True, None, None)
    assert {period.member for period in ticket.periods.all()} == {None}
    assert [(tick.step, tick.done_by) for tick in case.ticks.all()] == [("papers", None)]
    assert not Assignment.objects.filter(member=lead).exists()
    assert Case.objects.get(pk=case.pk).outcome == "informed_only"
    assert forget_old(point.ward).members == 0
    assert first_break(point.ward_id) is None
