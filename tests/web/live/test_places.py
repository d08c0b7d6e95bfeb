"""How many streams are open at once: citizens' pages never shut a board out."""

from __future__ import annotations

import asyncio
import threading
from uuid import uuid4

import pytest

from donghanh.web.live import hub as hubs
from donghanh.web.live.listeners import Listener, TicketListener

pytestmark = pytest.mark.pure

POINT = uuid4()


def test_one_ticket_has_a_few_pages_and_its_point_still_has_room():
    hub = hubs.Hub()
    hub._thread = threading.current_thread()  # nothing is read here

    async def run() -> None:
        pages = [TicketListener("31153", POINT, ticket_id="t1") for _ in range(hubs.MOST_PER_TICKET)]
        assert all(hub.join(page) for page in pages)
        assert not hub.join(TicketListener("31153", POINT, ticket_id="t1"))
        assert hub.join(TicketListener("31153", POINT, ticket_id="t2"))
        assert hub.join(Listener("31153", POINT))
        hub.leave(pages[0])
        assert hub.join(TicketListener("31153", POINT, ticket_id="t1"))
        assert hub.open == {"t1": hubs.MOST_PER_TICKET, "t2": 1, POINT: 1}

    asyncio.run(run())
