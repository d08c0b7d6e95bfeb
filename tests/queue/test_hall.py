"""One form, one ticket: also when two taps pass the first look together."""

from __future__ import annotations

from uuid import uuid4

import pytest

from donghanh.kernel.errors import NotFound
from donghanh.kernel.journal import House
from donghanh.queue.actions.hall import _once, issue_once
from donghanh.queue.actions.issue import issue
from donghanh.queue.models import NumberRow, Ticket
from tests import make


def test_the_tap_that_comes_second_gets_the_ticket_of_the_first() -> None:
    point, form = make.point(), uuid4()

    def both() -> Ticket:
        """The other tap is done between this one's look and its own number."""
        issue(point, by=House(), ticket_id=form)
        return issue(point, by=House(), ticket_id=form).ticket

    ticket = _once(point, form, both)
    rows = NumberRow.objects.filter(point=point).values_list("last", flat=True)
    assert (ticket.pk, ticket.number, list(rows)) == (form, "A001", [1])


def test_the_same_form_again_is_the_same_ticket_and_no_hole() -> None:
    point, form = make.point(), uuid4()
    seen = [issue_once(point, ticket_id=one, by=House()).number for one in (form, form, uuid4())]
    assert seen == ["A001", "A001", "A002"]


def test_a_form_with_the_id_of_a_foreign_ticket_is_refused() -> None:
    with pytest.raises(NotFound):
        issue_once(make.point(), ticket_id=make.ticket().pk, by=House())
