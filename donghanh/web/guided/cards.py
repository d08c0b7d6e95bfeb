"""An address as it stands on a card, and the communes of today it may mean.

In a body, never in an address; nothing of it is kept or written to a log.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from donghanh.kernel import clock
from donghanh.kernel.text import nfc
from donghanh.places.queries.addresses import read_address
from donghanh.web.guided.doors import body_of, for_all, text_in
from donghanh.web.guided.public import shown_area

LONGEST = 250


@for_all("POST")
def address(request: HttpRequest) -> HttpResponse:
    """The address in two parts: the line, and the candidates among which the person chooses."""
    sent = body_of(request, 8 * LONGEST)
    read = read_address(nfc(text_in(sent, "address", longest=LONGEST)), clock.today())
    return JsonResponse({"line": read.line, "areas": [shown_area(one) for one in read.areas]})
