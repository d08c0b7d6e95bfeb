"""Before a sensitive screen: who has shown password, second factor or PIN in the last 15 minutes?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from donghanh.kernel import clock
from donghanh.web.access import member_of

View = TypeVar("View", bound=Callable[..., HttpResponse])


def rechecked(view: View) -> View:
    """Stands under the door: asks again when the last check is older than 15 minutes, then goes on.

    A form that was sent meanwhile is kept and sent again after the check.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        ask = reverse("account_reauthenticate")
        if request.headers.get("HX-Request"):
            back = request.headers.get("HX-Current-URL", reverse("home"))
            return HttpResponse(headers={"HX-Redirect": f"{ask}?{urlencode({'next': path_only(back)})}"})
        return suspend_request(request, ask)  # type: ignore[no-any-return]

    guarded.rechecked = True  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the signed-in member showed who they are within the last 15 minutes."""
    records = get_authentication_records(request, member_of(request))
    latest = max((float(record["at"]) for record in records), default=0.0)
    return bool(clock.now().timestamp() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def path_only(address: str) -> str:
    """The path of an address, so that nobody is sent elsewhere."""
    rest = address.partition("://")[2] or address
    return "/" + rest.partition("/")[2] if "://" in address else rest
